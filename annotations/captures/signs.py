"""The signs by which a page gives itself away: a wall, a notice, a front door, a shell. PURE.

Each looks at how much else there is to read: an article that quotes a notice is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from annotations.captures import quality_words as words
from annotations.captures.failures import FailureCode
from annotations.captures.page import Page
from annotations.captures.wall_words import CONSENT, KEPT_OUT
from annotations.captures.walls import is_headed_by, is_wall, reports_in, tells_only, without_quotes
from annotations.lib.hosts import registrable_host

_HTML = ("text/html", "application/xhtml+xml", "")
# A wall or a notice is short; an article that quotes one is not. In code points.
_NOTICE, _SHELL, _THIN = 1500, 200, 600
_WALL_PARAGRAPHS = 2
# Beside a notice, and around a platform's: what it says of itself on each of its pages.
_BESIDE, _AROUND = 150, 400
# So near a word about comments belongs to what is asked for.
_NEAR = 60
# "Please", "sorry" and the like before a phrase.
_LEAD = 10
_HOME = re.compile(r"/?(?:[a-z]{2}(?:-[a-z]{2})?/?|index\.\w{2,5}|home/?)?", re.IGNORECASE)
# As a title or heading alone or set apart, not as a count of anything.
_NUMBER_404 = re.compile(r"(?:^|[-–—|:])\s*404\s*(?:$|[-–—|:!.])")


@dataclass(frozen=True, slots=True)
class Seen:
    """What is judged: the answer and, where it is HTML or text, what it shows."""

    asked: str
    final_url: str
    status: int | None = None
    failure: FailureCode | None = None
    media_type: str = ""
    size: int = 0
    redirects: int = 0
    retry_after: int | None = None
    page: Page = field(default_factory=Page)

    @property
    def is_html(self) -> bool:
        """Say whether it calls itself HTML, or nothing at all."""
        return self.media_type in _HTML


def shell(seen: Seen) -> str:
    """Return why a page shows nothing until scripts have run, or sends its reader on; else ""."""
    page = seen.page
    if not seen.is_html or page.paragraphs or len(page.text) >= _NOTICE:
        return ""
    if page.refresh:
        return "sends_its_reader_on"
    if _says(words.folded(f"{page.without_script} {page.text}"), words.SCRIPT_NEEDED):
        return "needs_scripts"
    if len(page.text) < _SHELL:
        return "scripts_only" if page.scripts else "hardly_a_word"
    return ""


def losses(seen: Seen) -> Iterator[tuple[str, int]]:
    """Yield what is missing from a page, and how many of 100 points that costs."""
    page = seen.page
    if len(page.text) < _THIN:
        yield "short", 15
    if seen.is_html and page.paragraphs < 2:
        yield "few_paragraphs", 10
    if seen.is_html and not (page.title or page.heading):
        yield "no_title", 10
    if page.is_garbled:
        yield "letters_lost", 45
    if is_another_host(seen):
        yield "another_host", 25
    elif _is_elsewhere(seen):
        yield "another_path", 5
    if page.has_password and page.paragraphs < _WALL_PARAGRAPHS + 1:
        yield "login_form", 15


def is_long(seen: Seen) -> bool:
    """Say whether there is more to read than a notice or a wall would have."""
    if not seen.is_html:
        return len(seen.page.text) > _NOTICE
    return seen.page.paragraphs > _WALL_PARAGRAPHS or (
        len(seen.page.text) > 2 * _NOTICE
        # Old pages have lines, and no paragraphs.
        and (seen.page.paragraphs > 0 or len(seen.page.prose) > 2 * _NOTICE)
    )


def is_kept_out(seen: Seen) -> bool:
    """Say whether what came in place of a page wants a proof that a person asks.

    Of an answer that says it is no page; what came as one is looked at more closely (walls.py).
    """
    return not is_long(seen) and _says(_notice(seen), KEPT_OUT.says)


def is_another_host(seen: Seen) -> bool:
    """Say whether the answer is another site's; `www.` and `m.` are the same one."""
    return _host(seen.asked) != _host(seen.final_url)


def removal(seen: Seen) -> tuple[str, ...]:
    """Return the reason a tombstone gives, where this is a known one.

    It is believed only where hardly anything else is said, by any site or around a platform's own
    notice: news of a removal, or a post about one, must not be taken for one.
    """
    host, length = _host(seen.final_url), len(seen.page.text)
    is_bare = length <= _THIN and seen.page.paragraphs <= 1
    for stone in words.TOMBSTONES:
        fits = host in stone.hosts if stone.hosts else is_bare
        rest = _AROUND if stone.hosts else _BESIDE
        if (
            fits
            and length <= _NOTICE
            and tells_only(seen.page, stone.phrases, part=0.25, rest=rest)
        ):
            return (f"removal:{stone.removal.value}",)
    return ()


def asks_consent(seen: Seen) -> bool:
    """Say whether all there is to read is a question about cookies."""
    host = urlsplit(seen.final_url).hostname or ""
    return host in words.CONSENT_HOSTS or is_wall(seen.page, CONSENT)


def asks_login(seen: Seen) -> str:
    """Return why this is a login or a pay wall; empty where it is none."""
    path = urlsplit(seen.final_url).path.lower()
    was = urlsplit(seen.asked).path.lower()
    if any(_is_under(path, one) and not _is_under(was, one) for one in words.LOGIN_PATHS):
        return "led_to_a_login"
    if _asks_to_log_in(seen.page):
        return "login_words"
    page = seen.page
    is_form = page.has_password and page.paragraphs == 0 and len(page.prose) < _THIN
    return "login_form" if is_form else ""


def _is_under(path: str, beginning: str) -> bool:
    """Say whether a path is this one, or below it: `/authors` is not below `/auth`."""
    after = path[len(beginning) : len(beginning) + 1]
    return path.startswith(beginning) and not (after.isalnum() or after in ("-", "_"))


def _asks_to_log_in(page: Page) -> bool:
    """Say whether a page wants its reader to be known, and not only who comments on it."""
    said = words.folded(without_quotes(f"{page.title} {page.heading} {page.text[: 2 * _NOTICE]}"))
    for one in reports_in(page):
        # What begins with it asks for it: "Log in to see what people say of it in ...".
        if not any(phrase in one[: len(phrase) + _LEAD] for phrase in words.LOGIN):
            said = said.replace(one, " ")
    for phrase in words.LOGIN:
        at = said.find(phrase)
        while at >= 0:
            end = at + len(phrase)
            before = re.split(r"[.!?…]", said[max(0, at - _NEAR) : at])[-1]
            after = re.split(r"[.!?…]", said[end : end + _NEAR])[0]
            if not words.COMMENTING.search(before + phrase + after):
                return True
            at = said.find(phrase, end)
    return False


def says_not_found(seen: Seen) -> bool:
    """Say whether title, heading or a very short text says that nothing is here."""
    page = seen.page
    if any(_NUMBER_404.search(one) for one in (page.title, page.heading)):
        return True
    if is_headed_by(page, words.NOT_FOUND, part=1 / 3):
        return True
    return len(page.text) < _THIN and (
        tells_only(page, words.NOT_FOUND, part=0.25, rest=_BESIDE)
        or tells_only(page, words.NOTHING_HERE, part=0.5, rest=_BESIDE)
    )


def went_home(seen: Seen) -> bool:
    """Say whether a deeper address led to a site's front door."""
    asked, final = urlsplit(seen.asked), urlsplit(seen.final_url)
    if not seen.redirects or (_HOME.fullmatch(asked.path) and not asked.query):
        return False
    return _HOME.fullmatch(final.path) is not None and not final.query


def _is_elsewhere(seen: Seen) -> bool:
    if not seen.redirects:
        return False
    asked, final = urlsplit(seen.asked), urlsplit(seen.final_url)
    return asked.path.rstrip("/") != final.path.rstrip("/")


def _host(url: str) -> str:
    """Return the registered part of a URL's host; `www.` and `m.` are one site."""
    return registrable_host(urlsplit(url).hostname or "")


def _says(text: str, phrases: tuple[str, ...]) -> bool:
    return any(phrase in text for phrase in phrases)


def _notice(seen: Seen) -> str:
    """Return the words that a notice would stand in: title, heading and a page's beginning."""
    page = seen.page
    return words.folded(f"{page.title} {page.heading} {page.text[: 2 * _NOTICE]}")
