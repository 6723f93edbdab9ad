from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from annotations.lib.graphemes import LONGEST_CLUSTER, cluster_at, is_edge
from annotations.spans.graphemes import snap_outwards

FAMILY = "👨‍👩‍👧‍👦"
CLUSTERS = [
    FAMILY, "🇺🇦", "🇵🇱", "👍🏽", "👩🏿‍🚀", "🏳️‍🌈", "1️⃣", "e\u0301", "ї", "и\u0306", "ё\u0301\u0323",
    "각", "각", "क्षि", "க்", "กำ", "د\u0651\u064e", "שׁ\u05b8", "a", " ", "\u00a0", "\n", "7",
    "\u0600١", "نَ", "🧑🏻‍❤️‍💋‍🧑🏾", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
]  # fmt: skip

hard_text = st.lists(
    st.one_of(
        st.sampled_from(CLUSTERS),
        st.sampled_from([*"🇺🇦\u200d\u0301\u0308🏽क्षகิᄀ각ᆨ\u0600\ufe0f👩 a"]),
        st.characters(codec="utf-8", exclude_characters="\r"),
    ),
    max_size=40,
).map("".join)


def edges_of(text: str) -> set[int]:
    """The edges by a scan of the whole text."""
    return {0} | {found.end() for found in regex.finditer(r"\X", text)}


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_any_part_of_a_cluster_snaps_to_the_whole(cluster: str) -> None:
    text = f"x{cluster}y"
    for start in range(1, 1 + len(cluster)):
        for end in range(start + 1, 2 + len(cluster)):
            assert snap_outwards(text, start, end) == (1, 1 + len(cluster))


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_whole_clusters_stay_as_they_are(cluster: str) -> None:
    text = cluster * 3 if cluster != "🇺🇦" else "🇺🇦🇺🇦🇺🇦"
    size = len(cluster)
    assert snap_outwards(text, size, 2 * size) == (size, 2 * size)


@given(hard_text)
def test_local_edges_are_the_edges_of_a_scan_of_the_whole_text(text: str) -> None:
    assert {offset for offset in range(len(text) + 1) if is_edge(text, offset)} == edges_of(text)


@given(hard_text, st.data())
def test_snapping_goes_outwards_and_settles_at_once(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    snapped = snap_outwards(text, start, end)
    assert snapped[0] <= start <= end <= snapped[1]
    assert snap_outwards(text, *snapped) == snapped


def test_the_place_in_a_long_text_costs_nothing() -> None:
    text = "слово " * 160_000 + FAMILY
    assert cluster_at(text, len(text) - 3) == (len(text) - len(FAMILY), len(text))


def test_a_hostile_pile_of_marks_is_cut_off() -> None:
    text = "e" + "\u0301" * 100_000
    start, end = cluster_at(text, 50_000)
    assert start <= 50_000 <= end
    assert end - start <= 2 * LONGEST_CLUSTER
