"""Texts of many scripts, and selections in them, made by chance from a seed.

What a selection means is worked out here over the whole text, apart from the code under test.
"""

import os
import random
from bisect import bisect_left, bisect_right

import regex

IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
_SAMPLE = (
    "the service said 2,000 “civilians” Zoe\u0301 o\u0308\u0304 Й и\u0306 міністерство заявило "
    "ґанок قالت الوزارة 498 جنديًا د\u0651\u064e נהרגו שׁ\u05b8לום क्षि हिन्दी க் தமிழ் กำ 한국어 각 각 "
    "漢字 平仮名 𝔐𝔞𝔱𝔥 𐍈 👨‍👩‍👧‍👦👩🏽‍🚒 👍🏿 🇺🇦🇵🇱 🏳️‍🌈 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 <b>&amp; a\u200db \u00ab»"
)
WORDS = _SAMPLE.split()
SPACES = (" ", " ", " ", " ", "  ", "\u00a0", "\t", "\n", "\u2009")
Range = tuple[int, int]


def mixed_text(chance: random.Random, paragraphs: int) -> str:
    """Paragraphs of words of every script."""
    return "".join(f"{_paragraph(chance)}.\n\n" for _n in range(paragraphs)).rstrip() + "\n"


def _paragraph(chance: random.Random) -> str:
    pieces = [chance.choice(WORDS)]
    for _n in range(chance.randint(10, 40)):
        pieces += [chance.choice(SPACES), chance.choice(WORDS)]
    return "".join(pieces)


def graphemes(text: str) -> list[str]:
    """What a reader takes for single characters."""
    return regex.findall(r"\X", text)


class Meaning:
    """What selections of one text mean: no white space outside, whole graphemes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._edges = [0]
        for one in graphemes(text):
            self._edges.append(self._edges[-1] + len(one))

    def of(self, start: int, end: int) -> Range | None:
        """The range that is stored; None when only white space is selected."""
        while start < end and self.text[start].isspace():
            start += 1
        while start < end and self.text[end - 1].isspace():
            end -= 1
        if start == end:
            return None
        first = self._edges[bisect_right(self._edges, start) - 1]
        return first, self._edges[bisect_left(self._edges, end)]

    def some(self, chance: random.Random) -> tuple[Range, Range]:
        """A selection by chance, some letters or some sentences long, and its meaning."""
        while True:
            start = chance.randrange(len(self.text))
            end = min(len(self.text), start + chance.choice([1, 2, 5, 20, 80, 300]))
            meant = self.of(start, end)
            if meant:
                return (start, end), meant
