"""Undoing a body's Content-Encoding within a bound on what comes out. PURE."""

from __future__ import annotations

import zlib
from collections.abc import Generator, Iterator

from annotations.captures.failures import FailureCode, FetchFailed

# What is asked for: what the standard library can undo a piece at a time.
ACCEPTED = "gzip, deflate"
MOST_LAYERS = 2
MOST_MEMBERS = 100
_PIECE = 64 * 1024


def unpack(body: bytes, encoding: str, *, limit: int) -> bytes:
    """Return the body as it was before it was packed; `encoding` is the header's value.

    Never holds more than `limit` bytes of what comes out. Raises FetchFailed with `bomb` above it,
    and with `bad_encoding` for a packing that is unknown, broken or cut short.
    """
    layers = [name for name in (one.strip().lower() for one in encoding.split(",")) if name]
    layers = [name for name in layers if name != "identity"]
    if len(layers) > MOST_LAYERS:
        raise FetchFailed(FailureCode.BAD_ENCODING, encoding)
    for name in reversed(layers):
        if name not in ("gzip", "x-gzip", "deflate"):
            raise FetchFailed(FailureCode.BAD_ENCODING, name)
        if body:
            body = _undo(body, name, limit)
    return body


def unpack_members(content: bytes, *, limit: int, most_members: int) -> bytes:
    """Return a gzip file of many members as one; as it is where it is not packed.

    Raises FetchFailed as `unpack` does.
    """
    if not content.startswith(b"\x1f\x8b"):
        if len(content) > limit:
            raise FetchFailed(FailureCode.BOMB, f"more than {limit} bytes")
        return content
    return _collect(_members(content, most_members), "gzip", limit)


def pack_member(content: bytes) -> bytes:
    """Return content as one gzip member, the same for the same content."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return packer.compress(content) + packer.flush()


def _undo(body: bytes, name: str, limit: int) -> bytes:
    pieces = _members(body, MOST_MEMBERS) if name.endswith("gzip") else _deflated(body)
    return _collect(pieces, name, limit)


def _collect(pieces: Iterator[bytes], name: str, limit: int) -> bytes:
    out = bytearray()
    try:
        for piece in pieces:
            out += piece
            if len(out) > limit:
                raise FetchFailed(FailureCode.BOMB, f"more than {limit} bytes")
    except zlib.error as error:
        raise FetchFailed(FailureCode.BAD_ENCODING, f"{name}: {error}") from None
    return bytes(out)


def _members(body: bytes, most: int) -> Iterator[bytes]:
    """Yield what each gzip member holds; zeros or other bytes behind the last are let pass."""
    start = 0
    for _number in range(most):
        start = yield from _pieces(zlib.decompressobj(zlib.MAX_WBITS | 16), body, start)
        if not body.startswith(b"\x1f\x8b", start):
            return
    raise zlib.error("too many members")


def _deflated(body: bytes) -> Iterator[bytes]:
    """Yield what was deflated: with zlib's header as the standard says, or bare as some send it."""
    has_header = len(body) > 1 and body[0] & 0x0F == 8 and (body[0] << 8 | body[1]) % 31 == 0
    yield from _pieces(zlib.decompressobj(zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS), body)


def _pieces(undo: zlib._Decompress, body: bytes, start: int = 0) -> Generator[bytes, None, int]:
    """Yield what comes out, a bounded piece at a time; return where in `body` the end was found.

    Fed in pieces too: what is left over would otherwise be copied again with each of them.
    """
    for position in range(start, len(body), _PIECE):
        packed = body[position : position + _PIECE]
        end = position + len(packed)
        while packed and not undo.eof:
            yield undo.decompress(packed, _PIECE)
            packed = undo.unconsumed_tail
        if undo.eof:
            return end - len(undo.unused_data)
    yield undo.flush(_PIECE)
    if not undo.eof:
        raise zlib.error("cut short")
    return len(body)
