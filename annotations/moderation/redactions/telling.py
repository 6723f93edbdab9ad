"""Telling who may be the second person, and the two how it ends; never what is redacted."""

from annotations.accounts.models import User
from annotations.accounts.roles import Role
from annotations.moderation.redactions.models import Redaction
from annotations.moderation.redactions.permissions import is_operator
from annotations.notifications.kinds import Kind
from annotations.notifications.services import notify
from annotations.projects.models import Membership


def tell_second(redaction: Redaction) -> None:
    """Tell that there is something to confirm: admins where an operator asked, and operators where
    an admin did; of a person, never that person. Whose account is asked about is told nothing.
    """
    asker, projects = redaction.created_by, _projects(redaction)
    admins = Membership.objects.filter(role=Role.ADMIN, project__in=projects)
    people: dict[int, int] = {}
    if is_operator(asker):
        people = dict(admins.values_list("user_id", "project_id"))
    if projects and (redaction.person is not None or admins.filter(user=asker).exists()):
        operators = User.objects.filter(is_superuser=True, is_active=True)
        for operator in operators.values_list("pk", flat=True):
            people.setdefault(operator, projects[0])
    people.pop(redaction.person_id or 0, None)
    _tell(people, Kind.REDACTION_ASKED, redaction, asker)


def tell_two(redaction: Redaction, *, actor: User | None, confirmer: int | None = None) -> None:
    """Tell who asked, and who confirmed, that it is done or cancelled, or changed meanwhile."""
    projects = _projects(redaction)
    if projects:
        two = [redaction.created_by_id, confirmer or redaction.confirmed_by_id]
        people = {one: _shared(one, projects) for one in two if one is not None}
        _tell(people, Kind.REDACTION_CHANGED, redaction, actor)


def _projects(redaction: Redaction) -> list[int]:
    """Return where it is asked for: the project, or all that the person belongs to."""
    if redaction.project_id is not None:
        return [redaction.project_id]
    theirs = Membership.objects.filter(user=redaction.person).order_by("project_id")
    return list(theirs.values_list("project_id", flat=True))


def _shared(person: int, projects: list[int]) -> int:
    """Return one of the projects that the person belongs to; the first for operators of none."""
    if len(projects) == 1:
        return projects[0]
    own = Membership.objects.filter(user=person, project__in=projects).order_by("project_id")
    return own.values_list("project_id", flat=True).first() or projects[0]


def _tell(people: dict[int, int], kind: Kind, redaction: Redaction, actor: User | None) -> None:
    for project in sorted(set(people.values())):
        notify(
            project=project,
            recipients=[one for one, where in people.items() if where == project],
            kind=kind,
            actor=actor,
            target=redaction,
            operators=True,
        )
