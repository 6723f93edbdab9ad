"""What pages of one text ask every few seconds: did anything change, who is here, which blocks.

An answer's ETag is made of what this viewer sees and of nothing else. That nothing happened in the
project at all, which most answers come down to, is known to this process by a stamp that no viewer
gets to see.
"""

import hashlib
from collections import OrderedDict
from threading import Lock
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from annotations.articles.models import Block
from annotations.articles.presence import presence_note
from annotations.audit.stamps import project_stamp
from annotations.projects.marking import Marking
from annotations.projects.models import Project
from annotations.web.access import SignedInRequest, project_page
from annotations.web.views.claims_find import find_version
from annotations.web.views.workbench import read
from annotations.web.views.workbench_read import Reading
from annotations.web.views.workbench_text import block_keys, draw_text

MOST_BLOCKS = 400
MOST_REMEMBERED = 2_000
Seen = tuple[int, int, bool, bool, bool, str, Marking]


class Remembered:
    """What viewers were last shown of versions, by the project's stamp at that time."""

    def __init__(self) -> None:
        self._shown: OrderedDict[Seen, tuple[str, str]] = OrderedDict()
        self._lock = Lock()

    def get(self, seen: Seen, stamp: str) -> str | None:
        """Return the digest of what was shown, if nothing has happened since."""
        with self._lock:
            known, digest = self._shown.get(seen, ("", ""))
            return digest if known == stamp else None

    def keep(self, seen: Seen, stamp: str, digest: str) -> None:
        """Remember what was shown under this stamp."""
        with self._lock:
            self._shown[seen] = (stamp, digest)
            self._shown.move_to_end(seen)
            while len(self._shown) > MOST_REMEMBERED:
                self._shown.popitem(last=False)


REMEMBERED = Remembered()


@require_safe
@project_page()
def live(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Say what this text looks like now, by a key for each marked block; 304 when as before."""
    version = find_version(request.user, project, uid)
    sight = request.access.sight
    people = presence_note(actor=request.user, article=version.article)
    if version.article_id in dict(sight.marking):
        # Who marks beside me, and when, is theirs.
        people = []
    # Read before the rows: what happens in between shows at the next asking.
    stamp = project_stamp(project.pk)
    discarded = request.GET.get("discarded") == "1"
    seen = (
        version.pk,
        request.user.pk,
        sight.sees_hidden,
        sight.sees_confidential,
        discarded,
        get_language() or "",
        sight.marking,
    )
    digest = REMEMBERED.get(seen, stamp)
    reading = None
    if digest is None:
        reading = read(request, version)
        digest = looks_of(reading)
        REMEMBERED.keep(seen, stamp, digest)
    etag = f'"{digest}-{_digest(people)}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={"ETag": etag})
    reading = reading or read(request, version)
    answer = {
        "blocks": {n: key for n, key in keys_of(reading).items() if key},
        "claims": sorted({place.number for place in reading.places}),
        "people": [{"uid": str(one), "name": name} for one, name in people],
    }
    return JsonResponse(answer, headers={"ETag": etag})


@require_safe
@project_page()
def blocks(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Answer with the blocks numbered in `?n=`, as they are now."""
    version = find_version(request.user, project, uid)
    numbers = [int(n) for n in request.GET.getlist("n")[:MOST_BLOCKS] if n.isdecimal()]
    wanted = Block.objects.filter(version=version, n__in=[n for n in numbers if n < 1_000_000])
    ranges = list(wanted.values_list("start", "end"))
    reading = read(request, version, ranges)
    only = [n for n in numbers if n < 1_000_000]
    drawn = draw_text(reading.blocks, reading.marks, only=only) if ranges else ""
    return render(request, "workbench/_blocks.html", {"blocks_html": drawn})


def keys_of(reading: Reading) -> dict[int, str]:
    """Return the key of each block as the page carries it."""
    return block_keys(reading.blocks, reading.marks)


def looks_of(reading: Reading) -> str:
    """Return a digest of all that the page shows of the claims in this reading."""
    places = [
        (one.number, one.content_revision, one.is_discarded, one.hidden_at)
        for one in reading.places
    ]
    marks = [
        (claim_id, mark.event.pk, mark.standing)
        for claim_id, found in sorted(reading.claim_marks.items())
        for mark in found
    ]
    return _digest((keys_of(reading), places, marks))


def _digest(shown: object) -> str:
    return hashlib.blake2b(repr(shown).encode(), digest_size=8).hexdigest()
