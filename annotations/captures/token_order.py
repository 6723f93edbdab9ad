"""Putting a token's certificates into the order that DER wants, so that a strict reader reads it.

OpenSSL and the authorities that run it send them in the order of the chain. The set is not signed
and its length stays the same, so nothing that the token says is touched. PURE.
"""

from __future__ import annotations

_SET_OF_CERTIFICATES = 0xA0


def certificates_ordered(reply: bytes) -> bytes:
    """Return a time-stamp answer with its certificates ordered; unread where it has another shape.

    RFC 3161, 2.4.2: status, then ContentInfo (RFC 5652): type, [0] SignedData, in which version,
    digest algorithms and content stand before [0] certificates.
    """
    try:
        answer = _parts(reply, _part(reply, 0, len(reply)))
        content = _parts(reply, answer[1])
        (signed,) = _parts(reply, content[1])
        certificates = _parts(reply, signed)[3]
        if reply[certificates[0]] != _SET_OF_CERTIFICATES:
            return reply
        members = _parts(reply, certificates)
    except (IndexError, ValueError):
        return reply
    pieces = sorted(reply[start:end] for start, _inside, end in members)
    return reply[: certificates[1]] + b"".join(pieces) + reply[certificates[2] :]


# Where an element starts, where what is in it starts, and where both end.
_Place = tuple[int, int, int]


def _part(data: bytes, start: int, end: int) -> _Place:
    """Return where the element at `start` lies. Raises ValueError, IndexError for no DER."""
    length, inside = data[start + 1], start + 2
    if length & 0x80:
        count = length & 0x7F
        if not 1 <= count <= 4:
            raise ValueError("a length of no such form")
        length = int.from_bytes(data[inside : inside + count])
        inside += count
    if inside + length > end:
        raise ValueError("an element longer than what holds it")
    return start, inside, inside + length


def _parts(data: bytes, place: _Place) -> list[_Place]:
    """Return where the elements in an element lie."""
    _start, at, end = place
    found = []
    while at < end:
        found.append(_part(data, at, end))
        at = found[-1][2]
    return found
