"""Adjudications and verdicts of a project's claims, and what is missing for a verdict."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.etag import make_etag
from annotations.api.filters_verdicts import AdjudicationFilters, VerdictFilters
from annotations.api.idempotency import idempotent
from annotations.api.known_at import READING
from annotations.api.pagination import BY_TIMES
from annotations.api.schema import changing, creating, listing, reading, replacing, retrieving
from annotations.api.serializers.claims import ClaimOut, ReasonIn
from annotations.api.serializers.trees import represent
from annotations.api.serializers.verdicts import (
    AdjudicationIn,
    AdjudicationOut,
    PublicationOut,
    RescindIn,
    SupersedeIn,
    VerdictIn,
    VerdictOut,
)
from annotations.api.shown import show_claims
from annotations.api.views.base import ProjectViewSet
from annotations.api.views.claims import ClaimViewSet
from annotations.claims.models import Claim
from annotations.projects.permissions import check_role
from annotations.verification.transitions import Act
from annotations.verification.verdicts import services
from annotations.verification.verdicts.adjudicating import adjudication_create
from annotations.verification.verdicts.missing import missing_of
from annotations.verification.verdicts.models import (
    FIELDS,
    Adjudication,
    AdjudicationReview,
    Verdict,
    VerdictEvidence,
    VerdictReview,
)
from annotations.verification.verdicts.permissions import (
    NEEDED,
    check_adjudicate_claim,
    check_publish_verdict,
    check_reopen_claim,
)
from annotations.verification.verdicts.reading import judging_of


class _Decided(ProjectViewSet):
    """Rows that decide of a claim."""

    tag = "verdicts"
    past_of = READING

    def find(self) -> Any:
        """Return the row of the address; its claim knows the project."""
        row = super().find()
        row.claim.project = self.project
        return row

    def describe(self, row: Any) -> tuple[dict[str, Any], str]:
        """Return the row, or the claim where that is what has changed."""
        if not isinstance(row, Claim):
            return super().describe(row)
        shown = show_claims([row], self.user, self.sight)
        body = represent(ClaimOut, shown, self.get_serializer_context())[0]
        return body, make_etag(row.uid, row.revision, body)


class AdjudicationViewSet(_Decided):
    """Decisions of disputes: never changed, a later one takes the place of an earlier."""

    queryset = Adjudication.objects.none()
    serializer_class = AdjudicationOut
    filterset_class = AdjudicationFilters

    def rows(self) -> QuerySet:
        """Return the adjudications the caller may see, with the reviews that they may."""
        weighed = AdjudicationReview.objects.visible_to(self.user)
        later = Adjudication.objects.filter(
            claim=OuterRef("claim"),
            claim_revision=OuterRef("claim_revision"),
            pk__gt=OuterRef("pk"),
        )
        return (
            Adjudication.objects.visible_to(self.user)
            .filter(project=self.project)
            .annotate(has_later=Exists(later))
            .select_related("claim", "created_by")
            .prefetch_related(
                Prefetch("weighed", weighed.select_related("review__reviewer"), "seen_weighed")
            )
        )

    @listing(AdjudicationOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List adjudications."""
        return super().list(request, **kwargs)

    @retrieving(AdjudicationOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read an adjudication."""
        return super().retrieve(request, **kwargs)

    @creating(AdjudicationIn, AdjudicationOut)
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Decide a disputed claim field by field; the reviews stay as they are."""
        check_role(self.role, self.project, NEEDED[Act.ADJUDICATE])
        fields = self.checked(AdjudicationIn)
        check_adjudicate_claim(self.user, fields["claim"])
        weighed = fields.get("weighed")
        made = adjudication_create(
            actor=self.user,
            claim=fields["claim"],
            claim_revision=fields.get("claim_revision"),
            reason=fields["reason"],
            own={name: fields[name] for name in FIELDS if name in fields},
            taken={name: fields[f"{name}_from"] for name in FIELDS if f"{name}_from" in fields},
            seen=None
            if weighed is None
            else {one["review"].uid: one["revision"] for one in weighed},
        )
        names = {"slug": self.project.slug, "uid": made.uid}
        return self.created(self.rows().get(pk=made.pk), "api-adjudication", names)


class VerdictViewSet(_Decided):
    """What the project says of its claims, and what it said before."""

    queryset = Verdict.objects.none()
    serializer_class = VerdictOut
    filterset_class = VerdictFilters
    orders = BY_TIMES

    def rows(self) -> QuerySet:
        """Return the verdicts, with the evidence that the caller may see."""
        evidence = VerdictEvidence.objects.visible_to(self.user).select_related("evidence")
        reviews = VerdictReview.objects.select_related("review__reviewer")
        return (
            Verdict.objects.visible_to(self.user)
            .filter(project=self.project)
            .select_related("claim", "created_by", "ended_by", "adjudication", "supersedes")
            .prefetch_related(
                Prefetch("evidence", evidence, "seen_evidence"), Prefetch("basis", reviews)
            )
        )

    @listing(VerdictOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List verdicts, those that ended too."""
        return super().list(request, **kwargs)

    @retrieving(VerdictOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read a verdict."""
        return super().retrieve(request, **kwargs)

    @creating(VerdictIn, VerdictOut)
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Publish what a claim's reviews agree in, or what was adjudicated."""
        check_role(self.role, self.project, NEEDED[Act.PUBLISH])
        fields = self.checked(VerdictIn)
        check_publish_verdict(self.user, fields["claim"])
        return self._made(services.verdict_publish(actor=self.user, **fields))

    @replacing(SupersedeIn, VerdictOut)
    @idempotent
    def supersede(self, request: Request, **kwargs: Any) -> Response:
        """Publish another in its place; it stays readable, with the correction note."""
        verdict = self._to_change()
        fields = self.checked(SupersedeIn)
        revision = self.revision_seen(verdict)
        made = services.verdict_supersede(
            actor=self.user, verdict=verdict, revision=revision, **fields
        )
        return self._made(made)

    @changing(RescindIn, VerdictOut)
    def rescind(self, request: Request, **kwargs: Any) -> Response:
        """Take it back in public; it stays readable, with the correction note."""
        verdict = self._to_change()
        note = self.checked(RescindIn)["correction_note"]
        revision = self.revision_seen(verdict)
        services.verdict_rescind(
            actor=self.user, verdict=verdict, revision=revision, correction_note=note
        )
        return self.answer(self.find())

    def _to_change(self) -> Verdict:
        verdict: Verdict = self.find()
        check_publish_verdict(self.user, verdict.claim)
        return verdict

    def _made(self, verdict: Verdict) -> Response:
        names = {"slug": self.project.slug, "uid": verdict.uid}
        return self.created(self.rows().get(pk=verdict.pk), "api-verdict", names)


class ClaimPublicationView(ClaimViewSet):
    """Where a claim stands on its way to a verdict."""

    tag = "verdicts"

    @reading(PublicationOut)
    def publication(self, request: Request, **kwargs: Any) -> Response:
        """Say what is missing before the claim can be published, and by whom."""
        judging = judging_of(self.find(), self.user)
        body = {
            "stage": judging.stage,
            "missing": missing_of(judging),
            "acts": [act.value for act in judging.acts_of(self.role)],
            "verdict": judging.verdict.uid if judging.verdict else None,
        }
        return Response(PublicationOut(body).data)

    @changing(ReasonIn, ClaimOut)
    def reopen(self, request: Request, **kwargs: Any) -> Response:
        """Have a published claim judged anew; its verdict stands meanwhile, with a mark."""
        claim = self.find()
        check_reopen_claim(self.user, claim)
        revision = self.revision_seen(claim)
        reason = self.checked(ReasonIn).get("reason", "")
        services.claim_reopen(actor=self.user, claim=claim, reason=reason, revision=revision)
        return self.answer(self.find())
