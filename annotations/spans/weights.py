"""How much each word of a text matters where it is changed: what it is, where it stands. PURE.

A changed number, name, quotation or negation can turn what is claimed into something else; a
space, a comma, or a line that the page writes by itself hardly ever does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum

from annotations.articles.boilerplate import boilerplate_start
from annotations.spans.denials import affirms, denies, turned_round
from annotations.spans.numbers import is_number, is_sign
from annotations.spans.plain import MARKS, plain
from annotations.spans.quotations import DOUBLE_MARKS, SINGLE_MARKS, quoted_ranges
from annotations.spans.sentences import is_known_short


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


# A number with its marks, a word with what is tied into it, white space, any other character.
_LETTERS = rf"(?:[^\W\d_][{MARKS}]*)+"
_TOKEN = re.compile(rf"\d(?:[\d.,:]*\d)?%?|{_LETTERS}(?:['’ʼ‐‑-]{_LETTERS})*|\s+|.", re.DOTALL)
# "L'Ukraine", "al-Assad", "Jean-Pierre": a name, where it begins a sentence too.
_TIED_NAME = re.compile(r"[^\W\d_]['-]([^\W\d_]{2})")
_QUOTES = DOUBLE_MARKS | SINGLE_MARKS
_STOPS = frozenset(".!?…:")


class Weighed:
    """The words of a text, white space and marks among them, and what each is. Linear.

    `before` and `after` are what stands around it, where a quotation may begin or end.
    """

    def __init__(self, text: str, before: str = "", after: str = "") -> None:
        self.words: list[str] = _TOKEN.findall(text)
        self._is_quoted: list[bool] = []
        # Of a single mark: whether it is a quotation mark, and no apostrophe.
        self._is_edge: list[bool] = []
        self._begins = list(_beginnings(self.words))
        self._is_written_anew = list(_boilerplate(text, self.words))
        self._read_quotations(before, text, after)

    def _read_quotations(self, before: str, text: str, after: str) -> None:
        whole = f"{before}{text}{after}"
        ranges, n, at = quoted_ranges(whole), 0, len(before)
        for word in self.words:
            while n < len(ranges) and ranges[n][1] < at:
                n += 1
            start, end = ranges[n] if n < len(ranges) else (len(whole) + 1, len(whole) + 1)
            self._is_quoted.append(start <= at < end)
            # What closes one may be next to what opens another.
            opens_next = n + 1 < len(ranges) and at == ranges[n + 1][0] - 1
            self._is_edge.append(at in (start - 1, end) or opens_next)
            at += len(word)

    def weight(self, n: int, others: Collection[str] = (), *, is_denied: bool = False) -> Weight:
        """Return how much the n-th word matters where it is changed.

        `others` are the words that stand in its place, plain and in lower case; `is_denied` says
        whether there is one among them that denies.
        """
        word = self.words[n]
        if self._is_written_anew[n]:
            return Weight.COSMETIC
        if denies(self.words, n) or turned_round(word, others) or (is_denied and affirms(word)):
            return Weight.NEGATION
        if is_number(word) or is_sign(self.words, n):
            return Weight.NUMBER
        if word in DOUBLE_MARKS or (word in SINGLE_MARKS and self._is_edge[n]):
            return Weight.QUOTATION
        if not any(one.isalnum() for one in word):
            return Weight.COSMETIC
        if self._is_name(n):
            return Weight.NAME
        return Weight.QUOTATION if self._is_quoted[n] else Weight.WORDS

    def _is_name(self, n: int) -> bool:
        word = self.words[n]
        if (word[0].isupper() and not self._begins[n]) or (n and self.words[n - 1] == "@"):
            return True
        return any(one[1].istitle() for one in _TIED_NAME.finditer(plain(word)))

    def denies_in(self, start: int, end: int) -> bool:
        """Say whether one of these words denies."""
        return any(denies(self.words, n) for n in range(start, end))


def fold_marks(words: Sequence[str]) -> str:
    """Return words in small letters and with plain marks: what is only drawn otherwise is the same.

    Double marks stay apart from single ones, as feet do from inches.
    """
    return plain("".join(map(_folded, words)))


def _folded(word: str) -> str:
    if word in DOUBLE_MARKS:
        return '"'
    return "'" if word in SINGLE_MARKS else word.casefold()


def _beginnings(words: Sequence[str]) -> Iterator[bool]:
    """Say of each word whether it begins its sentence, where a capital makes it no name."""
    begins, last = True, ""
    for word in words:
        yield begins
        if word.isspace():
            begins = begins or "\n" in word
        elif word in _STOPS:
            # "Gen. Koval", "м. Київ"
            begins = begins or not (word == "." and is_known_short(last))
        elif any(one.isalnum() for one in word):
            begins = False
        last = word


def _boilerplate(text: str, words: Sequence[str]) -> Iterator[bool]:
    """Say of each word whether it is in what pages write anew by themselves."""
    end, first, at = -1, 0, 0
    for word in words:
        if at > end:
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            first = at + boilerplate_start(text[at:end])
        yield first <= at < end
        at += len(word)
