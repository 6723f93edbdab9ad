"""What a person typed into a search box, as terms: words, prefixes, exact phrases. PURE."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST_QUERY = 300
MOST_TERMS = 12
# One letter at the end of a query is a word being typed; as a prefix it would match everything.
SHORTEST_TYPED_PREFIX = 2

_OPENING = '"“”„«»'
_PIECE = re.compile(rf"[{_OPENING}]([^{_OPENING}]*)[{_OPENING}]|([^\s{_OPENING}]+)")
_EDGES = "".join(chr(n) for n in range(33, 127) if not chr(n).isalnum()) + "…–—‘’"


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must occur: words next to each other; `is_prefix` leaves their ends open."""

    words: str
    is_prefix: bool = False


def read_terms(query: str) -> tuple[Term, ...]:
    """Return the terms of a query: `word`, `word*`, `"exact phrase"`; the last word is a prefix.

    At most MOST_TERMS of the first LONGEST_QUERY characters; what holds no letter or digit is
    left out. A missing closing quotation mark is forgiven.
    """
    typed = query.replace("\x00", " ")[:LONGEST_QUERY]
    terms: list[Term] = []
    for found in _PIECE.finditer(typed):
        phrase, word = found.groups()
        words = (phrase if phrase is not None else word).strip().strip(_EDGES)
        if any(character.isalnum() for character in words):
            is_last = phrase is None and found.end() == len(typed)
            typed_prefix = is_last and len(words) >= SHORTEST_TYPED_PREFIX
            ends_open = phrase is None and word.endswith("*")
            terms.append(Term(" ".join(words.split()), is_prefix=ends_open or typed_prefix))
    return tuple(terms[:MOST_TERMS])
