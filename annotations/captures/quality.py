"""Telling a real page from what only looks like one, with a score and its reasons. PURE.

A wrong alarm ("it was deleted") is worse than a missed one: whatever may be a server's mood is
never taken for an absence.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from annotations.captures import signs
from annotations.captures.failures import OURS, FailureCode
from annotations.captures.signs import Seen
from annotations.captures.wall_words import KEPT_OUT, REPAIRS, TOO_OFTEN
from annotations.captures.walls import is_wall


class PageKind(StrEnum):
    """What an attempt brought home."""

    PAGE = "page"
    FILE = "file"
    UNCHANGED = "unchanged"
    BLOCK = "block"
    CONSENT_WALL = "consent_wall"
    LOGIN_WALL = "login_wall"
    THROTTLED = "throttled"
    EMPTY_SHELL = "empty_shell"
    HOME_PAGE = "home_page"
    SOFT_NOT_FOUND = "soft_not_found"
    NOT_FOUND = "not_found"
    GONE = "gone"
    TOMBSTONE = "tombstone"
    REFUSED = "refused"
    SERVER_ERROR = "server_error"
    UNREADABLE = "unreadable"
    UNREACHABLE = "unreachable"


# A page below this shows too little to be held against a later one.
GOOD = 60
# What a server says plainly and means: the only kinds that can prove an absence.
CLEAN_ABSENCES = frozenset((PageKind.NOT_FOUND, PageKind.GONE, PageKind.TOMBSTONE))
# What says of the page neither that it is there nor that it is gone.
UNDECIDED = (
    frozenset(PageKind) - CLEAN_ABSENCES - {PageKind.PAGE, PageKind.FILE, PageKind.UNCHANGED}
)

_SCORES = {
    PageKind.FILE: 80,
    PageKind.CONSENT_WALL: 20,
    PageKind.LOGIN_WALL: 20,
    PageKind.EMPTY_SHELL: 15,
    PageKind.HOME_PAGE: 10,
    PageKind.SOFT_NOT_FOUND: 10,
    PageKind.BLOCK: 5,
}
_WALLS = (
    (TOO_OFTEN, PageKind.THROTTLED, "throttle_words"),
    (REPAIRS, PageKind.SERVER_ERROR, "repair_words"),
    (KEPT_OUT, PageKind.BLOCK, "block_words"),
)


@dataclass(frozen=True, slots=True)
class Quality:
    """0 to 100: how far the capture shows what a reader would have seen; reasons are codes.

    A reason may carry a value behind a colon: `removal:deleted_by_author`, `status:503`.
    """

    score: int
    kind: PageKind
    reasons: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        """Say whether this is a page that a later one may be held against."""
        return self.kind in (PageKind.PAGE, PageKind.FILE) and self.score >= GOOD

    @property
    def own_score(self) -> int | None:
        """Return the score; None where nothing was sent to be rated, as the page is as it was."""
        return None if self.kind is PageKind.UNCHANGED else self.score

    @property
    def removal(self) -> str:
        """Return what a tombstone says became of it, in the words of the events; else ""."""
        found = (one.partition(":")[2] for one in self.reasons if one.startswith("removal:"))
        return next(found, "")


def judge(seen: Seen) -> Quality:
    """Return what kind of answer this is, how good, and why."""
    for look in (_without_answer, _by_status, _by_body, _by_words):
        found = look(seen)
        if found is not None:
            return found
    return _page(seen)


def _is(kind: PageKind, *reasons: str) -> Quality:
    return Quality(_SCORES.get(kind, 0), kind, reasons)


def _without_answer(seen: Seen) -> Quality | None:
    if seen.failure is None:
        return None
    reason = f"failure:{seen.failure.value}"
    if seen.failure in (FailureCode.BOMB, FailureCode.BAD_ENCODING, FailureCode.TOO_LARGE):
        return _is(PageKind.UNREADABLE, reason)
    if seen.failure in OURS:
        return _is(PageKind.REFUSED, reason)
    return _is(PageKind.UNREACHABLE, reason)


def _by_status(seen: Seen) -> Quality | None:
    """Judge what the status says, but for what only pretends to be missing or broken."""
    status = seen.status or 0
    reason = f"status:{status}"
    if 200 <= status < 300:
        return None
    if status == 304:
        return _is(PageKind.UNCHANGED, reason)
    if status == 429 or (status == 503 and seen.retry_after is not None):
        asked = () if seen.retry_after is None else (f"retry_after:{seen.retry_after}",)
        return _is(PageKind.THROTTLED, reason, *asked)
    if signs.is_kept_out(seen):
        return _is(PageKind.BLOCK, reason, "block_words")
    if status in (404, 410) and (wall := _at_a_wall(seen)):
        return wall
    if status in (401, 402, 407):
        return _is(PageKind.LOGIN_WALL, reason)
    if status in (404, 410):
        return _absent(seen, PageKind.NOT_FOUND if status == 404 else PageKind.GONE)
    if status == 451:
        return _is(PageKind.BLOCK, reason, "removal:legal_takedown")
    if status == 503:
        return _is(PageKind.THROTTLED, reason)
    if status >= 500:
        return _is(PageKind.SERVER_ERROR, reason)
    return _is(PageKind.BLOCK if status in (403, 406, 418) else PageKind.REFUSED, reason)


def _absent(seen: Seen, kind: PageKind) -> Quality:
    """Judge a plain 404 or 410; another site's says nothing of the one that was asked."""
    if signs.is_another_host(seen):
        return _is(PageKind.SOFT_NOT_FOUND, f"status:{seen.status}", "another_host")
    return _is(kind, f"status:{seen.status}", *signs.removal(seen))


def _by_body(seen: Seen) -> Quality | None:
    """Judge what has no words to look at."""
    if seen.size == 0 or seen.status in (204, 205):
        return _is(PageKind.EMPTY_SHELL, "no_body")
    if not seen.is_html and not seen.media_type.startswith("text/"):
        return _is(PageKind.FILE, f"media_type:{seen.media_type}")
    if seen.page.is_broken:
        return _is(PageKind.UNREADABLE, "too_broken")
    return None


def _by_words(seen: Seen) -> Quality | None:
    """Judge a page that came with 200 and says that it is none."""
    if wall := _at_a_wall(seen):
        return wall
    is_short = not signs.is_long(seen)
    if is_short and (removal := signs.removal(seen)):
        return _is(PageKind.TOMBSTONE, *removal)
    if signs.asks_consent(seen):
        return _is(PageKind.CONSENT_WALL, "consent_words")
    if is_short and (why := signs.asks_login(seen)):
        return _is(PageKind.LOGIN_WALL, why)
    if is_short and signs.says_not_found(seen):
        return _is(PageKind.SOFT_NOT_FOUND, "not_found_words")
    if signs.went_home(seen):
        return _is(PageKind.HOME_PAGE, "led_to_the_home_page")
    return _is(PageKind.EMPTY_SHELL, why) if (why := signs.shell(seen)) else None


def _at_a_wall(seen: Seen) -> Quality | None:
    """Judge what came in place of a page: whatever its status, it says nothing of the page."""
    for wall, kind, reason in _WALLS:
        if is_wall(seen.page, wall):
            return _is(kind, reason)
    return None


def _page(seen: Seen) -> Quality:
    """Rate a page by how much of it can be read; every loss has its reason."""
    losses = dict(signs.losses(seen))
    score = max(30, 100 - sum(losses.values()))
    return Quality(score, PageKind.PAGE, tuple(losses))
