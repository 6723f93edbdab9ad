from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.lib.dates import InvalidTime, parse_event_time, predates
from annotations.lib.errors import InvalidInput

KYIV = "Europe/Kyiv"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


CASES = [
    ("2022-03-02", "2022-03-02", "2022-03-01T22:00", "2022-03-02T22:00"),
    (" 2022-03-02 ", "2022-03-02", "2022-03-01T22:00", "2022-03-02T22:00"),
    ("2022-03-27", "2022-03-27", "2022-03-26T22:00", "2022-03-27T21:00"),
    ("2022-03", "2022-03", "2022-02-28T22:00", "2022-03-31T21:00"),
    ("2022", "2022", "2021-12-31T22:00", "2022-12-31T22:00"),
    ("202x", "202X", "2019-12-31T22:00", "2029-12-31T22:00"),
    ("20XX", "20XX", "1999-12-31T22:00", "2099-12-31T22:00"),
    ("2022-XX", "2022-XX", "2021-12-31T22:00", "2022-12-31T22:00"),
    ("2022-03-XX", "2022-03-XX", "2022-02-28T22:00", "2022-03-31T21:00"),
    ("2022-21", "2022-21", "2022-02-28T22:00", "2022-05-31T21:00"),
    ("2022-24", "2022-24", "2022-11-30T22:00", "2023-02-28T22:00"),
    ("2022-03-02 14:30", "2022-03-02T14:30", "2022-03-02T12:30", "2022-03-02T12:31"),
    ("2022-03-02T14:30:15", "2022-03-02T14:30:15", "2022-03-02T12:30:15", "2022-03-02T12:30:16"),
    ("2022-03-02 9:05", "2022-03-02T09:05", "2022-03-02T07:05", "2022-03-02T07:06"),
    ("2022-03-02T14:30:00z", "2022-03-02T14:30:00Z", "2022-03-02T14:30", "2022-03-02T14:30:01"),
    ("2022-03-02 14:30 +0100", "2022-03-02T14:30+01:00", "2022-03-02T13:30", "2022-03-02T13:31"),
    ("2022-03-02 14:30-05", "2022-03-02T14:30-05:00", "2022-03-02T19:30", "2022-03-02T19:31"),
    ("2022-03-01/2022-03-02", "2022-03-01/2022-03-02", "2022-02-28T22:00", "2022-03-02T22:00"),
    ("2022-03-01 / 2022-03-02 10:00", "2022-03-01/2022-03-02T10:00",
     "2022-02-28T22:00", "2022-03-02T08:01"),
    ("2022-03-02?", "2022-03-02?", "2022-02-28T22:00", "2022-03-03T22:00"),
    ("2022-03-02~", "2022-03-02~", "2022-02-28T22:00", "2022-03-03T22:00"),
    ("2022-03-02%", "2022-03-02%", "2022-02-27T22:00", "2022-03-04T22:00"),
    ("2022-10-30 03:30", "2022-10-30T03:30", "2022-10-30T00:30", "2022-10-30T01:31"),
]  # fmt: skip


@pytest.mark.parametrize(("entered", "edtf", "earliest", "latest"), CASES)
def test_a_time_has_bounds_in_utc(entered: str, edtf: str, earliest: str, latest: str) -> None:
    time = parse_event_time(entered, KYIV)
    assert (time.edtf, time.earliest, time.latest) == (edtf, utc(earliest), utc(latest))


@pytest.mark.parametrize(
    ("entered", "earliest_open", "latest_open"),
    [("2022-03-02/..", False, True), ("../2022-03-02", True, False), ("2022/", False, True),
     ("/2022", True, False)],
)  # fmt: skip
def test_an_open_end_has_no_bound(entered: str, earliest_open: bool, latest_open: bool) -> None:
    time = parse_event_time(entered, KYIV)
    assert time.edtf == entered
    assert ((time.earliest is None), (time.latest is None)) == (earliest_open, latest_open)


@pytest.mark.parametrize(
    "entered",
    ["", "  ", "yesterday", "2022-13", "2022-02-30", "02.03.2022", "2022-3-2", "2022-03-02??",
     "2022-03-02 25:00", "2022-03-02 14:60", "../..", "/", "2022/2023/2024", "2022-25", "0999",
     "9999", "202X-03", "2022-XX-05", "-2022", "Y17000", "٢٠٢٢-٠٣-٠٢", "2022-03-02 14:30 +99:00"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_the_accepted_forms(entered: str) -> None:
    with pytest.raises(InvalidTime) as refusal:
        parse_event_time(entered, KYIV)
    assert "2022-03-01/2022-03-04" in refusal.value.message


def test_an_interval_must_not_end_before_it_begins() -> None:
    with pytest.raises(InvalidTime, match="ends before it begins"):
        parse_event_time("2022-03-02/2022-03-01", KYIV)


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no time zone called Mars/Base"):
        parse_event_time("2022", "Mars/Base")


@pytest.mark.parametrize(
    ("a", "b", "answer"),
    [
        ("2022-03-01", "2022-03-02", True),
        ("2022-03-02", "2022-03-01", False),
        ("2022-03-02", "2022-03-02", None),
        ("2022-03", "2022-03-02", None),
        ("2022-03-01?", "2022-03-02", None),
        ("../2022-03-01", "2022-03-02", True),
        ("2022-03-03/..", "2022-03-02", False),
        ("2022-03-01/..", "2022-03-02", None),
        ("2022-03-02 10:00", "2022-03-02 10:01", True),
        ("2022-03-02 10:00", "2022-03-02 10:00", None),
    ],
)
def test_predates_answers_yes_no_or_unknown(a: str, b: str, answer: bool | None) -> None:
    assert predates(parse_event_time(a, KYIV), parse_event_time(b, KYIV)) is answer


@given(
    st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1)),
    st.sampled_from([KYIV, "UTC", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"]),
    st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"]),
    st.sampled_from(["", "?", "~", "%"]),
)
def test_bounds_hold_and_the_tidied_text_reads_the_same(
    when: datetime, zone: str, form: str, qualifier: str
) -> None:
    time = parse_event_time(when.strftime(form) + qualifier, zone)
    assert time.earliest is not None
    assert time.latest is not None
    assert time.latest - time.earliest >= timedelta(seconds=1)
    assert parse_event_time(time.edtf, zone) == time
