"""When watched addresses are looked at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.lifecycle.pacing import (
    JITTER,
    LONGEST_ASKED,
    LONGEST_REST,
    OLDEST,
    SHORTEST_REST,
    Pace,
    next_look,
    usual_interval,
)
from annotations.lifecycle.proving import Finding, Look, Seen, weigh

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ages = st.timedeltas(timedelta(), timedelta(days=4000))


@pytest.mark.parametrize(
    ("age", "interval"),
    [
        (timedelta(minutes=3), timedelta(minutes=5)),
        (timedelta(hours=3), timedelta(minutes=15)),
        (timedelta(hours=20), timedelta(minutes=30)),
        (timedelta(days=2), timedelta(hours=2)),
        (timedelta(days=10), timedelta(hours=12)),
        (timedelta(days=40), timedelta(days=1)),
        (timedelta(days=400), OLDEST),
    ],
)
def test_minutes_when_fresh_days_when_old(age: timedelta, interval: timedelta) -> None:
    assert usual_interval(age) == interval


@given(ages, ages)
def test_an_older_text_is_never_asked_for_more_often(one: timedelta, other: timedelta) -> None:
    assert usual_interval(min(one, other)) <= usual_interval(max(one, other))


@given(ages, st.text(max_size=20))
def test_the_jitter_is_a_tenth_at_most_and_always_the_same(age: timedelta, seed: str) -> None:
    pace = Pace(NOW - age)
    found = next_look(pace, now=NOW, seed=seed) - NOW
    usual = usual_interval(age)
    assert usual * (1 - JITTER) <= found <= usual * (1 + JITTER)
    assert next_look(pace, now=NOW, seed=seed) - NOW == found


def test_the_jitter_spreads_what_was_added_together() -> None:
    pace = Pace(NOW - timedelta(days=1000))
    moments = [next_look(pace, now=NOW, seed=f"watch {n}") for n in range(1000)]
    width = OLDEST * 2 * JITTER
    quarters = [0, 0, 0, 0]
    for one in moments:
        quarters[int((one - NOW - OLDEST * (1 - JITTER)) / width * 4)] += 1
    assert min(quarters) > 180


@given(st.integers(1, 60))
def test_a_host_that_refuses_is_left_alone_ever_longer(refusals: int) -> None:
    rest = next_look(Pace(NOW, refusals), now=NOW, seed="") - NOW
    more = next_look(Pace(NOW, refusals + 1), now=NOW, seed="") - NOW
    assert SHORTEST_REST <= rest <= more <= LONGEST_REST


def test_what_a_host_asks_for_is_kept_within_reason() -> None:
    day = timedelta(days=1)
    assert next_look(Pace(NOW, 1, day), now=NOW, seed="") - NOW == day
    assert next_look(Pace(NOW, 1, day * 900), now=NOW, seed="") - NOW == LONGEST_ASKED
    assert next_look(Pace(NOW, 3, timedelta(seconds=1)), now=NOW, seed="") - NOW > SHORTEST_REST


@given(ages, st.text(max_size=8))
def test_a_suspected_removal_is_proven_within_little_more_than_a_day(
    age: timedelta, seed: str
) -> None:
    looks = [Look(NOW - timedelta(minutes=5), Seen.GOOD), Look(NOW, Seen.GONE, NOW)]
    now = NOW
    while now < NOW + timedelta(hours=25):
        now = next_look(Pace(NOW - age, gone_at=NOW), now=now, seed=seed)
        looks.append(Look(now, Seen.GONE, now))
        if weigh(looks).finding is Finding.PROVEN:
            break
    assert weigh(looks).finding is Finding.PROVEN
    assert len(looks) <= 6
    assert now <= NOW + timedelta(hours=25)
