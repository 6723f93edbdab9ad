"""Sending a few bytes to a service the operator named, through the same door as every fetch."""

from __future__ import annotations

from dataclasses import replace

import httpcore

from annotations.captures.addresses import BadAddress, read_target
from annotations.captures.failures import FailureCode, FetchFailed
from annotations.captures.fetching import NETWORK_ERRORS, Border, connection_to, said_in_our_words
from annotations.captures.network import Deadline, Line

MOST_ANSWER_BYTES = 64 * 1024
MOST_SECONDS = 20.0
# Headers and the sizes of pieces come beside the body.
_BESIDE = 16 * 1024


def post(url: str, content: bytes, *, media_type: str, border: Border) -> bytes:
    """Send bytes to an address and return what was answered: 200 only, no redirects followed.

    At most 64 KiB come back, within 20 s. Raises FetchFailed.
    """
    hosts = border.door.test_hosts | border.door.inside_hosts
    try:
        target = read_target(url, any_port=hosts)
    except (BadAddress, ValueError) as error:
        raise FetchFailed(FailureCode.BAD_ADDRESS, f"{error}: {url}") from None
    deadline = Deadline(min(MOST_SECONDS, border.bounds.seconds))
    line = Line(target, border.door, deadline, MOST_ANSWER_BYTES + _BESIDE)
    headers = [
        ("Host", target.authority),
        ("User-Agent", border.user_agent),
        ("Content-Type", media_type),
        ("Content-Length", str(len(content))),
        ("Connection", "close"),
    ]
    where = httpcore.URL(
        scheme=target.scheme, host=target.host, port=target.port, target=target.path
    )
    body = bytearray()
    try:
        with (
            connection_to(border, target, line) as connection,
            connection.stream("POST", where, headers=headers, content=content) as answer,
        ):
            if answer.status != 200:
                raise FetchFailed(FailureCode.PROTOCOL, f"status {answer.status}")
            for piece in answer.iter_stream():
                deadline.left()
                body += piece
                if len(body) > MOST_ANSWER_BYTES:
                    raise FetchFailed(FailureCode.TOO_LARGE, f"over {MOST_ANSWER_BYTES} bytes")
    except NETWORK_ERRORS as error:
        raise said_in_our_words(error) from error
    return bytes(body)


def border_for(border: Border, *, inside_host: str) -> Border:
    """Return a border that lets one more host through, though it may be inside the house."""
    door = replace(border.door, inside_hosts=border.door.inside_hosts | {inside_host})
    return replace(border, door=door)
