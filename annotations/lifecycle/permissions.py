"""Who may record and assess events."""

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.articles.models import Article
from annotations.lifecycle.models import LifecycleEvent, LookAgain
from annotations.projects import permissions
from annotations.statements.models import Statement


def check_record_event(user: User, subject: Statement | Article) -> None:
    """Raise Refused unless the person may record an event on the statement or article."""
    permissions.check_edit_row(user, subject)


def check_assess_event(user: User, event: LifecycleEvent) -> None:
    """Raise Refused unless the person may say how sure we are of the event."""
    role = permissions.check(user, event.project, Permission.ANNOTATE)
    if hasattr(event, "moderation"):
        permissions.check_not_locked(role, event.moderation)
    if event.statement is not None:
        permissions.check_not_locked(role, event.statement)
    if event.article is not None:
        permissions.check_not_locked(role, event.article)


def check_decide_look_again(user: User, look_again: LookAgain) -> None:
    """Raise Refused unless the person may say that a verdict stands nevertheless: whoever may
    correct or rescind it, its publisher too.
    """
    permissions.check(user, look_again.project, Permission.PUBLISH)
