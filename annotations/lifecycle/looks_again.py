"""What was withdrawn beneath the verdicts that stand, for marks beside claims."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import OuterRef, Subquery

from annotations.accounts.models import User
from annotations.audit.known_at import is_past
from annotations.lifecycle.choices import Standing
from annotations.lifecycle.models import EventAssessment, LookAgain
from annotations.verification.verdicts.models import VerdictState


def looks_again_by_claim(claim_ids: Iterable[int], viewer: User) -> dict[int, list[LookAgain]]:
    """Return what is, or was, to be looked at again of each claim's current verdict: open or kept,
    as far as the viewer may see it; one query. Not what waits though its event was refuted since:
    that the claim rests on something withdrawn is not so.

    Of the past there is nothing: what is to be done is done now.
    """
    if is_past():
        return {}
    found: dict[int, list[LookAgain]] = defaultdict(list)
    rows = LookAgain.objects.visible_to(viewer).filter(
        claim__in=list(claim_ids), verdict__state=VerdictState.CURRENT
    )
    latest = EventAssessment.objects.filter(event=OuterRef("event")).order_by("-id")
    standing = Subquery(latest.values("standing")[:1])
    rows = rows.annotate(standing=standing).exclude(kept_at__isnull=True, standing=Standing.REFUTED)
    for one in rows.select_related("event", "verdict", "kept_by").order_by("pk"):
        found[one.claim_id].append(one)
    return found
