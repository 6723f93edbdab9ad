"""Who may export."""

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.projects.models import Project
from annotations.projects.permissions import check


def check_export_project(user: User, project: Project) -> None:
    """Raise Refused unless the person's role lets them export the project."""
    check(user, project, Permission.EXPORT)
