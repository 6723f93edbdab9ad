"""What two captures of a page say, and how much of it changed."""

from __future__ import annotations

from itertools import islice
from typing import Any

from annotations.articles.capturing import capture_extract
from annotations.captures.failures import FetchFailed
from annotations.captures.models import Capture
from annotations.captures.page import page_read
from annotations.captures.reading import capture_answer, capture_body, capture_text
from annotations.captures.warc_reading import BadWarc
from annotations.lib.errors import DomainError
from annotations.spans.changes import compare_texts

# Of what changed on a page that has no versions: as many passages, and code points of each, are
# kept with the check.
MOST_PASSAGES, LONGEST_PASSAGE = 5, 600


def say_the_same(one: Capture, other: Capture) -> bool:
    """Say whether two captures show the same for certain; texts count by the same reader only."""
    is_same_text = bool(one.text_sha256) and one.text_sha256 == other.text_sha256
    if is_same_text and one.extractor == other.extractor:
        return True
    return bool(one.body_sha256) and one.body_sha256 == other.body_sha256


def texts_of(one: Capture, other: Capture) -> tuple[str, str] | None:
    """Return the texts of two captures, both read in the same way: as kept, as articles, as pages.

    None where one of them cannot be read any more, or is no text.
    """
    kept = capture_text(one), capture_text(other)
    if one.extractor == other.extractor and kept[0] and kept[1]:
        return kept[0], kept[1]
    try:
        return capture_extract(one).text, capture_extract(other).text
    except DomainError:
        pass
    try:
        found = [_page_text(capture) for capture in (one, other)]
    except (FileNotFoundError, BadWarc, FetchFailed):
        return None
    return (found[0], found[1]) if all(found) else None


def _page_text(capture: Capture) -> str:
    """Return the words that a capture's page shows. Raises what reading it back raises."""
    answer, body = capture_answer(capture), capture_body(capture)
    charset = answer.charset if answer else ""
    return page_read(body, charset=charset, is_html="html" in capture.media_type).text


def counted_changes(old: str, new: str) -> dict[str, Any]:
    """Count the stretches that changed: weighty ones with their kinds, cosmetic ones, others."""
    counts = {"weighty": 0, "plain": 0, "cosmetic": 0}
    kinds: list[str] = []
    for one in compare_texts(old, new):
        if not one.is_changed:
            continue
        telling = one.telling
        counts["cosmetic" if one.is_cosmetic else "weighty" if telling else "plain"] += 1
        kinds += [str(kind.value) for kind in telling if str(kind.value) not in kinds]
    return {**counts, "kinds": kinds}


def changed_passages(old: str, new: str) -> list[list[str]]:
    """Return the first MOST_PASSAGES stretches that say something new, as they were and are."""
    telling = (one for one in compare_texts(old, new) if one.is_changed and not one.is_cosmetic)
    return [
        [one.old.strip()[:LONGEST_PASSAGE], one.new.strip()[:LONGEST_PASSAGE]]
        for one in islice(telling, MOST_PASSAGES)
    ]


def is_cosmetic(changes: dict[str, Any]) -> bool:
    """Say whether nothing but what says nothing was changed."""
    return not changes.get("weighty") and not changes.get("plain") and bool(changes.get("cosmetic"))


def holds_words(text: str, words: str) -> bool:
    """Say whether a text has the words, white space and case aside."""
    return " ".join(words.split()).casefold() in " ".join(text.split()).casefold()
