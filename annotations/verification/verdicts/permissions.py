"""Who may decide what of a claim: by the table of acts; who took a side is for the services."""

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.claims.models import Claim
from annotations.projects import permissions
from annotations.verification.transitions import Act

# What the role must carry; `transitions.LEAST` says the same, and a test that it does.
NEEDED: dict[Act, Permission] = {
    Act.REVIEW: Permission.REVIEW,
    Act.CHANGE: Permission.ANNOTATE,
    Act.ADJUDICATE: Permission.PUBLISH,
    Act.PUBLISH: Permission.PUBLISH,
    Act.SUPERSEDE: Permission.PUBLISH,
    Act.RESCIND: Permission.PUBLISH,
    Act.REOPEN: Permission.PUBLISH,
}


def check_adjudicate_claim(user: User, claim: Claim) -> None:
    """Raise Refused unless the person may adjudicate disputes."""
    permissions.check(user, claim.project, NEEDED[Act.ADJUDICATE])


def check_publish_verdict(user: User, claim: Claim) -> None:
    """Raise Refused unless the person may publish, supersede and rescind verdicts."""
    permissions.check(user, claim.project, NEEDED[Act.PUBLISH])


def check_reopen_claim(user: User, claim: Claim) -> None:
    """Raise Refused unless the person may have a published claim judged anew."""
    permissions.check(user, claim.project, NEEDED[Act.REOPEN])
