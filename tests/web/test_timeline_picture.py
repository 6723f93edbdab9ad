"""A statement's events drawn on a line of time: apart, in bounds, and plainly unsure."""

from datetime import UTC, datetime

import pytest

from annotations.lib.dates import parse_event_time
from annotations.web.timeline_picture import Happening, Told, timeline_picture


@pytest.fixture(params=[False, True], ids=["from the left", "from the right"])
def from_right(request):
    return request.param


def told(edtf: str) -> Told | None:
    if not edtf:
        return None
    time = parse_event_time(edtf, "UTC")
    return Told.of(time.edtf, time.earliest, time.latest)


def row(happened: str, noticed: str = "", **more) -> Happening:
    fields = {"name": "Deleted", "group": "removal", "is_refuted": False, **more}
    return Happening(happened=told(happened), noticed=told(noticed), **fields)


def drawn(*rows: Happening, from_right: bool = False):
    picture = timeline_picture(rows, from_right=from_right)
    assert picture is not None
    return picture


def test_happened_and_noticed_stand_apart_inside_the_line(from_right):
    picture = drawn(
        row("2022-03-02/2022-03-03", "2022-03-06"), row("2022-03-01"), from_right=from_right
    )
    first, second = picture.rows
    assert first.happened.width == pytest.approx(2 * second.happened.width, abs=0.2)
    assert (first.noticed.x > first.happened.x) != from_right
    left, right = sorted((picture.first_x, picture.last_x))
    for piece in (first.happened, first.noticed, second.happened):
        assert left - 0.1 <= piece.x
        assert piece.x + piece.width <= right + 0.1
    assert second.noticed is None
    assert second.mark == ""
    assert (picture.begins, picture.ends.date()) == (
        datetime(2022, 3, 1, tzinfo=UTC),
        datetime(2022, 3, 6, tzinfo=UTC).date(),
    )


@pytest.mark.parametrize(
    ("edtf", "is_unsure"),
    [
        ("2022-03-02", False),
        ("2022-03-02T18:00", False),
        ("2022-03", False),
        ("2022-03-02?", True),
        ("2022-03~", True),
        ("202X", True),
        ("2022-03-02/2022-03-03", True),
        ("../2022-03-03", True),
        ("2022-03-03/..", True),
    ],
)
def test_what_is_not_sure_is_drawn_so(edtf, is_unsure):
    picture = drawn(row(edtf), row("2021/2023"))
    assert picture.rows[0].happened.is_unsure == is_unsure


def test_an_open_end_reaches_to_the_end_of_the_line():
    picture = drawn(row("2022-03-03/.."), row("2022-03-01/2022-03-09"))
    bar = picture.rows[0].happened
    assert bar.x + bar.width == pytest.approx(picture.last_x, abs=0.2)


def test_a_moment_in_a_century_is_still_to_be_seen():
    picture = drawn(row("2022-03-02T18:00"), row("1950/2022"))
    bar = picture.rows[0].happened
    assert bar.width >= 6
    assert bar.x + bar.width <= picture.last_x + 0.1


def test_where_no_time_is_known_there_is_no_picture():
    assert timeline_picture([row(""), row("")], from_right=False) is None
    assert timeline_picture([], from_right=False) is None


def test_one_instant_alone_and_the_end_of_time_can_be_drawn():
    assert drawn(row("2022-03-02T18:00")).rows[0].happened.width > 0
    assert drawn(row("9998")).ends.year == 9998
