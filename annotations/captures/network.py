"""The one door to the network: connections to checked addresses, within bounds.

No other module opens a connection to anything but the database and the mail server.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, Protocol

import httpcore

from annotations.captures.addresses import Address, Target, refusal_of
from annotations.captures.failures import FailureCode, FetchFailed

LOOPBACK = IPv4Address("127.0.0.1")
MOST_ADDRESSES = 4
CONNECT_SECONDS = 10.0


class Resolver(Protocol):
    """Looks a name up: returns addresses as text, in the order to try them."""

    def __call__(self, host: str, seconds: float) -> list[str]:
        """Return the addresses of a name. Raises FetchFailed (dns, timeout)."""
        ...


class Deadline:
    """The end of everything that is done for one page."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def left(self) -> float:
        """Return the seconds left. Raises FetchFailed (timeout) when there are none."""
        seconds = self._end - self._clock()
        if seconds <= 0:
            raise FetchFailed(FailureCode.TIMEOUT)
        return seconds

    def put_off(self, seconds: float) -> None:
        """End so much later: for a time in which nobody was asked for the page."""
        self._end += seconds


def system_resolver(host: str, seconds: float) -> list[str]:
    """Look a name up as the system does, for at most so long: getaddrinfo knows no time limit.

    The final dot keeps the system from trying the name inside its own domain.
    """
    found: list[Any] = []

    def look_up() -> None:
        try:
            found.append(socket.getaddrinfo(f"{host}.", None, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            found.append(error)

    thread = threading.Thread(target=look_up, daemon=True, name="lookup")
    thread.start()
    thread.join(seconds)
    if not found:
        raise FetchFailed(FailureCode.TIMEOUT, f"looking up {host}")
    if isinstance(found[0], Exception):
        raise FetchFailed(FailureCode.DNS, f"{host}: {found[0]}")
    return list(dict.fromkeys(str(one[4][0]) for one in found[0]))


@dataclass(frozen=True, slots=True)
class Door:
    """Which hosts are let through: the public ones, and test hosts, which are this machine.

    `inside_hosts` are services of the operator's own, wherever they are; no page is one.
    """

    resolver: Resolver = system_resolver
    test_hosts: frozenset[str] = frozenset()
    inside_hosts: frozenset[str] = frozenset()

    def addresses(self, target: Target, deadline: Deadline) -> list[Address]:
        """Return the addresses of a target that may be connected to, looked up once.

        Raises FetchFailed: dns, timeout, or address_refused where none of them may be.
        """
        if target.host in self.test_hosts:
            return [LOOPBACK]
        if target.address is not None:
            found: list[Address] = [target.address]
        else:
            found = _read_all(self.resolver(target.host, deadline.left()))
        if not found:
            raise FetchFailed(FailureCode.DNS, target.host)
        is_inside = target.host in self.inside_hosts
        open_ones = [one for one in found if is_inside or refusal_of(one) is None]
        if not open_ones:
            # Which network it is stays in the log of whoever asked: the name is theirs.
            raise FetchFailed(FailureCode.ADDRESS_REFUSED, str(refusal_of(found[0])))
        return open_ones[:MOST_ADDRESSES]


def _read_all(found: Iterable[str]) -> list[Address]:
    """Read addresses as text; what is none is left out, and none has a zone."""
    read: list[Address] = []
    for one in found:
        try:
            read.append(ip_address(one))
        except ValueError:
            continue
    return read


class Wire(httpcore.NetworkStream):
    """A connection whose every byte is counted and kept, and which ends at the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, line: Line) -> None:
        self._stream = stream
        self._line = line

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what came. Raises FetchFailed when it is too much or too late."""
        piece = self._stream.read(max_bytes, self._line.deadline.left())
        self._line.take(piece)
        return piece

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send it all."""
        self._line.sent += buffer
        self._stream.write(buffer, self._line.deadline.left())

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Make it secure; what is kept from here on is what was meant, not how it was hidden."""
        began = time.monotonic()
        seconds = min(CONNECT_SECONDS, self._line.deadline.left())
        inner = self._stream.start_tls(ssl_context, server_hostname, seconds)
        self._line.tls = _milliseconds(began)
        return Wire(inner, self._line)

    def get_extra_info(self, info: str) -> Any:
        """Return what the connection below says."""
        return self._stream.get_extra_info(info)


class Line(httpcore.NetworkBackend):
    """Connects one hop: looks the target up once, checks, and connects to what was checked."""

    def __init__(self, target: Target, door: Door, deadline: Deadline, most_bytes: int) -> None:
        self._target = target
        self._door = door
        self._most_bytes = most_bytes
        self.deadline = deadline
        self.began = time.monotonic()
        self.sent = bytearray()
        self.received = bytearray()
        self.address = ""
        self.lookup: int | None = None
        self.connect: int | None = None
        self.tls: int | None = None
        self.first_byte: int | None = None

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to one of the checked addresses; the name itself is never looked up again."""
        if (host.strip("[]"), port) != (self._target.host, self._target.port):
            raise FetchFailed(FailureCode.ADDRESS_REFUSED, f"{host}:{port} is not what was asked")
        addresses = self._door.addresses(self._target, self.deadline)
        self.lookup = _milliseconds(self.began)
        began = time.monotonic()
        for n, address in enumerate(addresses):
            self.address = str(address)
            seconds = min(CONNECT_SECONDS, self.deadline.left())
            try:
                stream = httpcore.SyncBackend().connect_tcp(_plain(address), port, seconds)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if n + 1 == len(addresses):
                    raise
                continue
            self.connect = _milliseconds(began)
            return Wire(stream, self)
        raise FetchFailed(FailureCode.DNS, host)

    def take(self, piece: bytes) -> None:
        """Keep what came in. Raises FetchFailed (too_large) above the bound."""
        if self.first_byte is None and piece:
            self.first_byte = _milliseconds(self.began)
        self.received += piece
        if len(self.received) > self._most_bytes:
            raise FetchFailed(FailureCode.TOO_LARGE, f"more than {self._most_bytes} bytes")


def _plain(address: Address) -> str:
    """Return the address to connect to: what a mapped one holds, and never one with a zone."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(address)


def _milliseconds(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
