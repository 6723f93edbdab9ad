"""Who may set what a project judges by, and who may ask what was judged by an earlier version."""

from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.accounts.roles import Permission, role_allows
from annotations.lib.errors import Refused
from annotations.projects import permissions
from annotations.projects.models import Project


def check_manage_standards(user: User, project: Project) -> None:
    """Raise Refused unless the person manages the project, and it is not archived."""
    permissions.check(user, project, Permission.MANAGE)
    permissions.check_not_archived(project)


def check_see_older_reviews(user: User, project: Project) -> None:
    """Raise Refused unless the person's role judges claims, in an archived project too.

    Which reviews they find there is another matter: reviewers their own, whoever sees all, all.
    """
    if not role_allows(permissions.role_of(user, project), Permission.REVIEW):
        raise Refused(_("Readers judge no claims, so there is nothing here for you to judge anew."))
