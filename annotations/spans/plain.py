"""Words as they read, whatever characters they are written with. PURE."""

from __future__ import annotations

import re
import unicodedata

from annotations.lib.text import PLAIN_APOSTROPHES

# What is drawn upon a letter or lies within a word unseen, so that it ends none: combining marks,
# Arabic vowels, soft hyphens, joiners.
MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u00ad\u200b-\u200d\u2060"
# Soft hyphens, joiners, marks of direction, and the stress that is put upon a Cyrillic vowel.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u0301]")
_ALIKE = PLAIN_APOSTROPHES | str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))


def plain(words: str) -> str:
    """Return words composed, with plain apostrophes and hyphens and without what is not seen."""
    if words.isascii():
        return words
    return _UNSEEN.sub("", unicodedata.normalize("NFC", words)).translate(_ALIKE)
