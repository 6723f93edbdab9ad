"""What was withdrawn beneath the verdicts that stand, for marks beside claims."""

from collections import defaultdict
from collections.abc import Iterable

from annotations.accounts.models import User
from annotations.audit.known_at import is_past
from annotations.lifecycle.models import LookAgain
from annotations.verification.verdicts.models import VerdictState


def looks_again_by_claim(claim_ids: Iterable[int], viewer: User) -> dict[int, list[LookAgain]]:
    """Return what is, or was, to be looked at again of each claim's current verdict: open or kept,
    as far as the viewer may see it; one query.

    Of the past there is nothing: what is to be done is done now.
    """
    if is_past():
        return {}
    found: dict[int, list[LookAgain]] = defaultdict(list)
    rows = LookAgain.objects.visible_to(viewer).filter(
        claim__in=list(claim_ids), verdict__state=VerdictState.CURRENT
    )
    for one in rows.select_related("event", "verdict", "kept_by").order_by("pk"):
        found[one.claim_id].append(one)
    return found
