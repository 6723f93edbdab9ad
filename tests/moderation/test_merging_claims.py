"""Merging a claim into another: what moves, what stays, what is refused."""

import pytest

from annotations.claims.hops import HopInput
from annotations.claims.models import Claim
from annotations.claims.permissions import check_add_mention, check_edit_claim
from annotations.claims.rounds import MarkingRound
from annotations.claims.services import claim_discard, claim_update, mention_add
from annotations.lib.errors import Conflict, InvalidInput, Refused, StaleVersion
from annotations.moderation.merge_claims import claim_merge, claims_merge
from annotations.moderation.merge_plans import claim_merge_plan
from annotations.moderation.permissions import check_merge_rows
from annotations.moderation.services import row_hide, row_restore
from annotations.verification.assignments.models import Assignment
from annotations.verification.evidence.links import evidence_attach
from annotations.verification.models import Review
from annotations.verification.permissions import check_review_claim
from tests.material import (
    make_article,
    make_claim,
    make_evidence,
    make_review,
    make_source,
    make_statement,
)

pytestmark = pytest.mark.django_db
WHY = "They say the same."


def merge(actor, claim, into, **fields):
    claim_merge(actor=actor, claim=claim, into=into, reason=WHY, **fields)
    claim.refresh_from_db()
    into.refresh_from_db()


@pytest.fixture
def pair(project, reviewer):
    """A claim that stays, in one article, and one that goes, in another."""
    stays = make_claim(project, reviewer, article=make_article(project, reviewer, title="One"))
    goes = make_claim(project, reviewer, article=make_article(project, reviewer, title="Two"))
    return goes, stays


def test_places_evidence_and_statement_move_with_history(project, reviewer, moderator, pair):
    goes, stays = pair
    statement = make_statement(project, reviewer)
    claim_update(actor=reviewer, claim=goes, revision=goes.revision, statement=statement)
    piece = make_evidence(project, reviewer, claim=goes)
    mention = goes.mentions.get()
    merge(moderator, goes, stays)
    assert set(stays.mentions.values_list("id", flat=True)) >= {mention.pk}
    assert goes.mentions.count() == 0
    assert list(stays.evidence_links.values_list("evidence", "stance")) == [(piece.pk, "refutes")]
    assert (stays.statement, stays.content_revision, stays.revision) == (statement, 2, 2)
    assert (goes.merged_into, goes.number, goes.text) == (stays, 2, "2,000 civilians died")
    for row in (goes, stays, mention, piece.claim_links.get()):
        last = row.history.order_by("-pgh_id").first()
        assert (last.pgh_context["action"], last.pgh_context["reason"]) == ("claim.merge", WHY)


def test_reviews_stay_with_the_words_they_judged(project, reviewer, moderator, pair):
    goes, stays = pair
    theirs, ours = make_review(goes, reviewer), make_review(stays, moderator)
    merge(moderator, goes, stays)
    assert Review.objects.get(pk=theirs.pk).claim == goes
    assert Review.objects.get(pk=ours.pk).is_stale
    assert stays.reviews.count() == 1


def test_evidence_alone_makes_no_review_stale(project, reviewer, moderator):
    stays, goes = make_claim(project, reviewer), make_claim(project, reviewer)
    make_evidence(project, reviewer, claim=goes)
    review = make_review(stays, reviewer)
    merge(moderator, goes, stays)
    assert not Review.objects.get(pk=review.pk).is_stale
    assert (stays.content_revision, stays.revision) == (1, 2)


@pytest.mark.parametrize(
    ("theirs", "ours", "kept", "changed"),
    [
        (["SES"], ["SES"], "ours", False),
        ([], ["SES"], "ours", False),
        (["SES"], [], "theirs", True),
        (["Ministry"], ["SES"], "both", True),
    ],
)
def test_words_marked_in_both_stand_once_unless_their_chains_differ(
    project, reviewer, moderator, theirs, ours, kept, changed
):
    article = make_article(project, reviewer)
    for name in ("SES", "Ministry"):
        make_source(project, reviewer, name)
    stays, goes = (
        make_claim(
            project, reviewer, article=article, hops=[HopInput(source_name=one) for one in names]
        )
        for names in (ours, theirs)
    )
    mentions = {"ours": stays.mentions.get(), "theirs": goes.mentions.get()}
    merge(moderator, goes, stays)
    standing = {
        name for name, one in mentions.items() if stays.mentions.get(pk=one.pk).discarded_at is None
    }
    assert standing == ({"ours", "theirs"} if kept == "both" else {kept})
    assert (stays.content_revision == 2) == changed
    said = stays.mentions.exclude(discarded_at=None).values_list("discard_reason", flat=True)
    assert kept == "both" or "merged into" in said.get()


def test_evidence_on_both_stays_as_the_other_has_it(project, reviewer, moderator, pair):
    goes, stays = pair
    piece = make_evidence(project, reviewer, claim=goes)
    evidence_attach(actor=reviewer, claim=stays, evidence=piece, stance="supports")
    assert len(claim_merge_plan(goes, stays).stances_differ) == 1
    merge(moderator, goes, stays)
    assert stays.evidence_links.get().stance == "supports"
    assert goes.evidence_links.get().stance == "refutes"


def test_earlier_merges_translations_and_work_follow(project, reviewer, moderator, pair):
    goes, stays = pair
    earlier = make_claim(project, reviewer)
    translated = make_claim(project, reviewer, translation_of=goes)
    work = Assignment.objects.create(
        project=project, claim=goes, assignee=reviewer, created_by=moderator
    )
    merge(moderator, earlier, goes)
    merge(moderator, goes, stays)
    for row in (earlier, translated, work):
        row.refresh_from_db()
    assert (earlier.merged_into, translated.translation_of) == (stays, stays)
    assert (work.state, work.ended_at is not None) == ("withdrawn", True)


def test_a_merged_claim_is_read_only_and_in_no_list(project, reviewer, moderator, pair):
    goes, stays = pair
    merge(moderator, goes, stays)
    for check in (check_edit_claim, check_add_mention, check_review_claim):
        with pytest.raises(Refused):
            check(moderator, Claim.objects.get(pk=goes.pk))
    kept = Claim.objects.visible_to(reviewer).kept()
    assert (goes in kept, goes in Claim.objects.unmerged()) == (False, False)
    assert goes in Claim.objects.visible_to(reviewer)


def test_who_had_it_open_cannot_write_to_a_merged_claim(project, reviewer, moderator, pair):
    goes, stays = pair
    stale = Claim.objects.get(pk=goes.pk)
    merge(moderator, goes, stays)
    version = make_article(project, reviewer, title="Three").versions.get()
    with pytest.raises(Conflict):
        mention_add(actor=reviewer, claim=stale, version=version, ranges=[(0, 3)])


def test_what_is_hidden_takes_along_what_was_merged_into_it(project, moderator, pair):
    goes, stays = pair
    merge(moderator, goes, stays)
    row_hide(actor=moderator, row=stays, reason="a person is named")
    goes.refresh_from_db()
    assert goes.hidden_reason == "a person is named"
    row_restore(actor=moderator, row=stays, reason="a mistake")
    goes.refresh_from_db()
    assert goes.hidden_at is None


def test_merging_again_changes_nothing(moderator, pair):
    goes, stays = pair
    merge(moderator, goes, stays)
    before = (goes.revision, stays.revision)
    merge(moderator, goes, stays)
    assert (goes.revision, stays.revision) == before


def hidden(project, actor, goes, stays):
    row_hide(actor=actor, row=stays, reason="off topic")


def gone(project, actor, goes, stays):
    claim_discard(actor=actor, claim=goes)


def elsewhere_already(project, actor, goes, stays):
    claim_merge(actor=actor, claim=goes, into=make_claim(project, actor), reason=WHY)


def marked_in_a_round(project, actor, goes, stays):
    version = goes.mentions.get().version
    goes.round = MarkingRound.objects.create(
        project=project, article=version.article, version=version, created_by=actor
    )
    goes.save(update_fields=["round"])


@pytest.mark.parametrize("obstacle", [hidden, gone, elsewhere_already, marked_in_a_round])
def test_what_is_in_the_way_is_said(project, moderator, pair, obstacle):
    goes, stays = pair
    obstacle(project, moderator, goes, stays)
    goes.refresh_from_db()
    stays.refresh_from_db()
    before = (goes.merged_into, stays.revision)
    with pytest.raises(Conflict, match="Claim #"):
        merge(moderator, goes, stays)
    goes.refresh_from_db()
    stays.refresh_from_db()
    assert (goes.merged_into, stays.revision) == before


def test_several_are_merged_or_none(project, reviewer, moderator, pair):
    goes, stays = pair
    third = make_claim(project, reviewer)
    claim_discard(actor=reviewer, claim=third)
    third.refresh_from_db()
    with pytest.raises(Conflict):
        claims_merge(actor=moderator, claims=[goes, third, stays], into=stays, reason=WHY)
    goes.refresh_from_db()
    assert goes.merged_into is None


def test_it_takes_a_reason_the_revision_that_was_seen_and_one_project(
    moderator, pair, other_project, outsider
):
    goes, stays = pair
    with pytest.raises(InvalidInput):
        claim_merge(actor=moderator, claim=goes, into=stays, reason=" ")
    with pytest.raises(StaleVersion):
        claim_merge(actor=moderator, claim=goes, into=stays, reason=WHY, revision=9)
    for other in (goes, make_claim(other_project, outsider)):
        with pytest.raises(InvalidInput):
            claim_merge(actor=moderator, claim=goes, into=other, reason=WHY)


def test_reviewers_may_not_merge(reviewer, pair):
    with pytest.raises(Refused):
        check_merge_rows(reviewer, pair[0])
