"""The stage of every claim, kept by the database: lists of 100,000 are filtered by it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations.audit.known_at import derive
from annotations.claims.models import Claim
from annotations.projects.models import InProject
from annotations.verification.stages import Stage


class ClaimStage(InProject):
    """The stage of one claim, for the two who know most and least of it.

    Triggers write it with every claim, review, adjudication and verdict (migration 0020), by the
    rule in `stages`. It has no history: what it is made from has.
    """

    claim = models.OneToOneField(
        Claim, models.PROTECT, primary_key=True, related_name="stage_row", db_index=False
    )
    # For whoever sees every review.
    whole = models.CharField(_("stage"), max_length=12, choices=Stage.choices)
    # For a member of a blind project who has not judged the claim; not blind: the same.
    open = models.CharField(_("stage told to all"), max_length=12, choices=Stage.choices)

    class Meta:
        indexes = [
            models.Index(fields=["project", "whole", "claim"], name="claims_of_whole_stage"),
            models.Index(fields=["project", "open", "claim"], name="claims_of_open_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.claim}: {self.whole}"


# Of the past, from what the reader may see now: so what all may know is what the reader may know.
derive(
    "annotations_claimstage",
    """
    SELECT claim_id, project_id, stage AS whole, stage AS open FROM (
      SELECT c.id AS claim_id, c.project_id, factcheck_stage(
               CASE WHEN k.latest IS NULL THEN 'unreviewed'
                    WHEN NOT k.latest[1] = ALL (k.latest) THEN 'disputed'
                    WHEN k.n >= p.reviews_needed THEN 'agreed' ELSE 'in_review' END,
               EXISTS (SELECT FROM annotations_verdict v WHERE v.claim_id = c.id
                          AND v.state = 'current' AND v.claim_revision = c.content_revision),
               EXISTS (SELECT FROM annotations_adjudication a WHERE a.claim_id = c.id
                          AND a.claim_revision = c.content_revision),
               EXISTS (SELECT FROM annotations_verdict v WHERE v.claim_id = c.id)) AS stage
        FROM annotations_claim c JOIN annotations_project p ON p.id = c.project_id
        CROSS JOIN LATERAL (
          SELECT count(*) AS n, (array_agg(r.label::text ORDER BY r.updated_at DESC, r.id DESC)
                                )[1:p.reviews_needed] AS latest
            FROM annotations_review r WHERE r.claim_id = c.id
             AND r.claim_revision = c.content_revision AND r.discarded_at IS NULL) k
    ) staged
    """,
    of=(
        "annotations_claim",
        "annotations_project",
        "annotations_review",
        "annotations_verdict",
        "annotations_adjudication",
    ),
)
