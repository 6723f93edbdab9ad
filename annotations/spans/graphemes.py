"""Snapping spans outwards, so that no highlight starts or ends inside a visible character.

Agrees with the browsers' Intl.Segmenter in Unicode 15.1 and later: emoji families, flags, skin
tones, combining marks, Hangul and Indic conjuncts alike. Older browsers split Indic conjuncts
(GB9c); the server's answer, sent back with every save, is the one that counts.
"""

from __future__ import annotations

from annotations.lib.graphemes import cluster_at


def snap_outwards(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the smallest range around start..end that begins and ends on cluster edges.

    Offsets are code points of `text`. An empty range on an edge stays empty.
    """
    return cluster_at(text, start)[0], cluster_at(text, end)[1]
