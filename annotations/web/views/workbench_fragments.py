"""Keeps drawn blocks of the versions read last, for all requests of this process.

A fragment is known by the block, its text and a digest of everything else that shaped it: which
claims stand where, their labels for this viewer, the language. So it is never out of date, and no
viewer gets what was drawn for another who sees more.
"""

from collections import OrderedDict
from threading import Lock

Name = tuple[int, str, int]
# Characters; a text of 200,000 with 5,000 marks is about 1.3 million.
MOST_KEPT = 3_000_000


class Fragments:
    """Drawn blocks by version; the versions read least lately go first."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._versions: OrderedDict[int, dict[Name, str]] = OrderedDict()
        self._lock = Lock()

    def of_version(self, version_id: int) -> dict[Name, str]:
        """Return what is kept of a version, to read and to add to."""
        with self._lock:
            known = self._versions.setdefault(version_id, {})
            self._versions.move_to_end(version_id)
            return known

    def keep_within_bounds(self) -> None:
        """Let go of versions, the least lately read first, until what is left is small enough."""
        with self._lock:
            sizes = {one: _size(known) for one, known in self._versions.items()}
            total = sum(sizes.values())
            while total > self._most:
                oldest, _known = self._versions.popitem(last=False)
                total -= sizes[oldest]


def _size(known: dict[Name, str]) -> int:
    return sum(map(len, list(known.values())))
