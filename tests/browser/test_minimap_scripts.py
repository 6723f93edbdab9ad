"""The strip's script draws what the server draws, and costs a save of a long text nothing."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from annotations.articles.passages import BlockRow
from annotations.web.views.workbench_text import Marks, draw_minimap, draw_text
from tests.browser.scripts import serve
from tests.browser.test_workbench_speed import BLOCKS, LANGUAGES, LENGTH, MARKS

pytestmark = pytest.mark.browser

# Milliseconds of the main thread: what a save waits for, and what is done once nothing else is.
AT_ONCE, WHEN_IDLE = 3.0, 20.0
Pieces = list[tuple[int, int, str]]


def blocks_of(count: int, length: int) -> list[BlockRow]:
    blocks, position = [], 0
    for n in range(count):
        text = (LANGUAGES[n % len(LANGUAGES)] * (length // 40 + 1))[: length - 2] + "\n\n"
        blocks.append(BlockRow(n, "paragraph", position, position + length, text))
        position += length
    return blocks


def pieces_of(total: int, count: int, seed: int) -> Pieces:
    """Ranges that overlap and cross blocks; some claims have several."""
    chance = random.Random(seed)
    pieces = []
    for n in range(count):
        start = chance.randrange(total - 1)
        end = min(total, start + chance.randint(1, 200))
        pieces.append((start, end, str(n // 3 if n % 4 == 0 else n)))
    return sorted(pieces)


def bars_of(svg: str) -> dict[int, int]:
    """Read the strip's bars: width by position."""
    found = {}
    for bar in re.findall("<rect [^>]*>", svg):
        facts = dict(re.findall(r'(\w+)="(\d+)"', bar))
        found[int(facts["y"])] = int(facts["width"])
    return found


def open_strip(page: Page, blocks: list[BlockRow], pieces: Pieces) -> None:
    marks = Marks(pieces)
    serve(
        page,
        "<!doctype html><meta charset=utf-8><link rel=stylesheet href=css/workbench.css>"
        '<div data-workbench><div class="workbench__body">'
        f"<article data-text>{draw_text(blocks, marks)}</article>"
        f"{draw_minimap(blocks[-1].end, marks)}</div><section id=opened></section></div>",
    )
    page.evaluate(
        """async () => {
            window.requestIdleCallback = (act) => { window.idle = act; };
            await import("/workbench/minimap.js");
        }"""
    )


SWAP = """(html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    for (const line of [...template.content.children]) {
        document.getElementById(line.id).replaceWith(line);
    }
    const before = performance.now();
    document.dispatchEvent(new CustomEvent("workbench:swapped", { detail: {} }));
    const between = performance.now();
    window.idle();
    return [between - before, performance.now() - between];
}"""


def swap(page: Page, blocks: list[BlockRow], pieces: Pieces, only=()) -> list[float]:
    return page.evaluate(SWAP, str(draw_text(blocks, Marks(pieces), only=only)))


def drawn(page: Page) -> dict[int, int]:
    return bars_of(page.locator("[data-minimap]").evaluate("one => one.outerHTML"))


@pytest.fixture
def strip_page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()


@pytest.mark.parametrize(("count", "length"), [(1, 9), (3, 30), (7, 61), (40, 333)])
def test_the_script_draws_what_the_server_draws(strip_page: Page, count: int, length: int) -> None:
    blocks = blocks_of(count, length)
    total = blocks[-1].end
    open_strip(strip_page, blocks, pieces_of(total, 4, 0))
    for seed, marks in enumerate((9, 0, 1, 30, 200), start=1):
        pieces = pieces_of(total, marks, seed)
        swap(strip_page, blocks, pieces)
        assert drawn(strip_page) == bars_of(draw_minimap(total, Marks(pieces)))


def test_a_bar_counts_claims_and_not_their_pieces() -> None:
    svg = draw_minimap(1600, Marks([(0, 3, "1"), (5, 8, "1"), (20, 31, "1"), (22, 25, "2")]))
    assert bars_of(svg) == {0: 7, 2: 10, 3: 7}


def test_a_text_without_claims_has_an_empty_strip_that_is_not_seen(strip_page: Page) -> None:
    blocks = blocks_of(3, 30)
    open_strip(strip_page, blocks, [])
    strip = strip_page.locator("[data-minimap]")
    assert strip.evaluate("one => getComputedStyle(one).visibility") == "hidden"
    swap(strip_page, blocks, [(3, 8, "1")])
    assert strip.evaluate("one => getComputedStyle(one).visibility") == "visible"


@pytest.mark.parametrize(
    ("fraction", "marked", "bin"),
    [
        (0, [], 0),
        (0.999, [], 159),
        (1.4, [], 159),
        (-0.2, [], 0),
        (0.5, [80, 82], 80),
        (0.5, [78, 83], 78),
        (0.5, [83], 83),
        (0.5, [76, 84], 80),
        (0, [2], 2),
    ],
)
def test_a_press_prefers_marks_that_are_near(strip_page: Page, fraction, marked, bin) -> None:
    serve(strip_page, "<!doctype html>")
    found = strip_page.evaluate(
        """async ([fraction, marked]) => {
            const { binAt } = await import("/workbench/bins.js");
            return binAt(fraction, 160, (one) => marked.includes(one));
        }""",
        [fraction, marked],
    )
    assert found == bin


@pytest.mark.parametrize(("length", "bins"), [(160, 160), (7, 7), (161, 160), (200_000, 160)])
def test_a_bin_begins_where_its_first_character_is(strip_page: Page, length, bins) -> None:
    serve(strip_page, "<!doctype html>")
    wrong = strip_page.evaluate(
        """async ([length, bins]) => {
            const { binsOf, placesOf } = await import("/workbench/bins.js");
            const wrong = [];
            for (let bin = 0; bin < bins; bin += 1) {
                const [start, end] = placesOf(bin, length, bins);
                const [first, last] = binsOf(start, end, length, bins);
                if (first !== bin || last !== bin) wrong.push(bin);
            }
            return wrong;
        }""",
        [length, bins],
    )
    assert wrong == []


def test_a_save_in_a_long_text_is_not_held_up(strip_page: Page) -> None:
    blocks = blocks_of(BLOCKS, LENGTH)
    total = blocks[-1].end
    pieces = pieces_of(total, MARKS, 7)
    open_strip(strip_page, blocks, pieces)
    times = []
    for n in range(20, 320, 20):
        start = blocks[n].end - 60
        pieces = sorted([*pieces, (start, start + 150, str(9_000 + n))])
        times.append(swap(strip_page, blocks, pieces, only=[n, n + 1]))
    assert drawn(strip_page) == bars_of(draw_minimap(total, Marks(pieces)))
    at_once, when_idle = (sorted(each)[len(times) // 2] for each in zip(*times, strict=True))
    assert at_once <= AT_ONCE
    assert when_idle <= WHEN_IDLE
