"""Who may judge: reviewers and up, and a review is its author's alone."""

from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.claims.marking import check_changes_original
from annotations.claims.models import Claim
from annotations.lib.errors import Refused
from annotations.projects import permissions
from annotations.projects.models import Project
from annotations.verification.models import Review


def check_review_claim(user: User, claim: Claim) -> None:
    """Raise Refused unless the person may judge the claim."""
    role = permissions.check(user, claim.project, Permission.REVIEW)
    permissions.check_not_locked(role, claim)
    check_changes_original(user, claim)


def check_edit_review(user: User, review: Review) -> None:
    """Raise Refused unless the review is the person's own."""
    check_review_claim(user, review.claim)
    if review.reviewer_id != user.pk:
        raise Refused(_("A review can be changed by its author only."))


def check_see_agreement(user: User, project: Project) -> None:
    """Raise Refused unless the person sees every review: the numbers tell of all of them.

    Reviewers are not shown even those of their own pairs: from how often one agreed with somebody
    one can tell what that person said before it is revealed.
    """
    if not permissions.can(user, project, Permission.SEE_ALL_REVIEWS):
        raise Refused(
            _(
                "Only moderators and admins may see how far reviewers agree: the numbers tell of"
                " judgements that are not revealed yet."
            )
        )
