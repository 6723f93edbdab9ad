"""Why no answer came, or none that can be used: a code, and a sentence a person can read. PURE."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from annotations.lib.errors import gettext_noop as _


class FailureCode(StrEnum):
    """What went wrong between us and a page."""

    BAD_ADDRESS = "bad_address"
    DNS = "dns"
    ADDRESS_REFUSED = "address_refused"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    TLS = "tls"
    BROKEN_OFF = "broken_off"
    PROTOCOL = "protocol"
    TOO_LARGE = "too_large"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    BAD_REDIRECT = "bad_redirect"
    BAD_ENCODING = "bad_encoding"
    BOMB = "bomb"
    ROBOTS = "robots"
    LEFT_ALONE = "left_alone"


SENTENCES: dict[FailureCode, str] = {
    FailureCode.BAD_ADDRESS: _(
        "This address cannot be asked for: it must begin with http:// or https://, name a host,"
        " and hold no user name and no unusual port."
    ),
    FailureCode.DNS: _("The host name of this address was not found."),
    FailureCode.ADDRESS_REFUSED: _(
        "This address leads into a private or reserved network, where nothing is fetched."
    ),
    FailureCode.REFUSED: _("The server refused the connection or cannot be reached."),
    FailureCode.TIMEOUT: _("The server did not send the whole page in time."),
    FailureCode.TLS: _(
        "The server's certificate is not valid, or no secure connection came about."
    ),
    FailureCode.BROKEN_OFF: _("The server broke off before the page was complete."),
    FailureCode.PROTOCOL: _("The server's answer is not valid HTTP."),
    FailureCode.TOO_LARGE: _("The page is larger than what is fetched."),
    FailureCode.TOO_MANY_REDIRECTS: _("The address redirects again and again."),
    FailureCode.BAD_REDIRECT: _("The address redirects to something that is no web address."),
    FailureCode.BAD_ENCODING: _("The page is packed in a way that cannot be read."),
    FailureCode.ROBOTS: _(
        "The address leads to a site that asks programs not to fetch it (robots.txt)."
    ),
    FailureCode.LEFT_ALONE: _("The address leads to a site that is not to be asked for now."),
    FailureCode.BOMB: _("The page unpacks to far more than what is fetched."),
}


# What we do not ask for ourselves: no server has refused anything.
OURS = frozenset((FailureCode.BAD_ADDRESS, FailureCode.ADDRESS_REFUSED, FailureCode.ROBOTS))


@dataclass(frozen=True, slots=True)
class Failure:
    """A code and, for whoever looks closer, what exactly was met (not translated)."""

    code: FailureCode
    detail: str = ""

    @property
    def sentence(self) -> str:
        """Return the sentence for a person; the edge translates it."""
        return SENTENCES[self.code]


class FetchFailed(Exception):
    """Carries a Failure from where it is met to where the fetch is put together."""

    def __init__(self, code: FailureCode, detail: str = "") -> None:
        super().__init__(detail or code)
        # What a server sent may be in it, and a database keeps no NUL.
        tidy = "".join(letter if letter.isprintable() else " " for letter in detail[:300])
        self.failure = Failure(code, tidy)
