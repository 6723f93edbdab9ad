"""Finding a passage as people retype it: any white space, quotation marks, dashes and composed or
decomposed letters count alike. PURE.

Both texts are folded to one spelling, and places are found in that by plain search: that takes
about as long as the texts are, whatever the passage. A pattern with a choice at each letter would
never end for a passage of mixed dashes.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator

import regex

_DOUBLE, _SINGLE, _DASHES = '"“”„‟«»″〝〞＂', "'‘’‚‛′ʼ`´＇", "-‐‑‒–—―−"
_SPACES = "".join(filter(str.isspace, map(chr, range(0x3001))))
# One for one, so that no offset changes.
_ALIKE = str.maketrans(
    dict.fromkeys(_DOUBLE, '"')
    | dict.fromkeys(_SINGLE, "'")
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_SPACES, " ")
)
# What takes another length in the folded text. Of letters with marks whole clusters are taken.
_LONGER = r" {2,}|-{2,}|\.\.\."
_RUNS = re.compile(_LONGER)
_RUNS_AND_CLUSTERS = regex.compile(rf"{_LONGER}|\X")
_RUN = {" ": " ", "-": "-", ".": "…"}


class Folded:
    """A text in one spelling, and where each part of it stands in the text as it is."""

    def __init__(self, text: str) -> None:
        alike = text.translate(_ALIKE)
        parts: list[str] = []
        # Where parts of another length begin and end: in the folded text, and in the text itself.
        self._begins: list[int] = [0]
        self._edges: list[tuple[int, int, int]] = [(0, 0, 0)]
        taken = length = 0
        for start, end, folded in _pieces(alike):
            parts += (alike[taken:start], folded)
            begins = length + start - taken
            length, taken = begins + len(folded), end
            self._begins.append(begins)
            self._edges.append((length, start, end))
        parts.append(alike[taken:])
        self.text = "".join(parts)

    def places(self, passage: str) -> Iterator[tuple[int, int]]:
        """Yield start and end of every place of a folded passage, in code points of the text as it
        is, in its order; places may overlap. None begins or ends within a run of spaces, dashes or
        dots, or within a letter that was composed otherwise.
        """
        at = self.text.find(passage)
        while at >= 0:
            start, end = self._start(at), self._end(at + len(passage))
            if start is not None and end is not None:
                yield start, end
            at = self.text.find(passage, at + 1)

    def _start(self, at: int) -> int | None:
        """Return where what begins here in the folded text begins; None within a part."""
        number = bisect_right(self._begins, at) - 1
        ends, start, end = self._edges[number]
        if at >= ends:
            return end + at - ends
        return start if at == self._begins[number] else None

    def _end(self, at: int) -> int | None:
        """Return where what ends here in the folded text ends; None within a part."""
        number = bisect_right(self._begins, at - 1) - 1
        ends, _start, end = self._edges[number]
        return end + at - ends if at >= ends else None


def fold(passage: str) -> str:
    """Return a passage in the spelling in which texts are searched."""
    return Folded(passage).text


def _pieces(alike: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and spelling of all that is spelled in another length."""
    if unicodedata.is_normalized("NFC", alike):
        for found in _RUNS.finditer(alike):
            yield found.start(), found.end(), _RUN[found.group()[0]]
        return
    for cluster in _RUNS_AND_CLUSTERS.finditer(alike):
        words = cluster.group()
        if len(words) > 1 and words[0] in _RUN and words[1] == words[0]:
            yield cluster.start(), cluster.end(), _RUN[words[0]]
        elif (composed := unicodedata.normalize("NFC", words).translate(_ALIKE)) != words:
            yield cluster.start(), cluster.end(), composed
