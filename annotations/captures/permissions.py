"""Who may have pages captured."""

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.projects.models import Project
from annotations.projects.permissions import check


def check_take_capture(user: User, project: Project) -> None:
    """Raise Refused unless the person may have an address fetched for the project."""
    check(user, project, Permission.ANNOTATE)
