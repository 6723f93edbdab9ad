"""Public identifiers: time-ordered, safe to show, the only ids in URLs, API and exports."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import uuid_utils.compat


def uuid7() -> uuid.UUID:
    """Return a new UUIDv7: sorts by creation time, to the millisecond."""
    return uuid_utils.compat.uuid7()


def made_at(uid: uuid.UUID) -> datetime | None:
    """Return when a UUIDv7 was made, aware, to the millisecond; None for what is no UUIDv7."""
    if uid.version != 7:
        return None
    try:
        return datetime.fromtimestamp((uid.int >> 80) / 1000, UTC)
    except (ValueError, OverflowError):
        return None
