"""When a statement is withdrawn: which verdicts rest on it, who looks at them again, and how."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.audit.context import context
from annotations.claims.models import Attribution, Claim
from annotations.lib.errors import Conflict, InvalidInput
from annotations.lib.text import normalise
from annotations.lifecycle import choices
from annotations.lifecycle.models import LifecycleEvent, LookAgain
from annotations.notifications.kinds import Kind
from annotations.notifications.services import notify
from annotations.projects.editing import REASON_LENGTH, check_length, lock_row, write_changes
from annotations.projects.members import people_with
from annotations.projects.models import LookAgainPolicy, Project
from annotations.statements.models import Statement
from annotations.verification.verdicts.models import Verdict

GROUPS = (choices.EventGroup.WITHDRAWAL, choices.EventGroup.REMOVAL)
# How sure it takes to be: what one outlet alone reports does not call verdicts in doubt.
SURE = (choices.Standing.CORROBORATED, choices.Standing.PROVEN)


def claims_resting_on(statement: Statement) -> QuerySet[Claim]:
    """Return the kept claims that rest on the statement, by a hop of a kept mention or directly."""
    hops = Attribution.objects.filter(
        statement=statement, mention__isnull=False, mention__discarded_at__isnull=True
    )
    resting = Q(statement=statement) | Q(pk__in=hops.values("mention__claim"))
    return Claim.objects.kept().filter(resting)


def _knocks_on(event: LifecycleEvent, standing: str) -> bool:
    """Say whether verdicts that rest on the event's statement are to be looked at again."""
    is_withdrawn = choices.GROUP_OF[event.type] in GROUPS
    return event.statement_id is not None and is_withdrawn and standing in SURE


def claims_hold(event: LifecycleEvent, standing: str) -> None:
    """Lock the claims whose verdicts `looks_again_open` is about to read; nothing for others.

    A verdict that is being published at this moment is waited for, and found. To be called before
    the statement is locked: whoever changes a claim locks that first too.
    """
    if event.statement is not None and _knocks_on(event, standing):
        rows = claims_resting_on(event.statement).order_by("pk").values_list("pk", flat=True)
        list(rows.select_for_update(of=("self",), no_key=True))


def looks_again_open(*, actor: User, event: LifecycleEvent, standing: str) -> list[LookAgain]:
    """List the current verdicts that rest on what the event withdrew; return the new ones.

    Called in the transaction of the assessment, with the statement locked. Nothing where the
    event is of another group, of an article, or not sure enough; a claim is listed once while the
    event stays sure, however often that is assessed, and anew where it is sure again after it was
    not. Tells whom each is given to, else all who may decide.
    """
    if event.statement is None or not _knocks_on(event, standing):
        return []
    listed = _listed_since_sure(event).values("claim")
    resting = claims_resting_on(event.statement).exclude(pk__in=listed)
    verdicts = list(
        Verdict.objects.current().filter(claim__in=resting).select_related("claim").order_by("pk")
    )
    if not verdicts:
        return []
    moderators = people_with(event.project_id, Permission.PUBLISH)
    assignees = _assignees(event.project, verdicts, moderators)
    rows = LookAgain.objects.bulk_create(
        LookAgain(
            project_id=event.project_id,
            event=event,
            claim=verdict.claim,
            verdict=verdict,
            assignee_id=assignee,
            created_by=actor,
        )
        for verdict, assignee in zip(verdicts, assignees, strict=True)
    )
    for row in rows:
        notify(
            project=event.project_id,
            recipients=moderators if row.assignee_id is None else [row.assignee_id],
            kind=Kind.LOOK_AGAIN,
            actor=actor,
            target=row.claim,
        )
    return rows


def _listed_since_sure(event: LifecycleEvent) -> QuerySet[LookAgain]:
    """Return what was listed since the event was last not sure, and what waits from before that.

    What was decided before that was decided of something that was refuted, or open.
    """
    rows = LookAgain.objects.filter(event=event)
    unsure = event.assessments.exclude(standing__in=SURE).order_by("-pk").first()
    if unsure is None:
        return rows
    waits = Q(pk__in=rows.in_state(choices.LookAgainState.OPEN).values("pk"))
    return rows.filter(waits | Q(created_at__gt=unsure.created_at))


def _assignees(
    project: Project, verdicts: Iterable[Verdict], moderators: set[int]
) -> list[int | None]:
    """Return who is to look at each verdict by the project's policy; None for nobody by name."""
    if project.look_again_policy == LookAgainPolicy.NOBODY:
        return [None for _verdict in verdicts]
    if project.look_again_policy == LookAgainPolicy.PUBLISHER:
        publishers = (one.created_by_id for one in verdicts)
        # Whoever may not publish any more cannot decide either.
        return [one if one in moderators else None for one in publishers]
    in_hand = dict.fromkeys(sorted(moderators), 0)
    waiting = LookAgain.objects.in_state(choices.LookAgainState.OPEN).filter(assignee__in=in_hand)
    counted = waiting.order_by().values("assignee").annotate(n=Count("pk"))
    in_hand |= {row["assignee"]: row["n"] for row in counted.filter(project=project)}
    given: list[int | None] = []
    for verdict in verdicts:
        others = [one for one in in_hand if one != verdict.created_by_id]
        chosen = min(others, key=lambda one: (in_hand[one], one), default=None)
        if chosen is not None:
            in_hand[chosen] += 1
        given.append(chosen)
    return given


def look_again_keep(
    *, actor: User, look_again: LookAgain, reason: str, revision: int | None = None
) -> LookAgain:
    """Keep a verdict as it is, knowing what was withdrawn, and say why.

    Conflict where that was decided before, or the verdict does not stand any more.
    """
    words = check_length(normalise(reason), REASON_LENGTH, "reason")
    if not words:
        raise InvalidInput(_("Say why the verdict stands nevertheless."), field="reason")
    with context(actor=actor, action="look_again.keep", reason=words):
        current = lock_row(look_again, revision)
        # A verdict that ends at the same moment waits for this, or this finds it ended.
        current.verdict = lock_row(current.verdict, None)
        if not current.is_open:
            raise Conflict(_("This was decided already."))
        write_changes(current, {"kept_at": timezone.now(), "kept_by": actor, "kept_reason": words})
    return current
