"""Finding a query's terms in a text again, to show where they stand. PURE.

Folds as the database's index does (case, Latin and Greek accents), letter by letter, so that
positions in the folded text are positions in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from annotations.search.words import Term

SNIPPET = 220
BEFORE = 70

# Stands for a combining mark: skipped when letters are compared.
_MARK = "\x01"
# unaccent makes an apostrophe, and so a gap between words, of these letters.
_APOSTROPHES = "\u02b9\u02bb\u02bc\u02bd\u02c8"
_WORD = re.compile(rf"[\w{_MARK}]+")
_NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, found or not."""

    text: str
    is_hit: bool


class _Fold(dict[int, str]):
    """One character to one character, worked out when first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if 0x300 <= code <= 0x36F:
            folded = _MARK
        elif character in _APOSTROPHES:
            folded = "'"
        elif code < 0x400 or 0x1E00 <= code < 0x2000:
            folded = unicodedata.normalize("NFKD", character)[:1].casefold()[:1] or character
        else:
            folded = {"ё": "е"}.get(character.lower(), character.casefold())
        self[code] = folded if len(folded) == 1 else character
        return self[code]


_FOLD = _Fold()


def fold(text: str) -> str:
    """Fold case and accents away; as long as the text."""
    return text.translate(_FOLD)


def pieces(text: str, terms: tuple[Term, ...]) -> list[Piece]:
    """Cut the whole text at the edges of what was found."""
    if not terms:
        return [Piece(text, is_hit=False)] if text else []
    return _cut(text, 0, len(text), _pattern(terms).finditer(fold(text)))


def snippet(text: str, terms: tuple[Term, ...], size: int = SNIPPET) -> list[Piece]:
    """Return about `size` characters around the first hit, cut at words, "…" where cut off.

    White space becomes single spaces. Without a hit it is the beginning of the text.
    """
    words = " ".join(text.split())
    folded = fold(words)
    first = _pattern(terms).search(folded)
    start = max(0, first.start() - BEFORE) if first else 0
    if start:
        space = words.find(" ", start, first.start() if first else None)
        start = space + 1 if space >= 0 else start
    end = min(len(words), start + size)
    if end < len(words):
        space = words.rfind(" ", start + size // 2, end)
        end = space if space >= 0 else end
    cut = _cut(words, start, end, _pattern(terms).finditer(folded, start, end))
    lead = [Piece("… ", is_hit=False)] if start else []
    tail = [Piece(" …", is_hit=False)] if end < len(words) else []
    return [*lead, *cut, *tail]


def has_hit(found: Iterable[Piece]) -> bool:
    """Say whether any piece was found."""
    return any(piece.is_hit for piece in found)


def _cut(text: str, start: int, end: int, found: Iterable[re.Match[str]]) -> list[Piece]:
    result: list[Piece] = []
    position = start
    for hit in found:
        if hit.start() > position:
            result.append(Piece(text[position : hit.start()], is_hit=False))
        result.append(Piece(text[hit.start() : hit.end()], is_hit=True))
        position = hit.end()
    if position < end:
        result.append(Piece(text[position:end], is_hit=False))
    return result


@lru_cache(maxsize=256)
def _pattern(terms: tuple[Term, ...]) -> re.Pattern[str]:
    """Return one pattern that finds every term, the longest first."""
    longest_first = sorted(terms, key=lambda term: -len(term.words))
    patterns = [pattern for term in longest_first if (pattern := _term_pattern(term))]
    return re.compile("|".join(patterns)) if patterns else _NOTHING


def _term_pattern(term: Term) -> str:
    words = [word.replace(_MARK, "") for word in _WORD.findall(fold(term.words))]
    spelled = [f"{_MARK}*".join(map(re.escape, word)) for word in words if word]
    if not spelled:
        return ""
    tail = rf"[\w{_MARK}]*" if term.is_prefix else rf"{_MARK}*(?!\w)"
    between = rf"{_MARK}*[^\w{_MARK}]+"
    return rf"(?<![\w{_MARK}])" + between.join(spelled) + tail
