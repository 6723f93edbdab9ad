"""Reviews: judgements on claims, each its author's alone."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.accounts.roles import Permission
from annotations.api.etag import make_etag
from annotations.api.filters_judging import ReviewFilters
from annotations.api.idempotency import idempotent
from annotations.api.known_at import READING
from annotations.api.pagination import BY_TIMES
from annotations.api.schema import (
    changing,
    creating,
    discarding,
    listing,
    restoring,
    retrieving,
)
from annotations.api.serializers.claims import ClaimOut, ReasonIn
from annotations.api.serializers.reviews import ReviewChange, ReviewIn, ReviewOut
from annotations.api.serializers.trees import represent
from annotations.api.shown import show_claims
from annotations.api.views.base import ProjectViewSet
from annotations.claims.models import Claim
from annotations.projects.permissions import check_role
from annotations.verification.evidence.reading import with_what_they_rest_on
from annotations.verification.evidence.used import links_on
from annotations.verification.models import Review
from annotations.verification.permissions import check_edit_review, check_review_claim
from annotations.verification.services import (
    review_discard,
    review_restore,
    review_save,
    review_update,
)


class ReviewViewSet(ProjectViewSet):
    """The reviews of a project's claims, as far as its blindness shows them."""

    tag = "reviews"
    past_of = READING
    queryset = Review.objects.none()
    serializer_class = ReviewOut
    filterset_class = ReviewFilters
    orders = BY_TIMES

    def rows(self) -> QuerySet:
        """Return the reviews the caller may see."""
        rows = Review.objects.visible_to(self.user).filter(project=self.project)
        return with_what_they_rest_on(rows, self.user).select_related("discarded_by")

    def find(self) -> Any:
        """Return the review of the address; its claim knows the project."""
        review = super().find()
        review.claim.project = self.project
        return review

    def describe(self, row: Any) -> tuple[dict[str, Any], str]:
        """Return the review, or the claim where that is what has changed."""
        if not isinstance(row, Claim):
            return super().describe(row)
        shown = show_claims([row], self.user, self.sight)
        body = represent(ClaimOut, shown, self.get_serializer_context())[0]
        return body, make_etag(row.uid, row.revision, body)

    @listing(ReviewOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List reviews."""
        return super().list(request, **kwargs)

    @retrieving(ReviewOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read a review."""
        return super().retrieve(request, **kwargs)

    @creating(ReviewIn, ReviewOut)
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Judge a claim as it stands; your earlier review of the same content is changed."""
        check_role(self.role, self.project, Permission.REVIEW)
        fields = self.checked(ReviewIn)
        check_review_claim(self.user, fields["claim"])
        review = review_save(actor=self.user, **self._named(fields["claim"], fields))
        row = self.rows().get(pk=review.pk)
        names = {"slug": self.project.slug, "uid": row.uid}
        return self.created(row, "api-review", names, 201 if row.revision == 1 else 200)

    @changing(ReviewChange, ReviewOut)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change your own review; 409 once the claim has changed."""
        review = self.find()
        check_edit_review(self.user, review)
        revision = self.revision_seen(review)
        changes = self._named(review.claim, self.checked(ReviewChange))
        review_update(actor=self.user, review=review, revision=revision, **changes)
        return self.answer(self.find())

    def _named(self, claim: Claim, fields: dict[str, Any]) -> dict[str, Any]:
        """Return the fields as the service takes them: evidence by its links to the claim."""
        if "evidence" in fields:
            fields["evidence"] = links_on(claim, fields["evidence"], self.user)
        if "guideline" in fields:
            fields["guideline"] = fields["guideline"].pk
        return fields

    @discarding(ReviewOut)
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Take your own review back: it stays readable, with a mark, and never counts."""
        review = self.find()
        check_edit_review(self.user, review)
        revision = self.revision_seen(review)
        reason = request.query_params.get("reason", "")
        review_discard(actor=self.user, review=review, reason=reason, revision=revision)
        return self.answer(self.find())

    @restoring(ReasonIn, ReviewOut)
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Let your review stand again; one that stands stays as it is."""
        review = self.find()
        check_edit_review(self.user, review)
        reason = self.checked(ReasonIn).get("reason", "")
        review_restore(actor=self.user, review=review, reason=reason)
        return self.answer(self.find())
