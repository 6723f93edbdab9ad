"""The modules behind marking, each by itself: words, ranges, edges, two taps, the pile of undo."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from annotations.articles.blocks import cut_blocks
from tests.browser.scripts import page_of, serve

pytestmark = pytest.mark.browser

TEXT = (
    "Two tolls\n\n"
    "***\n\n"
    "The 👨‍👩‍👧 family isn't here, said 1,597 people.\n\n"
    "قال المتحدث إن CNN News نشرت 498 اسمًا.\n\n"
    "Last words"
)


@pytest.fixture
def text_page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    start = TEXT.index("family")
    serve(page, page_of(TEXT, [(start, start + 3, "1"), (start + 2, start + 10, "2")]))
    page.evaluate(
        """async () => {
            window.region = document.getElementById("region");
            const modules = ["words", "visual", "edges", "ranges", "taps", "stack"];
            for (const name of modules) window[name] = await import(`/workbench/${name}.js`);
        }"""
    )
    yield page
    page.close()


def words_of(page: Page, call: str, *words: str) -> str:
    """Call a function with the place of each word of TEXT; return the words it leads to."""
    places = [[TEXT.index(one), TEXT.index(one) + len(one)] for one in words]
    start, end = page.evaluate(f"places => {call}", places)
    return TEXT[start:end]


def test_words_follow_one_another_over_blocks_without_any(text_page: Page) -> None:
    def step(word: str, by: int) -> str:
        return words_of(text_page, f"words.stepWord(region, places[0], {by})", word)

    assert [step("tolls", 1), step("The", -1)] == ["The", "tolls"]
    assert [step("family", 1), step("isn't", 1), step("said", 1)] == ["isn't", "here", "1,597"]
    assert [step("Two", -1), step("words", 1)] == ["Two", "words"]


def test_up_and_down_lead_to_first_words_of_blocks(text_page: Page) -> None:
    def step(word: str, by: int) -> str:
        return words_of(text_page, f"words.stepBlock(region, places[0], {by})", word)

    assert [step("tolls", 1), step("said", -1), step("people", 1)] == ["The", "Two", "قال"]
    assert [step("words", 1), step("Two", -1)] == ["words", "Two"]


def test_an_offset_leads_to_its_word_or_the_one_before(text_page: Page) -> None:
    comma = TEXT.index(", said")
    start, end = text_page.evaluate(f"() => words.wordAt(region, {comma})")
    assert TEXT[start:end] == "here"
    start, end = text_page.evaluate(f"() => words.wordAt(region, {comma - 2})")
    assert TEXT[start:end] == "here"


@pytest.mark.parametrize(
    ("selected", "whole"),
    [("mily isn", "family isn't"), ("family", "family"), ("olls", "tolls"), (", sai", ", said")],
)
def test_words_cut_through_are_made_whole(text_page: Page, selected: str, whole: str) -> None:
    assert words_of(text_page, "words.wholeWords(region, places[0])", selected) == whole


def test_every_word_is_reached_by_going_left_in_a_text_of_both_directions(text_page: Page) -> None:
    """In "قال المتحدث إن CNN News نشرت 498 اسمًا" the English words stand the other way round."""
    block = cut_blocks(TEXT)[3]
    steps = text_page.evaluate(
        """([start, end]) => {
            let word = words.wordAt(region, start);
            const seen = [word];
            while (seen.length < 20) {
                word = visual.stepSideways(region, word, false);
                if (word[0] >= end) break;
                seen.push(word);
            }
            return seen;
        }""",
        [block.start, block.end],
    )
    assert [TEXT[start:end] for start, end in steps] == [
        *["قال", "المتحدث", "إن"],
        *["News", "CNN"],
        *["نشرت", "498", "اسمًا"],
    ]


@pytest.mark.parametrize(
    ("ranges", "n", "is_start", "offset", "moved"),
    [
        ([[10, 20]], 0, True, 5, [[5, 20]]),
        ([[10, 20]], 0, True, 25, [[19, 20]]),
        ([[10, 20]], 0, False, 8, [[10, 11]]),
        ([[10, 20], [30, 40]], 0, False, 35, [[10, 30], [30, 40]]),
        ([[10, 20], [30, 40]], 1, True, 12, [[10, 20], [20, 40]]),
        ([[10, 20], [30, 40]], 1, False, 90, [[10, 20], [30, 90]]),
        ([[0, 4]], 0, True, -3, [[0, 4]]),
    ],
)
def test_an_edge_stays_clear_of_its_neighbours(
    text_page: Page, ranges, n, is_start, offset, moved
) -> None:
    call = "([ranges, n, isStart, offset]) => edges.withEdge(ranges, n, isStart, offset)"
    assert text_page.evaluate(call, [ranges, n, is_start, offset]) == moved


@pytest.mark.parametrize(
    ("ranges", "more", "whole"),
    [
        ([], [3, 5], [[3, 5]]),
        ([[10, 20]], [1, 5], [[1, 5], [10, 20]]),
        ([[10, 20]], [15, 30], [[10, 30]]),
        ([[10, 20], [25, 30], [40, 50]], [18, 26], [[10, 30], [40, 50]]),
        ([[10, 20]], [12, 14], [[10, 20]]),
    ],
)
def test_a_further_range_joins_those_it_overlaps(text_page: Page, ranges, more, whole) -> None:
    call = "([ranges, more]) => window.ranges.withRange(ranges, more)"
    assert text_page.evaluate(call, [ranges, more]) == whole


def test_two_taps_make_a_range_in_whatever_order(text_page: Page) -> None:
    script = """([first, second]) => {
        const two = new taps.TwoTaps();
        const idle = two.tap(first);
        two.start();
        return [idle, two.tap(null), two.tap(first), two.tap(second), two.isOn, two.tap(first)];
    }"""
    later = [None, None, None, [3, 25], False, None]
    assert text_page.evaluate(script, [[20, 25], [3, 7]]) == later
    assert text_page.evaluate(script, [[3, 7], [20, 25]]) == later
    assert text_page.evaluate(script, [[3, 7], [3, 7]])[3] == [3, 7]


def test_undo_and_redo_move_entries_between_two_piles(text_page: Page) -> None:
    answer = text_page.evaluate(
        """() => {
            const pile = new stack.Stack();
            const [a, b, c, d] = ["a", "b", "c", "d"].map((name, n) => ({ name, number: n % 2 }));
            const state = () => [pile.toUndo?.name ?? "", pile.toRedo?.name ?? ""].join("|");
            const seen = [state()];
            const act = (change) => { change(); seen.push(state()); };
            act(() => pile.push(a));
            act(() => pile.push(b));
            act(() => pile.undone(b));
            act(() => pile.undone(a));
            act(() => pile.redone(a));
            act(() => pile.push(c));
            act(() => pile.push(d));
            act(() => pile.drop(d));
            act(() => pile.dropClaim(0));
            return seen;
        }"""
    )
    assert answer == ["|", "a|", "b|", "a|b", "|a", "a|b", "c|", "d|", "c|", "|"]


def test_an_undone_entry_that_was_dropped_never_comes_back(text_page: Page) -> None:
    answer = text_page.evaluate(
        """() => {
            const pile = new stack.Stack();
            const entry = { number: 1 };
            pile.push(entry);
            pile.drop(entry);
            pile.undone(entry);
            return [pile.toUndo, pile.toRedo];
        }"""
    )
    assert answer == [None, None]
