"""Placements: where mentions stand in later versions, and what people decide about that."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.filters_placements import PlacementFilters
from annotations.api.known_at import READING
from annotations.api.pagination import BY_TIMES
from annotations.api.quotes import check_exact
from annotations.api.schema import changing, listing, retrieving
from annotations.api.serializers.placements import PlacementChange, PlacementOut
from annotations.api.serializers.trees import represent
from annotations.api.shown import read_ranges
from annotations.api.shown_placements import span_ids, with_ranges
from annotations.api.views.base import ProjectViewSet
from annotations.claims.permissions import check_decide_placement
from annotations.claims.placements.models import MentionPlacement
from annotations.claims.placements.services import (
    placement_confirm,
    placement_mark_gone,
    placement_select,
)


class PlacementViewSet(ProjectViewSet):
    """Where the mentions of a project stand in later versions of their articles."""

    tag = "claims"
    past_of = READING
    queryset = MentionPlacement.objects.none()
    serializer_class = PlacementOut
    filterset_class = PlacementFilters
    orders = BY_TIMES

    def rows(self) -> QuerySet:
        """Return the placements of kept mentions that the caller may see."""
        rows = MentionPlacement.objects.visible_to(self.user).filter(project=self.project)
        near = ("mention__claim__round", "mention__article", "version", "decided_by")
        return rows.kept().select_related(*near).defer("version__text")

    def show(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Return the placements with their ranges; one query more."""
        shown = with_ranges(rows, read_ranges(span_ids(rows)))
        return represent(PlacementOut, shown, self.get_serializer_context())

    def find(self) -> Any:
        """Return the placement of the address; what it is about knows the project."""
        row = super().find()
        row.version.project = row.mention.project = self.project
        row.mention.claim.project = row.mention.article.project = self.project
        return row

    @listing(PlacementOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List placements: of a version, and in a state, if asked."""
        return super().list(request, **kwargs)

    @retrieving(PlacementOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read a placement."""
        return super().retrieve(request, **kwargs)

    @changing(PlacementChange, PlacementOut)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Decide where the mention stands; the same decision once more changes nothing."""
        row = self.find()
        check_decide_placement(self.user, row.mention)
        fields, revision = self.checked(PlacementChange), self.revision_seen(row)
        decision = fields.pop("decision")
        if decision == "select":
            self._select(row, revision, fields)
        elif decision == "confirm":
            placement_confirm(actor=self.user, placement=row, revision=revision)
        else:
            reason = fields.get("reason", "")
            placement_mark_gone(actor=self.user, placement=row, revision=revision, reason=reason)
        return self.answer(self.find())

    def _select(self, row: MentionPlacement, revision: int, fields: dict[str, Any]) -> None:
        ranges = fields.get("ranges", [])
        if "exact" in fields:
            check_exact(row.version, ranges, fields["exact"])
        placement_select(
            actor=self.user,
            placement=row,
            revision=revision,
            ranges=ranges,
            exact=not fields.get("snap", True),
        )
