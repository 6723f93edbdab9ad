"""What a page that offers to record an event knows of it already; a person decides."""

from datetime import datetime
from uuid import UUID

from django.http import QueryDict
from django.utils.timezone import localtime

from annotations.accounts.models import User
from annotations.articles.models import Article, ArticleVersion
from annotations.captures.models import Capture
from annotations.captures.quality import CLEAN_ABSENCES, PageKind
from annotations.captures.querysets import CaptureQuerySet
from annotations.lifecycle.choices import GROUP_OF, EventGroup, EventType, TimeBasis
from annotations.lifecycle.services import Subject
from annotations.lifecycle.watches.models import WatchCheck
from annotations.web.forms.statements import event_type_choices
from annotations.web.views.notices_read import notice_prefilled

# What an address may fill in beforehand as it is.
PREFILLED = ("type", "noticed", "note", "notice_url")
# What shows the page, or says that it is as it was.
_THERE = (PageKind.PAGE, PageKind.FILE, PageKind.UNCHANGED)


def prefilled(asked: QueryDict, subject: Subject, viewer: User) -> dict[str, object]:
    """Read from the address what is known: words, a notice, a version (`shown_in`) or a `check`."""
    types = {value for _group, kinds in event_type_choices() for value, _words in kinds}
    known: dict[str, object] = {name: str(asked[name]) for name in PREFILLED if name in asked}
    if known.get("type") not in types:
        known.pop("type", None)
    known |= _of_check(asked, subject, str(known.get("type", "")))
    known |= _of_version(asked, subject, viewer)
    if isinstance(subject, Article):
        known |= notice_prefilled(asked, subject)
    return known


def _of_version(asked: QueryDict, subject: Subject, viewer: User) -> dict[str, object]:
    """Say that we saw an edit ourselves: between the text of a version and that of the one before,
    as each was captured, or else added. Of a statement, in the article at its own address.
    """
    uid = _uid(asked, "shown_in")
    articles = Article.objects.visible_to(viewer).filter(project=subject.project)
    if isinstance(subject, Article):
        articles = articles.filter(pk=subject.pk)
    else:
        articles = articles.filter(canonical_url=subject.canonical_url).exclude(canonical_url="")
    rows = ArticleVersion.objects.select_related("capture").defer("text")
    version = rows.filter(uid=uid, article__in=articles).first() if uid else None
    if version is None:
        return {}
    former = rows.filter(article=version.article_id, number=version.number - 1).first()
    if former is None:
        return {}
    return _seen(_shown_at(former), _shown_at(version), noticed=version.created_at)


def _shown_at(version: ArticleVersion) -> datetime:
    return version.capture.taken_at if version.capture is not None else version.created_at


def _of_check(asked: QueryDict, subject: Subject, type: str) -> dict[str, object]:
    """Say that a check of the watched page saw it: after the capture that it compared with, and
    before the first one that shows what it found.
    """
    uid = _uid(asked, "check")
    name = "article" if isinstance(subject, Article) else "statement"
    rows = WatchCheck.objects.filter(**{f"watch__{name}": subject})
    check = rows.select_related("capture", "before").filter(uid=uid).first() if uid else None
    if check is None:
        return {}
    if check.before is None or check.capture is None:
        return {"noticed": _clock(check.started_at), "self_observed": True}
    first = check.capture
    last = check.before
    group = GROUP_OF.get(type)
    if group == EventGroup.REMOVAL:
        last, first = _going(check.before, check.capture, type)
    elif group == EventGroup.RETURN:
        last = (
            _between(check.before, check.capture).exclude(quality_kind__in=_THERE).first() or last
        )
    return _seen(last.taken_at, first.taken_at, noticed=check.started_at)


def _going(before: Capture, found: Capture, type: str) -> tuple[Capture, Capture]:
    """Return the last capture that says the page was there, and the first one since, up to the one
    that was found, in which it was missing: plainly, unless all that is said is that it cannot be
    read.
    """
    rows = _between(before, found)
    there = rows.filter(quality_kind__in=_THERE).first() or before
    since = rows.filter(taken_at__gt=there.taken_at)
    if type == EventType.UNAVAILABLE_UNKNOWN:
        away = since.exclude(quality_kind__in=_THERE)
    else:
        away = since.filter(quality_kind__in=CLEAN_ABSENCES)
    return there, away.last() or found


def _between(before: Capture, found: Capture) -> CaptureQuerySet:
    """The captures since one and up to another, the latest first."""
    rows = Capture.objects.of_address(before.project, before.canonical_url)
    return rows.filter(taken_at__gt=before.taken_at, taken_at__lte=found.taken_at)


def _seen(former: datetime, new: datetime, *, noticed: datetime) -> dict[str, object]:
    known: dict[str, object] = {"noticed": _clock(noticed), "self_observed": True}
    if former < new:
        between = (_clock(former), _clock(new))
        happened = between[0] if between[0] == between[1] else "/".join(between)
        known |= {"happened": happened, "happened_basis": TimeBasis.OBSERVED}
    return known


def _clock(moment: datetime) -> str:
    """Return a moment as a person enters one, in the project's zone. To the second: of pages that
    were looked at within a minute, only one is the last before the event.
    """
    return localtime(moment).strftime("%Y-%m-%d %H:%M:%S")


def _uid(asked: QueryDict, name: str) -> UUID | None:
    try:
        return UUID(asked.get(name, ""))
    except ValueError:
        return None
