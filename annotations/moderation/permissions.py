"""Who may hide, restore, lock and unlock: moderators of the project, and operators."""

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.projects.models import InProject
from annotations.projects.permissions import check, check_not_archived


def check_moderate_row(user: User, row: InProject) -> None:
    """Raise Refused unless the person may moderate `row`; an archived project stays as it is.

    Operators have no role in a project, but answer for what the installation shows.
    """
    if user.is_active and user.is_superuser:
        check_not_archived(row.project)
        return
    check(user, row.project, Permission.MODERATE)
