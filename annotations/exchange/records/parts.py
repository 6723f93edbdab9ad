"""What records are made of: times, dates as entered, removals. PURE."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec

NATIVE_VERSION = 5

# Always with its zone, which is UTC.
Time = Annotated[datetime, msgspec.Meta(tz=True)]


class Record(msgspec.Struct, omit_defaults=True, gc=False, kw_only=True):
    """One entity, or a part of one. Members at their default are not written."""


class Removal(Record):
    """A discard by the desk, or a hiding or locking by moderation: when, by whom, why."""

    at: Time
    by: str | None = None
    reason: str = ""


class Moment(Record):
    """A date as entered (EDTF), its bounds, and the zone a bare date was meant in."""

    edtf: str = ""
    earliest: Time | None = None
    latest: Time | None = None
    zone: str = ""
