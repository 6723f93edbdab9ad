"""What changed between two versions of a text: paragraph by paragraph, then word by word.

Paragraphs that are the same are found first, so that words are compared only where something
changed. Each change says how much it matters: lines that a page writes anew, as the dates of its
updates, and white space hardly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from annotations.spans.differences import Kind, Run, compare_words, telling_changes
from annotations.spans.matching import opcodes
from annotations.spans.pairing import alike
from annotations.spans.weights import Weight

# A paragraph with the line ends after it; what stands before the first one goes with it.
_PARAGRAPH = re.compile(r"\s*[^\n]+\n*")


@dataclass(frozen=True)
class Stretch:
    """Paragraphs that follow each other: the same in both versions, or changed.

    `old` and `new` are their texts; all stretches together make up both versions, letter by letter.
    """

    old: str
    new: str

    @property
    def is_changed(self) -> bool:
        """Say whether anything is different."""
        return self.old != self.new

    @cached_property
    def runs(self) -> list[Run]:
        """Return the words that stayed, went and came."""
        return compare_words(self.old, self.new)

    @property
    def old_runs(self) -> list[Run]:
        """Return the earlier text, with what went."""
        return [run for run in self.runs if run.kind is not Kind.COME]

    @property
    def new_runs(self) -> list[Run]:
        """Return the later text, with what came."""
        return [run for run in self.runs if run.kind is not Kind.GONE]

    @cached_property
    def is_cosmetic(self) -> bool:
        """Say whether what changed says nothing: spaces, commas, lines that a page writes anew."""
        changed = [run for run in self.runs if run.kind is not Kind.EQUAL]
        return all(run.weight is Weight.COSMETIC for run in changed)

    @property
    def telling(self) -> list[Weight]:
        """Return the weighty kinds of change, the weightiest first; none where it is cosmetic."""
        return [] if self.is_cosmetic else telling_changes(self.runs)


def compare_texts(old: str, new: str) -> list[Stretch]:
    """Return two versions as stretches in reading order.

    About linear where most paragraphs are the same; what repeats too often is not told apart.
    """
    before, after = cut_paragraphs(old), cut_paragraphs(new)
    # By their words: empty lines around them are no change of theirs.
    bare = [one.strip() for one in before], [one.strip() for one in after]
    found: list[Stretch] = []
    for kind, first, last, start, end in opcodes(*bare):
        gone, come = before[first:last], after[start:end]
        found += _same(gone, come) if kind == "equal" else _changed(gone, come)
    return found


def cut_paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text with their line ends; they concatenate to it."""
    found = _PARAGRAPH.findall(text)
    rest = text[sum(map(len, found)) :]
    if rest and found:
        found[-1] += rest
    return found or ([text] if text else [])


def _same(gone: Sequence[str], come: Sequence[str]) -> Iterator[Stretch]:
    """Yield paragraphs of the same words; empty lines around them may differ."""
    pairs = list(zip(gone, come, strict=True))
    for is_same, ones in groupby(pairs, key=lambda pair: pair[0] == pair[1]):
        if is_same:
            whole = "".join(one for one, _same in ones)
            yield Stretch(whole, whole)
        else:
            yield from (Stretch(*pair) for pair in ones)


def _changed(gone: Sequence[str], come: Sequence[str]) -> Iterator[Stretch]:
    """Yield each changed paragraph with the one that is like it, and others with those opposite."""
    at, there = 0, 0
    for i, j in alike(gone, come):
        yield from _opposite(gone[at:i], come[there:j])
        yield Stretch(gone[i], come[j])
        at, there = i + 1, j + 1
    yield from _opposite(gone[at:], come[there:])


def _opposite(gone: Sequence[str], come: Sequence[str]) -> Iterator[Stretch]:
    """Yield each with the one opposite, and the rest with the last of them."""
    shared = min(len(gone), len(come))
    paired = shared if len(gone) == len(come) else max(shared - 1, 0)
    yield from map(Stretch, gone[:paired], come[:paired])
    if len(gone) > paired or len(come) > paired:
        yield Stretch("".join(gone[paired:]), "".join(come[paired:]))
