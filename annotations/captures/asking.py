"""Whether an address can be asked for at all, said before anything is queued."""

from urllib.parse import urldefrag

from django.conf import settings

from annotations.captures.addresses import BadAddress, read_target, refusal_of
from annotations.captures.failures import SENTENCES, FailureCode
from annotations.lib.urls import InvalidUrl, canonical_url


def check_address(url: str) -> str:
    """Return an address's canonical form, if anything can be fetched there at all.

    What a name leads to is known only when it is looked up. Raises InvalidUrl.
    """
    canonical = canonical_url(url)
    try:
        hosts = frozenset(settings.CAPTURE_TEST_HOSTS)
        target = read_target(urldefrag(url.strip()).url, any_port=hosts)
    except (BadAddress, ValueError):
        raise InvalidUrl(SENTENCES[FailureCode.BAD_ADDRESS], field="url") from None
    if target.address is not None and refusal_of(target.address) is not None:
        raise InvalidUrl(SENTENCES[FailureCode.ADDRESS_REFUSED], field="url")
    return canonical
