"""Which verdicts wait to be looked at again, for marks beside claims."""

from collections import defaultdict
from collections.abc import Iterable

from annotations.accounts.models import User
from annotations.audit.known_at import is_past
from annotations.lifecycle.choices import LookAgainState
from annotations.lifecycle.models import LookAgain


def waiting_by_claim(claim_ids: Iterable[int], viewer: User) -> dict[int, list[LookAgain]]:
    """Return what waits of each claim, as far as the viewer may see it; one query.

    Of the past nothing waits: what is to be done is done now.
    """
    if is_past():
        return {}
    found: dict[int, list[LookAgain]] = defaultdict(list)
    rows = LookAgain.objects.visible_to(viewer).in_state(LookAgainState.OPEN)
    for one in rows.filter(claim__in=list(claim_ids)).select_related("event").order_by("pk"):
        found[one.claim_id].append(one)
    return found
