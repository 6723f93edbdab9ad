"""Claims of a project."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.accounts.roles import Permission
from annotations.api.errors import within
from annotations.api.filters import ClaimFilters
from annotations.api.idempotency import idempotent
from annotations.api.known_at import READING
from annotations.api.pagination import BY_TIMES, Order
from annotations.api.quotes import check_exact
from annotations.api.schema import changing, creating, discarding, listing, restoring, retrieving
from annotations.api.serializers.claims import ClaimChange, ClaimIn, ClaimOut, ReasonIn
from annotations.api.serializers.hops import IN_HOPS, read_hops
from annotations.api.serializers.trees import represent
from annotations.api.shown import ShownClaim, show_claims, show_new_claim
from annotations.api.views.base import ProjectViewSet
from annotations.audit.context import context
from annotations.claims.models import Claim
from annotations.claims.permissions import (
    check_add_claim,
    check_discard_claim,
    check_edit_claim,
    check_mark_text,
)
from annotations.claims.services import claim_discard, claim_restore, claim_update, mention_add
from annotations.planned import IsOneOf, Planned, Slot
from annotations.projects.editing import lock_row
from annotations.projects.permissions import check_role
from annotations.verification.services import claim_create_judged

OWN_FIELDS = frozenset(ClaimIn().fields) - {"mentions"}


SHOWN_WITH = (
    "created_by",
    "discarded_by",
    "statement",
    "translation_of",
    "round",
    "merged_into",
)


@Planned
def _claims(keys: Slot) -> QuerySet[Claim]:
    return Claim.objects.filter(IsOneOf("pk", keys)).select_related(*SHOWN_WITH).order_by()


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
    past_of = READING
    queryset = Claim.objects.none()
    serializer_class = ClaimOut
    filterset_class = ClaimFilters
    can_be_hidden = True
    finds_keys_first = True
    orders = {
        **BY_TIMES,
        "-number": Order("number", descending=True),
        "number": Order("number"),
        "-priority": Order("priority", descending=True),
        "priority": Order("priority"),
    }

    # What this very request has made is shown without reading it again.
    _new: ShownClaim | None = None

    def rows(self) -> QuerySet:
        """Return the claims the caller may see; discarded ones carry a mark.

        A list holds no originals of rounds but the caller's own, unless it asks for a round's.
        """
        claims = Claim.objects.filter(project=self.project)
        is_listed = self.action == "list" and "round" not in self.request.query_params
        claims = claims.listed_to(self.user) if is_listed else claims.visible_to(self.user)
        return claims.select_related(*SHOWN_WITH)

    def rows_by_key(self, keys: list[int]) -> Iterable[Any]:
        """Return, in any order, claims that were just found in `rows`."""
        return _claims(keys)

    def show(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Return the claims with everything their answers name."""
        shown = [self._new] if self._new else show_claims(rows, self.user, self.sight)
        return represent(ClaimOut, shown, self.get_serializer_context())

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
        for version in {mention["version"] for mention in fields.get("mentions", [])}:
            check_mark_text(self.user, version)
        if "label" in fields:
            check_role(self.role, self.project, Permission.REVIEW)
        claim = self._create(fields, fields.pop("mentions", []))
        names = {"slug": self.project.slug, "uid": claim.uid}
        return self.created(claim, "api-claim", names)

    def _create(self, fields: dict[str, Any], mentions: Sequence[dict[str, Any]]) -> Claim:
        with context(actor=self.user, action="claim.create"):
            with within("mentions", 0, beside=OWN_FIELDS, parts=IN_HOPS):
                first = mention_arguments(mentions[0]) if mentions else {}
                claim = claim_create_judged(
                    actor=self.user, project=self.project, **fields, **first
                )
            for n, mention in enumerate(mentions[1:], start=1):
                with within("mentions", n, parts=IN_HOPS):
                    mention_add(actor=self.user, claim=claim, **mention_arguments(mention))
        if len(mentions) > 1:  # Each further one has counted the claim's revision up.
            return self.rows().get(pk=claim.pk)
        self._new = show_new_claim(claim, self.user, self.sight, judged="label" in fields)
        return claim

    @changing(ClaimChange, ClaimOut)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change a claim's own fields; a changed text makes earlier reviews stale."""
        claim = self.find()
        check_edit_claim(self.user, claim)
        revision = self.revision_seen(claim)
        changes = self.checked(ClaimChange)
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
