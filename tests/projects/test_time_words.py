"""Times as entered, said in words."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from annotations.lib.dates import parse_event_time
from annotations.projects.time_words import time_words
from annotations.templatetags.times import in_words

KYIV = "Europe/Kyiv"
SAID = [
    ("2022-03-03", "3 Mar 2022", "03.03.2022"),
    ("2022-03", "March 2022", "березень 2022"),
    ("2022", "2022", "2022"),
    ("2022-XX", "2022", "2022"),
    ("2022-03-XX", "March 2022", "березень 2022"),
    ("202X", "the 2020s", "2020-ті"),
    ("19XX", "between 1900 and 1999", "між 1900 і 1999"),
    ("2022-21", "spring 2022", "весна 2022"),
    ("2022-24", "winter 2022", "зима 2022"),
    ("2022-03~", "about March 2022", "приблизно березень 2022"),
    ("2022-03?", "March 2022 (uncertain)", "березень 2022 (непевно)"),
    ("2022-03-03%", "about 3 Mar 2022 (uncertain)", "приблизно 03.03.2022 (непевно)"),
    ("2022-03-03T09:00Z", "3 Mar 2022, 11:00", "03.03.2022, 11:00"),
    ("2022-03-03T09:00", "3 Mar 2022, 09:00", "03.03.2022, 09:00"),
    ("2022-03-03T23:30:05Z", "4 Mar 2022, 01:30:05", "04.03.2022, 01:30:05"),
    ("2022-03-03T09:00-05:00", "3 Mar 2022, 16:00", "03.03.2022, 16:00"),
    (
        "2022-03-03T09:00Z/2022-03-03T12:00Z",
        "3 Mar 2022, 11:00 – 14:00",
        "03.03.2022, 11:00 – 14:00",
    ),
    (
        "2022-03-03T21:00Z/2022-03-03T23:00Z",
        "3 Mar 2022, 23:00 – 4 Mar 2022, 01:00",
        "03.03.2022, 23:00 – 04.03.2022, 01:00",
    ),
    (
        "2022-03-03T09:00Z/2022-03-03T12:00Z~",
        "3 Mar 2022, 11:00 – about 3 Mar 2022, 14:00",
        "03.03.2022, 11:00 – приблизно 03.03.2022, 14:00",
    ),
    ("2022-03-02/2022-03-03", "2 Mar 2022 – 3 Mar 2022", "02.03.2022 – 03.03.2022"),
    ("../2022-03-04", "until 4 Mar 2022", "не пізніше ніж 04.03.2022"),
    ("2022-03-04/..", "since 4 Mar 2022", "не раніше ніж 04.03.2022"),
    (
        "/2022-03-04",
        "until 4 Mar 2022 (since when is not known)",
        "не пізніше ніж 04.03.2022 (з якого часу, невідомо)",
    ),
    (
        "2022-03/",
        "since March 2022 (until when is not known)",
        "не раніше ніж березень 2022 (до якого часу, невідомо)",
    ),
]


@pytest.mark.parametrize(("edtf", "english", "ukrainian"), SAID)
def test_a_time_is_said_in_both_languages(edtf, english, ukrainian):
    with timezone.override(ZoneInfo(KYIV)):
        for language, words in (("en", english), ("uk", ukrainian)):
            with translation.override(language):
                assert time_words(edtf, KYIV) == words


def test_a_day_of_another_zone_names_it_and_a_clock_time_is_moved():
    with timezone.override(ZoneInfo("America/New_York")):
        assert time_words("2022-03-03", KYIV) == "3 Mar 2022 (Europe/Kyiv)"
        assert time_words("2022-03-03T09:00", KYIV) == "3 Mar 2022, 02:00"
        assert time_words("2022-03-03T09:00", "") == "3 Mar 2022, 09:00"


def test_what_was_entered_stands_behind_the_words_and_is_no_markup():
    with timezone.override(ZoneInfo(KYIV)):
        assert in_words("2022-03~", KYIV) == (
            '<span title="entered as 2022-03~ (Europe/Kyiv)">about March 2022</span>'
        )
        assert in_words("2022-03-03", KYIV).startswith('<time datetime="2022-03-03" title=')
    assert in_words("", KYIV) == ""
    assert "<b>" not in in_words("<b>", "<i>")


years = st.integers(1000, 9998)
months = st.integers(1, 12)
clocks = st.builds(
    lambda hour, minute, second, zone: f"T{hour:02}:{minute:02}{second}{zone}",
    st.integers(0, 23), st.integers(0, 59), st.sampled_from(["", ":00", ":59"]),
    st.sampled_from(["", "Z", "+02:00", "-05:30"]),
)  # fmt: skip
days = st.builds(
    lambda year, month, day: f"{year}-{month:02}-{day:02}", years, months, st.integers(1, 28)
)
bare = st.one_of(
    years.map(str),
    years.map(lambda year: f"{str(year)[:3]}X"),
    st.integers(10, 98).map(lambda century: f"{century}XX"),
    years.map(lambda year: f"{year}-XX"),
    years.map(lambda year: f"{year}-XX-XX"),
    st.builds(lambda year, month: f"{year}-{month:02}", years, months),
    st.builds(lambda year, month: f"{year}-{month:02}-XX", years, months),
    st.builds(lambda year, season: f"{year}-{season}", years, st.integers(21, 24)),
    days,
    st.builds(lambda day, clock: day + clock, days, clocks),
)
moments = st.builds(lambda text, doubt: text + doubt, bare, st.sampled_from(["", "?", "~", "%"]))
ends = st.sampled_from(["", ".."])


def _is_accepted(text: str) -> bool:
    try:
        parse_event_time(text, KYIV)
    except Exception:
        return False
    return True


intervals = st.one_of(
    st.builds(lambda first, last: f"{first}/{last}", moments, moments),
    st.builds(lambda first, last: f"{first}/{last}", ends, moments),
    st.builds(lambda first, last: f"{first}/{last}", moments, ends),
)
accepted = st.one_of(moments, intervals).filter(_is_accepted)
RAW = re.compile(r"[~%/]|XX|\dX|\dT\d|\.\.|\dZ|\?")


@given(text=accepted, language=st.sampled_from(["en", "uk"]), zone=st.sampled_from([KYIV, "UTC"]))
def test_every_form_that_is_accepted_is_said_without_its_signs(text, language, zone):
    edtf = parse_event_time(text, zone).edtf
    with timezone.override(ZoneInfo(zone)), translation.override(language):
        words = time_words(edtf, zone)
        assert not RAW.search(words), words
        doubted = {"en": ("about", "uncertain"), "uk": ("приблизно", "непевно")}[language]
        assert (doubted[0] in words) == bool(re.search("[~%]", edtf))
        assert (doubted[1] in words) == bool(re.search("[?%]", edtf))
        assert f'title="{"entered as" if language == "en" else "введено як"} {edtf}' in in_words(
            edtf, zone
        )


@given(
    moment=st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1)),
    zone=st.sampled_from([KYIV, "Asia/Kathmandu", "America/New_York"]),
)
def test_a_clock_time_is_told_as_the_clock_of_the_zone_shown_stood(moment, zone):
    there = moment.replace(tzinfo=UTC, microsecond=0).astimezone(ZoneInfo(zone))
    with timezone.override(ZoneInfo(zone)), translation.override("en"):
        words = time_words(f"{moment:%Y-%m-%dT%H:%M:%SZ}", KYIV)
    assert words.partition(" (UTC")[0] == f"{there.day} {there:%b %Y, %H:%M:%S}"


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (
            "2022-10-30T00:30Z/2022-10-30T01:30Z",
            "30 Oct 2022, 03:30 (UTC+03:00) – 03:30 (UTC+02:00)",
        ),
        ("2022-10-30T01:30:15Z", "30 Oct 2022, 03:30:15 (UTC+02:00)"),
        ("2022-10-30T02:00Z", "30 Oct 2022, 04:00"),
        ("2022-03-27T01:30Z", "27 Mar 2022, 04:30"),
    ],
)
def test_an_hour_that_comes_twice_says_which_of_the_two(time, words):
    with timezone.override(ZoneInfo(KYIV)):
        assert time_words(time) == words
