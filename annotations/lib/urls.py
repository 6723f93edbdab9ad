"""Web addresses as this tool compares them: one canonical form per page."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import quote, urlsplit

import idna

from annotations.lib.errors import InvalidInput
from annotations.lib.errors import gettext_noop as _

# PostgreSQL refuses index entries above about 2,700 bytes, and canonical URLs are unique.
MAX_URL_LENGTH = 2000
DEFAULT_PORTS = {"http": 80, "https": 443}
TRACKING_PREFIXES = ("utm_", "mtm_", "pk_", "hsa_", "at_custom", "at_medium", "at_campaign")
# fmt: off
TRACKING_PARAMETERS = frozenset((
    "__twitter_impression", "_ga", "_gl", "_hsenc", "_hsmi", "_openstat", "action_object_map",
    "action_ref_map", "action_type_map", "amp_js_v", "cmpid", "dclid", "ef_id", "fb_action_ids",
    "fb_action_types", "fb_ref", "fb_source", "fbclid", "gbraid", "gclid", "gclsrc",
    "guccounter", "guce_referrer", "guce_referrer_sig", "icid", "igsh", "igshid", "li_fat_id",
    "mc_cid", "mc_eid", "mkt_tok", "msclkid", "ncid", "ns_campaign", "ns_mchannel", "ns_source",
    "ocid", "oly_anon_id", "oly_enc_id", "rb_clickid", "s_cid", "s_kwcid", "scm", "smid",
    "smtyp", "spm", "ttclid", "twclid", "usqp", "vero_id", "wbraid", "wickedid", "yclid",
    "ysclid",
))
# fmt: on

_CONTROL_OR_SPACE = re.compile(r"[\x00-\x20\x7f-\x9f\s\\]")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ASCII_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


class InvalidUrl(InvalidInput):
    """The text is not an address of a public web page."""


def canonical_url(url: str) -> str:
    """Return the one form of a page's address by which duplicates are found.

    Lower-case scheme and host, IDNA host, no fragment, tracking parameters, default port or final
    dot; percent escapes in capitals, and only where needed. Applying it twice changes nothing.
    Raises InvalidUrl for anything but http and https, for credentials and for a missing host.
    """
    tidy = url.strip()
    if not tidy or _CONTROL_OR_SPACE.search(tidy):
        raise _refusal(_("This is not a web address: it is empty or has spaces in it."))
    try:
        parts = urlsplit(tidy)
        port = parts.port
        host = parts.hostname
    except ValueError:
        raise _refusal(_("This is not a web address.")) from None
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS:
        raise _refusal(_("A web address must begin with http:// or https://."))
    if "@" in parts.netloc:
        raise _refusal(_("A web address must not hold a user name or password."))
    if not host:
        raise _refusal(_("This web address has no host name."))
    netloc = _canonical_host(host)
    if port is not None and port != DEFAULT_PORTS[scheme]:
        netloc = f"{netloc}:{port}"
    query = _without_tracking(_escape(parts.query))
    canonical = f"{scheme}://{netloc}{_escape(parts.path) or '/'}" + (f"?{query}" if query else "")
    if len(canonical) > MAX_URL_LENGTH:
        raise _refusal(_("This web address is too long."))
    return canonical


def other_address(url: str, *, than: str) -> str:
    """Return the canonical form of a URL; "" where that is `than`, or it is no web address."""
    try:
        found = canonical_url(url)
    except InvalidUrl:
        return ""
    return "" if found == than else found


def host_of(url: str) -> str:
    """Return the host of a canonical URL, without port."""
    return urlsplit(url).hostname or ""


def _refusal(message: str) -> InvalidUrl:
    return InvalidUrl(message, field="url")


def _canonical_host(host: str) -> str:
    if ":" in host:
        try:
            return f"[{ipaddress.IPv6Address(host).compressed}]"
        except ValueError:
            raise _refusal(_("The host name of this web address is not valid.")) from None
    lowered = host.lower()
    try:
        if not lowered.isascii():
            lowered = idna.encode(lowered, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        raise _refusal(_("The host name of this web address is not valid.")) from None
    lowered = lowered.removesuffix(".")
    if len(lowered) > 253 or not _ASCII_HOST.fullmatch(lowered):
        raise _refusal(_("The host name of this web address is not valid."))
    return lowered


def _escape(part: str) -> str:
    """Escape what must be escaped, unescape what need not be; idempotent."""
    part = _STRAY_PERCENT.sub("%25", part)
    part = _ESCAPE.sub(_tidy_escape, part)
    return quote(part, safe="%/:@!$&'()*+,;=?[]|~-._")


def _tidy_escape(found: re.Match[str]) -> str:
    character = chr(int(found[1], 16))
    return character if character in _UNRESERVED else f"%{found[1].upper()}"


def _without_tracking(query: str) -> str:
    """Drop tracking parameters; the others keep their order and spelling."""
    return "&".join(piece for piece in query.split("&") if piece and not _is_tracking(piece))


def _is_tracking(piece: str) -> bool:
    name = piece.partition("=")[0].lower()
    return name in TRACKING_PARAMETERS or name.startswith(TRACKING_PREFIXES)
