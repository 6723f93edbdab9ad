"""What a text was before an event and after it, side by side, where that is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from annotations.accounts.models import User
from annotations.articles.models import ArticleVersion
from annotations.captures.models import Capture
from annotations.captures.reading import capture_text
from annotations.lifecycle.choices import GROUP_OF, CapturePlace, EventGroup, Standing
from annotations.lifecycle.event_sides import Sides, sides_shown
from annotations.lifecycle.event_versions import versions_around
from annotations.lifecycle.models import EventCapture, LifecycleEvent
from annotations.lifecycle.watches.texts import say_the_same
from annotations.spans.changes import compare_texts
from annotations.spans.differences import Kind

# More than this of what stayed the same is left out between two changes.
CONTEXT_LINES = 1
# Texts of more lines than this that differ are shown whole, as comparing them takes too long.
MOST_LINES = 4_000
# A text without another to compare it with is shown so far, in code points; its page has the rest.
LONGEST_SHOWN = 3_000
# What may leave another text in its place.
CHANGES = (EventGroup.CHANGE, EventGroup.COMMITMENT, EventGroup.WITHDRAWAL, EventGroup.RETURN)
KINDS = EQUAL, DELETE, INSERT, SKIPPED, CUT = "equal", "delete", "insert", "skipped", "cut"

_KINDS = {Kind.EQUAL: EQUAL, Kind.GONE: DELETE, Kind.COME: INSERT}


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one kind: as they were on both sides, gone, new, or left out here."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts; `missing` says why there is none."""

    title: str
    runs: Sequence[Run] = ()
    version: ArticleVersion | None = None
    capture: Capture | None = None
    missing: str = ""


def texts_shown(
    event: LifecycleEvent, standing: str, viewer: User, captures: Sequence[EventCapture]
) -> tuple[Side, Side] | None:
    """Return what the event's subject was before and after, as far as the viewer may see it: the
    same on its own page, in the ledger and in the API. `captures` are `captures_of` the event.
    """
    sides = sides_shown(event, viewer) if event.statement_id else Sides()
    return texts_of(event, standing, captures, sides)


def texts_of(
    event: LifecycleEvent,
    standing: str,
    captures: Sequence[EventCapture] = (),
    sides: Sides = Sides(),  # noqa: B008  # a tuple's worth: nothing of it can change
) -> tuple[Side, Side] | None:
    """Return what the event's subject was before and after; None where neither is known.

    Of a statement that was changed the captured pages on either side are compared: those of the
    event, and `sides`, what else there is by now. Else its text is shown, as it was made. Of an
    article the versions on either side of the moment are compared.
    """
    group = GROUP_OF[event.type]
    if event.statement is not None:
        pages = _pages_around(captures, sides)
        return _of_statement(event.statement.text, group, standing, *pages)
    if event.article_id is None:
        return None
    before, after = versions_around(event)
    if before is None:
        return None
    if after is None:
        return _side(_("Before"), before, _cut(before.text)), _gone(group, standing)
    old, new = _compared(before.text, after.text)
    return _side(_("Before"), before, old), _side(_("After"), after, new)


def _pages_around(
    captures: Sequence[EventCapture], sides: Sides
) -> tuple[Capture | None, list[Capture]]:
    """Return the last page before and those after, the earliest first: the event's own at first."""
    before = [one.capture for one in captures if one.place == CapturePlace.BEFORE]
    own = [one.capture for one in captures if one.place == CapturePlace.AFTER]
    later = {one.pk: one for one in (*own, *sides.after)}
    ordered = sorted(later.values(), key=lambda one: (one.taken_at, one.pk))
    return before[-1] if before else sides.before, ordered


def _of_statement(
    text: str,
    group: EventGroup,
    standing: str,
    before: Capture | None,
    later: Sequence[Capture],
) -> tuple[Side, Side] | None:
    seen = None if before is None else capture_text(before)
    if before is not None and seen is not None and group in CHANGES:
        for after in later:
            changed = _changed(before, after)
            if changed is not None:
                old, new = _compared(seen, changed)
                return Side(_("Before"), old, capture=before), Side(_("After"), new, capture=after)
    if before is not None and seen is not None and group == EventGroup.RETURN:
        # What came back as it was.
        same = next((one for one in later if say_the_same(before, one)), None)
        if same is not None:
            shown = _cut(seen)
            return Side(_("Before"), shown, capture=before), Side(_("After"), shown, capture=same)
    if text:
        return Side(_("Before"), _cut(text)), _gone(group, standing)
    if before is not None and seen is not None:
        return Side(_("Before"), _cut(seen), capture=before), _gone(group, standing)
    return None


def _changed(before: Capture, after: Capture) -> str | None:
    """Return a later page's text where it is another one, read in the same way; else None."""
    is_other = after.text_sha256 != before.text_sha256
    if not is_other or after.extractor != before.extractor:
        return None
    return capture_text(after)


def _side(title: str, version: ArticleVersion, runs: Sequence[Run]) -> Side:
    return Side(title, runs, version)


def _cut(text: str) -> list[Run]:
    if len(text) <= LONGEST_SHOWN:
        return [Run(EQUAL, text)]
    return [Run(EQUAL, text[:LONGEST_SHOWN]), Run(CUT, "")]


def _gone(group: EventGroup, standing: str) -> Side:
    if standing == Standing.REFUTED:
        return Side(_("After"), missing=_("The same: it did not happen."))
    if group == EventGroup.REMOVAL and standing == Standing.PROVEN:
        return Side(_("After"), missing=_("Nothing: captures prove that it had been taken away."))
    missing = {
        EventGroup.REMOVAL: _("Nothing, as far as is reported: it could not be read any more."),
        EventGroup.WITHDRAWAL: _("The words are not stood by any more; no other text is known."),
    }
    return Side(_("After"), missing=missing.get(group, _("No text after it is known.")))


def _compared(before: str, after: str) -> tuple[list[Run], list[Run]]:
    """Compare paragraph by paragraph, and word by word where these were changed."""
    if before.count("\n") + after.count("\n") > MOST_LINES:
        return _cut(before), _cut(after)
    left: list[Run] = []
    right: list[Run] = []
    for stretch in compare_texts(before, after):
        if stretch.is_changed:
            left += [Run(_KINDS[run.kind], run.text) for run in stretch.old_runs]
            right += [Run(_KINDS[run.kind], run.text) for run in stretch.new_runs]
        else:
            same = list(_shortened(stretch.old.splitlines(keepends=True)))
            left += same
            right += same
    return left, right


def _shortened(lines: Sequence[str]) -> Iterable[Run]:
    """Leave out what stayed the same but for the lines next to a change."""
    if len(lines) <= 2 * CONTEXT_LINES + 1:
        yield Run(EQUAL, "".join(lines))
        return
    yield Run(EQUAL, "".join(lines[:CONTEXT_LINES]))
    yield Run(SKIPPED, "")
    yield Run(EQUAL, "".join(lines[-CONTEXT_LINES:]))
