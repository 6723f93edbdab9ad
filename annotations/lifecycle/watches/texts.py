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
from annotations.spans.sentences import cut_sentences

# Of what changed on a page that has no versions: as many passages, and code points of each, are
# kept with the check.
MOST_PASSAGES, LONGEST_PASSAGE, BEFORE_THE_CHANGE = 5, 600, 200


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
    found = _texts_of(one, other)
    return (_in_lines(found[0]), _in_lines(found[1])) if found else None


def _texts_of(one: Capture, other: Capture) -> tuple[str, str] | None:
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


def _in_lines(text: str) -> str:
    """Return a text sentence by sentence where it is all in one line, as the words of a page are:
    what is compared paragraph by paragraph would be one change otherwise.
    """
    if "\n" in text.strip():
        return text
    return "\n".join(text[one.start : one.end] for one in cut_sentences(text))


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
    return [_around_the_change(one.old, one.new) for one in islice(telling, MOST_PASSAGES)]


def _around_the_change(old: str, new: str) -> list[str]:
    """Return both passages from a little before their first difference."""
    pairs = enumerate(zip(old, new, strict=False))
    same = next((n for n, (one, other) in pairs if one != other), min(len(old), len(new)))
    start = max(0, old.rfind(" ", 0, max(0, same - BEFORE_THE_CHANGE)))
    return [one[start : start + LONGEST_PASSAGE].strip() for one in (old, new)]


def is_cosmetic(changes: dict[str, Any]) -> bool:
    """Say whether nothing but what says nothing was changed."""
    return not changes.get("weighty") and not changes.get("plain") and bool(changes.get("cosmetic"))


def says_other_words(changes: dict[str, Any]) -> bool:
    """Say whether anything that may matter was changed, as a check has kept it."""
    return bool(changes) and not is_cosmetic(changes)


def holds_words(text: str, words: str) -> bool:
    """Say whether a text has the words, white space and case aside."""
    return " ".join(words.split()).casefold() in " ".join(text.split()).casefold()
