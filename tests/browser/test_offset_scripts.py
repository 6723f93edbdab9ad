"""What the browser counts and snaps is what Python counts and snaps, over texts made to differ."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from annotations.articles.blocks import cut_blocks
from annotations.lib.text import normalise, to_utf16
from annotations.spans.graphemes import snap_outwards
from annotations.spans.selectors import InvalidRange, TextRange, trim
from tests.browser.scripts import page_of, serve

pytestmark = pytest.mark.browser

TEXT = normalise(
    "Two tolls 👨‍👩‍👧‍👦\r\n\r\n"
    "Flags 🇺🇦🇵🇱🇺🇦, skin 👍🏽👩🏿‍🚀, keycap 1️⃣; Zoe\u0301 said  two  spaces, nbsp\u00a0\u00a0here. "
    "Rainbow 🏳️‍🌈 and 𝒜𝒷𝒸 𐍈.\r\n\r\n"
    "قُتل 498 جنديًا في 2022 وجُرح 1,597، د\u0651\u064e.\r\n\r\n"
    "נהרגו 1,597 חיילים, שׁ\u05b8לום (136).\r\n\r\n"
    "क्षि हिन्दी க் தமிழ் กำ 각 각 ё\u0301 и\u0306 a\u200db \u0301x \u2028 end & <b>no tag</b>\n"
)


@pytest.fixture
def text_page(browser: Browser) -> Iterator[Page]:
    chance = random.Random(3)
    edges = [sorted(chance.sample(range(len(TEXT) + 1), 2)) for _n in range(25)]
    source = page_of(TEXT, [(start, end, f"id{n}") for n, (start, end) in enumerate(edges)])

    page = browser.new_page()
    serve(page, source)
    page.evaluate(
        """async () => {
            window.offsets = await import("/offsets.js");
            window.region = document.getElementById("region");
        }"""
    )
    yield page
    page.close()


def snapped(start: int, end: int) -> list[int] | None:
    """What the server makes of a selection."""
    try:
        tight = trim(TEXT, TextRange(start, end))
    except InvalidRange:
        return None
    return list(snap_outwards(TEXT, tight.start, tight.end))


def test_every_cluster_edge_is_the_same(text_page: Page) -> None:
    pairs = [[n, n + 1] for n in range(len(TEXT))]
    answers = text_page.evaluate(
        "pairs => pairs.map((p) => offsets.snapRange(region, ...p))", pairs
    )
    assert answers == [list(snap_outwards(TEXT, start, end)) for start, end in pairs]


def test_any_range_survives_the_way_into_the_page_and_back(text_page: Page) -> None:
    chance = random.Random(5)
    pairs = [sorted(chance.sample(range(len(TEXT) + 1), 2)) for _n in range(400)]
    answers = text_page.evaluate(
        """pairs => pairs.map(([start, end]) => {
            const range = offsets.domRange(region, start, end);
            return [offsets.rangeOffsets(region, range), range.toString(),
                    offsets.textBetween(region, start, end)];
        })""",
        pairs,
    )
    for (start, end), (offsets, shown, stored) in zip(pairs, answers, strict=True):
        assert offsets == snapped(start, end)
        assert stored == TEXT[start:end]
        assert shown == TEXT[start:end]


def test_utf16_offsets_are_the_same(text_page: Page) -> None:
    answers = text_page.evaluate(
        """([text, length]) => {
            const astral = offsets.astralPositions(text);
            return Array.from({ length }, (_, n) => {
                const utf16 = offsets.toUtf16(astral, n);
                return [utf16, offsets.toCodePoints(astral, utf16)];
            });
        }""",
        [TEXT, len(TEXT) + 1],
    )
    assert answers == [[to_utf16(TEXT, n), n] for n in range(len(TEXT) + 1)]


def selected(page: Page, script: str) -> list[int] | None:
    """Select by a script that has `selection` and `blocks`; return what it comes to."""
    return page.evaluate(
        f"""() => {{
            const selection = document.getSelection();
            const blocks = offsets.blocksOf(region);
            selection.removeAllRanges();
            {script};
            return offsets.selectedRange(region, selection);
        }}"""
    )


def test_a_backwards_selection_is_ordered(text_page: Page) -> None:
    script = "selection.setBaseAndExtent(blocks[2], blocks[2].childNodes.length, blocks[0], 0)"
    end = cut_blocks(TEXT)[2].end
    assert selected(text_page, script) == snapped(0, end)


def test_a_triple_click_ends_with_its_own_block(text_page: Page) -> None:
    cut = cut_blocks(TEXT)[1]
    script = "selection.setBaseAndExtent(blocks[1], 0, blocks[2], 0)"
    assert selected(text_page, script) == snapped(cut.start, cut.end)
    text_page.locator("[data-start]").nth(1).click(click_count=3, position={"x": 20, "y": 5})
    really = text_page.evaluate("() => offsets.selectedRange(region)")
    assert really == snapped(cut.start, cut.end)


def test_selecting_the_whole_page_is_clamped_to_the_text(text_page: Page) -> None:
    text_page.keyboard.press("Control+a")
    assert text_page.evaluate("() => offsets.selectedRange(region)") == snapped(0, len(TEXT))


@pytest.mark.parametrize(
    "script",
    [
        "selection.setBaseAndExtent(document.getElementById('before'), 0, region, 0)",
        "selection.selectAllChildren(document.getElementById('after'))",
        "selection.collapse(blocks[0], 0)",
        "",
    ],
)
def test_nothing_of_the_text_selected_is_nothing(text_page: Page, script: str) -> None:
    assert selected(text_page, script) is None


def test_from_a_gutter_into_the_text(text_page: Page) -> None:
    cuts = cut_blocks(TEXT)
    script = (
        "selection.setBaseAndExtent(region.children[1], 0, blocks[1], blocks[1].childNodes.length)"
    )
    assert selected(text_page, script) == snapped(cuts[1].start, cuts[1].end)


def test_a_long_block_is_quick_to_count_in(text_page: Page) -> None:
    """Positions at the end of a block of 4,000 emoji are found by halving, not by walking."""
    answer = text_page.evaluate(
        """() => {
            const astral = offsets.astralPositions("👍".repeat(4000));
            let sum = 0;
            for (let n = 0; n < 100000; n += 1) sum += offsets.toUtf16(astral, n % 4000);
            return [astral.length, sum];
        }"""
    )
    assert answer == [4000, 25 * sum(2 * n for n in range(4000))]
