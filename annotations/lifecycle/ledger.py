"""The retraction ledger: what was changed, taken back, withdrawn, removed or restored."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Q, Subquery

from annotations.accounts.models import User
from annotations.lifecycle import choices
from annotations.lifecycle.marks import MARKING_TYPES
from annotations.lifecycle.models import EventAssessment, LifecycleEvent
from annotations.lifecycle.querysets import EventQuerySet
from annotations.projects.models import Project
from annotations.projects.places import Counted, Page, Place, read_page
from annotations.sources.finding import sources_called
from annotations.sources.models import Source

PAGE_SIZE = 25
# Counting goes no further, so that it takes no longer than showing the page.
COUNTED = 1_000
STATEMENT, ARTICLE = "statement", "article"
HAPPENED, NOTICED, RECORDED = "happened", "noticed", "recorded"
# The texts that words are looked for in. Names of sources are not: some may not be shown.
_WORDS_IN = (
    "statement__text",
    "statement__channel",
    "article__title",
    "reason_text",
    "note",
    "notice_url",
)


@dataclass(frozen=True, slots=True)
class LedgerSearch:
    """What is asked of a project's ledger; empty fields ask nothing.

    `source` is the name, in any spelling, of who said it, of the outlet it stood in or of who acted
    since. `since` and `until` are days in the project's zone, both included; an event of an
    uncertain date counts as soon as it can have been within them.
    """

    words: str = ""
    group: str = ""
    type: str = ""
    standing: str = ""
    subject: str = ""
    source: str = ""
    since: date | None = None
    until: date | None = None
    by: str = HAPPENED

    @property
    def is_narrowed(self) -> bool:
        """Say whether anything is asked."""
        return replace(self, by=HAPPENED) != LedgerSearch()


LedgerPage = Page[LifecycleEvent, UUID]


def ledger_rows(project: Project, viewer: User, wanted: LedgerSearch) -> EventQuerySet:
    """Return what the viewer sees of the ledger and `wanted` asks for, in no order."""
    rows = LifecycleEvent.objects.visible_to(viewer).filter(project=project)
    rows = in_ledger(rows).with_standing()
    return narrowed(rows, project, viewer, wanted)


def in_ledger(rows: EventQuerySet) -> EventQuerySet:
    """Keep what the ledger tells of: neither how something came to be, nor verdicts of ours."""
    return rows.filter(type__in=MARKING_TYPES)


def narrowed(
    rows: EventQuerySet, project: Project, viewer: User, wanted: LedgerSearch
) -> EventQuerySet:
    """Keep what `wanted` asks for of events that have their standing annotated."""
    if wanted.group:
        rows = of_group(rows, wanted.group)
    if wanted.type:
        rows = rows.filter(type=wanted.type)
    if wanted.subject:
        rows = of_subject(rows, wanted.subject)
    if wanted.source:
        rows = concerning(rows, sources_called(project, viewer, wanted.source))
    if wanted.words:
        rows = with_words(rows, wanted.words)
    since, until = _bounds(project, wanted)
    rows = within(rows, wanted.by, since, until)
    return rows.filter(standing=wanted.standing) if wanted.standing else rows


def of_group(rows: EventQuerySet, group: str) -> EventQuerySet:
    """Keep the events of the group."""
    return rows.filter(type__in=choices.EVENT_GROUPS[choices.EventGroup(group)])


def of_subject(rows: EventQuerySet, subject: str) -> EventQuerySet:
    """Keep the events of statements, or those of articles."""
    return rows.filter(**{f"{STATEMENT if subject == STATEMENT else ARTICLE}__isnull": False})


def concerning(rows: EventQuerySet, sources: Sequence[int]) -> EventQuerySet:
    """Keep the events of what these said, of what stood in them if outlets, and of their own deeds.

    Sources that were merged into one of them count as that one.
    """
    ids = list(Source.objects.filter(Q(pk__in=sources) | Q(merged_into__in=sources)).values_list(
        "pk", flat=True
    ))  # fmt: skip
    return rows.filter(
        Q(statement__source__in=ids)
        | Q(article__outlet__source__in=ids)
        | Q(actor__in=ids)
        | Q(on_behalf_of__in=ids)
    )


def with_words(rows: EventQuerySet, words: str) -> EventQuerySet:
    """Keep the events whose subject's text, reason or note holds every word, in any case."""
    for word in words.split():
        held = Q()
        for column in _WORDS_IN:
            held |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(held)
    return rows


def within(
    rows: EventQuerySet, by: str, since: datetime | None, until: datetime | None
) -> EventQuerySet:
    """Keep what can have happened, been noticed or was recorded from `since` on, before `until`.

    An open end of an interval reaches everywhere; what has no date at all is in no period.
    """
    if since is None and until is None:
        return rows
    if by == RECORDED:
        rows = rows if since is None else rows.filter(created_at__gte=since)
        return rows if until is None else rows.filter(created_at__lt=until)
    rows = rows.exclude(**{by: ""})
    if since is not None:
        # The latest instant is one that it cannot be any more.
        rows = rows.filter(_open_or(f"{by}_latest", "gt", since))
    return rows if until is None else rows.filter(_open_or(f"{by}_earliest", "lt", until))


def _open_or(column: str, further: str, moment: datetime) -> Q:
    return Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__{further}": moment})


def ledger_page(
    project: Project, viewer: User, wanted: LedgerSearch, place: Place[UUID]
) -> LedgerPage:
    """Return the events the viewer sees and `wanted` asks for, from `place` on.

    A page is found by the event beside it, so that the last takes as long as the first.
    """
    found = ledger_rows(project, viewer, wanted)
    counted = Counted.up_to(COUNTED, found.order_by()[: COUNTED + 1].count())
    rows = loaded(found).order_by("id" if place.reads_upwards else "-id")
    beside = LifecycleEvent.objects.filter(project=project)
    if place.before is not None:
        rows = rows.filter(pk__lt=Subquery(beside.filter(uid=place.before).values("pk")))
    if place.after is not None:
        rows = rows.filter(pk__gt=Subquery(beside.filter(uid=place.after).values("pk")))
    return read_page(rows, place, PAGE_SIZE, counted, lambda one: one.uid)


def latest_assessed(rows: EventQuerySet) -> EventQuerySet:
    """Order by what was recorded or assessed last, and annotate when that was (`told_at`)."""
    latest = EventAssessment.objects.filter(event_id=OuterRef("pk")).order_by("-id")
    return rows.annotate(
        told_at=Subquery(latest.values("created_at")[:1]), told=Subquery(latest.values("id")[:1])
    ).order_by("-told")


def loaded(rows: EventQuerySet) -> EventQuerySet:
    """Read along what an entry shows of each event."""
    return rows.select_related(
        "created_by",
        "statement__source__merged_into",
        "article__outlet",
        "actor__merged_into",
        "on_behalf_of__merged_into",
    )


def _bounds(project: Project, wanted: LedgerSearch) -> tuple[datetime | None, datetime | None]:
    """Return the instants at which the first day begins and the last one has ended."""
    zone = ZoneInfo(project.time_zone)
    since = until = None
    if wanted.since is not None:
        since = datetime.combine(wanted.since, time.min, zone)
    if wanted.until is not None and wanted.until < date.max:
        until = datetime.combine(wanted.until + timedelta(days=1), time.min, zone)
    return since, until
