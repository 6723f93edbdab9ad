"""What comes of looking at one thing of a proof bundle, and reading its JSON. PURE."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from annotations.exchange.proof.archive import Archive

MOST_JSON_BYTES = 64 * 1024 * 1024
# What reading a stranger's JSON may raise where it is not as it should be.
NOT_AS_IT_SHOULD_BE = (AttributeError, LookupError, TypeError, ValueError, RecursionError)


class Outcome(StrEnum):
    """What came of a check."""

    OK = "OK"
    FAILED = "FAILED"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, and what came of it."""

    about: str
    outcome: Outcome
    detail: str = ""


def failed(about: str, why: object) -> Check:
    """Return that a check failed, and why."""
    return Check(about, Outcome.FAILED, str(why))


def agrees(about: str, found: object, said: object, *, what: str = "digest") -> Check:
    """Return whether what was found is what is said."""
    if found == said:
        return Check(about, Outcome.OK)
    return failed(about, f"it has another {what}")


def read_json(archive: Archive, name: str) -> Any:
    """Return what a JSON file says. Raises BadArchive, and ValueError or RecursionError for none;
    also where an object names one thing twice, as readers differ in which of them they take.
    """
    return json.loads(archive.read(name, limit=MOST_JSON_BYTES), object_pairs_hook=_once)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("one name stands twice in an object")
    return found
