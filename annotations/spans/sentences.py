"""Where the sentences and paragraphs of a text begin and end, cut with care.

Cutting one sentence too few only makes a comparison stricter; one too many could hide a "not" that
stands in the other half. So whatever is in doubt is not cut.

Offsets are code points of the text, start inclusive, end exclusive.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from annotations.spans.framing import BULLET, Frame, frame_sentences

# A stop, whatever closes after it, and white space; ideographic stops need no space after them.
_STOP = re.compile(
    r"""(?<![.!?…؟۔।])[.!?…؟۔।]++["'”’»)\]]*+(?=\s)|[。！？]++["'」』”’）]*+|\n\s*+"""
)
_STOPS = frozenset(".!?…。！？؟۔।")
_CLOSERS = "»”\"'’)]』」）"
# A line that ends in one of these goes on in the next, be there empty lines between them.
_LEADS_ON = frozenset(":;,-–—")
# Before a capital, a line as long as this may be one that only broke where the page ended.
_WRAPPED = 30
_TAIL = 12
# A gap of more line ends than this is no gap within a sentence.
_LONGEST_GAP = 4
_NEXT_LETTER = re.compile(r"\s*+([^\W_]?)")
_LAST_WORD = re.compile(r"(\w+)\.$")
_LONGEST_SHORT_NAME = 4
_VOWELS = frozenset("aeiouyàáâäãåæèéêëìíîïòóôöõøœùúûüýąęаеёиоуыэюяіїє")
# Words that a full stop only shortens: what follows belongs to them.
_SHORTENED = frozenset(
    re.findall(
        r"\w+",
        "mr mrs ms dr st vs no approx gen lt col sgt capt sen rep gov prof rev hon inc ltd co "
        "jr sr art fig ca cf м р рр ст вул ім проф ген полк гр тис млн млрд грн п пп див с обл "
        "просп буд кв акад доц д ул г гг им стр тыс руб "
        "messrs lieut adm maj pres min insp assoc bros dept incl excl esp resp est univ inkl exkl "
        "evtl einschl sog "
        "excmo excma srta lic ing aprox "
        "заст нач адм кап серж лейт пос пров бульв ін напр мін деп тел ред кор пер зам гос мин чел "
        "пол полк підполк тов вид",
    )
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence without the white space around it, and the number of its paragraph."""

    start: int
    end: int
    paragraph: int


class Sentences:
    """The sentences of one text, and where each of them stands. Linear in the text's length."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.all = cut_sentences(text)
        self.frames: list[Frame] = frame_sentences(text, self.all)
        self._starts = [one.start for one in self.all]
        self._numbers: dict[str, list[int]] = {}
        for number, one in enumerate(self.all):
            self._numbers.setdefault(text[one.start : one.end], []).append(number)

    def words(self, number: int) -> str:
        """Return the words of one sentence."""
        one = self.all[number]
        return self.text[one.start : one.end]

    def numbers(self, words: str) -> list[int]:
        """Return the numbers of the sentences that are exactly these words, in text order."""
        return self._numbers.get(words, [])

    def touched(self, start: int, end: int) -> tuple[int, int]:
        """Return the numbers of the first and the last sentence that a range touches.

        White space alone counts as the sentence before it. Raises IndexError without sentences.
        """
        first = max(0, bisect_right(self._starts, start) - 1)
        if self.all[first].end <= start and first + 1 < len(self.all):
            first += self.all[first + 1].start < end
        return first, max(first, bisect_right(self._starts, end - 1) - 1)

    def at(self, offset: int) -> int:
        """Return the number of the last sentence that begins at or before the offset, or 0."""
        return max(0, bisect_right(self._starts, offset) - 1)


def cut_sentences(text: str) -> list[Sentence]:
    """Return the sentences of a text in its order; white space between them is in none. Linear."""
    sentences: list[Sentence] = []
    paragraph = 0
    start = 0
    for end, is_line_end in _edges(text):
        words = text[start:end]
        if bare := words.strip():
            first = start + len(words) - len(words.lstrip())
            sentences.append(Sentence(first, first + len(bare), paragraph))
        paragraph += is_line_end
        start = end
    return sentences


def _edges(text: str) -> Iterator[tuple[int, bool]]:
    """Yield where a sentence ends, and whether a paragraph does; the text's end is the last."""
    shortened, edge = -1, 0
    for found in _STOP.finditer(text):
        is_line_end = text[found.start()] == "\n"
        if is_line_end:
            is_inside = _is_wrapped(text, found, edge, shortened)
        elif is_inside := _is_shortened_at(text, found):
            shortened = found.end()
        else:
            is_inside = _goes_on(text, found)
        if not is_inside:
            edge = found.end()
            yield edge, is_line_end
    yield len(text), True


def _is_wrapped(text: str, line_end: re.Match[str], edge: int, shortened: int) -> bool:
    """Tell a line end within a sentence from one that ends a paragraph.

    Letters without case tell nothing, so that they count as going on too. `edge` is where the last
    sentence ended, `shortened` where the last word did whose stop only shortens it.
    """
    bare = text[max(0, line_end.start() - _TAIL) : line_end.start()].rstrip().rstrip(_CLOSERS)
    after = text[line_end.end() : line_end.end() + 1]
    count = line_end.group().count("\n")
    if bare[-1:] in _LEADS_ON or after.islower():
        return count <= _LONGEST_GAP
    if count > 1 or BULLET.match(text, line_end.end()):
        return False
    if bare[-1:] in _STOPS:
        return shortened == line_end.start() - _spaces_before(text, line_end.start())
    if after.isalpha() and not (after.isupper() or after.istitle()):
        return True
    begins = text.rfind("\n", 0, line_end.start()) + 1
    # A line that goes on from the one before most likely goes on in the next.
    is_long = line_end.start() - begins >= _WRAPPED or begins > edge
    return is_long and not after.isspace()


def _spaces_before(text: str, at: int) -> int:
    tail = text[max(0, at - _TAIL) : at]
    return len(tail) - len(tail.rstrip())


def _goes_on(text: str, stop: re.Match[str]) -> bool:
    """Say whether a sentence goes on behind its stop: a small letter does, "No. 5"."""
    following = _NEXT_LETTER.match(text, stop.end())
    letter = following.group(1) if following else ""
    return letter.islower() or (letter.isdigit() and stop.group() == ".")


def _is_shortened_at(text: str, stop: re.Match[str]) -> bool:
    """Say whether the stop may only shorten the word before it: an initial does."""
    if stop.group() != ".":
        return False
    # No word worth knowing is longer than this.
    word = _LAST_WORD.search(text, max(0, stop.start() - _TAIL), stop.end())
    return word is not None and is_shortened(word.group(1))


def is_shortened(word: str) -> bool:
    """Say whether a full stop behind the word may only shorten it: rather one too many."""
    return is_known_short(word) or (word.istitle() and len(word) <= _LONGEST_SHORT_NAME)


def is_known_short(word: str) -> bool:
    """Say whether a word is one that is only written shortened: "gen", "м", "bzw", "EE"."""
    lower = word.lower()
    if len(word) == 1 or lower in _SHORTENED:
        return word.isalnum()
    if word.isupper():
        return len(word) == len("EE") and word[0] == word[1]
    # There is nothing in it to be spoken by.
    return word.isalpha() and (word.islower() or word.istitle()) and _VOWELS.isdisjoint(lower)
