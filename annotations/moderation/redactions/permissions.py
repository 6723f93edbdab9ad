"""Who may ask for a redaction, and who may be the second to say yes."""

from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.accounts.roles import Role
from annotations.lib.errors import Refused
from annotations.moderation.redactions.models import WAITING, Redaction, State
from annotations.projects.models import Membership, Project


def check_ask_redaction(actor: User, project: Project) -> None:
    """Raise Refused unless the person is an admin of the project or an operator."""
    if not is_operator(actor) and not is_admin_of(actor, project):
        raise Refused(_("Only an admin of the project or an operator may ask for a redaction."))


def check_pseudonymise(actor: User, person: User) -> None:
    """Raise Refused unless an operator, or an admin of a project of theirs, asks of another."""
    if actor.pk == person.pk:
        raise Refused(_("Nobody pseudonymises themselves: ask an operator."))
    if person.is_system:
        raise Refused(_("The system account is no person."))
    if not is_operator(actor) and not shares_managed_project(actor, person):
        raise Refused(_("Only an operator or an admin of a project of theirs may ask for this."))


def check_confirm_redaction(actor: User, redaction: Redaction) -> None:
    """Raise Refused unless this person makes the two complete, with what was found before them."""
    asker = redaction.created_by
    if actor.pk == asker.pk:
        raise Refused(_("You asked for this: another person has to confirm it."))
    if actor.pk == redaction.person_id:
        raise Refused(_("Nobody pseudonymises themselves: ask an operator."))
    if not _are_two(asker, actor, redaction) and not _are_two(actor, asker, redaction):
        raise Refused(
            _("It takes an operator and an admin of the project: one asks, the other confirms.")
        )
    if redaction.state != State.FOUND:
        raise Refused(_("There is nothing to confirm now: %(state)s."), params=_state(redaction))


def check_stop_redaction(actor: User, redaction: Redaction) -> None:
    """Raise Refused unless the person may cancel it, choose its files or have it looked for again:
    whoever could have asked for it, before it is confirmed.
    """
    if redaction.project is not None:
        check_ask_redaction(actor, redaction.project)
    elif redaction.person is not None:
        check_pseudonymise(actor, redaction.person)
    if redaction.state not in WAITING:
        raise Refused(_("This is decided: %(state)s."), params=_state(redaction))


def is_operator(user: User) -> bool:
    """Say whether the person runs the installation."""
    return user.is_active and user.is_superuser


def is_admin_of(user: User, project: Project | None) -> bool:
    """Say whether the person is an admin of the project."""
    held = Membership.objects.filter(user=user, project=project, role=Role.ADMIN)
    return user.is_active and held.exists()


def shares_managed_project(user: User, person: User) -> bool:
    """Say whether the person belongs to a project that the user is an admin of."""
    theirs = Membership.objects.filter(user=person).values("project")
    held = Membership.objects.filter(user=user, role=Role.ADMIN, project__in=theirs)
    return user.is_active and held.exists()


def _are_two(operator: User, other: User, redaction: Redaction) -> bool:
    if not is_operator(operator):
        return False
    if redaction.person is not None:
        return is_operator(other) or shares_managed_project(other, redaction.person)
    return is_admin_of(other, redaction.project)


def _state(redaction: Redaction) -> dict[str, object]:
    return {"state": redaction.get_state_display()}
