"""What stands in the way of a page: told by its own words, where little else is said. PURE.

A wall speaks to its reader; a report about walls speaks of them, quotes them, and goes on. So the
words count outside of quotation marks only, and only where the rest is no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotations.captures.page import Page
from annotations.captures.quality_words import folded
from annotations.captures.wall_words import SPEAKS_TO_ITS_READER, Wall

# No wall is longer, with the purposes and partners that some list; in code points.
LONGEST = 5000
# A line of a wall that names a button, or the subject of a heading; longer, it reports of them.
_LINE = 60
# What a notice tells its reader in one sentence; a longer one is a report's.
_TELLING = 100
# What asks for something in no more words does so of its reader.
_REPORT = 80
# Beside a question about cookies under another heading than its own stands a short post at most.
_POST = 80
_NUMBER = re.compile(r"\d[\d.,]*\s*")
_QUOTED = re.compile(r"[“«„][^“”«»„\n]{1,200}[”»“]|\"[^\"\n]{1,200}\"|(?<!\w)'[^'\n]{1,200}'(?!\w)")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…])\s+|\n+")
_SITE = re.compile(r"\s[-–—|·]\s|\s*\|\s*")


def is_wall(page: Page, wall: Wall) -> bool:
    """Say whether a page is this kind of wall, and nothing beside it."""
    if len(page.text) > LONGEST:
        return False
    lines = [line for line in map(_unquoted, page.prose.splitlines()) if line]
    if not (_speaks(page, lines, wall) or _is_headed(page, lines, wall) or _tells(lines, wall)):
        return False
    heading = _unquoted(page.heading)
    is_its_own = not heading or _belongs(heading, wall) or not wall.buttons
    return _rest(lines, heading, wall) <= (wall.rest if is_its_own else min(wall.rest, _POST))


def tells_only(page: Page, phrases: tuple[str, ...], *, part: float, rest: int) -> bool:
    """Say whether a page tells this, outside of quotation marks, and at most `rest` besides.

    A sentence tells it where a phrase is at least this part of it, or it is said to its reader: one
    of a report goes on about who, when and why.
    """
    lines = [line for line in map(without_quotes, page.prose.splitlines()) if line]
    heading = without_quotes(page.heading)
    under = list(_sentences([line for line in lines if line != heading]))
    own = {one for one in (*_heads(page), *under) if _tells_phrase(one, phrases, part)}
    return bool(own) and sum(len(one) for one in under if one not in own) <= rest


def is_headed_by(page: Page, phrases: tuple[str, ...], *, part: float) -> bool:
    """Say whether title or heading tells this, or a part of it beside the site's name."""
    return any(_tells_phrase(one, phrases, part) for one in _heads(page))


def reports_in(page: Page) -> Iterator[str]:
    """Yield the long sentences that are not said to whoever reads, as `folded` writes them."""
    for one in _sentences([without_quotes(line) for line in page.prose.splitlines()]):
        if len(one) > _REPORT and not SPEAKS_TO_ITS_READER.search(one):
            yield folded(one)


def _heads(page: Page) -> list[str]:
    both = map(without_quotes, (page.title, page.heading))
    return [one for words in both for one in _SITE.split(words)]


def _tells_phrase(sentence: str, phrases: tuple[str, ...], part: float) -> bool:
    words = folded(sentence)
    said = [len(phrase) for phrase in phrases if phrase in words]
    if not said:
        return False
    is_told = len(words) <= _TELLING and SPEAKS_TO_ITS_READER.search(sentence) is not None
    return max(said) >= part * len(words) or is_told


def without_quotes(words: str) -> str:
    """Return words without what is quoted, in one line."""
    return " ".join(_QUOTED.sub(" ", words).split())


def _unquoted(words: str) -> str:
    """Return words without what is quoted and without numbers."""
    return " ".join(_NUMBER.sub("", _QUOTED.sub(" ", words)).split())


def _speaks(page: Page, lines: list[str], wall: Wall) -> bool:
    """Say whether the wall's words are there, or its buttons."""
    said = "\n".join(_unquoted(folded(one)) for one in (page.title, page.heading, page.text))
    if any(phrase in said for phrase in wall.says):
        return True
    # Buttons say it where there are two of them; one is a banner's, unless nothing else is there.
    pressed = sum(phrase in said for phrase in wall.buttons)
    return pressed >= 2 or (pressed == 1 and all(len(line) <= _LINE for line in lines))


def _tells(lines: list[str], wall: Wall) -> bool:
    """Say whether a sentence tells its reader, in whatever words."""
    return any(
        wall.told.search(folded(one)) and SPEAKS_TO_ITS_READER.search(one)
        for one in _sentences(lines)
    )


def _is_headed(page: Page, lines: list[str], wall: Wall) -> bool:
    """Say whether title, heading or a line is one of the wall's, word for word."""
    heads = [part for one in (page.title, page.heading) for part in _SITE.split(one)]
    return any(_is_head(_unquoted(one), wall) for one in (*heads, *lines))


def _is_head(words: str, wall: Wall) -> bool:
    return folded(words).strip(" .!:-…") in wall.heads


def _rest(lines: list[str], heading: str, wall: Wall) -> int:
    """Return how much stands beside the wall's own sentences, in code points."""
    under = [line for line in lines if line != heading]
    return sum(len(one) for one in _sentences(under) if not _belongs(one, wall))


def _sentences(lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield from filter(None, _SENTENCE_ENDS.split(line))


def _belongs(sentence: str, wall: Wall) -> bool:
    """Say whether a sentence is the wall's own: its words, or said to its reader about it."""
    words = folded(sentence)
    is_said = any(phrase in words for phrase in wall.says)
    if len(words) <= _LINE:
        # A button's name in a line of other words is what a heading reports of.
        named = sum(len(phrase) for phrase in wall.buttons if phrase in words)
        if is_said or 2 * named >= len(words) or _is_head(words, wall):
            return True
    is_about = is_said or wall.about.search(words) is not None
    return is_about and SPEAKS_TO_ITS_READER.search(sentence) is not None
