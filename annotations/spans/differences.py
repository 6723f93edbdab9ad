"""Two texts word by word: what stayed, what went and what came, and how much each change matters.

What each changed word weighs is said by `weights`. What is told here is shown to a person and
decides nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from annotations.spans.matching import opcodes
from annotations.spans.plain import plain
from annotations.spans.weights import TELLING, Weighed, Weight, fold_marks

# What stands before and after a text.
Around = tuple[str, str]


class Kind(StrEnum):
    """What became of words."""

    EQUAL = "equal"
    GONE = "gone"
    COME = "come"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that follow each other and are alike in kind and weight; equal ones weigh nothing."""

    kind: Kind
    text: str
    weight: Weight = Weight.COSMETIC

    @property
    def is_telling(self) -> bool:
        """Say whether the change must not be overlooked."""
        return self.kind is not Kind.EQUAL and self.weight in TELLING


def compare_words(
    before: str, after: str, around: tuple[Around, Around] = (("", ""), ("", ""))
) -> list[Run]:
    """Return both texts as runs in reading order: equal and gone ones make up `before`, equal and
    come ones `after`, letter by letter.

    `around` is what stands around either, in which a quotation may begin or end. Where the two have
    too many words in common to be compared, only what is the same at either end is told from what
    changed.
    """
    old, new = Weighed(before, *around[0]), Weighed(after, *around[1])
    runs: list[Run] = []
    for kind, old_start, old_end, new_start, new_end in opcodes(old.words, new.words):
        gone, come = old.words[old_start:old_end], new.words[new_start:new_end]
        if kind == "equal":
            runs.append(Run(Kind.EQUAL, "".join(gone)))
        elif fold_marks(gone) == fold_marks(come):
            # Only the size of letters or the form of a mark: no name was put in.
            runs += [Run(Kind.GONE, "".join(gone)), Run(Kind.COME, "".join(come))]
        else:
            there = {plain(one).casefold() for one in come}
            is_denied = new.denies_in(new_start, new_end)
            runs += _changed(Kind.GONE, old, range(old_start, old_end), there, is_denied=is_denied)
            here = {plain(one).casefold() for one in gone}
            is_denied = old.denies_in(old_start, old_end)
            runs += _changed(Kind.COME, new, range(new_start, new_end), here, is_denied=is_denied)
    return _joined(runs)


def telling_changes(runs: Iterable[Run]) -> list[Weight]:
    """Return which of the weighty kinds were changed, the weightiest first, each once."""
    found = {run.weight for run in runs if run.is_telling}
    return [weight for weight in TELLING if weight in found]


def _changed(
    kind: Kind, side: Weighed, places: range, others: Collection[str], *, is_denied: bool
) -> list[Run]:
    """Cut changed words where their weight changes; white space goes with the words before it."""
    runs: list[Run] = []
    for n in places:
        word = side.words[n]
        if word.isspace() and runs:
            runs.append(Run(kind, word, runs[-1].weight))
        else:
            runs.append(Run(kind, word, side.weight(n, others, is_denied=is_denied)))
    return _joined(runs)


def _joined(runs: Iterable[Run]) -> list[Run]:
    return [
        Run(kind, text, weight)
        for (kind, weight), ones in groupby(runs, key=lambda one: (one.kind, one.weight))
        if (text := "".join(one.text for one in ones))
    ]
