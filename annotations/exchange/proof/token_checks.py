"""Checking the time-stamp tokens of a proof bundle. PURE."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from annotations.captures.tokens import BadToken, check_token, question_for
from annotations.exchange.proof.archive import Archive, BadArchive
from annotations.exchange.proof.checks import NOT_AS_IT_SHOULD_BE, Check, Outcome, failed
from annotations.exchange.proof.manifest import NAME

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

MOST_TOKEN_BYTES = 64 * 1024


def token_checks(
    archive: Archive, trusted: Sequence[Certificate], described: Sequence[dict[str, Any]]
) -> Iterator[Check]:
    """Check every token against the file it is over, and the moment that is said of it; token and
    file have their names from one another.
    """
    beside = sorted(one for one in archive.names if one.startswith("timestamps/"))
    replies = {one for one in beside if one.endswith(".tsr")}
    for name in beside:
        if name.endswith(".tsq") and f"{name.removesuffix('.tsq')}.tsr" not in replies:
            yield failed(name, "the answer to it is not there")
    if not replies:
        yield Check("time stamps", Outcome.NOT_CHECKED, "no authority has signed anything")
    if trusted and f"timestamps/{NAME}.tsr" not in replies:
        # Without it whoever changes a file and the list alike is not found out.
        yield failed(f"time stamp of {NAME}", "no authority has signed the list of files")
    told = _moments(described)
    for name in sorted(replies):
        yield _token(archive, name, trusted, told)


def _moments(described: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return when captures are said to have been stamped, by name; what cannot be read is None."""
    try:
        stamps = {one["name"]: one["time_stamp"] for one in described}
        return {name: stamp["stamped_at"] for name, stamp in stamps.items() if stamp}
    except NOT_AS_IT_SHOULD_BE:
        return {}


def _token(
    archive: Archive, name: str, trusted: Sequence[Certificate], told: dict[str, Any]
) -> Check:
    stem = name.removeprefix("timestamps/").removesuffix(".tsr")
    signed = NAME if stem == NAME else f"warc/{stem}.warc.gz"
    about = f"time stamp of {signed}"
    try:
        if signed not in archive.names:
            raise BadArchive(f"{signed} is not there")
        reply = archive.read(name, limit=MOST_TOKEN_BYTES)
        digest = bytes.fromhex(archive.digest(signed))
        moment = check_token(reply, digest, trusted=trusted)
        question = archive.read(f"timestamps/{stem}.tsq", limit=MOST_TOKEN_BYTES)
        if question != question_for(reply, digest):
            raise BadToken("the question kept beside it is another")
        if stem in told and datetime.fromisoformat(told[stem]) != moment:
            raise BadToken(f"captures.json says that it is from {told[stem]}")
    except (BadArchive, BadToken, *NOT_AS_IT_SHOULD_BE) as bad:
        return failed(about, bad)
    if trusted:
        return Check(about, Outcome.OK, f"{moment:%Y-%m-%d %H:%M:%S} UTC")
    detail = f"it says {moment:%Y-%m-%d %H:%M:%S} UTC; give --ca-file to check by whom"
    return Check(about, Outcome.NOT_CHECKED, detail)
