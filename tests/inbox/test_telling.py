"""Whom the changes of others are told to: authors, reviewers whose reviews are stale, followers."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.claims import services as claims
from annotations.comments.services import comment_create
from annotations.inbox.followers import happenings_tell
from annotations.inbox.shown import name_targets, notifications_shown, unread_count
from annotations.moderation.merge_claims import claim_merge
from annotations.notifications.models import Follow, FollowersTold, Notification
from annotations.notifications.services import follow_start
from annotations.projects.models import Membership
from annotations.verification.evidence.services import evidence_update
from annotations.verification.verdicts.services import verdict_rescind
from tests.material import (
    make_article,
    make_claim,
    make_event,
    make_evidence,
    make_review,
    make_statement,
)
from tests.ruling import agree, make_checked, publish

pytestmark = pytest.mark.django_db


def told(user):
    return sorted(notifications_shown(user).values_list("kind", flat=True))


@pytest.fixture
def look(monkeypatch):
    """Look at history as the job does; the whole test is one transaction, whose clock stands."""
    until = "SELECT clock_timestamp() - make_interval(secs => %s)"
    monkeypatch.setattr("annotations.inbox.followers._UNTIL", until)

    def look():
        happenings_tell(clocks=timedelta(0))

    look()
    assert FollowersTold.objects.count() == 1
    return look


def test_changing_anothers_claim_or_evidence_tells_its_author_and_ones_own_nobody(
    project, reviewer, second_reviewer, moderator
):
    article = make_article(project, reviewer)
    claim = make_claim(project, reviewer, article=article)
    evidence = make_evidence(project, reviewer, claim=claim)
    claims.claim_update(actor=reviewer, claim=claim, revision=1, text="Mine")
    assert not Notification.objects.exists()
    claims.claim_update(actor=second_reviewer, claim=claim, revision=2, text="Changed")
    claims.claim_update(actor=second_reviewer, claim=claim, revision=3, text="Changed")
    claims.claim_discard(actor=moderator, claim=claim)
    edited = notifications_shown(reviewer).get()
    assert (edited.kind, edited.times, edited.actor) == ("claim_edited", 2, moderator)
    evidence_update(actor=second_reviewer, evidence=evidence, revision=1, answer="137")
    assert told(reviewer) == ["claim_edited", "evidence_edited"]
    assert told(second_reviewer) == []


def test_a_changed_claim_tells_the_authors_of_stale_reviews_alone(
    project, reviewer, second_reviewer, moderator, admin, look
):
    claim = make_claim(project, reviewer)
    make_review(claim, second_reviewer)
    make_review(claim, moderator, "refuted")
    claims.claim_update(actor=moderator, claim=claim, revision=1, priority=1)
    look()
    assert told(second_reviewer) == []
    claims.claim_update(actor=moderator, claim=claim, revision=2, text="137 civilians died")
    look()
    look()
    stale = notifications_shown(second_reviewer).get()
    assert (stale.kind, stale.times, stale.claim_number) == ("review_stale", 1, 1)
    assert (told(moderator), told(admin)) == ([], ["to_decide"])


def test_followers_hear_what_happens_to_what_they_follow_and_may_see(
    project, reviewer, second_reviewer, reader, look
):
    article = make_article(project, reviewer)
    claim = make_claim(project, reviewer, article=article)
    source = claim.mentions.get().attributions.get().source
    look()
    follow_start(actor=reader, project=project, target=article)
    follow_start(actor=second_reviewer, project=project, target=source)
    assert follow_start(actor=reader, project=project, target=article)[1] is False
    claims.claim_update(actor=reviewer, claim=claim, revision=1, text="137 civilians died")
    comment_create(actor=reviewer, claim=claim, text="Only for us", confidential=True)
    make_evidence(project, reviewer, claim=claim)
    make_event(make_statement(project, reviewer, source_name=source.name), reviewer)
    # A judgement is never told of.
    make_review(claim, reviewer)
    look()
    kinds = [
        sorted(notifications_shown(user).values_list("target_kind", flat=True))
        for user in (reader, second_reviewer)
    ]
    assert kinds == [["claim", "evidence"], ["claim", "comment", "event", "evidence"]]
    assert set(told(reader)) == {"followed_changed"}
    assert told(reviewer) == []
    look()
    assert set(Notification.objects.values_list("times", flat=True)) == {1}
    Membership.objects.filter(user=reader).delete()
    assert unread_count(reader) == 0
    assert Follow.objects.count() == 2


def test_followers_hear_of_verdicts_and_reviewers_once_of_one_that_is_taken_back(
    project, reviewer, second_reviewer, reader, moderator, admin, look
):
    claim = make_checked(project, admin)
    look()
    follow_start(actor=reader, project=project, target=claim)
    agree(claim, reviewer, second_reviewer)
    look()
    assert told(reader) == []
    verdict = publish(claim, moderator)
    look()
    assert told(reader) == ["followed_changed"]
    verdict_rescind(actor=moderator, verdict=verdict, correction_note="It was wrong.")
    look()
    assert notifications_shown(reader).get().times == 2
    assert told(reviewer) == ["verdict_changed", "verdict_published"]


def test_a_merge_that_brings_another_place_tells_whose_reviews_became_stale(
    project, reviewer, second_reviewer, moderator, look
):
    into = make_claim(project, moderator)
    make_review(into, second_reviewer)
    look()
    gone = make_claim(project, moderator, article=make_article(project, moderator))
    claim_merge(actor=moderator, claim=gone, into=into, reason="The same.")
    look()
    assert told(second_reviewer) == ["review_stale"]


def test_who_is_told_of_their_own_claim_is_not_told_again_as_a_follower(
    project, reviewer, second_reviewer, look
):
    claim = make_claim(project, reviewer)
    look()
    follow_start(actor=reviewer, project=project, target=claim)
    claims.claim_update(actor=second_reviewer, claim=claim, revision=1, text="137 died")
    look()
    assert told(reviewer) == ["claim_edited"]


def test_naming_many_targets_takes_as_many_queries_as_naming_one(
    project, reviewer, second_reviewer
):
    counts = []
    for many in (1, 11):
        for n in range(many):
            claim = make_claim(project, reviewer, text=f"Claim {n}")
            comment_create(actor=second_reviewer, claim=claim, text="Why?")
            claims.claim_update(actor=second_reviewer, claim=claim, revision=1, text="Other")
        with CaptureQueriesContext(connection) as asked:
            rows = list(notifications_shown(reviewer))
            assert all(one.title for one in name_targets(rows, reviewer).values())
        counts.append(len(asked))
    assert counts[0] == counts[1]
