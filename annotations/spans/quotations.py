"""Which stretches of a text stand between quotation marks. PURE, and linear in its length.

Offsets are code points, start inclusive, end exclusive; the marks themselves are outside.
"""

from __future__ import annotations

import re

# What opens, and what closes it. A mark that only opens where a word begins is also a closing one.
_CLOSING = {
    "“": "”“",
    "„": "”“‟\"",
    "‟": "”“",
    "”": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "″": "″",
    "＂": "＂",
    '"': '"',
    "〝": "〞〟",
    "「": "」",
    "『": "』",
}  # fmt: skip
# These are apostrophes and primes too, and mark words only where they open and close around them.
_SINGLE_CLOSING = {"'": "'", "‘": "’", "‚": "‘’", "‛": "’"}
DOUBLE_MARKS = frozenset("".join((*_CLOSING, *_CLOSING.values()))) - {"″"}
SINGLE_MARKS = frozenset("".join((*_SINGLE_CLOSING, *_SINGLE_CLOSING.values()))) | {"`", "″", "ʼ"}
# These open and close alike: no other of them can stand within.
_ALIKE = frozenset('"″＂”')
# A quotation reaches at most so far from its mark, in code points.
LONGEST = 5_000
_MARK = re.compile(f"[{''.join(sorted(DOUBLE_MARKS | SINGLE_MARKS))}\n]")
_BEFORE_A_WORD = frozenset("([{<—–-/¿¡:") | DOUBLE_MARKS | SINGLE_MARKS
# "the '90s" is no quotation.
_DECADE = re.compile(r"\d\ds?\b")


def quoted_ranges(text: str) -> list[tuple[int, int]]:
    """Return what stands between quotation marks, in text order, disjoint.

    A quotation within another is part of it. One that is not closed reaches to the end of its
    paragraph; where a paragraph only closes one, that began with the paragraph. None is longer
    than LONGEST.
    """
    found: list[tuple[int, int]] = []
    start = 0
    while start <= len(text):
        feed = text.find("\n", start)
        end = len(text) if feed < 0 else feed
        _read_paragraph(text, start, end, found)
        start = end + 1
    return found


def _read_paragraph(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    """Add the quotations of one paragraph."""
    at, is_first, unclosed = start, True, dict.fromkeys(_SINGLE_CLOSING, start)
    while match := _MARK.search(text, at, end):
        mark, place = match[0], match.start()
        at, opens = place + 1, _opens(text, place, start, end)
        if mark in _SINGLE_CLOSING:
            close = _single_end(text, place, end, unclosed) if opens else None
        elif mark in _CLOSING and opens:
            close, is_first = _double_end(text, place, end), False
        else:
            if is_first and mark in DOUBLE_MARKS and not _is_inches(text, place, start):
                _begin_with_paragraph(found, start, place)
            close, is_first = None, is_first and mark in SINGLE_MARKS
        if close is not None:
            found.append((at, close))
            at = close + 1


def _begin_with_paragraph(found: list[tuple[int, int]], start: int, end: int) -> None:
    """Add what stands before a mark that only closes; single marks before it are within."""
    first = max(start, end - LONGEST)
    while found and found[-1][1] >= first:
        found.pop()
    found.append((first, end))


def _is_inches(text: str, place: int, start: int) -> bool:
    return text[place] in _ALIKE and place > start and text[place - 1].isdigit()


def _opens(text: str, place: int, start: int, end: int) -> bool:
    """Say whether a word begins behind a mark, and none ends before it."""
    before = text[place - 1] if place > start else " "
    after = text[place + 1] if place + 1 < end else " "
    if text[place] in "「『〝":
        return True
    # « A word » has spaces within, as French has it.
    is_apart = not after.isspace() or text[place] in "«‹"
    return is_apart and (before.isspace() or before in _BEFORE_A_WORD)


def _closes(text: str, place: int, end: int) -> bool:
    """Say whether no word goes on behind a mark."""
    return place + 1 >= end or not text[place + 1].isalnum()


def _single_end(text: str, place: int, end: int, unclosed: dict[str, int]) -> int | None:
    """Return where a single mark is closed in its paragraph and within the bound; None if not.

    `unclosed` keeps how far was looked in vain, so that nothing is looked through twice.
    """
    mark, last = text[place], min(end, place + LONGEST)
    if _DECADE.match(text, place + 1):
        return None
    for match in _MARK.finditer(text, max(place + 1, unclosed[mark]), last):
        at = match.start()
        is_bare = text[at - 1].isspace() or at == place + 1
        if match[0] in _SINGLE_CLOSING[mark] and not is_bare and _closes(text, at, end):
            return at
    unclosed[mark] = last
    return None


def _double_end(text: str, place: int, end: int) -> int:
    """Return where a quotation ends: at its own closing mark, at the last one where some within it
    have none of their own, or with the paragraph.
    """
    mark, depth, last = text[place], 1, None
    limit = min(end, place + 1 + LONGEST)
    for match in _MARK.finditer(text, place + 1, limit):
        at = match.start()
        if match[0] == mark and mark not in _ALIKE and _opens(text, at, place, end):
            depth += 1
        elif match[0] in _CLOSING[mark]:
            depth, last = depth - 1, at
            if not depth:
                return at
    return limit if last is None else last
