"""What the queue hands to whom, for how long, and what it never hands out."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from annotations.audit.context import context
from annotations.claims.services import claim_discard, claim_update
from annotations.lib.errors import Conflict, InvalidInput
from annotations.models import Article, Assignment, Claim, MarkingRound
from annotations.moderation.services import row_hide, row_lock
from annotations.verification.assignments.at_work import at_work_on_claims
from annotations.verification.assignments.queue import (
    assignment_renew,
    queue_next,
    queue_settle,
    work_renew_numbered,
)
from annotations.verification.assignments.services import (
    assignment_hand_back,
    assignment_send_back,
    assignments_give,
)
from tests.material import make_article, make_claim, make_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def claims(project, admin):
    return [make_claim(project, admin, text=f"Claim {n}") for n in range(1, 4)]


def next_for(person, project, kind="claim"):
    return queue_next(actor=person, project=project, kind=kind)


def lapse(*assignments):
    """Let the lease run out."""
    past = timezone.now() - timedelta(seconds=1)
    ids = [one.pk for one in assignments]
    Assignment.objects.filter(pk__in=ids).update(leased_until=past)


def in_order(person, project):
    """Hand back each claim that comes, and return their numbers."""
    found = []
    while (one := next_for(person, project)) is not None:
        found.append(one.claim.number)
        assignment_hand_back(actor=person, assignment=one, reason="Not mine.")
    return found


@pytest.mark.parametrize(
    ("policy", "numbers"),
    [
        ("newest", [3, 2, 1]),
        ("priority", [2, 1, 3]),
        ("check_worthiness", [3, 1, 2]),
        ("due", [2, 3, 1]),
    ],
)
def test_claims_come_in_the_order_of_the_project(project, claims, reviewer, policy, numbers):
    Claim.objects.filter(number=2).update(priority=4, due="2026-01-01")
    Claim.objects.filter(number=3).update(check_worthiness="0.9", due="2026-02-01")
    Claim.objects.filter(number=1).update(check_worthiness="0.5")
    project.queue_policy = policy
    assert in_order(reviewer, project) == numbers


def test_fewest_reviews_first_counts_what_is_in_hand_as_well(
    project, claims, reviewer, second_reviewer, moderator
):
    project.queue_policy = "fewest_reviews"
    make_review(claims[0], moderator)
    taken = next_for(second_reviewer, project)
    assert taken.claim_id in {claims[1].pk, claims[2].pk}
    free = ({claims[1].pk, claims[2].pk} - {taken.claim_id}).pop()
    assert next_for(reviewer, project).claim_id == free


def test_equal_claims_come_to_everybody_in_an_order_of_their_own(project, admin, reviewer):
    many = [make_claim(project, admin, text=f"Many {n}") for n in range(12)]
    project.queue_policy = "fewest_reviews"
    assert in_order(reviewer, project) != [one.number for one in many]


def test_what_i_have_in_hand_comes_first_again(project, claims, reviewer):
    first = next_for(reviewer, project)
    assert next_for(reviewer, project) == first
    assert Assignment.objects.count() == 1
    assert first.history.get().pgh_context["action"] == "queue.next"


@pytest.mark.parametrize("state", ["judged", "discarded", "hidden", "merged", "locked", "round"])
def test_what_cannot_be_worked_on_is_never_handed_out(project, admin, moderator, reviewer, state):
    article = make_article(project, admin)
    claim = make_claim(project, admin, article=article)
    if state == "judged":
        make_review(claim, reviewer)
    elif state == "discarded":
        claim_discard(actor=admin, claim=claim)
    elif state == "hidden":
        row_hide(actor=moderator, row=claim, reason="Off topic.")
    elif state == "locked":
        row_lock(actor=moderator, row=claim, reason="Disputed.")
    else:
        _write_state(state, claim, article, admin, reviewer)
    assert next_for(reviewer, project) is None
    assert (next_for(moderator, project) is not None) == (state in ("judged", "locked"))


def _write_state(state, claim, article, admin, reviewer):
    if state == "merged":
        other = make_claim(claim.project, admin, text="The one that stays")
        make_review(other, reviewer)
        make_review(other, admin)
        Claim.objects.filter(pk=claim.pk).update(merged_into=other)
        return
    round_ = MarkingRound.objects.create(
        project=claim.project, article=article, version=article.versions.get(), created_by=admin
    )
    Claim.objects.filter(pk=claim.pk).update(round=round_)


def test_a_claim_changed_since_i_judged_it_comes_again(project, claims, reviewer):
    for one in claims:
        make_review(one, reviewer)
    assert next_for(reviewer, project) is None
    claim = Claim.objects.get(pk=claims[1].pk)
    claim_update(actor=reviewer, claim=claim, revision=claim.revision, text="Changed")
    assert next_for(reviewer, project).claim_id == claim.pk


def test_no_more_hands_than_places(project, reviewer, second_reviewer, moderator, admin):
    """The project needs two; a judgement, a lease and work given by hand each take a place."""
    claim = make_claim(project, admin)
    first = next_for(reviewer, project)
    make_review(claim, second_reviewer)
    assert next_for(moderator, project) is None
    lapse(first)
    assert next_for(moderator, project).claim_id == claim.pk
    assert next_for(reviewer, project) is None
    first.refresh_from_db()
    assert (first.state, first.ended_at is None) == ("expired", False)


def test_work_given_by_hand_keeps_its_place(project, reviewer, second_reviewer, moderator, admin):
    claim = make_claim(project, admin)
    for one in (reviewer, second_reviewer):
        assignments_give(actor=moderator, project=project, assignee=one, subjects=[claim])
    assert next_for(moderator, project) is None
    mine = next_for(reviewer, project)
    assert (mine.state, mine.is_from_queue) == ("in_progress", False)
    lapse(mine)
    assert next_for(moderator, project) is None


def test_a_lease_is_moved_on_and_lost_when_others_have_taken_its_place(
    project, admin, reviewer, second_reviewer, moderator
):
    claim = make_claim(project, admin)
    mine = next_for(reviewer, project)
    versions = mine.history.count()
    lapse(mine)
    assert assignment_renew(actor=reviewer, assignment=mine) > timezone.now()
    lapse(mine)
    next_for(second_reviewer, project)
    next_for(moderator, project)
    with pytest.raises(Conflict):
        assignment_renew(actor=reviewer, assignment=mine)
    # Heartbeats leave nothing in history; the end of the lease does.
    assert mine.history.count() == versions + 1
    assert at_work_on_claims([claim.pk], reviewer.pk) == {
        claim.pk: ["Moderator", "Second reviewer"]
    }


def test_any_save_moves_a_running_lease_on_and_revives_none(project, claims, reviewer):
    mine = next_for(reviewer, project)
    soon = timezone.now() + timedelta(minutes=1)
    Assignment.objects.filter(pk=mine.pk).update(leased_until=soon)
    work_renew_numbered(actor=reviewer, project=project, number=mine.claim.number)
    mine.refresh_from_db()
    assert mine.leased_until > soon
    lapse(mine)
    work_renew_numbered(actor=reviewer, project=project, number=mine.claim.number)
    mine.refresh_from_db()
    assert mine.leased_until < timezone.now()


def test_the_periodic_job_ends_what_was_left_lying(project, claims, reviewer, admin):
    mine = next_for(reviewer, project)
    article = make_article(project, admin)
    marking = next_for(reviewer, project, "article")
    assert queue_settle() == 0
    lapse(mine)
    Article.objects.filter(pk=article.pk).update(marking_state="done")
    assert queue_settle() == 2
    mine.refresh_from_db()
    marking.refresh_from_db()
    assert (mine.state, marking.state) == ("expired", "handed_in")
    assert mine.history.latest("pgh_id").pgh_context["action"] == "assignment.settle"


def test_an_article_has_one_marker_and_is_not_handed_out_once_marked(
    project, admin, reviewer, second_reviewer
):
    first, second = make_article(project, admin), make_article(project, admin, text="Another.")
    Article.objects.filter(pk=first.pk).update(marking_state="in_progress")
    mine = next_for(reviewer, project, "article")
    assert mine.article_id == second.pk
    assert next_for(second_reviewer, project, "article").article_id == first.pk
    assert next_for(admin, project, "article") is None
    Article.objects.update(marking_state="done")
    queue_settle()
    assert next_for(reviewer, project, "article") is None


def test_judging_hands_in_and_the_note_stays_until_the_lease_would_have_ended(
    project, admin, reviewer, second_reviewer
):
    """Else its going would tell a blind reviewer that somebody has judged."""
    claim = make_claim(project, admin)
    mine = next_for(reviewer, project)
    make_review(claim, reviewer)
    mine.refresh_from_db()
    assert mine.state == "handed_in"
    assert at_work_on_claims([claim.pk], second_reviewer.pk) == {claim.pk: ["Reviewer"]}
    assert at_work_on_claims([claim.pk], reviewer.pk) == {}
    assert not Assignment.objects.visible_to(second_reviewer).exists()
    lapse(mine)
    assert at_work_on_claims([claim.pk], second_reviewer.pk) == {}


def test_what_was_sent_back_comes_before_all_else(project, claims, reviewer, moderator):
    first = next_for(reviewer, project)
    make_review(first.claim, reviewer)
    second = next_for(reviewer, project)
    first.refresh_from_db()
    assignment_send_back(actor=moderator, assignment=first, note="Which source?")
    assert next_for(reviewer, project) == first
    make_review(first.claim, reviewer, "refuted")
    assert next_for(reviewer, project) == second


def test_asking_for_something_else_is_refused(project, reviewer):
    with context(actor=reviewer, action="test"), pytest.raises(InvalidInput):
        next_for(reviewer, project, "source")


def test_overdue_is_what_was_due_before_today(project, claims, reviewer, moderator):
    assignments_give(
        actor=moderator,
        project=project,
        assignee=reviewer,
        subjects=claims[:1],
        due=date(2026, 1, 1),
    )
    rows = Assignment.objects.all()
    assert rows.overdue(date(2026, 1, 1)).count() == 0
    assert rows.overdue(date(2026, 1, 2)).count() == 1
