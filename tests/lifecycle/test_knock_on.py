"""A withdrawal that is sure puts the verdicts resting on it up for another look, once."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from annotations.accounts.roles import Role
from annotations.claims.hops import HopInput
from annotations.claims.services import mention_discard
from annotations.inbox.followers import happenings_tell
from annotations.lib.errors import Conflict, InvalidInput, StaleVersion
from annotations.lifecycle.choices import LookAgainState
from annotations.lifecycle.knock_on import look_again_keep
from annotations.lifecycle.services import assessment_add
from annotations.models import FollowersTold, LookAgain, Notification
from annotations.notifications.services import follow_start
from annotations.projects.models import LookAgainPolicy
from annotations.verification.verdicts.services import verdict_rescind
from tests.lifecycle.conftest import corroborate
from tests.material import make_article, make_event
from tests.ruling import agree, make_checked, make_people, publish, supersede

pytestmark = pytest.mark.django_db


def test_a_corroborated_removal_lists_the_verdict_and_a_reported_one_does_not(
    verdict, statement, reviewer
):
    event = make_event(statement, reviewer)
    assert not LookAgain.objects.exists()
    corroborate(event, reviewer)
    row = LookAgain.objects.get()
    assert (row.event, row.claim, row.verdict, row.assignee) == (
        event,
        verdict.claim,
        verdict,
        None,
    )
    assert (row.state, row.created_by) == (LookAgainState.OPEN, reviewer)
    assert list(row.history.values_list("pgh_label", flat=True)) == ["insert"]


def test_a_second_assessment_makes_no_second_row(opened, reviewer, chair):
    corroborate(opened.event, reviewer, "Reuters")
    supersede(opened.claim, chair)
    corroborate(opened.event, reviewer, "dpa")
    assert LookAgain.objects.get() == opened


@pytest.mark.parametrize("type", ["edited_silent", "walked_back", "restored", "published"])
def test_other_kinds_of_event_list_nothing(verdict, statement, reviewer, type):
    corroborate(make_event(statement, reviewer, type=type), reviewer)
    assert not LookAgain.objects.exists()


def test_a_withdrawal_proven_at_once_lists_it(verdict, statement, reviewer):
    event = make_event(statement, reviewer, type="retracted")
    assessment_add(
        actor=reviewer,
        event=event,
        standing="proven",
        reason="The notice is there.",
        evidence_url="https://example.com/notice",
    )
    assert LookAgain.objects.get().event == event


def test_a_claim_that_rests_on_it_by_a_hop_is_listed_until_the_mention_is_discarded(
    project, admin, reviewer, second_reviewer, chair, statement
):
    hops = [HopInput(source_name="CNN", statement=statement)]
    claim = make_checked(project, admin, article=make_article(project, admin), hops=hops)
    agree(claim, reviewer, second_reviewer)
    publish(claim, chair)
    corroborate(make_event(statement, reviewer), reviewer)
    assert LookAgain.objects.get().claim == claim
    mention_discard(actor=admin, mention=claim.mentions.get(), reason="Not there.")
    corroborate(make_event(statement, reviewer, type="retracted"), reviewer)
    assert LookAgain.objects.count() == 1


def test_claims_are_locked_before_the_statement_as_by_whoever_changes_one(
    verdict, statement, reviewer
):
    event = make_event(statement, reviewer)
    with CaptureQueriesContext(connection) as asked:
        corroborate(event, reviewer)
    locks = [one["sql"] for one in asked if " FOR " in one["sql"]]
    tables = [sql.split("FROM ")[1].split()[0] for sql in locks]
    assert tables == ['"annotations_claim"', '"annotations_statement"']


def test_no_verdict_or_one_that_ended_is_not_listed(project, admin, statement, verdict, reviewer):
    make_checked(project, admin, statement=statement, text="Another")
    verdict_rescind(actor=admin, verdict=verdict, correction_note="Wrong.")
    corroborate(make_event(statement, reviewer), reviewer)
    assert not LookAgain.objects.exists()


class TestWho:
    def given(self, project, policy, statement, reviewer):
        project.look_again_policy = policy
        project.save(update_fields=["look_again_policy"])
        statement.refresh_from_db()
        corroborate(make_event(statement, reviewer), reviewer)
        return LookAgain.objects.get().assignee

    def test_its_publisher(self, project, verdict, statement, reviewer, chair):
        given = self.given(project, LookAgainPolicy.PUBLISHER, statement, reviewer)
        assert given == chair
        told = Notification.objects.filter(kind="look_again")
        assert [one.recipient for one in told] == [chair]

    def test_nobody_where_its_publisher_may_not_publish_any_more(
        self, project, verdict, statement, reviewer, chair
    ):
        chair.memberships.update(role=Role.REVIEWER)
        assert self.given(project, LookAgainPolicy.PUBLISHER, statement, reviewer) is None

    def test_another_with_the_fewest(
        self, project, verdict, statement, reviewer, second_reviewer, chair, moderator, admin
    ):
        first = self.given(project, LookAgainPolicy.ANOTHER, statement, reviewer)
        assert first in (moderator, admin)
        other = make_checked(project, admin, statement=statement, text="Another")
        agree(other, reviewer, second_reviewer)
        publish(other, chair)
        event = make_event(statement, reviewer, type="retracted")
        event.project.refresh_from_db()
        corroborate(event, reviewer)
        given = LookAgain.objects.filter(event=event).values_list("assignee", flat=True)
        assert set(given) == {moderator.pk, admin.pk}

    def test_all_who_may_decide_are_told_where_nobody_is_named(
        self, opened, chair, admin, moderator
    ):
        told = Notification.objects.filter(kind="look_again").values_list("recipient", flat=True)
        assert set(told) == {chair.pk, admin.pk, moderator.pk}

    def test_followers_of_the_claim_are_told_of_the_event(
        self, project, verdict, statement, reviewer, second_reviewer
    ):
        happenings_tell(clocks=timedelta())
        follow_start(actor=second_reviewer, project=project, target=verdict.claim)
        event = make_event(statement, reviewer)
        corroborate(event, reviewer)
        FollowersTold.objects.update(until=event.created_at)
        happenings_tell(clocks=timedelta(seconds=-60))
        told = Notification.objects.filter(recipient=second_reviewer, kind="followed_changed")
        assert [one.target_uid for one in told] == [event.uid]


class TestDeciding:
    def test_kept_says_who_and_why_and_is_history(self, opened, chair):
        kept = look_again_keep(actor=chair, look_again=opened, reason=" The UN counted. ")
        assert (kept.state, kept.kept_by) == (LookAgainState.KEPT, chair)
        assert kept.kept_reason == "The UN counted."
        last = opened.history.order_by("-pgh_id").first()
        assert last.pgh_context["action"] == "look_again.keep"

    def test_corrected_or_rescinded_is_told_by_the_verdict(self, opened, chair):
        supersede(opened.claim, chair)
        opened.refresh_from_db()
        assert opened.state == LookAgainState.CHANGED
        assert LookAgain.objects.in_state("changed").get() == opened
        with pytest.raises(Conflict):
            look_again_keep(actor=chair, look_again=opened, reason="Stands.")

    def test_it_takes_a_reason_the_latest_revision_and_happens_once(self, opened, chair):
        with pytest.raises(InvalidInput):
            look_again_keep(actor=chair, look_again=opened, reason=" ")
        with pytest.raises(StaleVersion):
            look_again_keep(actor=chair, look_again=opened, reason="x", revision=7)
        look_again_keep(actor=chair, look_again=opened, reason="Stands.")
        with pytest.raises(Conflict):
            look_again_keep(actor=chair, look_again=opened, reason="Stands.")

    @pytest.mark.parametrize("state", LookAgainState.values)
    def test_the_filter_agrees_with_the_row(self, opened, chair, state):
        if state == "kept":
            look_again_keep(actor=chair, look_again=opened, reason="Stands.")
        if state == "changed":
            verdict_rescind(actor=chair, verdict=opened.verdict, correction_note="Gone.")
        found = LookAgain.objects.get()
        assert found.state == state
        for one in LookAgainState.values:
            assert LookAgain.objects.in_state(one).exists() == (one == state)


class TestTheDatabase:
    def test_holds_what_it_is_about(self, opened, other_project, project, admin):
        for column, value in (("claim_id", 10**6), ("verdict_id", 10**6)):
            with pytest.raises(DatabaseError), transaction.atomic():
                LookAgain.objects.filter(pk=opened.pk).update(**{column: value})

    def test_refuses_a_verdict_of_another_claim(self, opened, project, admin, reviewer):
        other = make_checked(project, admin, text="Another")
        fields = {"project": project, "created_by": admin, "verdict": opened.verdict}
        with pytest.raises(IntegrityError), transaction.atomic():
            LookAgain.objects.create(event=opened.event, claim=other, **fields)


def test_a_reader_sees_it_unless_event_or_claim_are_not_for_them(
    project, opened, statement, moderator, reviewer
):
    reader = make_people(project, "reader", "reading")[0]
    assert LookAgain.objects.visible_to(reader).get() == opened
    statement.confidential = True
    statement.save(update_fields=["confidential"])
    assert not LookAgain.objects.visible_to(reader).exists()
    assert LookAgain.objects.visible_to(reviewer).exists()
