"""When a watched address is looked at next, and whose turn it is at a host.

Often while a text is fresh, seldom once it is old; sooner again where a removal is suspected, so
that it can be proven; later where a host asks for it. Everything is told in moments with a zone.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from annotations.lifecycle.proving import APART, SPAN

# By the age of what is watched; older than the last: OLDEST.
_BY_AGE = (
    (timedelta(hours=1), timedelta(minutes=5)),
    (timedelta(hours=6), timedelta(minutes=15)),
    (timedelta(days=1), timedelta(minutes=30)),
    (timedelta(days=3), timedelta(hours=2)),
    (timedelta(days=14), timedelta(hours=12)),
    (timedelta(days=60), timedelta(days=1)),
)
OLDEST = timedelta(days=3)
# A host that refuses us is left alone twice as long each time, between these.
SHORTEST_REST = timedelta(minutes=15)
LONGEST_REST = timedelta(days=2)
# What a host may ask for at most (Retry-After, RFC 9110 section 10.2.3).
LONGEST_ASKED = timedelta(days=7)
# A tenth more or less, so that what was added together is not asked for together for ever.
JITTER = 0.1
# A little over the rule, since a check also takes its time.
SLACK = timedelta(minutes=5)


class Outcome(StrEnum):
    """What a check came to."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    UNAVAILABLE = "unavailable"
    SUSPECTED_REMOVAL = "suspected_removal"
    RETURNED = "returned"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Pace:
    """What the next look depends on.

    `fresh_at` is when the text was published or last changed; `refusals` counts the latest looks
    in a row that the host refused or failed; `gone_at` is when the first failure of a suspected
    removal was seen.
    """

    fresh_at: datetime
    refusals: int = 0
    retry_after: timedelta | None = None
    gone_at: datetime | None = None


def next_look(pace: Pace, *, now: datetime, seed: str) -> datetime:
    """Return when to look next, after `now`. `seed` names watch and look, for the jitter."""
    if pace.refusals:
        return now + rest_of(pace.refusals, pace.retry_after)
    if pace.gone_at is not None and now < pace.gone_at + SPAN + SLACK:
        # To prove a removal takes looks APART that span SPAN; none sooner, none much later.
        return min(now + APART + SLACK, max(now + SLACK, pace.gone_at + SPAN + SLACK))
    usual = usual_interval(now - pace.fresh_at)
    return now + usual * (1 + JITTER * _spread(seed))


def usual_interval(age: timedelta) -> timedelta:
    """Return how long a text of this age is left alone; never shorter for an older one."""
    return next((interval for limit, interval in _BY_AGE if age < limit), OLDEST)


def rest_of(refusals: int, retry_after: timedelta | None) -> timedelta:
    """Return how long a host is left alone that refused so often: what it asks for, or ever longer.

    `refusals` is at least 1.
    """
    longer = min(LONGEST_REST, SHORTEST_REST * 2 ** min(refusals - 1, 12))
    asked = min(retry_after or timedelta(), LONGEST_ASKED)
    return max(longer, asked)


def _spread(seed: str) -> float:
    """Return a number from -1 to 1 that the seed alone decides."""
    digest = hashlib.sha256(seed.encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**31 - 1
