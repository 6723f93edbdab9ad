"""Verdicts that are superseded, rescinded or judged anew."""

import pytest

from annotations.lib.errors import Conflict, InvalidInput, StaleVersion
from annotations.models import (
    Verdict,
)
from annotations.verification.labels import labels_for
from annotations.verification.verdicts.services import (
    claim_reopen,
    verdict_rescind,
    verdict_supersede,
)
from tests.ruling import (
    agree,
    evidence_on,
    now,
    publish,
    supersede,
)

pytestmark = pytest.mark.django_db


class TestCorrecting:
    @pytest.fixture
    def verdict(self, claim, reviewer, second_reviewer, chair) -> Verdict:
        agree(claim, reviewer, second_reviewer)
        return publish(claim, chair)

    def test_a_correction_takes_its_place_and_both_stay(self, claim, verdict, chair, reader):
        later = supersede(claim, chair)
        verdict.refresh_from_db()
        assert (verdict.state, verdict.correction_note, verdict.ended_by) == (
            "superseded", "The first count was wrong.", chair,
        )  # fmt: skip
        assert (later.state, later.supersedes) == ("current", verdict)
        assert set(Verdict.objects.visible_to(reader)) == {verdict, later}
        with pytest.raises(Conflict, match="does not stand"):
            verdict_rescind(actor=chair, verdict=verdict, correction_note="No.")

    def test_it_is_never_published_over(self, claim, verdict, chair):
        with pytest.raises(Conflict, match="stands already"):
            publish(claim, chair)

    @pytest.mark.parametrize("act", ["supersede", "rescind"])
    def test_it_takes_a_note_and_the_verdict_that_was_read(self, claim, verdict, chair, act):
        said = {"reason": "So.", "evidence": evidence_on(claim)} if act == "supersede" else {}
        service = verdict_supersede if act == "supersede" else verdict_rescind
        with pytest.raises(InvalidInput) as refused:
            service(actor=chair, verdict=verdict, correction_note=" ", **said)
        assert refused.value.field == "correction_note"
        with pytest.raises(StaleVersion):
            service(actor=chair, verdict=verdict, correction_note="No.", revision=7, **said)
        assert Verdict.objects.get().state == "current"

    def test_rescinding_twice_changes_nothing(self, claim, verdict, reviewer, chair):
        # An author of the basis may: it takes two to say something, and one to stop.
        verdict_rescind(actor=reviewer, verdict=verdict, correction_note="It was wrong.")
        assert now(claim).content_revision == 2
        again = verdict_rescind(actor=chair, verdict=verdict, correction_note="Again.")
        assert (again.correction_note, now(claim).content_revision) == ("It was wrong.", 2)

    def test_what_was_rescinded_is_not_published_again_from_the_same_reviews(
        self, claim, verdict, chair
    ):
        verdict_rescind(actor=chair, verdict=verdict, correction_note="Wrong.")
        with pytest.raises(Conflict, match="2 reviews"):
            publish(claim, chair)

    def test_a_reopened_claim_keeps_its_verdict_with_a_mark(self, claim, verdict, chair, reader):
        claim_reopen(actor=chair, claim=now(claim), reason="New evidence.")
        label = labels_for([now(claim)], reader)[claim.pk]
        assert (label.value, label.is_published, label.is_stale) == ("supported", True, True)
        assert claim_reopen(actor=chair, claim=now(claim), reason="Once more.").revision == 2
