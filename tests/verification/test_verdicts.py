"""Adjudications and verdicts: what they store, whom they refuse, and what the database holds."""

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from annotations.accounts.roles import Role
from annotations.claims.services import claim_discard
from annotations.lib.errors import Conflict, InvalidInput, Refused, StaleVersion
from annotations.models import (
    Adjudication,
    AdjudicationReview,
    Claim,
    Verdict,
    VerdictEvidence,
)
from annotations.moderation.services import row_hide
from annotations.verification.evidence.links import link_discard
from annotations.verification.labels import labels_for
from annotations.verification.verdicts.adjudicating import adjudication_create
from annotations.verification.verdicts.services import (
    verdict_publish,
)
from tests.factories import make_member
from tests.material import make_evidence, make_review
from tests.proofs import at_once, undone
from tests.ruling import (
    adjudicate,
    agree,
    change,
    dispute,
    evidence_on,
    make_checked,
    make_people,
    now,
    publish,
)

pytestmark = pytest.mark.django_db


class TestAdjudicating:
    def test_each_field_is_taken_from_a_review_or_given(
        self, claim, reviewer, second_reviewer, chair
    ):
        one = make_review(claim, reviewer, "supported", confidence=3, justification="It says so.")
        other = make_review(claim, second_reviewer, "refuted", native_rating="False")
        made = adjudication_create(
            actor=chair,
            claim=now(claim),
            reason="The UN counted.",
            taken={"label": other, "native_rating": other, "confidence": one},
            own={"justification": "The UN verified 136."},
        )
        assert (made.label, made.native_rating, made.confidence, made.justification) == (
            "refuted", "False", 3, "The UN verified 136.",
        )  # fmt: skip
        weighed = {one.review: (one.gives, one.review_revision) for one in made.weighed.all()}
        assert weighed == {one: (["confidence"], 1), other: (["label", "native_rating"], 1)}
        one.refresh_from_db()
        assert (one.label, one.revision) == ("supported", 1)

    def test_nobody_decides_a_dispute_they_took_a_side_in(self, claim, reviewer, moderator, chair):
        dispute(claim, reviewer, moderator)
        with pytest.raises(Refused, match="judged this claim yourself"):
            adjudicate(claim, moderator)
        assert not Adjudication.objects.exists()
        assert adjudicate(claim, chair).label == "refuted"

    def test_there_must_be_a_dispute(self, claim, reviewer, second_reviewer, chair):
        agree(claim, reviewer, second_reviewer)
        with pytest.raises(Conflict, match="nothing to adjudicate"):
            adjudicate(claim, chair)

    def test_what_changed_since_it_was_read_is_read_again(
        self, claim, reviewer, second_reviewer, chair
    ):
        one, other = dispute(claim, reviewer, second_reviewer)
        seen = {one.uid: one.revision, other.uid: other.revision}
        make_review(claim, reviewer, "not_checkable")
        given = {"reason": "So.", "own": {"label": "refuted"}}
        with pytest.raises(StaleVersion):
            adjudication_create(actor=chair, claim=now(claim), seen=seen, **given)
        with pytest.raises(StaleVersion):
            adjudication_create(actor=chair, claim=now(claim), claim_revision=9, **given)

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"reason": " ", "own": {"label": "refuted"}}, "reason"),
            ({"reason": "So.", "own": {"label": "maybe"}}, "label"),
            ({"reason": "So."}, "label"),
            ({"reason": "So.", "own": {"label": "refuted", "confidence": 9}}, "confidence"),
        ],
    )
    def test_what_is_not_acceptable_is_named(
        self, claim, reviewer, second_reviewer, chair, given, field
    ):
        dispute(claim, reviewer, second_reviewer)
        with pytest.raises(InvalidInput) as refused:
            adjudication_create(actor=chair, claim=now(claim), **given)
        assert refused.value.field == field

    def test_the_rows_never_change(self, claim, reviewer, second_reviewer, chair):
        dispute(claim, reviewer, second_reviewer)
        made = adjudicate(claim, chair)
        for rows in (Adjudication.objects.filter(pk=made.pk), AdjudicationReview.objects.all()):
            with pytest.raises(Exception, match=r"Cannot|permission denied"):
                at_once(rows.delete)

    def test_the_database_refuses_a_side(self, claim, reviewer, second_reviewer, project):
        one, _other = dispute(claim, reviewer, second_reviewer)

        def write():
            made = Adjudication.objects.create(
                project=project, claim=claim, claim_revision=1, label="refuted", reason="So.",
                created_by=reviewer,
            )  # fmt: skip
            AdjudicationReview.objects.create(
                project=project, adjudication=made, review=one, review_revision=1
            )

        with pytest.raises(IntegrityError, match="who adjudicates has not judged"):
            at_once(write)


class TestPublishing:
    def test_a_verdict_keeps_what_it_rests_on(self, claim, reviewer, second_reviewer, chair):
        reviews = agree(claim, reviewer, second_reviewer)
        verdict = publish(claim, chair)
        assert (verdict.label, verdict.claim_revision, verdict.claim_text) == (
            "supported", 1, claim.text,
        )  # fmt: skip
        assert [one.review for one in verdict.basis.all()] == reviews
        assert [one.evidence for one in verdict.evidence.all()] == evidence_on(claim)
        assert verdict.adjudication is None
        row = Verdict.history.rel.related_model.objects.get(pgh_obj=verdict)
        assert row.pgh_context == {"actor": chair.pk, "action": "verdict.publish"}

    def test_an_adjudication_is_the_whole_basis(self, claim, reviewer, second_reviewer, chair):
        dispute(claim, reviewer, second_reviewer)
        made = adjudicate(claim, chair)
        # Whoever was overruled may publish it: two people stand behind it, and not the same.
        verdict = publish(claim, reviewer)
        assert (verdict.adjudication, verdict.label) == (made, "refuted")
        assert not verdict.basis.exists()

    def test_four_eyes_whoever_it_is(self, claim, project, operator, moderator, chair):
        make_member(project, operator, Role.ADMIN)
        agree(claim, operator, moderator)
        for author in (operator, moderator):
            with pytest.raises(Refused, match="Four eyes"):
                publish(claim, author)
        assert not Verdict.objects.exists()
        assert publish(claim, chair)

    def test_who_adjudicated_does_not_publish(self, claim, reviewer, second_reviewer, chair):
        dispute(claim, reviewer, second_reviewer)
        adjudicate(claim, chair)
        with pytest.raises(Refused, match="adjudicated this claim"):
            publish(claim, chair)

    def test_it_takes_reviews_evidence_and_a_claim_that_is_kept(
        self, claim, project, admin, reviewer, second_reviewer, moderator, chair
    ):
        with pytest.raises(Conflict, match="2 reviews by different people"):
            publish(claim, chair)
        agree(claim, reviewer)
        with pytest.raises(Conflict, match="1 more review by someone other than Reviewer"):
            publish(claim, chair)
        make_review(now(claim), second_reviewer, "refuted")
        with pytest.raises(Conflict, match="adjudicate"):
            publish(claim, chair)
        agree(claim, second_reviewer)
        with undone():
            claim_discard(actor=admin, claim=now(claim))
            with pytest.raises(Conflict, match="discarded"):
                publish(claim, chair)
        with undone():
            row_hide(actor=moderator, row=now(claim), reason="Off topic.")
            with pytest.raises(Conflict, match="hidden"):
                publish(claim, chair)
        with undone():
            other = make_checked(project, admin)
            Claim.objects.filter(pk=claim.pk).update(merged_into=other)
            with pytest.raises(Conflict, match="taken its place"):
                publish(claim, chair)
        change(claim, admin)
        with pytest.raises(Conflict, match="2 reviews"):
            publish(claim, chair)

    def test_the_evidence_is_for_everybody(
        self, claim, project, admin, reviewer, second_reviewer, moderator, chair
    ):
        (piece,) = evidence_on(claim)
        secret = make_evidence(project, admin, claim=claim, confidential=True, file=None, url="")
        agree(claim, reviewer, second_reviewer)
        said = {"actor": chair, "claim": now(claim), "reason": "So."}
        for chosen in ([], [secret]):
            with pytest.raises(InvalidInput) as refused:
                verdict_publish(**said, evidence=chosen)
            assert refused.value.field == "evidence"
        with undone():
            row_hide(actor=moderator, row=piece, reason="Wrong.")
            with pytest.raises(Conflict, match="confidential"):
                verdict_publish(**said, evidence=[piece, secret])
        verdict = verdict_publish(**said, evidence=[piece, secret])
        seen = VerdictEvidence.objects.filter(verdict=verdict)
        assert seen.visible_to(reviewer).count() == 2
        outsider = make_people(project, "reader", "somebody")[0]
        assert [one.evidence for one in seen.visible_to(outsider)] == [piece]

    def test_evidence_taken_off_the_claim_is_refused(
        self, claim, admin, reviewer, second_reviewer, project, chair
    ):
        (piece,) = evidence_on(claim)
        make_evidence(project, admin, claim=claim, file=None, url="")
        agree(claim, reviewer, second_reviewer)
        link_discard(actor=admin, link=piece.claim_links.get())
        with pytest.raises(InvalidInput, match="no longer on the claim"):
            verdict_publish(actor=chair, claim=now(claim), reason="So.", evidence=[piece])

    def test_other_words_than_were_read_are_not_published(
        self, claim, reviewer, second_reviewer, chair
    ):
        agree(claim, reviewer, second_reviewer)
        with pytest.raises(StaleVersion):
            verdict_publish(
                actor=chair, claim=now(claim), reason="So.", evidence=[], claim_revision=7
            )


def test_labels_of_many_claims_take_two_queries(project, admin, reviewer, chair, second_reviewer):
    claims = [make_checked(project, admin, text=f"Claim {n}") for n in range(4)]
    agree(claims[0], reviewer, second_reviewer, label="refuted")
    publish(claims[0], chair)
    agree(claims[0], reviewer, label="supported")
    agree(claims[1], reviewer)
    with CaptureQueriesContext(connection) as asked:
        found = labels_for(claims, reviewer)
    assert len(asked) == 2
    assert {pk: (one.value, one.is_published) for pk, one in found.items()} == {
        claims[0].pk: ("refuted", True),
        claims[1].pk: ("supported", False),
    }
