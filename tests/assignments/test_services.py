"""Giving work to people by hand, and what may become of it."""

from datetime import date

import pytest

from annotations.claims.services import claim_discard
from annotations.lib.errors import Conflict, InvalidInput, StaleVersion
from annotations.models import Article, Assignment, MarkingRound
from annotations.moderation.services import row_lock
from annotations.verification.assignments.queue import queue_next
from annotations.verification.assignments.services import (
    assignment_hand_back,
    assignment_send_back,
    assignments_give,
    assignments_reassign,
    assignments_withdraw,
)
from tests.material import make_article, make_claim, make_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def claims(project, admin):
    return [make_claim(project, admin, text=f"Claim {n}") for n in range(1, 4)]


@pytest.fixture
def give(project, moderator, reviewer):
    def work(*subjects, assignee=reviewer, **fields):
        return assignments_give(
            actor=moderator, project=project, assignee=assignee, subjects=subjects, **fields
        )

    return work


@pytest.fixture
def mine(give, claims):
    return give(claims[0], due=date(2026, 5, 1), note="By Friday").made[0]


def said(row):
    return row.history.latest("pgh_id").pgh_context


def test_work_is_given_in_bulk_with_a_date_and_a_note(give, claims, project, admin, moderator):
    article = make_article(project, admin)
    given = give(*claims, article, due=date(2026, 5, 1), note="By Friday")
    assert len(given.made) == 4
    row = Assignment.objects.get(article=article)
    assert (row.state, row.due, row.note) == ("waiting", date(2026, 5, 1), "By Friday")
    assert (said(row)["actor"], said(row)["action"]) == (moderator.pk, "assignment.give")


def test_giving_twice_and_giving_what_is_done_changes_nothing(give, claims, project, reviewer):
    make_review(claims[1], reviewer)
    first = give(*claims)
    again = give(*claims)
    assert (len(first.made), first.done) == (2, [claims[1]])
    assert (again.made, again.already) == ([], first.made)
    assert Assignment.objects.count() == 2


def test_what_was_taken_from_the_queue_is_theirs_by_hand_once_it_is_given(
    give, claims, project, reviewer
):
    taken = queue_next(actor=reviewer, project=project)
    assert give(taken.claim, note="Keep at it").already == [taken]
    taken.refresh_from_db()
    assert (taken.is_from_queue, taken.note) == (False, "Keep at it")


def test_readers_outsiders_and_the_gone_are_given_nothing(give, claims, reader, outsider, project):
    for nobody in (reader, outsider):
        with pytest.raises(InvalidInput):
            give(claims[0], assignee=nobody)
    with pytest.raises(InvalidInput):
        give()
    assert not Assignment.objects.exists()


def test_all_or_nothing_is_given(give, claims, admin, moderator):
    claim_discard(actor=admin, claim=claims[1])
    with pytest.raises(Conflict):
        give(*claims)
    row_lock(actor=moderator, row=claims[0], reason="Disputed.")
    with pytest.raises(Conflict):
        give(claims[0])
    assert not Assignment.objects.exists()
    assert len(give(claims[0], assignee=moderator).made) == 1


def test_handing_back_says_why_and_the_queue_offers_it_to_others(
    mine, project, reviewer, second_reviewer, claims
):
    with pytest.raises(InvalidInput):
        assignment_hand_back(actor=reviewer, assignment=mine, reason=" ")
    with pytest.raises(StaleVersion):
        assignment_hand_back(actor=reviewer, assignment=mine, reason="Ill", revision=7)
    assignment_hand_back(actor=reviewer, assignment=mine, reason="Ill", revision=1)
    again = assignment_hand_back(actor=reviewer, assignment=mine, reason="Ill")
    assert (again.state, again.revision) == ("handed_back", 2)
    assert said(again)["reason"] == "Ill"
    assert queue_next(actor=reviewer, project=project).claim != claims[0]
    assert queue_next(actor=second_reviewer, project=project).claim == claims[0]


def test_sending_back_says_why_and_makes_it_theirs_again(mine, reviewer, moderator, claims):
    with pytest.raises(Conflict):
        assignment_send_back(actor=moderator, assignment=mine, note="Which source?")
    make_review(claims[0], reviewer)
    with pytest.raises(InvalidInput):
        assignment_send_back(actor=moderator, assignment=mine, note="")
    sent = assignment_send_back(actor=moderator, assignment=mine, note="Which source?")
    assert (sent.state, sent.note, sent.ended_at) == ("sent_back", "Which source?", None)
    assert said(sent)["reason"] == "Which source?"
    same = assignment_send_back(actor=moderator, assignment=mine, note="Which source?")
    assert same.revision == sent.revision
    make_review(claims[0], reviewer, "refuted")
    sent.refresh_from_db()
    assert sent.state == "handed_in"


def test_withdrawing_takes_many_at_once_or_none(give, claims, moderator, reviewer):
    rows = give(*claims).made
    make_review(claims[2], reviewer)
    with pytest.raises(Conflict):
        assignments_withdraw(actor=moderator, assignments=rows, reason="Over")
    assert Assignment.objects.unfinished().count() == 2
    for _time in range(2):
        assignments_withdraw(actor=moderator, assignments=rows[:2], reason="Over")
    assert not Assignment.objects.unfinished().exists()
    rows[0].refresh_from_db()
    assert (rows[0].revision, said(rows[0])["reason"]) == (2, "Over")


def test_reassigning_keeps_date_and_note_and_the_old_row(
    mine, give, claims, moderator, second_reviewer, reader
):
    with pytest.raises(InvalidInput):
        assignments_reassign(
            actor=moderator, assignments=[mine], assignee=reader, reason="On leave"
        )
    given = assignments_reassign(
        actor=moderator, assignments=[mine], assignee=second_reviewer, reason="On leave"
    )
    made = given.made[0]
    assert (made.assignee, made.due, made.note) == (second_reviewer, mine.due, "By Friday")
    mine.refresh_from_db()
    assert (mine.state, said(mine)["reason"]) == ("withdrawn", "On leave")
    again = assignments_reassign(
        actor=moderator, assignments=[made], assignee=second_reviewer, reason="On leave"
    )
    assert (again.made, again.already) == ([], [made])


def test_independent_marking_is_not_settled_one_by_one(project, admin, reviewer, moderator):
    article = make_article(project, admin)
    round_ = MarkingRound.objects.create(
        project=project, article=article, version=article.versions.get(), created_by=admin
    )
    row = Assignment.objects.create(
        project=project,
        article=article,
        assignee=reviewer,
        created_by=admin,
        mode="independent",
        round=round_,
    )
    with pytest.raises(Conflict):
        assignments_withdraw(actor=moderator, assignments=[row], reason="Over")
    Article.objects.filter(pk=article.pk).update(marking_state="done")
    row.refresh_from_db()
    assert row.state == "waiting"


def test_only_moderators_see_the_work_of_others(mine, reviewer, second_reviewer, reader, moderator):
    seen = {
        one: Assignment.objects.visible_to(one).filter(pk=mine.pk).exists()
        for one in (reviewer, second_reviewer, reader, moderator)
    }
    assert list(seen.values()) == [True, False, False, True]
