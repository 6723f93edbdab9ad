"""Finds where an article's text itself says that it was corrected, clarified or updated. PURE.

Rather one notice too few than one too many: what a text tells of other corrections, quotes, or
uses as a mere heading is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from annotations.articles.boilerplate import is_boilerplate
from annotations.articles.notice_words import (
    CHANGED,
    CLARIFICATIONS,
    CORRECTIONS,
    EARLIER,
    EDITORS,
    TELLS,
    UPDATES,
)
from annotations.articles.written_dates import first_date
from annotations.lib.text import PLAIN_MARKS

# A longer paragraph is an article about something, even where it begins like a notice.
LONGEST = 2_000
FEWEST_WORDS = 3
# So far behind "was corrected" its date may stand: "... on Thursday, 3 March 2022".
_DATE_AFTER = 40
# "Note:" before the sentence; a stop, with quotation marks and brackets that close after it.
_LONGEST_NOTE, _LONGEST_CLOSING = 40, 6


class NoticeKind(StrEnum):
    """What a notice calls itself."""

    CORRECTION = "correction"
    CLARIFICATION = "clarification"
    UPDATE = "update"
    EDITORS_NOTE = "editors_note"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice: where it stands in code points (end exclusive), its words, the date it names.

    `date` is YYYY-MM-DD where the notice says when the text was changed, else "".
    """

    kind: NoticeKind
    start: int
    end: int
    text: str
    date: str = ""


_KINDS = {
    word: kind
    for kind, words in (
        (NoticeKind.EDITORS_NOTE, EDITORS),
        (NoticeKind.UPDATE, UPDATES),
        (NoticeKind.CLARIFICATION, CLARIFICATIONS),
        (NoticeKind.CORRECTION, CORRECTIONS),
    )
    for word in words
}
_LABELS = "|".join(re.escape(word) for word in sorted(_KINDS, key=len, reverse=True))
# A label, whatever dates it, and a colon or dash; or the label alone on its line.
_LABEL = re.compile(
    rf"[*_\[(\s]*(?P<label>{_LABELS})"
    rf"(?P<dated>(?:\s+(?:du|vom|del?|on|від|от|بتاريخ)\s[^:\n]{{1,40}}|[\s,]*\([^)\n]{{1,60}}\)"
    rf"|,?\s[^:\n–—]{{0,14}}\d(?:[^:\n–—]|:(?=\d\d)){{0,30}})?)"
    rf"[*_\])]*\s*(?:(?P<mark>:(?!\d)|\s[-–—]|[–—]|\.(?=\s))[*_\])]*\s*(?P<rest>\S.*)?|(?P<alone>$))"
)
_QUOTED = re.compile(r"“[^”]*”?|«[^»]*»?|„[^“”]*[“”]?|\"[^\"]*\"?")
_STOPPED = re.compile(r"[.!?…؟][\"”»)\]]*$")
_NOTE = re.compile(r"\W*(?:[^\W\d_]+ ?){1,3}:$")
# Where a sentence may begin: looking there alone reads a long text in a tenth of the time.
_OPENS = re.compile(r"(?:^|[.!?…؟:][\"”»)\]]*)[*_\[(\s]*")
_ENDS = re.compile(r"[.!?…؟][\"”»)\]*_]*\s*$")
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    start: int
    text: str
    # In lower case, with plain apostrophes and spaces, of the same length.
    plain: str


def notices_in(text: str) -> tuple[Notice, ...]:
    """Return the notices of a text in its order; they do not overlap."""
    paragraphs = list(_paragraphs(text))
    found: list[Notice] = []
    for number, one in enumerate(paragraphs):
        # A bare time of an update says nothing of what was changed.
        if (found and one.start < found[-1].end) or is_boilerplate(one.text):
            continue
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        notice = _labelled(text, one, following) or _spoken(one)
        if notice is not None:
            found.append(notice)
    return tuple(found)


def notices_added(before: str | None, after: str) -> tuple[Notice, ...]:
    """Return the notices of a text that the text before it lacked; all, where there is none."""
    known = {_folded(one.text) for one in notices_in(before)} if before is not None else set()
    return tuple(one for one in notices_in(after) if _folded(one.text) not in known)


def _folded(words: str) -> str:
    return " ".join(words.split())


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    position = 0
    for line in text.split("\n"):
        words = line.strip()
        if words and len(words) <= LONGEST:
            start = position + len(line) - len(line.lstrip())
            yield _Paragraph(start, words, _plain(words))
        position += len(line) + 1


def _plain(words: str) -> str:
    """Return the words in lower case with plain marks, letter for letter: offsets stay."""
    lowered = words.lower()
    if len(lowered) != len(words):
        # A few capitals become two letters.
        lowered = "".join(one.lower() if len(one.lower()) == 1 else one for one in words)
    return lowered.translate(PLAIN_MARKS)


def _labelled(text: str, one: _Paragraph, following: _Paragraph | None) -> Notice | None:
    """Read a paragraph that begins with a label, or a label with the paragraph it stands over."""
    match = _LABEL.match(one.plain)
    if match is None or match["label"] not in _KINDS:
        return None
    kind = _KINDS[match["label"]]
    end, said = one.start + len(one.text), match["rest"] or ""
    if not said:
        if following is None:
            return None
        said, end = following.plain, following.start + len(following.text)
    if not _says_something(kind, said):
        return None
    date = first_date(match["dated"]) or _date_of_change(said)
    return Notice(kind, one.start, end, text[one.start : end], date)


def _says_something(kind: NoticeKind, said: str) -> bool:
    """Tell a sentence about a change from a heading, a time of day, or another remark."""
    if not _ENDS.search(said) or len(_WORD.findall(said)) < FEWEST_WORDS:
        return False
    return kind is not NoticeKind.EDITORS_NOTE or bool(TELLS.search(said) or CHANGED.search(said))


def _spoken(one: _Paragraph) -> Notice | None:
    """Read a paragraph in which a sentence says that the article was changed."""
    if not _ENDS.search(one.text):
        return None
    for opening in _OPENS.finditer(one.plain):
        at = opening.end()
        changed, earlier = CHANGED.match(one.plain, at), EARLIER.match(one.plain, at)
        start = _sentence_start(one.plain, at) if changed or earlier else None
        if start is None or _is_quoted(one.text, at):
            continue
        kind = _kind_of(changed[0]) if changed else NoticeKind.CORRECTION
        words = one.text[start:]
        begins = one.start + start
        date = _date_of_change(one.plain[start:])
        return Notice(kind, begins, begins + len(words), words, date)
    return None


def _kind_of(said: str) -> NoticeKind:
    for stem, kind in (("clarif", NoticeKind.CLARIFICATION), ("updat", NoticeKind.UPDATE)):
        if stem in said:
            return kind
    return NoticeKind.CORRECTION


def _sentence_start(plain: str, position: int) -> int | None:
    """Return where the sentence begins that opens with the words at `position`; None inside one.

    Brackets and marks of emphasis before the words belong to it; "Note:" may stand before it.
    """
    before = plain[:position].rstrip("*_[( \t")
    is_first = not before or (len(before) <= _LONGEST_NOTE and _NOTE.match(before))
    if not is_first and not _STOPPED.search(before[-_LONGEST_CLOSING:]):
        return None
    gap = plain[len(before) : position]
    return len(before) + len(gap) - len(gap.lstrip()) if before else 0


def _is_quoted(words: str, position: int) -> bool:
    return any(one.start() < position < one.end() for one in _QUOTED.finditer(words))


def _date_of_change(plain: str) -> str:
    """Return the date that stands beside "was corrected"; others are what the text is about."""
    match = CHANGED.search(plain)
    if match is None:
        return ""
    return first_date(plain[match.start() :], match.end() - match.start() + _DATE_AFTER)
