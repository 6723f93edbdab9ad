"""Which captures are from before a removal or a return, and which from after it."""

from datetime import UTC, datetime, timedelta

import pytest

from annotations.articles.services import version_add
from annotations.lifecycle.event_captures import capture_attach, captures_of
from annotations.lifecycle.services import event_record
from tests.material import TEXT, make_article, make_capture, make_statement

pytestmark = pytest.mark.django_db
URL = "https://daily.example/tolls"
# Nine in the morning of the day of all of it; the desk's zone is UTC.
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OLD, NEW = f"About 2,000 died, it said.\n\n{TEXT}", f"About 200 died, it said.\n\n{TEXT}"


@pytest.fixture
def look(project, reviewer):
    def take(hours, status=200, text=OLD):
        at = START + timedelta(hours=hours)
        body = text.encode() if status == 200 else b""
        return make_capture(project, reviewer, url=URL, at=at, status=status, body=body)

    return take


@pytest.fixture
def statement(project, reviewer):
    return make_statement(project, reviewer, url=URL)


def record(actor, subject, type, **more):
    return event_record(actor=actor, subject=subject, type=type, self_observed=True, **more)


def places(event, viewer):
    return [(one.place, one.capture) for one in captures_of(event, viewer)]


@pytest.mark.parametrize("times", [{"happened": "2026-03-05"}, {"noticed": "2026-03-06"}, {}])
def test_what_shows_no_absence_before_a_removal_is_not_after_it(reviewer, statement, look, times):
    page = look(0)
    look(1, 503)
    look(2, 304)
    gone = look(80, 404)
    event = record(reviewer, statement, "unpublished", **times)
    assert places(event, reviewer) == [("before", page), ("after", gone)]


@pytest.mark.parametrize(
    "times",
    [
        {"happened": "2026-03-02"},
        {"noticed": "2026-03-02T10:30Z"},
        {"happened": "2026-03", "noticed": "2026-03-02"},
        {"noticed": "2026-03-10"},
        {},
    ],
)
def test_a_page_that_came_back_was_not_seen_before_its_removal(reviewer, statement, look, times):
    page, gone, back = look(0), look(1, 404), look(3)
    event = record(reviewer, statement, "unpublished", **times)
    assert places(event, reviewer) == [("before", page), ("after", gone), ("after", back)]


def test_of_two_absences_the_time_chooses_and_else_the_latest(reviewer, statement, look):
    first, gone, back, again = look(0), look(1, 404), look(3), look(30, 410)
    early = record(reviewer, statement, "unpublished", happened="2026-03-02T09:30Z")
    assert places(early, reviewer) == [
        ("before", first), ("after", gone), ("after", back), ("after", again)
    ]  # fmt: skip
    late = record(reviewer, statement, "unpublished")
    assert places(late, reviewer) == [("before", back), ("after", again)]


def test_without_a_plain_absence_what_was_captured_since_is_after_a_removal(
    reviewer, statement, look
):
    page, wall = look(0), look(5, 503)
    event = record(reviewer, statement, "access_restricted", happened="2026-03-02")
    assert places(event, reviewer) == [("before", page), ("after", wall)]


@pytest.mark.parametrize(
    "times",
    [
        # To the minute, as a form is filled in: both captures are later in theirs.
        {"happened": "2026-03-02T09:00Z/2026-03-02T12:00Z"},
        {"happened": "2026-03-02T10:00Z/2026-03-02T12:00Z"},
        {"happened": "2026-03-02"},
        {"noticed": "2026-03-02T14:00Z"},
        {},
    ],
)
@pytest.mark.parametrize("is_article", [False, True])
def test_a_return_is_between_the_absence_and_the_page(
    project, reviewer, statement, look, times, is_article
):
    subject = make_article(project, reviewer, url=URL, text=OLD) if is_article else statement
    page = look(0.005)
    look(1, 404)
    back, later = look(3.005), look(4)
    event = record(reviewer, subject, "restored", **times)
    assert places(event, reviewer) == [("before", page), ("after", back), ("after", later)]


def test_of_a_return_without_a_captured_absence_only_what_is_certain_is_added(
    reviewer, statement, look
):
    page, wall, back = look(0), look(2, 503), look(3)
    known = record(reviewer, statement, "restored", happened="2026-03-02T10:00Z/2026-03-02T13:00Z")
    assert places(known, reviewer) == [("before", page), ("after", back)]
    assert wall.pk not in {one.capture_id for one in known.captures.all()}
    unknown = record(reviewer, statement, "restored", noticed="2026-03-02T14:00Z")
    assert places(unknown, reviewer) == []


def test_a_capture_since_an_event_was_recorded_is_not_from_before_it(reviewer, statement, look):
    event = record(reviewer, statement, "retracted", happened="2026/2099")
    later = look((event.created_at - START) / timedelta(hours=1) + 2)
    assert capture_attach(actor=reviewer, event=event, capture=later).place == "after"


def test_captures_from_before_a_version_was_entered_are_placed_by_its_words(
    project, admin, reviewer, look
):
    old, new = look(1), look(5, text=NEW)
    article = make_article(project, admin, url=URL, text=OLD)
    version_add(actor=admin, article=article, text=NEW, origin="paste")
    for times in ({"happened": "2026-03-02"}, {}):
        event = record(reviewer, article, "edited_silent", **times)
        assert places(event, reviewer) == [("before", old), ("after", new)]


def test_a_capture_with_neither_text_is_on_no_side(project, admin, reviewer, look):
    look(1, text="Another text altogether.\n\nWith as many words as a page may well have.")
    article = make_article(project, admin, url=URL, text=OLD)
    version_add(actor=admin, article=article, text=NEW, origin="paste")
    assert places(record(reviewer, article, "edited_silent"), reviewer) == []


@pytest.mark.parametrize("type", ["retracted", "restored", "edited_silent", "reaffirmed"])
def test_no_version_shows_what_happened_after_it_was_made(
    client_for, project, admin, reviewer, look, type
):
    first, second = look(1), look(5, text=NEW)
    article = make_article(project, admin, url=URL, text=OLD, capture=first)
    version_add(actor=admin, article=article, text=NEW, origin="url", capture=second)
    event = record(reviewer, article, type, happened="2099-03-02")
    assert places(event, reviewer) == [("before", second)]
    page = client_for(reviewer).get(f"/p/{project.slug}/events/{event.uid}/").content.decode()
    assert "<del>2,000</del>" not in page
    assert "No text after it is known" in page or "no other text is known" in page


def test_a_later_edit_is_no_part_of_what_happened_before_the_article_was_added(
    client_for, project, admin, reviewer, look
):
    first, second = look(1), look(5, text=NEW)
    article = make_article(project, admin, url=URL, text=OLD, capture=first)
    version_add(actor=admin, article=article, text=NEW, origin="url", capture=second)
    event = record(reviewer, article, "correction_requested", happened="2022-03-02")
    assert [place for place, _one in places(event, reviewer)] == ["after", "after"]
    page = client_for(reviewer).get(f"/p/{project.slug}/events/{event.uid}/").content.decode()
    assert "<del>2,000</del>" not in page


def test_a_page_that_came_back_as_it_was_is_shown_so(
    client_for, project, reviewer, statement, look
):
    look(0), look(1, 404), look(3)
    event = record(reviewer, statement, "restored", happened="2026-03-02")
    page = client_for(reviewer).get(f"/p/{project.slug}/events/{event.uid}/").content.decode()
    assert "No text after it is known" not in page
    assert page.count("About 2,000 died, it said.") == 2
