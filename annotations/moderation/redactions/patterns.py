"""PURE: the regular expression that finds words in the forms they are stored in.

One dialect for both readers: PostgreSQL (tables) and Python (files), so both find the same.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import quote

from annotations.lib.errors import InvalidInput, gettext_noop
from annotations.lib.names import fold_name

SHORTEST = 3
LONGEST = 300
MOST_SPELLINGS = 20
MARK = "[redacted]"
# In a text whose offsets are counted, what goes is replaced by as many of these.
FILL = "\N{FULL BLOCK}"
# What stands between two words: white space as it is, as JSON, HTML and addresses write it.
_GAP = r"(?:[\s\u00a0_+-]|\\[nrt]|%20|&nbsp;)+"
_APOSTROPHES = re.compile("['’‘ʼ`´]")
# Longer ones do not stand in addresses, and would make the expression very long.
LONGEST_IN_ADDRESSES = 60
_SPECIAL = re.compile(r"([.^$*+?()\[\]{}|\\/-])")


def clean_spellings(lines: str) -> list[str]:
    """Return the spellings, one of each line, without repetition. Raises InvalidInput."""
    found = list(dict.fromkeys(" ".join(line.split()) for line in lines.splitlines()))
    found = [one.replace("\0", "") for one in found if one]
    if not found:
        raise InvalidInput(gettext_noop("Write the words to be redacted."), field="words")
    if len(found) > MOST_SPELLINGS or max(map(len, found)) > LONGEST:
        raise InvalidInput(
            gettext_noop("At most %(most)d spellings of %(longest)d characters."),
            field="words",
            params={"most": MOST_SPELLINGS, "longest": LONGEST},
        )
    for one in found:
        _check(one)
    return found


def _check(spelling: str) -> None:
    letters = sum(letter.isalnum() for letter in spelling)
    if letters < SHORTEST or not fold_name(spelling):
        raise InvalidInput(
            gettext_noop("“%(words)s” is too short: it would be found everywhere."),
            field="words",
            params={"words": spelling},
        )
    if re.search(pattern_of([spelling], whole_words=False), f"{MARK} redacted-1"):
        raise InvalidInput(
            gettext_noop("“%(words)s” is part of the mark that takes its place."),
            field="words",
            params={"words": spelling},
        )


def pattern_of(spellings: Sequence[str], *, whole_words: bool) -> str:
    """Return the expression that finds each spelling, whatever its case and white space.

    Each is looked for as it is, composed and decomposed (NFC, NFD, NFKC, NFKD), with accents
    folded away as in keys of names, and as JSON, HTML and addresses write it.
    """
    forms: dict[str, None] = {}
    for one in spellings:
        for form in _forms(one):
            forms[_expression(form, whole_words=whole_words)] = None
    # The longest first: PostgreSQL takes the longest anyway, Python the first that fits.
    return f"(?i)(?:{'|'.join(sorted(forms, key=len, reverse=True))})"


def mail_pattern(addresses: Sequence[str], names: Sequence[str]) -> str:
    """Return the expression that finds a person: their addresses, and their names after an @."""
    forms = [_expression(one, whole_words=True) for address in addresses for one in _forms(address)]
    forms += [
        f"(?<=@){_expression(form, whole_words=False)}" for one in names for form in _forms(one)
    ]
    return f"(?i)(?:{'|'.join(sorted(dict.fromkeys(forms), key=len, reverse=True))})"


def redact(text: str, pattern: str, mark: str = MARK) -> tuple[str, int]:
    """Return the text with every match replaced, and how many there were."""
    return re.subn(pattern, lambda _match: mark, text)


def _forms(spelling: str) -> list[str]:
    forms = [unicodedata.normalize(form, spelling) for form in ("NFC", "NFD", "NFKC", "NFKD")]
    forms.append(fold_name(spelling))
    composed = forms[0]
    if len(composed) <= LONGEST_IN_ADDRESSES:
        for cased in (composed, composed.lower(), composed.upper(), composed.title()):
            forms.append(quote(cased, safe=" "))
            forms.append(json.dumps(cased)[1:-1])
    forms.append(html.escape(composed))
    return list(dict.fromkeys(forms))


def _expression(form: str, *, whole_words: bool) -> str:
    words = [_escaped(word) for word in form.split(" ") if word]
    # Neither dialect knows the other's word edges; both know looking ahead and behind.
    before = r"(?<!\w)" if whole_words and form[:1].isalnum() else ""
    after = r"(?!\w)" if whole_words and form[-1:].isalnum() else ""
    return before + _GAP.join(words) + after


def _escaped(word: str) -> str:
    # A quotation mark may stand behind the backslash that JSON writes.
    escaped = _SPECIAL.sub(r"\\\1", word).replace('"', r'\\?"')
    return _APOSTROPHES.sub("['’‘ʼ`´]", escaped)
