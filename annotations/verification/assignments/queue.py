"""The queue: what comes next for me, for how long it is mine, and what becomes of it then."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.accounts.roles import Permission, role_allows
from annotations.articles.models import Article, MarkingState
from annotations.audit.context import context
from annotations.claims.models import Claim
from annotations.lib.errors import Conflict
from annotations.projects.editing import check_choice, write_changes
from annotations.projects.models import Membership, Project
from annotations.projects.permissions import role_of
from annotations.verification.assignments.models import (
    UNFINISHED,
    Assignment,
    AssignmentState,
)
from annotations.verification.assignments.places import (
    Asking,
    article_fits,
    article_to_hand,
    claim_fits,
    claim_to_hand,
)

# Long enough to read a source without touching the page, short enough to wait for.
LEASE = timedelta(minutes=20)
KINDS = ("claim", "article")
# How often the queue is asked anew where others are faster; then it waits its turn.
_TRIES = 20


def queue_next(*, actor: User, project: Project, kind: str = "claim") -> Assignment | None:
    """Hand the actor the next claim or article, leased to them; None where nothing is left.

    What they have in hand already comes first again, what was sent back before all else.
    """
    check_choice(kind, list(KINDS), "kind")
    queue_settle(project=project, but=actor)
    with context(actor=actor, action="queue.next"):
        # One person asking twice at once waits here, and is handed the same both times.
        Membership.objects.select_for_update(no_key=True).filter(
            project=project, user=actor
        ).first()
        asking = _asking(actor, project)
        found = _mine_first(asking, kind)
        if found is None:
            found = _take(asking, kind)
    return found


def assignment_renew(*, actor: User, assignment: Assignment) -> datetime:
    """Move the end of the lease on, and return it: the person is still at work.

    Conflict when the work is finished, or when the lease ran out and somebody has taken the place.
    """
    with context(actor=actor, action="assignment.renew"):
        _lock_subject(assignment)
        current = Assignment.objects.select_for_update().get(pk=assignment.pk)
        if not current.is_unfinished:
            raise Conflict(_("This work is finished, or was given to somebody else."))
        asking = _asking(actor, assignment.project)
        if not _is_held(current, asking.now) and not _fits(asking, current):
            raise Conflict(
                _("The time for this ran out, and others have taken it up. Ask for the next.")
            )
        return _lease(current, asking.now)


def work_renew_numbered(*, actor: User, project: Project, number: int) -> None:
    """Move the end of the actor's lease on a claim on, where one runs: they have just saved.

    No lock and no history: it says nothing but that somebody is there.
    """
    now = timezone.now()
    rows = Assignment.objects.open().unfinished().filter(project=project, assignee=actor)
    running = rows.filter(claim__number=number, leased_until__gt=now)
    running.update(leased_until=now + LEASE)


def work_hand_in(*, actor: User, subject: Claim | Article) -> None:
    """Note that what the actor had to do with the claim or article is done.

    The lease keeps its end, so that others cannot tell from it when, or whether, this happened.
    """
    for row in _mine(actor, subject).select_for_update():
        finish(row, AssignmentState.HANDED_IN)


def queue_settle(*, project: Project | None = None, but: User | None = None) -> int:
    """End what was taken from the queue and not kept up, and what is done already; return how many.

    The periodic job settles all projects; who asks the queue, that project, their own left out.
    """
    now = timezone.now()
    rows = Assignment.objects.open().unfinished()
    rows = rows.filter(
        Q(is_from_queue=True, leased_until__lte=now) | Q(article__marking_state=MarkingState.DONE)
    )
    if project is not None:
        rows = rows.filter(project=project)
    if but is not None:
        rows = rows.exclude(assignee=but)
    if not rows.exists():
        return 0
    with context(actor=User.objects.system(), action="assignment.settle"):
        locked = rows.select_for_update(skip_locked=True, of=("self",)).select_related("article")
        settled = list(locked)
        for row in settled:
            done = row.article is not None and row.article.marking_state == MarkingState.DONE
            finish(row, AssignmentState.HANDED_IN if done else AssignmentState.EXPIRED)
    return len(settled)


def work_settle(timestamp: int) -> None:
    """Settle the queues of all projects; a periodic job is told the time it was due."""
    queue_settle()


def finish(row: Assignment, state: AssignmentState) -> None:
    """End an assignment, which is locked."""
    write_changes(row, {"state": state, "ended_at": timezone.now()})


def _asking(actor: User, project: Project) -> Asking:
    role = role_of(actor, project)
    return Asking(actor, project, role_allows(role, Permission.MODERATE), timezone.now())


def _mine(actor: User, subject: Claim | Article) -> "QuerySet[Assignment]":
    column = "claim" if isinstance(subject, Claim) else "article"
    rows = Assignment.objects.open().filter(assignee=actor, state__in=UNFINISHED)
    return rows.filter(**{column: subject.pk})


def _mine_first(asking: Asking, kind: str) -> Assignment | None:
    """Return what the person has in hand and can work on, sent back first, then by date due."""
    rows = Assignment.objects.open().unfinished()
    rows = rows.filter(project=asking.project, assignee=asking.user).exclude(**{kind: None})
    mine = rows.order_by("id")
    order = (AssignmentState.SENT_BACK, AssignmentState.IN_PROGRESS, AssignmentState.WAITING)
    for row in sorted(mine, key=lambda one: (order.index(one.state), one.due is None, one.due)):
        _lock_subject(row)
        current = Assignment.objects.select_for_update().get(pk=row.pk)
        if not current.is_unfinished:
            continue
        if _fits(asking, current):
            _lease(current, asking.now)
            return current
        if current.is_from_queue:
            finish(current, AssignmentState.EXPIRED)
    return None


def _take(asking: Asking, kind: str) -> Assignment | None:
    """Take the first that has a place left; the last try waits for those that others look at."""
    find, fits = (claim_to_hand, claim_fits) if kind == "claim" else (article_to_hand, article_fits)
    for _try in range(_TRIES):
        row_id = find(asking, wait=False)
        if row_id is None:
            row_id = find(asking, wait=True)
        if row_id is None:
            return None
        if fits(asking, row_id):
            return Assignment.objects.create(
                project=asking.project,
                created_by=asking.user,
                assignee=asking.user,
                is_from_queue=True,
                state=AssignmentState.IN_PROGRESS,
                leased_until=asking.now + LEASE,
                **{f"{kind}_id": row_id},
            )
    return None


def _fits(asking: Asking, row: Assignment) -> bool:
    by_hand = not row.is_from_queue
    if row.claim_id is not None:
        return claim_fits(asking, row.claim_id, by_hand=by_hand)
    assert row.article_id is not None
    return article_fits(asking, row.article_id, by_hand=by_hand)


def _is_held(row: Assignment, now: datetime) -> bool:
    return not row.is_from_queue or (row.leased_until is not None and row.leased_until > now)


def _lease(row: Assignment, now: datetime) -> datetime:
    if row.state == AssignmentState.WAITING:
        write_changes(row, {"state": AssignmentState.IN_PROGRESS})
    row.leased_until = now + LEASE
    # Past the history, which a page that says every minute that it is open would fill.
    Assignment.objects.filter(pk=row.pk).update(leased_until=row.leased_until)
    return row.leased_until


def _lock_subject(row: Assignment) -> None:
    """Lock the claim or article first, as everywhere, so that its places are counted by one."""
    model = Claim if row.claim_id is not None else Article
    rows = model._base_manager.select_for_update(no_key=True, of=("self",))
    rows.filter(pk=row.subject_id).values_list("pk").first()
