"""Who may change which claim: the role, then ownership, then the row's state."""

from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.accounts.roles import Permission, role_allows
from annotations.articles.models import ArticleVersion
from annotations.claims.marking import check_changes_original
from annotations.claims.models import Claim, Mention
from annotations.lib.errors import Refused
from annotations.projects import permissions
from annotations.projects.models import Project


def check_add_claim(user: User, project: Project) -> None:
    """Raise Refused unless the person may add claims to the project."""
    permissions.check(user, project, Permission.ANNOTATE)


def check_mark_text(user: User, version: ArticleVersion) -> None:
    """Raise Refused unless the person may mark claims in the text: a lock on its article counts."""
    permissions.check_edit_row(user, version.article)


def check_edit_claim(user: User, claim: Claim) -> None:
    """Raise Refused unless the person may change the claim and its mentions.

    Another's claim needs the project's shared editing; a locked one needs a moderator.
    """
    role = permissions.check(user, claim.project, Permission.ANNOTATE)
    permissions.check_not_locked(role, claim)
    check_changes_original(user, claim)
    moderates = role_allows(role, Permission.MODERATE)
    if claim.created_by_id != user.pk and not claim.project.shared_editing and not moderates:
        raise Refused(
            _("In this project people change their own claims only. Ask its author or a moderator.")
        )


def check_discard_claim(user: User, claim: Claim) -> None:
    """Raise Refused unless the claim is the person's own, or they moderate."""
    role = permissions.check(user, claim.project, Permission.ANNOTATE)
    permissions.check_not_locked(role, claim)
    check_changes_original(user, claim)
    if claim.created_by_id != user.pk and not role_allows(role, Permission.MODERATE):
        raise Refused(_("Only its author or a moderator may discard or restore a claim."))


def check_add_mention(user: User, claim: Claim) -> None:
    """Raise Refused unless the person may add a mention: to any claim that is not locked."""
    role = permissions.check(user, claim.project, Permission.ANNOTATE)
    permissions.check_not_locked(role, claim)
    check_changes_original(user, claim)


def check_edit_mention(user: User, mention: Mention) -> None:
    """Raise Refused unless the person may change the claim, and mark in the mention's article."""
    check_edit_claim(user, mention.claim)
    permissions.check_edit_row(user, mention.article)


def check_decide_placement(user: User, mention: Mention) -> None:
    """Raise Refused unless the person may say where the mention stands in a later version: whoever
    may move it in its own.
    """
    check_edit_mention(user, mention)
