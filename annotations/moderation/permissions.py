"""Who may hide, restore, lock and unlock: moderators of the project, and operators."""

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.projects.models import InProject, Project
from annotations.projects.permissions import check_not_archived, check_role, role_of


def check_moderate_row(user: User, row: InProject) -> None:
    """Raise Refused unless the person may moderate `row`."""
    check_moderate(user, role_of(user, row.project), row.project)


def check_moderate(user: User, role: str | None, project: Project) -> None:
    """Raise Refused unless the person, who has `role`, may moderate rows of `project`; no query.

    Operators have no role in a project, but answer for what the installation shows. An archived
    project stays as it is.
    """
    if user.is_active and user.is_superuser:
        check_not_archived(project)
        return
    check_role(role, project, Permission.MODERATE)


def check_flag(user: User, project: Project) -> None:
    """Raise Refused unless the person may ask moderators to look: everybody in the project.

    What they ask about has to be something they see; a lock does not matter.
    """
    check_role(role_of(user, project), project, Permission.READ)
    check_not_archived(project)


def check_decide_flag(user: User, flag: InProject) -> None:
    """Raise Refused unless the person may decide the flag: moderators, as for hiding."""
    check_moderate_row(user, flag)


def check_merge_rows(user: User, row: InProject) -> None:
    """Raise Refused unless the person may merge the row into another: moderators."""
    check_moderate_row(user, row)
