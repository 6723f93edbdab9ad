"""Who may add and change statements."""

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.projects import permissions
from annotations.projects.models import Project
from annotations.statements.models import Statement


def check_add_statement(user: User, project: Project) -> None:
    """Raise Refused unless the person may add statements to the project."""
    permissions.check(user, project, Permission.ANNOTATE)


def check_edit_statement(user: User, statement: Statement) -> None:
    """Raise Refused unless the person may change the statement: locked ones need a moderator."""
    permissions.check_edit_row(user, statement)
