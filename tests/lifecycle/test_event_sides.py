"""Which captures are from before an event, and which from after it."""

from datetime import UTC, datetime, timedelta

import pytest

from annotations.articles.services import version_add
from annotations.lib.errors import InvalidInput
from annotations.lifecycle.event_captures import capture_attach, captures_of, captures_to_add
from annotations.lifecycle.services import event_record
from annotations.statements.services import statement_create
from tests.material import TEXT, make_article, make_capture

pytestmark = pytest.mark.django_db
URL = "https://daily.example/tolls"
# Nine in the morning of the day of all of it; the desk's zone is UTC.
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OLD, NEW = f"About 2,000 died, it said.\n\n{TEXT}", f"About 200 died, it said.\n\n{TEXT}"
NOTICE = "Correction, 2 March 2026: The article gave a wrong number of the dead."
NOTED = f"{NEW}\n\n{NOTICE}\n"


@pytest.fixture
def look(project, reviewer):
    def take(hours, text=OLD, **more):
        at = START + timedelta(hours=hours)
        return make_capture(project, reviewer, url=URL, at=at, body=text.encode(), **more)

    return take


@pytest.fixture
def corrected(project, admin, look):
    """An article of two versions, each read from a capture of the same day."""
    first, second = look(1), look(5, NOTED)
    article = make_article(project, admin, url=URL, text=OLD, capture=first)
    version_add(actor=admin, article=article, text=NOTED, origin="url", capture=second)
    return article, first, second


@pytest.fixture
def statement(project, reviewer):
    return statement_create(
        actor=reviewer, project=project, channel="Site", url=URL, text="About 2,000 died, it said."
    )


def edit(reviewer, subject, **more):
    fields = {"type": "edited_noted", "self_observed": True, **more}
    return event_record(actor=reviewer, subject=subject, **fields)


def places(event, viewer):
    return [(one.place, one.capture) for one in captures_of(event, viewer)]


@pytest.mark.parametrize(
    "times",
    [
        {"happened": "2026-03-02"},
        {"happened": "2026-03-01"},
        {"happened": "2019-01-01", "happened_basis": "stated"},
        {"noticed": "2026-03-02T10:00Z"},
        {"noticed": "2026-03-02"},
        {},
    ],
)
def test_the_versions_of_an_article_know_whatever_the_times_say(reviewer, corrected, times):
    article, first, second = corrected
    event = edit(reviewer, article, reason_text=NOTICE, **times)
    assert places(event, reviewer) == [("before", first), ("after", second)]


def test_a_check_between_the_versions_shows_the_former_text_last(project, admin, reviewer, look):
    first, checked, seen_first, second = look(1), look(2), look(4, NOTED), look(5, NOTED)
    article = make_article(project, admin, url=URL, text=OLD, capture=first)
    version_add(actor=admin, article=article, text=NOTED, origin="url", capture=second)
    event = edit(reviewer, article, reason_text=NOTICE, happened="2026-03-02")
    assert places(event, reviewer) == [
        ("before", checked), ("after", seen_first), ("after", second)
    ]  # fmt: skip


def test_a_notice_that_stood_in_the_first_version_leaves_nothing_before(
    project, admin, reviewer, look
):
    first, second = look(1, NOTED), look(5, f"{NOTED}\nAn update.\n")
    article = make_article(project, admin, url=URL, text=NOTED, capture=first)
    version_add(actor=admin, article=article, text="Other", origin="url", capture=second)
    event = edit(reviewer, article, reason_text=NOTICE, happened="2026-03-02")
    assert places(event, reviewer) == [("after", first), ("after", second)]


@pytest.mark.parametrize(
    "times",
    [
        {"happened": "2026-03-02"},
        {"happened": "2026-03-02T09:59Z/2026-03-02T10:01Z"},
        {"noticed": "2026-03-02T10:00Z"},
        {"happened": "2026-03-01"},
        {},
    ],
)
def test_what_captures_of_a_statement_show_decides_where_times_do_not(
    reviewer, statement, look, times
):
    earlier, first, second, later = look(0), look(1), look(5, NEW), look(9, NEW)
    event = edit(reviewer, statement, **times)
    assert places(event, reviewer) == [("before", first), ("after", second), ("after", later)]
    assert earlier.pk not in {one.capture_id for one in event.captures.all()}


def test_of_two_changes_the_times_choose(reviewer, statement, look):
    look(0)
    first, second = look(3, NEW), look(5, NOTED)
    event = edit(reviewer, statement, happened="2026-03-02T13:00Z")
    assert places(event, reviewer) == [("before", first), ("after", second)]


def test_what_is_not_known_is_not_said_and_a_person_says_it(reviewer, project, look):
    wordless = statement_create(actor=reviewer, project=project, channel="Site", url=URL)
    only = look(1)
    event = edit(reviewer, wordless, happened="2026-03-02")
    assert places(event, reviewer) == []
    with pytest.raises(InvalidInput, match="say which"):
        capture_attach(actor=reviewer, event=event, capture=only)
    made = capture_attach(actor=reviewer, event=event, capture=only, place="before")
    assert (made.place, made.capture) == ("before", only)


def test_a_capture_that_still_has_the_words_is_from_before_the_change(reviewer, statement, look):
    only = look(1)
    event = edit(reviewer, statement, happened="2026-03-02")
    assert places(event, reviewer) == [("before", only)]


def test_one_that_still_has_the_words_is_not_said_to_be_after(reviewer, statement, look):
    look(30)
    event = edit(reviewer, statement, happened="2026-03-02")
    assert places(event, reviewer) == []


def test_one_after_the_whole_interval_with_other_words_is_after(reviewer, statement, look):
    only = look(30, NEW)
    event = edit(reviewer, statement, happened="2026-03-02")
    assert places(event, reviewer) == [("after", only)]


def test_a_return_has_the_captures_since_and_none_of_the_absence(reviewer, statement, look):
    was = look(0)
    look(1, status=404)
    back = look(5)
    event = edit(
        reviewer, statement, type="restored", happened="2026-03-02T11:00Z/2026-03-02T14:00Z"
    )
    assert places(event, reviewer) == [("before", was), ("after", back)]


def test_the_page_shows_a_text_that_was_captured_since_it_was_recorded(
    client_for, project, reviewer, statement, look
):
    look(1)
    event = edit(reviewer, statement, happened="2026-03-02T09:59Z/2026-03-02T10:01Z")
    look(5, NEW)
    page = client_for(reviewer).get(f"/p/{project.slug}/events/{event.uid}/").content.decode()
    assert "No text after it is known" not in page
    assert "<del>2,000</del>" in page
    assert "<ins>200</ins>" in page


def test_the_ledger_unfolds_what_the_event_s_page_shows(
    client_for, project, reviewer, statement, look
):
    look(1)
    event = edit(reviewer, statement, happened="2026-03-02T09:59Z/2026-03-02T10:01Z")
    look(5, NEW)
    page = client_for(reviewer).get(f"/p/{project.slug}/events/{event.uid}/texts/")
    assert "<del>2,000</del>" in page.content.decode()


def test_an_edit_stands_beside_its_version_though_a_check_saw_it_first(
    client_for, project, admin, reviewer, look
):
    first, _seen, second, third = look(1), look(4, NOTED), look(5, NOTED), look(9, "Else")
    article = make_article(project, admin, url=URL, text=OLD, capture=first)
    for capture, text in ((second, NOTED), (third, f"{NOTED} More.")):
        version_add(actor=admin, article=article, text=text, origin="url", capture=capture)
    event = edit(reviewer, article, reason_text=NOTICE)
    removed = edit(reviewer, article, type="unpublished", happened="2026-03-02T09:30Z")
    answer = client_for(reviewer).get(f"/p/{project.slug}/articles/{article.uid}/versions/")
    shown = {one.number: [line.event for line in one.events] for one in answer.context["versions"]}
    assert shown == {1: [], 2: [event], 3: [removed]}


def test_what_a_version_was_read_from_counts_at_whatever_address(project, admin, reviewer, look):
    at = START + timedelta(hours=1)
    first = make_capture(project, admin, url=f"{URL}?amp=1", at=at, body=OLD.encode())
    second = look(5, NOTED)
    article = make_article(project, admin, url=URL, text=OLD, capture=first)
    version_add(actor=admin, article=article, text=NOTED, origin="url", capture=second)
    event = edit(reviewer, article, reason_text=NOTICE)
    assert places(event, reviewer) == [("before", first), ("after", second)]


def test_a_person_adds_what_a_version_was_read_from(project, admin, reviewer, look):
    article = make_article(project, admin, url=URL, text=OLD, capture=look(1))
    event = edit(reviewer, article, reason_text=NOTICE, happened="2026-03-02")
    at = START + timedelta(hours=5)
    amp = make_capture(project, admin, url=f"{URL}?amp=1", at=at, body=NOTED.encode())
    with pytest.raises(InvalidInput, match="another address"):
        capture_attach(actor=reviewer, event=event, capture=amp)
    version_add(actor=admin, article=article, text=NOTED, origin="url", capture=amp)
    assert amp in captures_to_add(event, reviewer)
    assert capture_attach(actor=reviewer, event=event, capture=amp).place == "after"
