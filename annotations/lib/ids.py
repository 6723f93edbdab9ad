"""Public identifiers: time-ordered, safe to show, the only ids in URLs, API and exports."""

from __future__ import annotations

import uuid

import uuid_utils.compat


def uuid7() -> uuid.UUID:
    """Return a new UUIDv7: sorts by creation time, to the millisecond."""
    return uuid_utils.compat.uuid7()
