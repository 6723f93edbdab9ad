"""Time-stamp tokens (RFC 3161): asking for one, and checking what an authority answered. PURE.

A token says that a digest existed at a moment, signed by the authority. Nothing here connects to
anything, and no clock is read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from annotations.captures.token_order import certificates_ordered

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

QUERY_TYPE = "application/timestamp-query"
SHA256 = "2.16.840.1.101.3.4.2.1"


class BadToken(Exception):
    """The answer is no token, or not of what was asked; the message says which, in English."""


@cache
def _library() -> Any:
    """Load what reads tokens when one is read: web processes never do, and it is 11 MiB."""
    import rfc3161_client  # noqa: PLC0415

    return rfc3161_client


@dataclass(frozen=True, slots=True)
class Question:
    """What an authority is asked, as the bytes of the request, and what its answer must repeat."""

    content: bytes
    nonce: int | None
    digest: bytes


def question_of(content: bytes) -> Question:
    """Return the request for a token over these bytes: SHA-256, with a nonce and certificates."""
    library = _library()
    asked = library.TimestampRequestBuilder().data(content)
    built = asked.hash_algorithm(library.HashAlgorithm.SHA256).build()
    return Question(built.as_bytes(), built.nonce, hashlib.sha256(content).digest())


def question_for(reply: bytes, digest: bytes) -> bytes:
    """Return the request that an answer over this digest repeats the nonce of, as `question_of`
    writes it: a request that is kept beside the answer has to be these bytes. Raises BadToken.

    RFC 3161, 2.4.1: version 1, the digest with its algorithm, the nonce, certificates wanted.
    """
    try:
        nonce = _decoded(reply).tst_info.nonce
    except ValueError as error:
        raise BadToken(f"it is no whole token: {error}") from None
    imprint = _element(0x30, bytes.fromhex("300d06096086480165030402010500") + _element(4, digest))
    number = nonce.to_bytes(nonce.bit_length() // 8 + 1) if nonce is not None else b""
    asked = _element(2, b"\x01") + imprint + (_element(2, number) if number else b"")
    return _element(0x30, asked + b"\x01\x01\xff")


def _element(tag: int, content: bytes) -> bytes:
    """Return a DER element; none of a request is longer than 127 bytes."""
    return bytes((tag, len(content))) + content


def read_certificates(pem: bytes) -> list[Certificate]:
    """Return the certificates of a PEM file. Raises BadToken where there is none in it."""
    # Loaded late for the same reason.
    from cryptography.x509 import load_pem_x509_certificates  # noqa: PLC0415

    try:
        found = load_pem_x509_certificates(pem)
    except ValueError:
        found = []
    if not found:
        raise BadToken("there is no certificate in the authority's PEM file")
    return found


def check_token(
    reply: bytes,
    digest: bytes,
    *,
    nonce: int | None = None,
    trusted: Sequence[Certificate] = (),
) -> datetime:
    """Return the moment an authority's answer names for a SHA-256 digest. Raises BadToken.

    Without `trusted` certificates only what the token says is checked, not who signed it.
    """
    answer = _decoded(reply)
    try:
        # The library raises ValueError for parts of an answer that are not there.
        if answer.status != _library().PKIStatus.GRANTED:
            raise BadToken("the authority refused")
        stamp = answer.tst_info
        if stamp.message_imprint.hash_algorithm.dotted_string != SHA256:
            raise BadToken("it is over another kind of digest than SHA-256")
        if stamp.message_imprint.message != digest:
            raise BadToken("it is over other bytes")
        if nonce is not None and stamp.nonce != nonce:
            raise BadToken("it answers another question")
        if trusted:
            _check_signature(answer, digest, trusted)
        moment = stamp.gen_time
    except ValueError as error:
        raise BadToken(f"it is no whole token: {error}") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _decoded(reply: bytes) -> Any:
    try:
        return _library().decode_timestamp_response(certificates_ordered(reply))
    except ValueError as error:
        raise BadToken(f"it is no time-stamp answer: {error}") from None


def _check_signature(answer: Any, digest: bytes, trusted: Sequence[Certificate]) -> None:
    """Raise BadToken unless the token is signed by whom the certificates vouch for."""
    library = _library()
    builder = library.VerifierBuilder()
    for certificate in trusted:
        builder = builder.add_root_certificate(certificate)
    try:
        builder.build().verify(answer, digest)
    except library.VerificationError as error:
        raise BadToken(f"its signature is not the authority's: {error}") from None
