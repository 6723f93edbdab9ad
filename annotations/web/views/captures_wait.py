"""Waiting for captures: what was asked of the worker, how far it has come, and why it failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.captures.copies import copy_problem
from annotations.captures.download import MOST_CAPTURES
from annotations.captures.models import Capture, StoredFile
from annotations.captures.uploading import MOST_ANSWERS
from annotations.lib.ids import made_at
from annotations.web.access import SignedInRequest
from annotations.web.views.captures_of import Captured

# A page is fetched within 30 seconds, a file read within 20: after this the worker is busy.
SLOW = timedelta(seconds=45)


@dataclass(frozen=True, slots=True)
class Waited:
    """Something the worker was asked for from this page, in words; `capture` is what came."""

    said: str
    is_over: bool = False
    is_slow: bool = False
    is_problem: bool = False
    # It is none of the captures of this page, and of which page it says it is a copy.
    is_elsewhere: bool = False
    original: str = ""
    capture: Capture | None = None


def listed(request: SignedInRequest, subject: Captured) -> dict[str, object]:
    """Return what the list of captures and the part of it that changes are drawn from."""
    captures = list(subject.captures(request).select_related("created_by")[:MOST_CAPTURES])
    return {
        "subject": subject,
        "captures": captures,
        "moments": [capture.taken_at for capture in captures],
        "is_archived": any(capture.file_id for capture in captures),
        "most": MOST_CAPTURES,
        "waited": waited_for(request, subject),
        "query": request.GET.urlencode(),
    }


def waited_for(request: SignedInRequest, subject: Captured) -> Waited | None:
    """Say how far that has come which the address of the page names; None where it names none.

    Only the address knows: whoever opens the list by itself sees what is there.
    """
    if not subject.canonical_url:
        return None
    for name, look in (("copy", _copy), ("take", _take), ("file", _file)):
        uid = _uid(request.GET.get(name, ""))
        if uid is not None:
            return look(request, subject, uid)
    return None


def _copy(request: SignedInRequest, subject: Captured, uid: UUID) -> Waited | None:
    capture = _find(request, uid)
    if capture is None:
        words = _("The copy is being fetched. It will stand here in a moment.")
        return _under_way(words, made_at(uid))
    problem = copy_problem(capture, original=subject.canonical_url)
    if problem is None:
        return Waited(_("The copy is kept as a capture of this page."), True, capture=capture)
    return Waited(
        _(problem.sentence),
        is_over=True,
        is_problem=True,
        is_elsewhere=True,
        original=problem.original,
        capture=capture,
    )


def _take(request: SignedInRequest, subject: Captured, uid: UUID) -> Waited | None:
    capture = _find(request, uid)
    if capture is None:
        words = _("The page is being fetched. It will stand here in a moment.")
        return _under_way(words, made_at(uid))
    if capture.failure:
        return Waited(capture.get_failure_display(), True, is_problem=True, capture=capture)
    return Waited(_("The page was captured."), True, capture=capture)


def _file(request: SignedInRequest, subject: Captured, uid: UUID) -> Waited | None:
    stored = StoredFile.objects.filter(project=request.access.project, uid=uid).first()
    given = request.GET.get("pages", "")
    if stored is None or not given.isascii() or not given.isdigit():
        return None
    wanted = min(int(given[:4]), MOST_ANSWERS)
    made = Capture.objects.filter(file=stored).count()
    if made < wanted:
        words = ngettext(
            "The file is kept. %(n)d page is being read from it.",
            "The file is kept. %(n)d pages are being read from it.",
            wanted,
        )
        return _under_way(words % {"n": wanted}, stored.created_at)
    words = ngettext(
        "The file is read: it held %(n)d page.", "The file is read: it held %(n)d pages.", made
    )
    return Waited(words % {"n": made}, True)


def _under_way(said: str, since: datetime | None) -> Waited:
    return Waited(said, is_slow=since is None or timezone.now() - since > SLOW)


def _find(request: SignedInRequest, uid: UUID) -> Capture | None:
    seen = Capture.objects.visible_to(request.user)
    return seen.filter(project=request.access.project, uid=uid).first()


def _uid(given: str) -> UUID | None:
    """Return the uid a parameter gives; those of captures tell when they were asked for."""
    try:
        return UUID(given)
    except ValueError:
        return None
