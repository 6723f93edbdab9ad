"""The moment that a reader asks about."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.lib.moments import InvalidMoment, read_moment

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-03T09:00", "2026-03-03T07:00:00+00:00"),
        (" 2026-03-03 09:00 ", "2026-03-03T07:00:00+00:00"),
        ("2026-03-03T09:00:30.5", "2026-03-03T07:00:30.500000+00:00"),
        ("2026-03-03T09:00Z", "2026-03-03T09:00:00+00:00"),
        ("2026-03-03t09:00z", "2026-03-03T09:00:00+00:00"),
        ("2026-03-03T09:00+01", "2026-03-03T08:00:00+00:00"),
        ("2026-03-03T09:00-0130", "2026-03-03T10:30:00+00:00"),
        # A plus that an address has turned into a space.
        ("2026-03-03T09:00:00.000001 00:00", "2026-03-03T09:00:00.000001+00:00"),
        ("2026-03-03", "2026-03-03T21:59:59.999999+00:00"),
        # The day the clocks are set forward has 23 hours.
        ("2026-03-29", "2026-03-29T20:59:59.999999+00:00"),
        # Set back: the first of the two.
        ("2025-10-26T03:30", "2025-10-26T00:30:00+00:00"),
        # Today is as it is now.
        ("2026-07-01", "2026-07-01T12:00:00+00:00"),
        ("2026-07-01T15:00", "2026-07-01T12:00:00+00:00"),
    ],
)
def test_a_moment_is_read_in_utc(text, moment):
    assert read_moment(text, "Europe/Kyiv", NOW).isoformat() == moment


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026-07-01T15:01", "still to come"),
        ("2026-07-02", "still to come"),
        ("9998-12-31T23:59Z", "still to come"),
        ("", "is not a moment"),
        ("now", "is not a moment"),
        ("2026", "is not a moment"),
        ("2026-02-30", "is not a moment"),
        ("2026-03-03T25:00", "is not a moment"),
        ("2026-03-03T09:00+25:00", "is not a moment"),
        ("0001-01-01", "is not a moment"),
        ("9999-12-31", "still to come"),
        ("２026-03-03", "is not a moment"),
    ],
)
def test_what_is_none_or_has_not_been_is_refused(text, reason):
    with pytest.raises(InvalidMoment, match=reason):
        read_moment(text, "Europe/Kyiv", NOW)


@given(st.text(alphabet="0123456789-:TZ+. ", max_size=30))
def test_whatever_is_typed_is_a_moment_that_has_been_or_is_refused(text):
    with suppress(InvalidMoment):
        assert read_moment(text, "Asia/Tokyo", NOW) <= NOW
