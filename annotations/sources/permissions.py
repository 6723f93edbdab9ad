"""Who may add and change sources."""

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.projects import permissions
from annotations.projects.models import Project
from annotations.sources.models import Source


def check_add_source(user: User, project: Project) -> None:
    """Raise Refused unless the person may add sources to the project."""
    permissions.check(user, project, Permission.ANNOTATE)


def check_edit_source(user: User, source: Source) -> None:
    """Raise Refused unless the person may change the source: locked ones need a moderator."""
    permissions.check_edit_row(user, source)
