"""Evidence as one viewer sees it: with its claims and what it is independent of, in two queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from annotations.accounts.models import User
from annotations.verification.evidence.models import (
    ClaimEvidence,
    Evidence,
    EvidenceIndependence,
)


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """A piece, and what was read beside it."""

    row: Evidence
    claims: list[ClaimEvidence]
    independence: list[dict[str, Any]]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)


def show_evidence(rows: Sequence[Evidence], viewer: User) -> list[ShownEvidence]:
    """Read what the pieces' answers name, the same number of queries for any number of them."""
    ids = [row.pk for row in rows]
    links = ClaimEvidence.objects.visible_to(viewer).filter(evidence__in=ids)
    # A merge leaves behind what the other claim had already.
    links = links.filter(claim__merged_into__isnull=True)
    claims: dict[int, list[ClaimEvidence]] = defaultdict(list)
    for link in links.select_related("claim", "discarded_by").order_by("id"):
        claims[link.evidence_id].append(link)
    marks = EvidenceIndependence.objects.visible_to(viewer)
    said: dict[int, list[dict[str, Any]]] = defaultdict(list)
    pairs = marks.filter(Q(first__in=ids) | Q(second__in=ids)).order_by("id")
    for one in pairs.select_related("first", "second"):
        for here, other in ((one.first, one.second), (one.second, one.first)):
            compared = {"evidence": other.uid, "independent": one.is_independent}
            said[here.pk].append(compared)
    return [ShownEvidence(row, claims.get(row.pk, []), said.get(row.pk, [])) for row in rows]
