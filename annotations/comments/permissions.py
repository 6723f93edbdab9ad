"""Who may say what: reviewers and up comment; a comment is its author's alone."""

from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.claims.models import Claim
from annotations.comments.models import Comment
from annotations.lib.errors import Refused
from annotations.projects import permissions


def check_add_comment(user: User, claim: Claim) -> None:
    """Raise Refused unless the person may comment on the claim: on any that is not locked."""
    role = permissions.check(user, claim.project, Permission.ANNOTATE)
    permissions.check_not_locked(role, claim)


def check_reply_comment(user: User, comment: Comment) -> None:
    """Raise Refused unless the person may write in the comment's thread; a lock on it counts."""
    role = permissions.check(user, comment.project, Permission.ANNOTATE)
    permissions.check_not_locked(role, comment.claim)
    permissions.check_not_locked(role, comment.beginning)


def check_edit_comment(user: User, comment: Comment) -> None:
    """Raise Refused unless the comment is the person's own; moderators hide, they do not edit."""
    role = permissions.check(user, comment.project, Permission.ANNOTATE)
    permissions.check_not_locked(role, comment.claim)
    permissions.check_not_locked(role, comment)
    if comment.created_by_id != user.pk:
        raise Refused(
            _("Only who wrote a comment may change it or take it back. A moderator may hide it.")
        )


def check_resolve_comment(user: User, comment: Comment) -> None:
    """Raise Refused unless the person may resolve or reopen the thread: who may write in it."""
    check_reply_comment(user, comment)
