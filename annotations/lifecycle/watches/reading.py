"""What a person reads of watches: the list, one with its checks, the claims a check touches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Window

from annotations.accounts.models import User
from annotations.captures.models import Capture
from annotations.claims.models import Claim
from annotations.claims.placements.models import STANDING, MentionPlacement
from annotations.lifecycle.models import LifecycleEvent
from annotations.lifecycle.timelines import statement_claims
from annotations.lifecycle.watches.choices import CheckOutcome, WatchState
from annotations.lifecycle.watches.models import Watch, WatchCheck
from annotations.lifecycle.watches.querysets import CheckQuerySet, WatchQuerySet
from annotations.projects.models import Project

# What the list may be narrowed to, beside an outcome.
EYES = "eyes"
CHOICES = (EYES, *CheckOutcome.values, WatchState.PAUSED.value)


def watches_of(project: Project, user: User) -> WatchQuerySet:
    """Return the project's watches that the person may see, with what is shown of them."""
    rows = Watch.objects.visible_to(user).filter(project=project).with_free_at()
    return rows.select_related(
        "project", "article", "statement__source", "turn__to_look", "paused_by", "looked_by"
    )


def watches_shown(project: Project, user: User, show: str) -> WatchQuerySet:
    """Return them as the list shows them, narrowed to one of CHOICES: what needs eyes first."""
    rows = watches_of(project, user)
    if show == WatchState.PAUSED:
        rows = rows.filter(state=show)
    elif show == EYES:
        rows = rows.filter(turn__to_look__isnull=False)
    elif show in CheckOutcome.values:
        rows = rows.filter(turn__outcome=show)
    return rows.eyes_first()


def checks_of(watch: Watch, user: User) -> CheckQuerySet:
    """Return the checks of a watch that the person may see, the latest first."""
    rows = WatchCheck.objects.visible_to(user).filter(watch=watch).order_by("-id")
    return rows.select_related("capture", "control", "before", "version", "event", "asked_by")


def check_to_look_at(watch: Watch, user: User) -> CheckLine | None:
    """Return the check that somebody has to look at, as the person sees it."""
    waiting = checks_of(watch, user).filter(pk=watch.turn.to_look_id)
    return next(iter(check_lines(watch, waiting, user)), None)


def changes_unseen(watch: Watch, user: User) -> CheckQuerySet:
    """Return the checks that found a change which may matter, were displaced by the one that waits
    now, and have come since somebody looked last; the latest first. Each says how many there are.
    """
    found = checks_of(watch, user).telling_of_change().filter(pk__lt=watch.turn.to_look_id or 0)
    found = found.annotate(found=Window(Count("pk")))
    if watch.looked_check is None:
        return found
    since = WatchCheck.objects.filter(watch=watch, uid=watch.looked_check).values("pk")
    return found.filter(pk__gt=Subquery(since))


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A check as one person sees it: what of it they may not see is left out."""

    check: WatchCheck
    capture: Capture | None
    control: Capture | None
    event: LifecycleEvent | None
    touched: list[Claim]


def check_lines(watch: Watch, checks: Iterable[WatchCheck], user: User) -> list[CheckLine]:
    """Return checks with their captures, events and touched claims; four queries at most."""
    rows = list(checks)
    touched = claims_touched(watch, rows, user)
    captures = {pk for one in rows for pk in (one.capture_id, one.control_id) if pk is not None}
    seen = Capture.objects.visible_to(user).filter(pk__in=captures).order_by()
    shown = set(seen.values_list("pk", flat=True)) if captures else set()
    events = {one.event_id for one in rows if one.event_id is not None}
    told = LifecycleEvent.objects.visible_to(user).filter(pk__in=events)
    events_shown = set(told.values_list("pk", flat=True)) if events else set()
    return [
        CheckLine(
            one,
            one.capture if one.capture_id in shown else None,
            one.control if one.control_id in shown else None,
            one.event if one.event_id in events_shown else None,
            touched.get(one.pk, []),
        )
        for one in rows
    ]


def claims_touched(
    watch: Watch, checks: Iterable[WatchCheck], user: User
) -> dict[int, list[Claim]]:
    """Return by check the claims that the person sees and that its change touches; two queries.

    Of an article, those whose words stood in the version before and, as far as they were placed in
    it, do not stand in the new one any more; of a statement, those resting on it where its words
    are gone.
    """
    rows = list(checks)
    if watch.statement is None:
        return _in_versions(rows, user)
    touching = [one for one in rows if _touches(one, has_words=bool(watch.statement.text))]
    if not touching:
        return {}
    claims = list(statement_claims(watch.statement, user))
    return {one.pk: claims for one in touching} if claims else {}


def _touches(check: WatchCheck, *, has_words: bool) -> bool:
    if has_words:
        return bool(check.changes.get("words_gone"))
    return bool(check.changes.get("weighty") or check.changes.get("unread"))


def _in_versions(checks: list[WatchCheck], user: User) -> dict[int, list[Claim]]:
    by_version = {one.version_id: one.pk for one in checks if one.version_id is not None}
    if not by_version:
        return {}
    placed = MentionPlacement.objects.listed_to(user).kept().filter(version__in=by_version)
    lost = placed.filter(~Q(state__in=STANDING)).filter(_stood_before())
    found: dict[int, dict[int, Claim]] = {}
    for one in lost.select_related("mention__claim").order_by("mention__claim__number"):
        claims = found.setdefault(by_version[one.version_id], {})
        claims[one.mention.claim_id] = one.mention.claim
    return {check: list(claims.values()) for check, claims in found.items()}


def _stood_before() -> Q:
    """Keep what stood in the version before: by its own words, or by its placement there."""
    there = MentionPlacement.objects.filter(
        mention=OuterRef("mention"),
        version__article=OuterRef("version__article"),
        version__number=OuterRef("version__number") - 1,
        state__in=STANDING,
    )
    return Q(mention__span__version__number=F("version__number") - 1) | Q(Exists(there))
