"""Who takes work, who gives it out, and who hands it back."""

from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.accounts.roles import Permission, Role, role_allows
from annotations.lib.errors import InvalidInput, Refused
from annotations.projects import permissions
from annotations.projects.models import Project
from annotations.verification.assignments.models import Assignment


def check_take_work(user: User, project: Project) -> Role:
    """Raise Refused unless the person may ask the queue for work: reviewers and up."""
    return permissions.check(user, project, Permission.REVIEW)


def check_assign_work(user: User, project: Project) -> Role:
    """Raise Refused unless the person may give work out, send it back or withdraw it."""
    return permissions.check(user, project, Permission.MODERATE)


def check_work_on_assignment(user: User, assignment: Assignment) -> None:
    """Raise Refused unless the work is the person's own: to keep it, or to hand it back."""
    permissions.check(user, assignment.project, Permission.REVIEW)
    if assignment.assignee_id != user.pk:
        raise Refused(_("This is somebody else's work: only they can hand it back."))


def check_can_be_assigned(user: User, project: Project) -> Role:
    """Return the role of somebody who is to be given work; InvalidInput unless they may do it."""
    role = permissions.role_of(user, project)
    if role is None or not role_allows(role, Permission.REVIEW):
        raise InvalidInput(
            _("%(name)s cannot be given work here: that takes the role Reviewer or above."),
            field="assignee",
            params={"name": user.display_name},
        )
    return role
