"""What a person was told, as far as they may still see what it is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.urls import reverse

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.claims.rounds import MarkingRound
from annotations.comments.models import Comment
from annotations.lifecycle.models import LifecycleEvent
from annotations.lifecycle.watches.models import Watch
from annotations.moderation.models import Flag
from annotations.moderation.redactions.models import Redaction
from annotations.notifications.kinds import FOLLOWED, FOR_MODERATORS, Kind, TargetKind
from annotations.notifications.models import Follow, Notification
from annotations.projects.models import Project
from annotations.projects.visibility import projects_where
from annotations.sources.models import Source
from annotations.statements.models import Statement
from annotations.verification.evidence.models import Evidence
from annotations.verification.verdicts.models import Adjudication

MODELS: dict[TargetKind, type[Model]] = {
    TargetKind.ARTICLE: Article,
    TargetKind.CLAIM: Claim,
    TargetKind.SOURCE: Source,
    TargetKind.STATEMENT: Statement,
    TargetKind.EVIDENCE: Evidence,
    TargetKind.EVENT: LifecycleEvent,
    TargetKind.COMMENT: Comment,
    TargetKind.ROUND: MarkingRound,
    TargetKind.FLAG: Flag,
    TargetKind.REDACTION: Redaction,
    TargetKind.WATCH: Watch,
}
# The count says no more than that there are many.
MOST_COUNTED = 99
_PAGES = {
    TargetKind.ARTICLE: "workbench",
    TargetKind.SOURCE: "source-detail",
    TargetKind.STATEMENT: "statement-detail",
    TargetKind.EVIDENCE: "evidence-detail",
    TargetKind.EVENT: "event-detail",
    TargetKind.ROUND: "round-detail",
    TargetKind.WATCH: "watch-detail",
}
# Where what is told about a project, or about things without a page of their own, is to be seen.
_MY_WORK = (Kind.ASSIGNED, Kind.SENT_BACK, Kind.OVERDUE, Kind.REASSIGNED)
_LISTS: dict[str, str] = {
    **dict.fromkeys(_MY_WORK, "me-page"),
    Kind.HANDED_BACK: "assignment-list",
    Kind.GUIDELINE_CHANGED: "guideline-older",
    Kind.FLAG_DECIDED: "flag-list",
}
_DESK: dict[str, str] = {
    Kind.FLAGGED: "admin:annotations_flag_changelist",
    Kind.REDACTION_ASKED: "admin:annotations_redaction_changelist",
    Kind.REDACTION_CHANGED: "admin:annotations_redaction_changelist",
}


def _found(kind: TargetKind) -> Any:
    """Return the rows of one kind that a notification or follow of the outer query names."""
    rows = MODELS[kind]._default_manager.filter(uid=OuterRef("target_uid"))
    # A redaction of a person belongs to no project.
    return rows if kind is TargetKind.REDACTION else rows.filter(project=OuterRef("project"))


def notifications_shown(user: User) -> QuerySet[Notification]:
    """Return what the person was told, but for what they may see no longer.

    Left out: what was hidden, became confidential or lies in a project they have left. The author
    of a hidden row is told that it was hidden, though it is shown to them no more. Redactions are
    shown to operators of projects that they do not belong to, too.
    """
    shown = Q(target_kind=TargetKind.PROJECT)
    for kind in MODELS:
        seen = Exists(_found(kind).visible_to(user))
        own = Exists(_found(kind).filter(created_by=user.pk))
        shown |= Q(target_kind=kind) & (Q(seen) | (Q(kind=Kind.HIDDEN) & Q(own)))
    belongs = Q(project__in=projects_where(user, Permission.READ))
    moderates = Q(project__in=projects_where(user, Permission.MODERATE))
    rows = Notification.objects.filter(
        shown,
        belongs | Q(target_kind=TargetKind.REDACTION),
        moderates | ~Q(kind__in=FOR_MODERATORS),
        recipient=user.pk,
    )
    # That a dispute was decided says that others differ: told once the decision may be read.
    decisions: Any = Adjudication.objects.filter(claim__uid=OuterRef("target_uid"))
    rows = rows.filter(~Q(kind=Kind.ADJUDICATED) | Exists(decisions.visible_to(user)))
    return rows.select_related("project", "actor").order_by("-latest_at", "-id")


def unread_count(user: User) -> int:
    """Return how many are unread; no more than one above MOST_COUNTED."""
    unread = notifications_shown(user).filter(read_at__isnull=True)
    return unread.order_by()[: MOST_COUNTED + 1].count()


def follows_shown(user: User) -> QuerySet[Follow]:
    """Return what the person follows and may see, latest first."""
    shown = Q(pk__in=())
    for kind in FOLLOWED:
        shown |= Q(target_kind=kind) & Q(Exists(_found(kind).visible_to(user)))
    rows = Follow.objects.filter(
        shown, user=user.pk, project__in=projects_where(user, Permission.READ)
    )
    return rows.select_related("project").order_by("-id")


def target_find(user: User, project: Project, kind: str, uid: UUID) -> Any | None:
    """Return what can be followed and has that uid, if the person may see it."""
    if kind not in [one.value for one in FOLLOWED]:
        return None
    rows = MODELS[TargetKind(kind)]._default_manager.filter(project=project, uid=uid)
    return rows.visible_to(user).first()  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Named:
    """What a target is called now, and the address of its page."""

    title: str
    path: str


def name_targets(rows: Iterable[Any], user: User) -> dict[UUID, Named]:
    """Return title and address of what notifications or follows are about, by its uid.

    One query for each kind of target, whatever the number of rows. A row whose target the person
    may not see, as the author of a hidden one, gets its address alone.
    """
    given = list(rows)
    titles: dict[UUID, str] = {}
    numbers: dict[UUID, int] = {}
    for kind in {TargetKind(one.target_kind) for one in given} & MODELS.keys():
        uids = [one.target_uid for one in given if one.target_kind == kind]
        for found in _named_rows(kind, uids, user):
            titles[found.uid] = title_of(kind, found)
            if kind is TargetKind.CLAIM:
                numbers[found.uid] = found.number
    return {
        one.target_uid: Named(
            titles.get(one.target_uid, ""), path_of(one, numbers.get(one.target_uid))
        )
        for one in given
    }


def _named_rows(kind: TargetKind, uids: list[UUID], user: User) -> Any:
    rows: Any = MODELS[kind]._default_manager.filter(uid__in=uids)
    joined = {
        TargetKind.STATEMENT: ["source"],
        TargetKind.COMMENT: ["claim"],
        TargetKind.ROUND: ["article"],
        TargetKind.WATCH: ["article", "statement"],
    }.get(kind, [])
    return rows.visible_to(user).select_related(*joined)


def title_of(kind: TargetKind, row: Any) -> str:
    """Return what a list calls the row."""
    if kind is TargetKind.CLAIM:
        return str(row.text)
    if kind is TargetKind.COMMENT:
        return str(row.claim.text)
    if kind is TargetKind.STATEMENT:
        return str(row.channel)
    if kind is TargetKind.EVENT:
        return str(row.get_type_display())
    if kind is TargetKind.ROUND:
        return str(row.article)
    if kind is TargetKind.WATCH:
        return str(row.article or row.statement.channel)
    if kind is TargetKind.REDACTION:
        return str(row.get_ground_display())
    return str(row)


def path_of(row: Any, number: int | None = None) -> str:
    """Return the address of the page of what a notification or follow is about."""
    slug = row.project.slug
    number = number or getattr(row, "claim_number", None)
    kind = TargetKind(row.target_kind)
    if kind in (TargetKind.CLAIM, TargetKind.COMMENT) and number is not None:
        page = reverse("claim-detail", kwargs={"slug": slug, "number": number})
        return page if kind is TargetKind.CLAIM else f"{page}#comment-{row.target_uid}"
    if kind in _PAGES:
        return reverse(_PAGES[kind], kwargs={"slug": slug, "uid": row.target_uid})
    why = getattr(row, "kind", "")
    if why in _DESK:
        return reverse(_DESK[why])
    return reverse(_LISTS.get(why, "project-home"), kwargs={"slug": slug})
