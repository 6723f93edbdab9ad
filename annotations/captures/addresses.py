"""Which addresses the network client may connect to, and what the host of a URL means. PURE.

By the registries of special-purpose addresses (IANA, RFC 6890 and its updates).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from urllib.parse import quote, urlsplit

import idna

from annotations.lib.urls import DEFAULT_PORTS

Address = IPv4Address | IPv6Address
LONGEST_URL = 8000
PORTS = frozenset((80, 443))

_REFUSED_4 = {
    IPv4Network(network): why
    for network, why in (
        ("0.0.0.0/8", "unspecified"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared"),
        ("127.0.0.0/8", "loopback"),
        # Azure's own services, at an address that looks public.
        ("168.63.129.16/32", "metadata"),
        ("169.254.0.0/16", "link_local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "documentation"),
        ("192.88.99.0/24", "tunnel"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
}
_PUBLIC_6 = IPv6Network("2000::/3")
_REFUSED_6 = {
    IPv6Network(network): why
    for network, why in (
        ("::1/128", "loopback"),
        ("::/128", "unspecified"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link_local"),
        ("fec0::/10", "private"),
        ("ff00::/8", "multicast"),
        # Teredo, benchmarks, ORCHID: nothing here is a host of its own.
        ("2001::/23", "tunnel"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "tunnel"),
        ("3fff::/20", "documentation"),
    )
}
_MAPPED = IPv6Network("::ffff:0:0/96")
_NAT64 = IPv6Network("64:ff9b::/96")
_ISATAP = (0x00005EFE, 0x02005EFE)

_NEVER_IN_A_URL = re.compile(r"[\x00-\x20\x7f-\xa0\s\\]")
_NEVER_IN_A_HOST = re.compile(r"[%/\\@<>^|`{}\"#?,;!$&'()*+=~]")
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]*|[0-9]+")
_PRINTABLE = "".join(chr(n) for n in range(0x21, 0x7F) if chr(n) not in '"<>')


class BadAddress(ValueError):
    """The URL cannot be asked for; `code` says why (`scheme`, `user`, `host`, `port`, `url`)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Target:
    """Where a URL leads: `host` is a name in lower-case ASCII, or an address where `address` is.

    `path` is what is asked of the server, query and all, in ASCII.
    """

    scheme: str
    host: str
    port: int
    path: str
    address: Address | None = None

    @property
    def authority(self) -> str:
        """Return host and port as a URL and a `Host` header have them."""
        host = f"[{self.host}]" if isinstance(self.address, IPv6Address) else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """Return the address that is asked for, without a fragment."""
        return f"{self.scheme}://{self.authority}{self.path}"


def refusal_of(address: Address) -> str | None:
    """Return why an address must not be connected to, or None where it is public and of one host.

    An address that holds another (IPv4-mapped, NAT64) is judged by that one; 6to4 and Teredo are
    refused as such.
    """
    if isinstance(address, IPv4Address):
        return next((why for net, why in _REFUSED_4.items() if address in net), None)
    if address.scope_id is not None:
        return "zone"
    inner = _held_in(address)
    if inner is not None:
        return refusal_of(inner)
    for network, why in _REFUSED_6.items():
        if address in network:
            return why
    if address not in _PUBLIC_6:
        return "reserved"
    if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        return "tunnel"
    return None


def read_target(url: str, *, any_port: frozenset[str] = frozenset()) -> Target:
    """Return where a URL leads. Raises BadAddress.

    `any_port` are hosts that may be asked at any port; all others at 80 and 443 only. Whether the
    address itself may be connected to is for `refusal_of`, once the name is looked up.
    """
    if not url or len(url) > LONGEST_URL or _NEVER_IN_A_URL.search(url):
        raise BadAddress("url")
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        raise BadAddress("host") from None
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS:
        raise BadAddress("scheme")
    if "@" in parts.netloc:
        raise BadAddress("user")
    name, address = read_host(host or "", is_bracketed="[" in parts.netloc)
    port = DEFAULT_PORTS[scheme] if port is None else port
    # Of an address that is refused anyway, that is what has to be said.
    is_refused = address is not None and refusal_of(address) is not None
    if port not in PORTS and name not in any_port and not is_refused:
        raise BadAddress("port")
    path = quote(parts.path or "/", safe=_PRINTABLE)
    query = f"?{quote(parts.query, safe=_PRINTABLE)}" if parts.query else ""
    return Target(scheme, name, port, path + query, address)


def read_host(host: str, *, is_bracketed: bool = False) -> tuple[str, Address | None]:
    """Return a host's name in ASCII, or an address in its ordinary form and itself.

    Reads what browsers and `inet_aton` read: 2130706433, 0x7f.1 and 0177.0.0.1 are 127.0.0.1, and
    letters that look like digits are digits. Raises BadAddress("host").
    """
    if is_bracketed or ":" in host:
        return _read_ipv6(host)
    name = _ascii(host).removesuffix(".")
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        address = _read_ipv4(labels)
        return str(address), address
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise BadAddress("host")
    return name, None


def _read_ipv6(host: str) -> tuple[str, Address]:
    if "%" in host:
        # A zone is one of this machine's own links.
        raise BadAddress("host")
    try:
        address = IPv6Address(host)
    except ValueError:
        raise BadAddress("host") from None
    return address.compressed, address


def _read_ipv4(labels: list[str]) -> IPv4Address:
    """Read one to four numbers, the last of which fills the rest, each in base 10, 8 or 16."""
    if len(labels) > 4:
        raise BadAddress("host")
    numbers = [_read_number(label) for label in labels]
    *first, last = numbers
    if any(number > 255 for number in first) or last >= 256 ** (5 - len(numbers)):
        raise BadAddress("host")
    value = last
    for n, number in enumerate(first):
        value += number << (24 - 8 * n)
    return IPv4Address(value)


def _read_number(label: str) -> int:
    if not _NUMBER.fullmatch(label) or len(label) > 40:
        raise BadAddress("host")
    lowered = label.lower()
    try:
        if lowered.startswith("0x"):
            return int(lowered[2:] or "0", 16)
        return int(lowered, 8 if len(lowered) > 1 and lowered.startswith("0") else 10)
    except ValueError:
        raise BadAddress("host") from None


def _ascii(host: str) -> str:
    """Return the host in ASCII, as IDNA (UTS 46) maps it."""
    lowered = host.lower()
    if not lowered or _NEVER_IN_A_HOST.search(lowered):
        raise BadAddress("host")
    if lowered.isascii():
        return lowered
    try:
        mapped = idna.uts46_remap(lowered, std3_rules=False, transitional=False)
        if not mapped.isascii():
            mapped = idna.encode(mapped).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        raise BadAddress("host") from None
    if not mapped or _NEVER_IN_A_HOST.search(mapped):
        raise BadAddress("host")
    return mapped.lower()


def _held_in(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that a mapped or NAT64 address leads to."""
    if address in _MAPPED or address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None
