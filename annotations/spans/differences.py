"""Two texts word by word: what stayed, what went and what came, and how much each change matters.

A changed number, name, quotation mark or negation can turn what is claimed into something else; a
space or a comma hardly ever does. What is told here is shown to a person and decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

# How many pairs of equal words two texts may have to be compared: above it, as in "ab ab ab ..."
# against "ba ab ...", comparing takes seconds, and all is shown as gone and come.
MOST_PAIRS = 60_000


class Kind(StrEnum):
    """What became of words."""

    EQUAL = "equal"
    GONE = "gone"
    COME = "come"


class Weight(StrEnum):
    """What a changed word is, the weightiest first."""

    NEGATION = "negation"
    NUMBER = "number"
    NAME = "name"
    QUOTATION = "quotation"
    WORDS = "words"
    COSMETIC = "cosmetic"


# What no reader should overlook.
TELLING = (Weight.NEGATION, Weight.NUMBER, Weight.NAME, Weight.QUOTATION)


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


# A number with its marks, a word with what is tied into it, white space, any other character.
_TOKEN = re.compile(r"\d(?:[\d.,:]*\d)?%?|[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*|\s+|.", re.DOTALL)
_QUOTES = frozenset("\"“”„‟«»‹›″'‘’‚‛`「」『』")
# English, Ukrainian and Russian, as the product's texts are.
_NEGATIONS = frozenset(
    re.findall(
        r"\w+",
        "not no never none nobody nothing neither nor without cannot hardly "
        "не ні ані ніколи ніхто ніщо нічого жоден жодна жодне жодного без нема немає "
        "ни нет никогда никто ничто ничего",
    )
)
_NEGATED = re.compile(r"n['’ʼ]t\Z", re.IGNORECASE)
_NUMBER_WORDS = frozenset(
    re.findall(
        r"[\w'’]+",
        "one two three four five six seven eight nine ten eleven twelve dozen dozens hundred "
        "hundreds thousand thousands million millions billion billions half twice "
        "один одна два дві три чотири п'ять п’ять шість сім вісім дев'ять дев’ять десять сто "
        "тисяча тисячі тисяч мільйон мільйони мільйонів мільярд сотні десятки половина "
        "две четыре пять шесть семь восемь девять тысяча тысячи тысяч миллион миллионы миллионов "
        "сотни десятки",
    )
)
_STOPS = frozenset(".!?…:")


def compare_words(before: str, after: str) -> list[Run]:
    """Return both texts as runs in reading order: equal and gone ones make up `before`, equal and
    come ones `after`, letter by letter.
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if _pairs(old, new) > MOST_PAIRS:
        return [*_changed(Kind.GONE, old, 0, len(old)), *_changed(Kind.COME, new, 0, len(new))]
    runs: list[Run] = []
    for kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            runs.append(Run(Kind.EQUAL, "".join(old[old_start:old_end])))
            continue
        gone, come = old[old_start:old_end], new[new_start:new_end]
        if "".join(gone).casefold() == "".join(come).casefold():
            # Only the size of letters: no name was put in.
            runs += [Run(Kind.GONE, "".join(gone)), Run(Kind.COME, "".join(come))]
            continue
        runs += _changed(Kind.GONE, old, old_start, old_end)
        runs += _changed(Kind.COME, new, new_start, new_end)
    return _joined(runs)


def telling_changes(runs: Iterable[Run]) -> list[Weight]:
    """Return which of the weighty kinds were changed, the weightiest first, each once."""
    found = {run.weight for run in runs if run.is_telling}
    return [weight for weight in TELLING if weight in found]


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    counts: dict[str, int] = {}
    for word in new:
        counts[word] = counts.get(word, 0) + 1
    return sum(counts.get(word, 0) for word in old)


def _changed(kind: Kind, tokens: Sequence[str], start: int, end: int) -> list[Run]:
    """Cut changed words where their weight changes; white space goes with the words before it."""
    weighed = [(tokens[n], _weight(tokens, n)) for n in range(start, end)]
    runs: list[Run] = []
    for token, weight in weighed:
        if token.isspace() and runs:
            runs.append(Run(kind, token, runs[-1].weight))
        else:
            runs.append(Run(kind, token, weight))
    return _joined(runs)


def _joined(runs: Iterable[Run]) -> list[Run]:
    return [
        Run(kind, "".join(one.text for one in ones), weight)
        for (kind, weight), ones in groupby(runs, key=lambda one: (one.kind, one.weight))
    ]


def _weight(tokens: Sequence[str], n: int) -> Weight:
    token = tokens[n]
    word = token.casefold()
    if word in _NEGATIONS or _NEGATED.search(token):
        return Weight.NEGATION
    if any(one.isdigit() for one in token) or word in _NUMBER_WORDS:
        return Weight.NUMBER
    if token in _QUOTES:
        return Weight.QUOTATION
    if not any(one.isalnum() for one in token):
        return Weight.COSMETIC
    return Weight.NAME if token[0].isupper() and not _begins(tokens, n) else Weight.WORDS


def _begins(tokens: Sequence[str], n: int) -> bool:
    """Say whether a word begins its sentence, where a capital letter does not make it a name."""
    for before in reversed(tokens[:n]):
        if not before.isspace() and before not in _QUOTES:
            return before in _STOPS
        if "\n" in before:
            return True
    return True
