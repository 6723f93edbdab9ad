"""What the database refuses of decisions and verdicts, whoever asks."""

import pytest
from django.db import IntegrityError

from annotations.models import (
    Verdict,
    VerdictEvidence,
    VerdictReview,
)
from annotations.verification.verdicts.services import (
    verdict_rescind,
)
from tests.material import make_review
from tests.proofs import at_once
from tests.ruling import (
    agree,
    evidence_on,
    now,
    publish,
)

pytestmark = pytest.mark.django_db


class TestTheDatabase:
    """Straight to the tables, past every service."""

    @pytest.fixture
    def reviews(self, claim, reviewer, moderator):
        return agree(claim, reviewer, moderator)

    def write(self, claim, by, basis=(), *, evidence=True, **fields) -> None:
        columns = {"label": "supported", "reason": "So.", "claim_revision": 1, **fields}
        common = {"project_id": claim.project_id}
        verdict = Verdict.objects.create(
            claim=claim, claim_text=claim.text, created_by=by, **common, **columns
        )
        for one in basis:
            VerdictReview.objects.create(verdict=verdict, review=one, review_revision=1, **common)
        if evidence:
            VerdictEvidence.objects.create(
                verdict=verdict, evidence=evidence_on(claim)[0], evidence_revision=1, **common
            )

    @pytest.mark.parametrize(
        ("who", "changed", "words"),
        [
            ("reviewer", {}, "has judged none"),
            ("moderator", {}, "has judged none"),
            ("admin", {"basis": []}, "reviews or on one adjudication"),
            ("admin", {"label": "refuted"}, "says what its basis says"),
            ("admin", {"claim_revision": 2}, "says what its basis says"),
            ("admin", {"evidence": False}, "rests on evidence"),
            ("admin", {"reason": ""}, "verdict_has_a_reason"),
            ("admin", {"state": "rescinded"}, "ended_verdict_says"),
        ],
    )
    def test_it_refuses(self, claim, reviews, actor, who, changed, words):
        given = {"basis": reviews, **changed}
        with pytest.raises(IntegrityError, match=words):
            at_once(lambda: self.write(claim, actor(who), **given))

    def test_it_takes_what_is_right_once(self, claim, reviews, admin):
        at_once(lambda: self.write(claim, admin, reviews))
        with pytest.raises(IntegrityError, match="one_current_verdict_per_claim"):
            at_once(lambda: self.write(claim, admin, reviews))

    def test_no_author_slips_in_later(self, claim, reviews, project, moderator, chair):
        verdict = publish(claim, chair)
        late = make_review(now(claim), chair)
        with pytest.raises(IntegrityError, match="has judged none"):
            at_once(
                lambda: VerdictReview.objects.create(
                    project=project, verdict=verdict, review=late, review_revision=1
                )
            )

    @pytest.mark.parametrize("column", ["reason", "label", "claim_text"])
    def test_what_was_published_stays(self, claim, reviews, chair, column):
        publish(claim, chair)
        with pytest.raises(Exception, match="Cannot update"):
            at_once(lambda: Verdict.objects.update(**{column: "refuted"}))

    def test_what_ended_does_not_come_back(self, claim, reviews, chair):
        verdict = publish(claim, chair)
        verdict_rescind(actor=chair, verdict=verdict, correction_note="No.")
        back = {"state": "current", "ended_at": None, "ended_by": None, "correction_note": ""}
        with pytest.raises(Exception, match="Cannot update"):
            at_once(lambda: Verdict.objects.update(**back))
