"""What became of a watched page, and of which, for whoever may see it when they read of it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.accounts.models import User
from annotations.inbox.words import said
from annotations.lib.bidi import isolated
from annotations.lifecycle.models import LifecycleEvent
from annotations.lifecycle.watches.choices import CheckOutcome
from annotations.lifecycle.watches.models import Watch, WatchCheck
from annotations.lifecycle.watches.texts import says_other_words
from annotations.notifications.kinds import Kind, TargetKind
from annotations.notifications.models import Notification

_BECAME = {
    CheckOutcome.CHANGED.value: gettext_lazy("A watched page has changed"),
    CheckOutcome.SUSPECTED_REMOVAL.value: gettext_lazy(
        "The removal of a watched page is suspected"
    ),
    CheckOutcome.RETURNED.value: gettext_lazy("A watched page is back"),
}


def watched_said(
    rows: Iterable[Notification], user: User, *, by_mail: bool = False
) -> dict[int, str]:
    """Return by notification what happened to which watched page; four queries at most.

    The check is the one that the person was told of. A page that they may not see any more, a
    hidden event and, by mail, a confidential statement are not named.
    """
    told = [one for one in rows if _is_of_watch(one)]
    if not told:
        return {}
    watches = Watch.objects.visible_to(user).select_related("article", "statement")
    pages = {one.uid: _page(one, by_mail) for one in watches.filter(uid__in=_uids(told))}
    checks = _checks(told)
    events = {one.event_id for one in checks.values() if one.event_id is not None}
    seen = LifecycleEvent.objects.visible_to(user).in_bulk(events)
    found = {}
    for one in told:
        words = _words(checks.get(one.pk), seen) or said(one)
        page = pages.get(one.target_uid, "")
        found[one.pk] = f"{words}: {isolated(page)}" if page else words
    return found


def _is_of_watch(one: Notification) -> bool:
    return one.kind == Kind.WATCHED_CHANGED and one.target_kind == TargetKind.WATCH


def _uids(told: list[Notification]) -> list[object]:
    return [one.target_uid for one in told]


def _page(watch: Watch, by_mail: bool) -> str:
    """Name the page by the article's title, else by its address."""
    if watch.article is not None:
        return watch.article.title
    assert watch.statement is not None
    return "" if by_mail and watch.statement.confidential else watch.canonical_url


def _checks(told: list[Notification]) -> dict[int, WatchCheck]:
    """Return the check that each was told of: the last one before the telling that found more than
    nothing.
    """
    before = WatchCheck.objects.filter(
        watch__uid=OuterRef("target_uid"), created_at__lte=OuterRef("latest_at")
    )
    latest = before.exclude(outcome=CheckOutcome.UNCHANGED).order_by("-id").values("pk")[:1]
    rows = Notification.objects.filter(pk__in=[one.pk for one in told])
    keys = dict(rows.annotate(check_key=Subquery(latest)).values_list("pk", "check_key"))
    checks = WatchCheck.objects.in_bulk([key for key in keys.values() if key is not None])
    return {pk: checks[key] for pk, key in keys.items() if key is not None}


def _words(check: WatchCheck | None, seen: dict[int, LifecycleEvent]) -> str:
    if check is None:
        return ""
    event = seen.get(check.event_id or 0)
    if event is not None:
        return _("It was recorded what became of a watched page, “%(event)s”") % {
            "event": event.get_type_display()
        }
    if check.outcome == CheckOutcome.RETURNED and says_other_words(check.changes):
        return _("A watched page is back, and has changed")
    return str(_BECAME.get(check.outcome, ""))
