"""Who may gather evidence: reviewers and up, for any claim; then ownership and locks."""

from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.accounts.roles import Permission, role_allows
from annotations.claims.marking import check_no_original
from annotations.claims.models import Claim
from annotations.lib.errors import Refused
from annotations.projects import permissions
from annotations.projects.models import Project
from annotations.verification.evidence.models import ClaimEvidence, Evidence


def check_add_evidence(user: User, project: Project) -> None:
    """Raise Refused unless the person may add evidence to the project."""
    permissions.check(user, project, Permission.ANNOTATE)


def check_attach_evidence(user: User, claim: Claim) -> None:
    """Raise Refused unless the person may add evidence to the claim: any that is not locked."""
    role = permissions.check(user, claim.project, Permission.ANNOTATE)
    permissions.check_not_locked(role, claim)
    check_no_original(
        claim,
        _(
            "This claim is marked in a round. Evidence is gathered for the shared claim that it"
            " goes into."
        ),
    )


def check_use_evidence(user: User, evidence: Evidence) -> None:
    """Raise Refused unless the person may say more of the evidence: any that is not locked."""
    permissions.check_edit_row(user, evidence)


def check_edit_evidence(user: User, evidence: Evidence) -> None:
    """Raise Refused unless the person may change the evidence.

    Another's needs the project's shared editing; a locked one needs a moderator.
    """
    role = permissions.check_edit_row(user, evidence)
    moderates = role_allows(role, Permission.MODERATE)
    is_own = evidence.created_by_id == user.pk
    if not is_own and not evidence.project.shared_editing and not moderates:
        raise Refused(
            _(
                "In this project people change their own evidence only. Ask its author or a"
                " moderator."
            )
        )


def check_discard_evidence(user: User, evidence: Evidence) -> None:
    """Raise Refused unless the evidence is the person's own, or they moderate."""
    role = permissions.check_edit_row(user, evidence)
    if evidence.created_by_id != user.pk and not role_allows(role, Permission.MODERATE):
        raise Refused(_("Only its author or a moderator may discard or restore evidence."))


def check_edit_link(user: User, link: ClaimEvidence) -> None:
    """Raise Refused unless the person may change what the evidence says of the claim.

    As for evidence: another's needs shared editing, and what is locked, at either end, a moderator.
    """
    role = _check_ends(user, link)
    moderates = role_allows(role, Permission.MODERATE)
    if link.created_by_id != user.pk and not link.claim.project.shared_editing and not moderates:
        raise Refused(
            _(
                "In this project people change their own evidence only. Ask its author or a"
                " moderator."
            )
        )


def check_discard_link(user: User, link: ClaimEvidence) -> None:
    """Raise Refused unless the person put the evidence on the claim, or they moderate."""
    role = _check_ends(user, link)
    if link.created_by_id != user.pk and not role_allows(role, Permission.MODERATE):
        raise Refused(
            _("Only who put it there or a moderator may take evidence off a claim or put it back.")
        )


def _check_ends(user: User, link: ClaimEvidence) -> str:
    role = permissions.check(user, link.claim.project, Permission.ANNOTATE)
    permissions.check_not_locked(role, link.claim)
    permissions.check_not_locked(role, link.evidence)
    return role
