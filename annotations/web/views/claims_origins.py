"""Where a claim comes from that was marked in a round: who found it, and what became of it."""

from annotations.accounts.models import User
from annotations.claims.models import Claim
from annotations.verification.rounds.models import OriginalDecision


def origins_of(claim: Claim, viewer: User) -> dict[str, object]:
    """Return the originals that went into a shared claim; of an original, its round and decision.

    One query for a claim of the shared set.
    """
    decisions = OriginalDecision.objects.visible_to(viewer)
    if claim.round is None:
        found = decisions.filter(claim=claim).select_related("original__created_by", "round")
        return {"origins": list(found.order_by("original_id"))}
    decision = decisions.filter(original=claim).select_related("claim", "created_by").first()
    return {"marked_in": claim.round, "decision": decision}
