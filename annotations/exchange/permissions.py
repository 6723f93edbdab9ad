"""Who may export, and have a proof bundle made."""

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.lifecycle.models import LifecycleEvent
from annotations.projects.models import Project
from annotations.projects.permissions import check


def check_export_project(user: User, project: Project) -> None:
    """Raise Refused unless the person's role lets them export the project."""
    check(user, project, Permission.EXPORT)


def check_make_bundle(user: User, event: LifecycleEvent) -> None:
    """Raise Refused unless the person's role lets them take what they see of an event elsewhere."""
    check(user, event.project, Permission.EXPORT)
