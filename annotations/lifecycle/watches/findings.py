"""What a check found: judged from its captures, against the capture that was judged last."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from annotations.accounts.models import User
from annotations.articles.likeness import is_another_text
from annotations.articles.models import ArticleVersion
from annotations.articles.refreshing import Outcome, capture_apply
from annotations.captures.models import Capture
from annotations.captures.quality import CLEAN_ABSENCES, PageKind
from annotations.lib.errors import InvalidInput
from annotations.lifecycle.proving import Finding, Lacking
from annotations.lifecycle.watches.choices import CheckOutcome, Why
from annotations.lifecycle.watches.models import WatchTurn
from annotations.lifecycle.watches.texts import (
    changed_passages,
    counted_changes,
    holds_words,
    is_cosmetic,
    say_the_same,
    says_other_words,
    texts_of,
)
from annotations.lifecycle.weighing import Weighed, weigh_address
from annotations.statements.models import Statement


@dataclass(frozen=True, slots=True)
class Found:
    """What a check came to, why, and what it made."""

    outcome: CheckOutcome
    why: str = ""
    changes: dict[str, Any] = field(default_factory=dict)
    before: Capture | None = None
    version: ArticleVersion | None = None
    weighed: Weighed | None = None

    @property
    def is_there(self) -> bool:
        """Say whether the page was there to be read."""
        return self.outcome in (
            CheckOutcome.UNCHANGED,
            CheckOutcome.CHANGED,
            CheckOutcome.RETURNED,
        )

    @property
    def is_telling(self) -> bool:
        """Say whether something changed that may matter to somebody."""
        if not self.changes:
            return self.version is not None
        return says_other_words(self.changes)


def found_in(turn: WatchTurn, capture: Capture) -> Found:
    """Judge the capture of a check. An article may get a new version by it."""
    kind = capture.quality.kind
    if capture.is_good or kind is PageKind.UNCHANGED:
        return _there(turn, capture)
    if kind in CLEAN_ABSENCES:
        return _absent(turn, capture)
    why = Why.POOR if kind in (PageKind.PAGE, PageKind.FILE) else kind.value
    return Found(CheckOutcome.UNAVAILABLE, why)


def _there(turn: WatchTurn, capture: Capture) -> Found:
    is_same = capture.quality.kind is PageKind.UNCHANGED or (
        turn.good is not None and say_the_same(turn.good, capture)
    )
    found = Found(CheckOutcome.UNCHANGED, before=turn.good)
    if not is_same:
        found = _compared(turn, capture)
    was_away = turn.gone_at is not None or turn.event_id is not None
    if was_away and found.why == Why.ANOTHER_TEXT:
        # Something stands there, and it may be anybody's: that is no return.
        return Found(CheckOutcome.UNAVAILABLE, found.why, found.changes, found.before)
    if found.is_there and was_away:
        return Found(CheckOutcome.RETURNED, found.why, found.changes, found.before, found.version)
    return found


def _absent(turn: WatchTurn, capture: Capture) -> Found:
    """Weigh a plain absence with all that was captured of the address."""
    watch = turn.watch
    weighed = weigh_address(watch.project, watch.canonical_url)
    if weighed.is_proven:
        return Found(CheckOutcome.SUSPECTED_REMOVAL, weighed=weighed)
    return Found(*_suspicion(weighed, capture), weighed=weighed)


def _suspicion(weighed: Weighed, capture: Capture) -> tuple[CheckOutcome, str]:
    """Say whether this absence makes a removal suspected, and why not."""
    weighing = weighed.weighing
    if weighing.finding is Finding.THERE:
        # Somebody's capture, while the page of the site was waited for.
        return CheckOutcome.UNAVAILABLE, Why.SEEN_SINCE
    if Lacking.FLAPPING in weighing.lacking:
        return CheckOutcome.UNAVAILABLE, Why.FLAPPING
    looks = {made.pk: look for made, look in zip(weighed.failures, weighing.failures, strict=True)}
    if capture.pk not in looks:
        return CheckOutcome.UNAVAILABLE, Why.UNWELL
    if not looks[capture.pk].is_controlled:
        return CheckOutcome.UNAVAILABLE, Why.CONTROL
    return CheckOutcome.SUSPECTED_REMOVAL, ""


def _compared(turn: WatchTurn, capture: Capture) -> Found:
    """Compare a page that is not the same for certain with what was there before."""
    article = turn.watch.article
    # What stands at a former address is no version of the article.
    if article is None or turn.watch.has_moved:
        return _compared_captures(turn, capture, turn.watch.statement)
    try:
        done = capture_apply(actor=User.objects.system(), article=article, capture=capture)
    except InvalidInput:
        # Moved just now.
        return _compared_captures(turn, capture, None)
    if done.outcome is Outcome.NOT_GOOD:
        # Good as a page, but none that an article could be read out of.
        return _compared_captures(turn, capture, None)
    before = turn.good
    if before is not None and done.outcome is Outcome.SAME:
        # Back to what the version has, perhaps, after a text that still waits to be checked; what
        # said something else entirely was no text of the article's.
        back = _compared_captures(turn, capture, None)
        is_news = back.why != Why.ANOTHER_TEXT
        return back if is_news else Found(CheckOutcome.UNCHANGED, before=before)
    if done.outcome not in (Outcome.VERSION, Outcome.TO_CHECK):
        return Found(CheckOutcome.UNCHANGED, "" if before else Why.FIRST_LOOK, before=before)
    if done.is_another_text:
        # Counted changes would report an edit where there may be no text of the article at all.
        return Found(CheckOutcome.CHANGED, Why.ANOTHER_TEXT, {"another_text": True}, before)
    changes: dict[str, Any] = {}
    if done.version is not None:
        former = article.versions.filter(number__lt=done.version.number).latest("number")
        changes = counted_changes(former.text, done.version.text)
    elif before is not None and (texts := texts_of(before, capture)) is not None:
        changes = counted_changes(*texts)
    why = Why.TO_CHECK if done.outcome is Outcome.TO_CHECK else ""
    if is_cosmetic(changes):
        why = why or Why.COSMETIC
    return Found(CheckOutcome.CHANGED, why, changes, before, done.version)


def _compared_captures(turn: WatchTurn, capture: Capture, statement: Statement | None) -> Found:
    """Compare with the capture that was judged last, else with the last good one there is."""
    before = turn.good or _good_before(turn, capture)
    if before is None:
        return Found(CheckOutcome.UNCHANGED, Why.FIRST_LOOK)
    if say_the_same(before, capture):
        return Found(CheckOutcome.UNCHANGED, before=before)
    texts = texts_of(before, capture)
    if texts is None:
        return Found(CheckOutcome.CHANGED, Why.UNREAD, {"unread": True}, before)
    changes = counted_changes(*texts)
    if not any(changes[name] for name in ("weighty", "plain", "cosmetic")):
        return Found(CheckOutcome.UNCHANGED, before=before)
    if is_cosmetic(changes):
        return Found(CheckOutcome.CHANGED, Why.COSMETIC, changes, before)
    old, new = texts
    if is_another_text(old, new):
        return Found(CheckOutcome.CHANGED, Why.ANOTHER_TEXT, {"another_text": True}, before)
    changes["passages"] = changed_passages(old, new)
    if statement is not None and statement.text:
        words = statement.text
        changes["words_gone"] = holds_words(old, words) and not holds_words(new, words)
    return Found(CheckOutcome.CHANGED, "", changes, before)


def _good_before(turn: WatchTurn, capture: Capture) -> Capture | None:
    watch = turn.watch
    rows = Capture.objects.of_address(watch.project, watch.canonical_url).good()
    return rows.exclude(pk=capture.pk).filter(taken_at__lt=capture.taken_at).first()
