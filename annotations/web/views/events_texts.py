"""What a text was before an event and after it, side by side, where that is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from annotations.articles.models import ArticleVersion
from annotations.lifecycle.choices import GROUP_OF, EventGroup, Standing
from annotations.lifecycle.models import LifecycleEvent
from annotations.web.views.claims_history import word_difference

# More than this of what stayed the same is left out between two changes.
CONTEXT_LINES = 1
# Texts of more lines than this that differ are shown whole, as comparing them takes too long.
MOST_LINES = 4_000
# A text without another to compare it with is shown so far, in code points; its page has the rest.
LONGEST_SHOWN = 3_000
EQUAL, DELETE, INSERT, SKIPPED, CUT = "equal", "delete", "insert", "skipped", "cut"


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
    missing: str = ""


def texts_of(event: LifecycleEvent, standing: str) -> tuple[Side, Side] | None:
    """Return what the event's subject was before and after; None where neither is known.

    Of a statement one text is kept, as it was made. Of an article the versions on either side of
    the moment are compared.
    """
    group = GROUP_OF[event.type]
    if event.statement is not None:
        text = event.statement.text
        if not text:
            return None
        return Side(_("Before"), _cut(text)), _gone(group, standing)
    if event.article_id is None:
        return None
    before, after = _versions(event, group)
    if before is None:
        return None
    if after is None:
        return _side(_("Before"), before, _cut(before.text)), _gone(group, standing)
    old, new = _compared(before.text, after.text)
    return _side(_("Before"), before, old), _side(_("After"), after, new)


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


def _versions(
    event: LifecycleEvent, group: EventGroup
) -> tuple[ArticleVersion | None, ArticleVersion | None]:
    """Return the versions on either side of the event.

    The one after is the first that was taken when it had happened; of a change that was recorded
    after both, the last there is. A removal leaves none.
    """
    rows = ArticleVersion.objects.filter(article=event.article_id).order_by("number")
    numbers = list(rows.values_list("number", "created_at"))
    if not numbers:
        return None, None
    moment = event.happened_latest or event.noticed_latest or event.created_at
    after = None if group == EventGroup.REMOVAL else _first_after(numbers, moment)
    last = numbers[-1][0] if after is None else after - 1
    wanted = {last} if after is None else {last, after}
    found = {one.number: one for one in rows.filter(number__in=wanted)}
    return found.get(last), found.get(after or 0)


def _first_after(numbers: Sequence[tuple[int, datetime]], moment: datetime) -> int | None:
    """Return the number of the version after the moment, never the first one; None without."""
    later = [number for number, made in numbers[1:] if made >= moment]
    if later:
        return later[0]
    return numbers[-1][0] if len(numbers) > 1 else None


def _compared(before: str, after: str) -> tuple[list[Run], list[Run]]:
    """Compare line by line, and word by word where lines took the place of others."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if len(old) + len(new) > MOST_LINES:
        return _cut(before), _cut(after)
    left: list[Run] = []
    right: list[Run] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            left += _shortened(old[a:b])
            right += _shortened(new[c:d])
            continue
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        words = word_difference(gone, come)
        if words:
            left += [Run(one.kind, one.text) for one in words if one.kind != INSERT]
            right += [Run(one.kind, one.text) for one in words if one.kind != DELETE]
        else:
            left += [Run(DELETE, gone)] if gone else []
            right += [Run(INSERT, come)] if come else []
    return left, right


def _shortened(lines: Sequence[str]) -> Iterable[Run]:
    """Leave out what stayed the same but for the lines next to a change."""
    if len(lines) <= 2 * CONTEXT_LINES + 1:
        yield Run(EQUAL, "".join(lines))
        return
    yield Run(EQUAL, "".join(lines[:CONTEXT_LINES]))
    yield Run(SKIPPED, "")
    yield Run(EQUAL, "".join(lines[-CONTEXT_LINES:]))
