"""ETags: what a viewer was shown (If-None-Match) and which revision they change (If-Match)."""

import hashlib
import re
from uuid import UUID

from rest_framework.request import Request

from annotations.api.encoding import to_json
from annotations.api.errors import IfMatchMissing

_TAG = re.compile(r'(W/)?"([^"]*)"')


def make_etag(uid: UUID | str, revision: int, body: object) -> str:
    """Return the strong ETag: the row's uid and revision, and a digest of what the viewer sees.

    The digest tells apart two people who see different parts of one revision, and answers that
    changed because something they show changed (a source's name, a statement's state).
    """
    digest = hashlib.blake2b(to_json(body), digest_size=6).hexdigest()
    return f'"{uid}.{revision}.{digest}"'


def expected_revision(request: Request, uid: UUID) -> int:
    """Return the revision that If-Match names; -1 when it names only other rows.

    Only uid and revision count: a change is lost when the row itself moved on, not when something
    shown beside it did. Raises IfMatchMissing without the header and for `*`, which would let
    anybody overwrite what they never saw.
    """
    header = request.headers.get("If-Match", "").strip()
    if not header or header == "*":
        raise IfMatchMissing
    for weak, tag in _TAG.findall(header):
        row, _dot, rest = tag.partition(".")
        revision = rest.partition(".")[0]
        if not weak and row == str(uid) and revision.isascii() and revision.isdigit():
            return int(revision[:9])
    return -1


def is_known(request: Request, etag: str) -> bool:
    """Tell whether If-None-Match says that the caller has this very answer (weak comparison)."""
    header = request.headers.get("If-None-Match", "").strip()
    if header == "*":
        return True
    return any(f'"{tag}"' == etag for _weak, tag in _TAG.findall(header))
