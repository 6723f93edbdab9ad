"""Claims of a project."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.accounts.roles import Permission
from annotations.api.errors import within
from annotations.api.filters import ClaimFilters
from annotations.api.idempotency import idempotent
from annotations.api.pagination import BY_ID, BY_ID_DOWN, Order, by_time
from annotations.api.quotes import check_exact
from annotations.api.schema import changing, creating, discarding, listing, restoring, retrieving
from annotations.api.serializers.claims import ClaimChange, ClaimIn, ClaimOut, ReasonIn
from annotations.api.serializers.hops import read_hops
from annotations.api.shown import show_claims
from annotations.api.views.base import ProjectViewSet
from annotations.audit.context import context
from annotations.claims.models import Claim
from annotations.claims.permissions import check_add_claim, check_discard_claim, check_edit_claim
from annotations.claims.services import claim_discard, claim_restore, claim_update, mention_add
from annotations.projects.editing import lock_row
from annotations.projects.permissions import check_role
from annotations.verification.services import claim_create_judged

OWN_FIELDS = frozenset(ClaimIn().fields) - {"mentions"}


def mention_arguments(mention: dict[str, Any]) -> dict[str, Any]:
    """Return a validated mention as the services take it; proves its quotes first."""
    if "exact" in mention:
        check_exact(mention["version"], mention["ranges"], mention["exact"])
    return {
        "version": mention["version"],
        "ranges": mention["ranges"],
        "hops": read_hops(mention.get("attributions", [])),
        "exact": not mention.get("snap", True),
    }


class ClaimViewSet(ProjectViewSet):
    """The claims of a project, each with its mentions and their chains."""

    tag = "claims"
    queryset = Claim.objects.none()
    serializer_class = ClaimOut
    filterset_class = ClaimFilters
    can_be_hidden = True
    orders = {
        "-created": BY_ID_DOWN,
        "created": BY_ID,
        "-updated": by_time("updated_at", descending=True),
        "updated": by_time("updated_at"),
        "-number": Order("number", descending=True),
        "number": Order("number"),
        "-priority": Order("priority", descending=True),
        "priority": Order("priority"),
    }

    def rows(self) -> QuerySet:
        """Return the claims the caller may see; discarded ones carry a mark."""
        return (
            Claim.objects.visible_to(self.user)
            .filter(project=self.project)
            .select_related("created_by", "discarded_by", "statement", "translation_of")
        )

    def show(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Return the claims with everything their answers name."""
        shown, ranges = show_claims(rows, self.user, self.sight)
        names = {**self.get_serializer_context(), "ranges": ranges}
        return list(ClaimOut(shown, many=True, context=names).data)

    @listing(ClaimOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List claims."""
        return super().list(request, **kwargs)

    @retrieving(ClaimOut, hideable=True)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read a claim."""
        return super().retrieve(request, **kwargs)

    @creating(ClaimIn, ClaimOut)
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Add a claim with its mentions, their chains and your label, in one go."""
        check_add_claim(self.user, self.project)
        fields = self.checked(ClaimIn)
        if "label" in fields:
            check_role(self.role, self.project, Permission.REVIEW)
        claim = self._create(fields)
        names = {"slug": self.project.slug, "uid": claim.uid}
        return self.created(claim, "api-claim", names)

    def _create(self, fields: dict[str, Any]) -> Claim:
        actor, mentions = self.user, fields.pop("mentions", [])
        with context(actor=actor, action="claim.create"):
            with within("mentions", 0, beside=OWN_FIELDS):
                first = mention_arguments(mentions[0]) if mentions else {}
                claim = claim_create_judged(actor=actor, project=self.project, **fields, **first)
            for n, mention in enumerate(mentions[1:], start=1):
                with within("mentions", n):
                    mention_add(actor=actor, claim=claim, **mention_arguments(mention))
        # A further mention has counted the claim's revision up.
        return claim if len(mentions) < 2 else self.rows().get(pk=claim.pk)

    @changing(ClaimChange, ClaimOut)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change a claim's own fields; a changed text makes earlier reviews stale."""
        claim = self.find()
        check_edit_claim(self.user, claim)
        revision = self.revision_seen(claim)
        changes = self.checked(ClaimChange, partial=True)
        claim_update(actor=self.user, claim=claim, revision=revision, **changes)
        return self.answer(self.find())

    @discarding(ClaimOut)
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Discard a claim: it stays readable, with a mark, and can be restored."""
        claim = self.find()
        check_discard_claim(self.user, claim)
        revision = self.revision_seen(claim)
        with transaction.atomic():
            lock_row(claim, revision)
            reason = request.query_params.get("reason", "")
            claim_discard(actor=self.user, claim=claim, reason=reason)
        return self.answer(self.find())

    @restoring(ReasonIn, ClaimOut)
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Restore a discarded claim; one that stands stays as it is."""
        claim = self.find()
        check_discard_claim(self.user, claim)
        fields = self.checked(ReasonIn)
        claim_restore(actor=self.user, claim=claim, reason=fields.get("reason", ""))
        return self.answer(self.find())
