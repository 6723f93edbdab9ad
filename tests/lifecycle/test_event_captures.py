"""The captures of events, and removals that they prove."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection
from django.db.utils import InternalError

from annotations.captures.reading import capture_text
from annotations.lib.errors import Conflict, InvalidInput
from annotations.lifecycle.event_captures import (
    capture_attach,
    captures_of,
    captures_to_add,
)
from annotations.lifecycle.proving import Lacking
from annotations.lifecycle.services import assessment_add, event_record
from annotations.lifecycle.weighing import proof_of, weigh_address
from annotations.models import EventCapture
from annotations.statements.services import statement_create
from tests.material import TEXT, make_article, make_capture

pytestmark = pytest.mark.django_db
URL = "https://daily.example/tolls"
ELSEWHERE = "https://daily.example/weather"
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def article(project, reviewer):
    return make_article(project, reviewer, url=URL)


@pytest.fixture
def look(project, reviewer):
    """Takes a capture so many hours on; with `well`, another page of the site beside it."""

    def take(hours, status=200, *, well=False, url=URL, **more):
        at = START + hours * HOUR
        body = b"" if status != 200 else more.pop("body", None)
        fields = {"body": body} if body is not None else {}
        made = make_capture(project, reviewer, url=url, status=status, at=at, **fields)
        if well:
            make_capture(project, reviewer, url=ELSEWHERE, at=at + timedelta(minutes=2))
        return made

    return take


def removal(reviewer, subject, **more):
    fields = {"type": "unpublished", "self_observed": True, **more}
    return event_record(actor=reviewer, subject=subject, **fields)


def prove(reviewer, event):
    return assessment_add(actor=reviewer, event=event, standing="proven", reason="Captures")


def places(event, viewer):
    return [(one.place, one.capture) for one in captures_of(event, viewer)]


def test_an_event_has_the_last_good_capture_before_it_and_those_after(reviewer, article, look):
    look(0)
    before, gone, later = look(5), look(6, 404), look(30, 410)
    event = removal(reviewer, article, happened="2026-03-02T14:00Z/2026-03-02T15:00Z")
    assert places(event, reviewer) == [("before", before), ("after", gone), ("after", later)]


def test_an_event_from_before_all_captures_has_only_those_after_it(reviewer, article, look):
    gone = look(6, 404)
    event = removal(reviewer, article, happened="2026-03-01")
    assert places(event, reviewer) == [("after", gone)]


def test_a_removal_is_proven_by_the_rule_and_has_what_proves_it(reviewer, article, look):
    before = look(0)
    first, second, last = look(1, 404, well=True), look(9, 404), look(26, 410, well=True)
    event = removal(reviewer, article, happened="2026-03-02")
    assert prove(reviewer, event).standing == "proven"
    kept = places(event, reviewer)
    assert kept[0] == ("before", before)
    assert [one for place, one in kept if place == "after"] == [first, second, last]
    assert [place for place, _one in kept].count("control") == 2
    proof = proof_of(event)
    assert (proof.before, proof.failures) == (before, (first, last))


@pytest.mark.parametrize(
    ("looks", "said"),
    [
        ([(1, 404), (26, 404)], "no good capture of the page from before"),
        ([(0, 200), (1, 404)], "no second such capture"),
        ([(0, 200), (1, 404), (9, 404)], "do not span 24 hours"),
        ([(0, 200), (1, 503), (26, 429)], "plain 404 or 410"),
        ([(0, 200), (1, 404), (26, 404), (27, 200)], "the latest capture shows the page"),
        ([], "no good capture"),
    ],
)
def test_what_is_missing_to_a_proof_is_said(reviewer, article, look, looks, said):
    for hours, status in looks:
        look(hours, status, well=status == 404 and hours != 27)
    event = removal(reviewer, article, happened="2026-03-05" if looks[-1:] == [(27, 200)] else "")
    with pytest.raises(InvalidInput, match=said):
        prove(reviewer, event)
    assert event.assessments.count() == 1


def test_without_another_page_of_the_site_nothing_is_proven(project, reviewer, article, look):
    look(0)
    look(1, 404)
    look(26, 404)
    # Of another site, of another host that begins the same, and too late.
    for url in ("https://other.example/", "https://daily.example.org/"):
        for hours in (1, 26):
            look(hours, url=url)
    look(1.2, url=ELSEWHERE)
    event = removal(reviewer, article)
    with pytest.raises(InvalidInput, match="no other page of the site"):
        prove(reviewer, event)


def test_a_page_that_came_back_keeps_the_proof_that_it_had_been_gone(reviewer, article, look):
    look(0)
    look(1, 404, well=True)
    look(26, 404, well=True)
    look(40)
    event = removal(reviewer, article, happened="2026-03-02")
    assert prove(reviewer, event).standing == "proven"
    much_later = removal(reviewer, article, happened="2026-03-20")
    with pytest.raises(InvalidInput, match="shows the page"):
        prove(reviewer, much_later)


def test_an_unchanged_page_counts_as_there_and_the_page_itself_is_what_is_kept(
    project, reviewer, article, look
):
    page = look(0)
    look(5, 304)
    look(6, 404, well=True)
    look(31, 404, well=True)
    found = weigh_address(project, article.canonical_url)
    assert found.is_proven
    assert found.before == page
    assert found.weighing.before.at == START + 5 * HOUR


def test_statements_are_proven_removed_too(project, reviewer, look):
    statement = statement_create(actor=reviewer, project=project, channel="Facebook", url=URL)
    look(0)
    look(1, 404, well=True)
    look(26, 404, well=True)
    event = removal(reviewer, statement, type="deleted_by_author")
    prove(reviewer, event)
    statement.refresh_from_db()
    assert statement.state == "removed"


def test_a_person_adds_a_capture_once_and_of_its_address_alone(project, reviewer, article, look):
    early = look(0)
    event = removal(reviewer, article, happened="2026-03-02T10:00Z", notice_url=ELSEWHERE)
    late, notice, other = look(30, 404), look(31, url=ELSEWHERE), look(1, url=URL + "/2")
    assert captures_to_add(event, reviewer) == [notice, late]
    assert capture_attach(actor=reviewer, event=event, capture=late).place == "after"
    assert capture_attach(actor=reviewer, event=event, capture=notice).place == "after"
    with pytest.raises(Conflict, match="already"):
        capture_attach(actor=reviewer, event=event, capture=early)
    with pytest.raises(InvalidInput, match="another address"):
        capture_attach(actor=reviewer, event=event, capture=other)
    assert captures_to_add(event, reviewer) == []


def test_who_may_not_see_the_capture_does_not_see_it_at_the_event(
    project, reader, reviewer, article, look
):
    look(0)
    event = removal(reviewer, article, happened="2026-03-03")
    assert len(captures_of(event, reader)) == 1
    statement_create(actor=reviewer, project=project, channel="Forum", url=URL, confidential=True)
    assert captures_of(event, reader) == []
    assert len(captures_of(event, reviewer)) == 1


def test_captures_of_an_event_never_change(reviewer, article, look):
    look(0)
    removal(reviewer, article, happened="2026-03-03")
    row = EventCapture.objects.get()
    with pytest.raises((InternalError, ProgrammingError)), connection.cursor() as cursor:
        cursor.execute("DELETE FROM annotations_eventcapture WHERE id = %s", [row.pk])


def test_the_page_of_a_changed_statement_shows_what_was_captured_on_either_side(
    client_for, project, reviewer, look
):
    statement = statement_create(actor=reviewer, project=project, channel="Site", url=URL)
    words = "The office said that {n} people had been hurt when the bridge fell.\n\n" + TEXT
    look(0, body=words.format(n=41).encode())
    look(9, body=words.format(n=57).encode())
    event = removal(
        reviewer, statement, type="edited_silent", happened="2026-03-02T10:00Z/2026-03-02T18:00Z"
    )
    kept = captures_of(event, reviewer)
    assert [capture_text(one.capture)[:30] for one in kept] == [
        "The office said that 41 people",
        "The office said that 57 people",
    ]
    shown = client_for(reviewer).get(f"/p/{project.slug}/events/{event.uid}/").content.decode()
    assert "<del>41</del>" in shown
    assert "<ins>57</ins>" in shown


def test_pages_that_say_the_same_share_one_file_of_text(look):
    first, second = look(0), look(5)
    assert first.text_file is not None
    assert first.text_file == second.text_file
    assert look(6, 404).text_file is None


def test_what_a_page_shows_between_its_absences_ends_them(project, article, look):
    look(0)
    look(1, 404, well=True)
    look(13, body=b"Short.")
    look(26, 404, well=True)
    found = weigh_address(project, article.canonical_url)
    assert not found.is_proven
    assert Lacking.SECOND_FAILURE in found.weighing.lacking


def test_a_breakdown_before_the_return_takes_no_proof_away(reviewer, article, look):
    look(0)
    look(1, 404, well=True)
    look(26, 404, well=True)
    look(30, 503)
    look(40)
    event = removal(reviewer, article, happened="2026-03-02")
    assert prove(reviewer, event).standing == "proven"


def test_weighing_takes_as_many_queries_however_often_a_page_was_missed(
    project, article, look, django_assert_num_queries
):
    look(0)
    for hours in range(1, 9):
        look(hours, 404, well=True)
    with django_assert_num_queries(2):
        weigh_address(project, article.canonical_url)


@pytest.mark.parametrize(
    "times",
    [
        {"happened": "2026-02-01"},
        {"happened": "2026-03-20"},
        {"noticed": "2026-03-01"},
        {"happened": "2026-03", "noticed": "2026-03-01"},
    ],
)
def test_captures_of_another_time_prove_nothing_of_an_event(reviewer, article, look, times):
    look(0)
    look(1, 404, well=True)
    look(26, 404, well=True)
    event = removal(reviewer, article, **times)
    with pytest.raises(InvalidInput, match="gone at another time"):
        prove(reviewer, event)
    assert event.assessments.count() == 1


def test_what_was_recorded_before_the_page_went_is_not_proven_by_that(
    project, reviewer, article, look
):
    event = removal(reviewer, article)
    recorded = (event.created_at - START) / HOUR
    for hours in (1, 2):
        look(recorded + hours)
    look(recorded + 3, 404, well=True)
    look(recorded + 30, 404, well=True)
    with pytest.raises(InvalidInput, match="gone at another time"):
        prove(reviewer, event)


def test_only_another_page_of_the_site_is_a_control(reviewer, article, look):
    beside, foreign = look(1, url=ELSEWHERE), look(1, url="https://other.example/")
    event = removal(reviewer, article, happened="2026-03-01", notice_url=ELSEWHERE)
    abroad = removal(reviewer, article, happened="2026-03-01", notice_url="https://other.example/")
    page = look(2)
    for about, capture in ((event, page), (abroad, foreign)):
        with pytest.raises(InvalidInput, match="another page of the site"):
            capture_attach(actor=reviewer, event=about, capture=capture, place="control")
    made = capture_attach(actor=reviewer, event=event, capture=beside, place="control")
    assert made.place == "control"
