"""Another look: at events that go back and forth, and who is told that a claim rests on one."""

import pytest

from annotations.claims.hops import HopInput
from annotations.claims.services import mention_add, mention_discard
from annotations.lifecycle.choices import LookAgainState
from annotations.lifecycle.knock_on import look_again_keep
from annotations.lifecycle.looks_again import looks_again_by_claim
from annotations.lifecycle.services import assessment_add
from annotations.models import LookAgain
from annotations.moderation.services import row_hide
from tests.lifecycle.conftest import corroborate
from tests.material import make_article, make_event
from tests.ruling import agree, make_checked, make_people, publish, supersede

pytestmark = pytest.mark.django_db


class TestBackAndForth:
    """An event that was called sure, then refuted, and is sure again."""

    def refute(self, event, actor):
        assessment_add(actor=actor, event=event, standing="refuted", reason="It is still there.")

    def test_what_was_kept_as_it_was_refuted_is_listed_again(self, opened, reviewer, chair):
        self.refute(opened.event, reviewer)
        look_again_keep(actor=chair, look_again=opened, reason="It was never removed.")
        corroborate(opened.event, reviewer, "Reuters")
        again = LookAgain.objects.get(kept_at=None)
        assert (again.verdict, again.state) == (opened.verdict, LookAgainState.OPEN)
        corroborate(opened.event, reviewer, "dpa")
        assert LookAgain.objects.count() == 2

    def test_a_verdict_that_was_corrected_meanwhile_is_listed(self, opened, reviewer, chair):
        self.refute(opened.event, reviewer)
        corrected = supersede(opened.claim, chair)
        corroborate(opened.event, reviewer, "Reuters")
        assert LookAgain.objects.get(verdict=corrected).state == LookAgainState.OPEN

    def test_what_waits_still_is_listed_once(self, opened, reviewer):
        self.refute(opened.event, reviewer)
        corroborate(opened.event, reviewer, "Reuters")
        assert LookAgain.objects.get() == opened

    def test_no_claim_is_said_to_rest_on_what_was_refuted(self, opened, reviewer, chair):
        claim = opened.claim_id
        assert looks_again_by_claim([claim], reviewer) == {claim: [opened]}
        self.refute(opened.event, reviewer)
        assert looks_again_by_claim([claim], reviewer) == {}
        assert LookAgain.objects.in_state("open").get() == opened
        corroborate(opened.event, reviewer, "Reuters")
        assert looks_again_by_claim([claim], reviewer) == {claim: [opened]}


def test_that_a_claim_rests_on_it_in_a_hidden_article_alone_is_told_to_moderators_only(
    project, admin, reviewer, second_reviewer, chair, statement, moderator
):
    reader = make_people(project, "reader", "reading")[0]
    claim = make_checked(project, admin, article=make_article(project, admin))
    article = make_article(project, admin, title="Hidden", text="Others tell of it too.")
    mention = mention_add(
        actor=admin,
        claim=claim,
        version=article.versions.get(),
        ranges=[(0, 6)],
        hops=[HopInput(source_name="CNN", statement=statement)],
    )
    agree(claim, reviewer, second_reviewer)
    publish(claim, chair)
    corroborate(make_event(statement, reviewer), reviewer)
    seen = LookAgain.objects.visible_to
    assert [seen(one).exists() for one in (reader, reviewer, moderator)] == [True] * 3
    row_hide(actor=admin, row=article, reason="Private.")
    assert [seen(one).exists() for one in (reader, reviewer, moderator)] == [False, False, True]
    mention_discard(actor=admin, mention=mention, reason="Not there.")
    assert [seen(one).exists() for one in (reader, reviewer, moderator)] == [False, False, True]
