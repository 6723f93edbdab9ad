"""The stage of every claim, kept by the database: lists of 100,000 are filtered by it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

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
            models.Index(fields=["project", "whole"], name="claim_by_whole_stage"),
            models.Index(fields=["project", "open"], name="claim_by_open_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.claim}: {self.whole}"
