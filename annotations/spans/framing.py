"""What frames a sentence from outside it: the words over its list, and who is quoted. PURE.

The second item under "The ministry denied this:" is not what it was once the ministry confirms it,
nor is the second sentence of a quotation that somebody else speaks now.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.spans.quotations import quoted_ranges

if TYPE_CHECKING:
    from annotations.spans.sentences import Sentence

# What begins a line that is a list's.
BULLET = re.compile(r"(?:[-–—•·*‣▪◦]|\(?\d{1,3}[.)]|[^\W\d_]\))\s")
_OVER_A_LIST = re.compile(rf":[^\S\n]*+\n\s*+(?={BULLET.pattern})")


@dataclass(frozen=True, slots=True)
class Frame:
    """The words that frame a sentence; each is empty where nothing does.

    `over` stands over the list that it is in; `before` and `after` around a quotation that began
    in a sentence before it, and that ends in one behind it.
    """

    over: str = ""
    before: str = ""
    after: str = ""


_NONE = Frame()


def frame_sentences(text: str, sentences: Sequence[Sentence]) -> list[Frame]:
    """Return the frame of each sentence, in their order. Linear in the text's length."""
    over = _lists(text, sentences)
    before, after = _quotations(text, sentences)
    return [
        Frame(over.get(n, ""), before.get(n, ""), after.get(n, ""))
        if n in over or n in before or n in after
        else _NONE
        for n in range(len(sentences))
    ]


def _lists(text: str, sentences: Sequence[Sentence]) -> dict[int, str]:
    """Return what stands over the lists, by the numbers of the sentences in them."""
    found: dict[int, str] = {}
    over, paragraph = "", -1
    for n, one in enumerate(sentences):
        if one.paragraph != paragraph and not BULLET.match(text, one.start):
            over = ""
        paragraph = one.paragraph
        if over:
            found[n] = over
        for head in _OVER_A_LIST.finditer(text, one.start, one.end):
            over = text[one.start : head.start()]
    return found


def _quotations(text: str, sentences: Sequence[Sentence]) -> tuple[dict[int, str], dict[int, str]]:
    """Return what stands before and after quotations of several sentences, by their numbers."""
    starts = [one.start for one in sentences]
    before: dict[int, str] = {}
    after: dict[int, str] = {}
    for start, end in quoted_ranges(text):
        first = max(0, bisect_right(starts, start) - 1)
        last = max(first, bisect_right(starts, max(start, end - 1)) - 1)
        if first == last:
            continue
        before |= dict.fromkeys(range(first + 1, last + 1), text[starts[first] : start])
        after |= dict.fromkeys(range(first, last), text[end : max(end, sentences[last].end)])
    return before, after
