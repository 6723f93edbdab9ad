"""The ledger: what stands in it, what its filters keep, and paging by place."""

from datetime import date

import pytest

from annotations.lifecycle.choices import EventGroup
from annotations.lifecycle.ledger import (
    LedgerSearch,
    ledger_page,
    ledger_rows,
)
from annotations.lifecycle.ledger_entries import entries_of
from annotations.lifecycle.services import assessment_add, event_record
from annotations.moderation.services import row_hide
from annotations.projects.places import Place
from annotations.projects.visibility import sight_of
from tests.material import make_article, make_claim, make_event, make_source, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(project, admin):
    return make_source(project, admin)


@pytest.fixture
def statement(project, admin, service):
    return make_statement(project, admin, source_name=service.name)


@pytest.fixture
def article(project, admin):
    return make_article(project, admin, outlet_name="Harbour Record")


@pytest.fixture
def events(statement, article, reviewer):
    """A deletion of the statement, an edit of the article, a statement's origin, a return."""
    return {
        "deleted": make_event(
            statement,
            reviewer,
            happened="2022-03-02/2022-03-03",
            noticed="2022-03-04",
            reason_text="It was premature.",
        ),
        "edited": event_record(
            actor=reviewer,
            subject=article,
            type="edited_silent",
            self_observed=True,
            happened="2022-05",
            event_actor_name="Night editor",
        ),
        "made": make_event(statement, reviewer, type="made"),
        "restored": make_event(statement, reviewer, type="restored", noticed="2022-06-01"),
    }


def found(project, viewer, events, **asked) -> set[str]:
    rows = ledger_rows(project, viewer, LedgerSearch(**asked))
    names = {event.pk: name for name, event in events.items()}
    return {names[pk] for pk in rows.values_list("pk", flat=True)}


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({}, {"deleted", "edited", "restored"}),
        ({"group": EventGroup.REMOVAL}, {"deleted"}),
        ({"type": "edited_silent"}, {"edited"}),
        ({"subject": "article"}, {"edited"}),
        ({"subject": "statement"}, {"deleted", "restored"}),
        ({"source": "state EMERGENCY service"}, {"deleted", "restored"}),
        ({"source": "Harbour Record"}, {"edited"}),
        ({"source": "Night editor"}, {"edited"}),
        ({"source": "Nobody"}, set()),
        ({"words": "premature 2,000"}, {"deleted"}),
        ({"words": "TOLLS"}, {"edited"}),
        ({"words": "premature tolls"}, set()),
        ({"since": date(2022, 3, 4)}, {"edited"}),
        ({"since": date(2022, 3, 3)}, {"deleted", "edited"}),
        ({"until": date(2022, 3, 1)}, set()),
        ({"until": date(2022, 3, 2)}, {"deleted"}),
        ({"since": date(2022, 5, 31), "until": date(2022, 5, 31)}, {"edited"}),
        ({"since": date(2022, 3, 4), "by": "noticed"}, {"deleted", "restored"}),
        ({"until": date(2022, 5, 31), "by": "noticed"}, {"deleted"}),
        ({"until": date(2022, 5, 31), "by": "recorded"}, set()),
        ({"until": date.max}, {"deleted", "edited", "restored"}),
        ({"standing": "reported"}, {"deleted", "edited", "restored"}),
        ({"standing": "refuted"}, set()),
    ],
    # Of a set the order differs from one process to the other.
    ids=lambda value: None if isinstance(value, dict) else " ".join(sorted(value)) or "none",
)
def test_filters(project, reader, events, asked, kept):
    assert found(project, reader, events, **asked) == kept


def test_an_open_interval_reaches_everywhere_on_its_side(project, reader, statement, reviewer):
    event = make_event(statement, reviewer, happened="../2022-03-03")
    assert found(project, reader, {"it": event}, until=date(1999, 1, 1)) == {"it"}
    assert found(project, reader, {"it": event}, since=date(2022, 3, 4)) == set()


def test_standing_is_that_of_the_latest_assessment(project, reader, events, admin):
    assessment_add(actor=admin, event=events["edited"], standing="refuted", reason="It was not.")
    assert found(project, reader, events, standing="refuted") == {"edited"}
    assert found(project, reader, events, standing="reported") == {"deleted", "restored"}
    assert found(project, reader, events) == {"deleted", "edited", "restored"}


def test_what_is_hidden_or_confidential_is_found_by_nobody_who_may_not_see_it(
    project, reader, moderator, events, statement
):
    row_hide(actor=moderator, row=events["edited"], reason="Off topic.")
    assert found(project, reader, events) == {"deleted", "restored"}
    statement.confidential = True
    statement.save(update_fields=["confidential"])
    assert found(project, reader, events) == set()
    assert found(project, moderator, events) == {"deleted", "edited", "restored"}


def test_a_hidden_source_decides_nothing_and_is_not_named(
    project, reader, moderator, events, service
):
    row_hide(actor=moderator, row=service, reason="A private person.")
    assert found(project, reader, events, source=service.name) == set()
    page = ledger_page(project, reader, LedgerSearch(), Place())
    entries = entries_of(page.rows, reader, sight_of(reader, project.pk))
    assert all(one.said_by is None for one in entries)


def test_pages_follow_each_other_both_ways(project, reader, statement, reviewer, monkeypatch):
    monkeypatch.setattr("annotations.lifecycle.ledger.PAGE_SIZE", 2)
    made = [make_event(statement, reviewer) for _n in range(5)]
    newest = list(reversed(made))

    def page(**place):
        return ledger_page(project, reader, LedgerSearch(), Place(**place))

    first = page()
    assert (first.rows, first.newer, first.total) == (newest[:2], None, 5)
    second = page(before=first.older)
    assert second.rows == newest[2:4]
    assert page(before=second.older).rows == newest[4:]
    assert page(before=second.older).older is None
    assert page(after=second.newer).rows == newest[:2]
    assert page(is_last=True).rows == newest[3:]
    assert page(before=statement.uid).rows == []


def test_an_entry_tells_what_rests_on_it(project, reader, admin, statement, article, reviewer):
    direct = make_claim(project, admin, text="2,000 died", statement=statement)
    placed = make_claim(project, admin, article=article)
    make_event(statement, reviewer)
    event_record(actor=reviewer, subject=article, type="corrected", self_observed=True)
    page = ledger_page(project, reader, LedgerSearch(), Place())
    of_article, of_statement = entries_of(page.rows, reader, sight_of(reader, project.pk))
    assert [one.claim for one in of_statement.resting] == [direct]
    assert [one.claim for one in of_article.resting] == [placed]
    assert (of_statement.place, of_article.place) == ("Facebook", "Harbour Record")
