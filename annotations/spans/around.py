"""Whether what stands around a span's sentences agrees in two versions.

Agreeing is having the same 32 code points before and after the span. Where a paragraph was only
put in between, the sentences around it still stand whole: that agrees too, unless the new
paragraph leads in to what follows it. What frames a sentence from further away has to be the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from annotations.lib.text import CONTEXT_SIZE
from annotations.spans.framing import Frame
from annotations.spans.selectors import TextRange
from annotations.spans.sentences import Sentences

_LEADS_IN = (":", "…", "-", "–", "—", ",")


@dataclass(frozen=True)
class Hull:
    """A run of whole sentences of one text, by the numbers of the first and the last."""

    side: Sentences
    first: int
    last: int

    @property
    def start(self) -> int:
        """Return where the first sentence begins."""
        return self.side.all[self.first].start

    @property
    def end(self) -> int:
        """Return where the last sentence ends."""
        return self.side.all[self.last].end

    @property
    def frame(self) -> Frame:
        """Return what frames the run from outside it."""
        first, last = self.side.frames[self.first], self.side.frames[self.last]
        return Frame(first.over, first.before, last.after)

    @cached_property
    def words(self) -> str:
        """Return the text of the run."""
        return self.side.text[self.start : self.end]


def agrees_around(old: Hull, new: Hull, one: TextRange) -> bool:
    """Say whether the words around a range of `old` agree with those at `new`, where it has it too.

    Both hulls have the same words. The prefix and the suffix reach 32 code points from the range.
    """
    if old.frame != new.frame:
        return False
    before = max(0, CONTEXT_SIZE - (one.start - old.start))
    after = max(0, CONTEXT_SIZE - (old.end - one.end))
    return _agrees_before(old, new, before) and _agrees_after(old, new, after)


def has_same_neighbours(old: Hull, new: Hull) -> bool:
    """Say whether the sentences next to both runs are the same, and stand once in either text.

    That tells one of several equal sentences from the others, whatever was moved about.
    """
    return _is_same_neighbour(old, old.first - 1, new, new.first - 1) and _is_same_neighbour(
        old, old.last + 1, new, new.last + 1
    )


def _is_same_neighbour(old: Hull, here: int, new: Hull, there: int) -> bool:
    is_inside = 0 <= here < len(old.side.all)
    if not is_inside or not 0 <= there < len(new.side.all):
        return is_inside == (0 <= there < len(new.side.all))
    words = old.side.words(here)
    return old.side.numbers(words) == [here] and new.side.numbers(words) == [there]


def _agrees_before(old: Hull, new: Hull, size: int) -> bool:
    if old is new or not size or _before(old, size) == _before(new, size):
        return True
    if not (_begins_paragraph(old) and _begins_paragraph(new)) or new.first == 0:
        return False
    if new.side.words(new.first - 1).endswith(_LEADS_IN):
        return False
    return old.first == 0 or _stands(old, old.first - 1, new, before=True)


def _agrees_after(old: Hull, new: Hull, size: int) -> bool:
    if old is new or not size or _after(old, size) == _after(new, size):
        return True
    if not (_ends_paragraph(old) and _ends_paragraph(new)) or new.last == len(new.side.all) - 1:
        return False
    return old.last == len(old.side.all) - 1 or _stands(old, old.last + 1, new, before=False)


def _stands(old: Hull, number: int, new: Hull, *, before: bool) -> bool:
    """Say whether the neighbouring sentence is still there, once, on the same side."""
    words = old.side.words(number)
    numbers = new.side.numbers(words)
    if len(numbers) != 1 or len(old.side.numbers(words)) != 1:
        return False
    return numbers[0] < new.first if before else numbers[0] > new.last


def _before(hull: Hull, size: int) -> str:
    return hull.side.text[max(0, hull.start - size) : hull.start]


def _after(hull: Hull, size: int) -> str:
    return hull.side.text[hull.end : hull.end + size]


def _begins_paragraph(hull: Hull) -> bool:
    all_of_it = hull.side.all
    return hull.first == 0 or all_of_it[hull.first - 1].paragraph != all_of_it[hull.first].paragraph


def _ends_paragraph(hull: Hull) -> bool:
    all_of_it = hull.side.all
    return (
        hull.last == len(all_of_it) - 1
        or all_of_it[hull.last + 1].paragraph != all_of_it[hull.last].paragraph
    )
