"""A form and the words it is about are in sight together, wherever in the text it is opened."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.drafting import go_on, text
from tests.browser.layout import LONG, PHONE, is_free, long_version
from tests.browser.reach import DESKTOP
from tests.browser.workbench import open_workbench, press, select
from tests.long import some
from tests.marking import make_version, place

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

# Puts the element with the words so far down the window.
PUT_AT = """([words, top]) => {
  const block = [...document.querySelectorAll("[data-block]")].find((one) =>
    one.textContent.includes(words));
  block.scrollIntoView({ block: "start", behavior: "instant" });
  scrollBy({ top: block.getBoundingClientRect().top - top, behavior: "instant" });
}"""
# Where the painted draft stands: its upper and its lower edge.
DRAFT = """() => {
  const boxes = [...CSS.highlights.get("draft")].map((one) => one.getBoundingClientRect());
  return [Math.min(...boxes.map((box) => box.top)), Math.max(...boxes.map((box) => box.bottom))];
}"""


@pytest.fixture
def open_desk(new_context: Callable[..., BrowserContext], sign_in, reviewer, project):
    """Open a long text, or the one given, in a window of a size."""

    def make(size: dict[str, int], words: str = "", motion: str = "reduce") -> Page:
        version = make_version(reviewer, project, words) if words else None
        page = new_context(viewport=size, reduced_motion=motion).new_page()
        sign_in(page, reviewer)
        open_workbench(page, version or long_version(reviewer, project))
        return page

    return make


def start(page: Page, words: str, whole: str = LONG) -> None:
    select(page, *place(words, whole))
    press(page, "claim")
    expect(text(page)).to_be_visible()


def draft(page: Page) -> tuple[int, int]:
    top, bottom = page.evaluate(DRAFT)
    return top, bottom


def upper_edge(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box
    return box["y"]


def lower_edge(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box
    return box["y"] + box["height"]


@pytest.mark.parametrize("words", some("more than 40,000 civilians", "the town that week."))
@pytest.mark.parametrize("size", [DESKTOP, {"width": 1024, "height": 600}], ids=["wide", "low"])
def test_the_forms_head_is_in_sight_at_the_pages_end(open_desk, size, words) -> None:
    page = open_desk(size)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    start(page, words if "40" in words else LONG[-60:])
    page.wait_for_timeout(300)
    assert upper_edge(page, "[data-panel]") >= lower_edge(page, "[data-head]")
    for name in (".opened__title", "[data-close]", "[data-save]"):
        assert is_free(page.locator(f"#opened {name}").first), name


def test_the_saved_claims_head_is_in_sight_at_the_pages_end(open_desk) -> None:
    # Some lines make a block higher than what is guessed before it is drawn, one line lower.
    words = "\n\n".join(f"Note {n} says that {n} houses burned." for n in range(1, 40))
    page = open_desk({"width": 1440, "height": 900}, words)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    start(page, "38 houses burned", words)
    page.locator("[data-save]").click()
    expect(page.locator(".opened--card")).to_be_visible()
    page.wait_for_timeout(300)
    assert upper_edge(page, "[data-panel]") >= lower_edge(page, "[data-head]")
    for name in (".opened__title", "[data-close]"):
        assert is_free(page.locator(f"#opened {name}").first), name
    assert is_free(page.locator("[data-tools] button").first)


def test_the_forms_head_is_in_sight_beside_a_short_text(open_desk) -> None:
    page = open_desk(DESKTOP, "More than 2,000 civilians were killed.")
    start(page, "2,000 civilians", "More than 2,000 civilians were killed.")
    page.locator("#opened details").first.evaluate("one => (one.open = true)")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_timeout(300)
    assert upper_edge(page, "[data-panel]") >= lower_edge(page, "[data-head]")
    page.locator("#opened [name=text]").focus()
    assert is_free(page.locator("#opened [data-close]"))


def test_the_forms_head_is_in_sight_when_the_list_has_been_scrolled(open_desk) -> None:
    page = open_desk({"width": 1024, "height": 600})
    page.locator("summary", has_text="Filter").click()
    page.locator("#claims [data-rows]").scroll_into_view_if_needed()
    page.locator(".workbench__scroll").evaluate("one => (one.scrollTop = one.scrollHeight)")
    start(page, "more than 3,000 civilians")
    page.wait_for_timeout(300)
    assert is_free(page.locator("#opened .opened__title"))


@pytest.mark.parametrize("motion", some("reduce", "no-preference"))
@pytest.mark.parametrize("top", some(760, 120, 430))
def test_the_words_stand_above_the_sheet_when_it_opens(open_desk, top, motion) -> None:
    page = open_desk(PHONE, motion=motion)
    page.evaluate(PUT_AT, ["day 20 ", top])
    start(page, "day 20 that more than 20,000 civilians")
    page.wait_for_timeout(900)
    begin, end = draft(page)
    assert begin >= lower_edge(page, "[data-tools]")
    assert end <= upper_edge(page, "#opened")
    expect(text(page)).to_be_focused()


def test_words_at_the_texts_end_stand_above_the_sheet(open_desk) -> None:
    page = open_desk(PHONE)
    start(page, LONG[-40:])
    page.wait_for_timeout(300)
    assert draft(page)[1] <= upper_edge(page, "#opened")


def test_words_in_sight_are_not_moved(open_desk) -> None:
    page = open_desk(PHONE)
    page.evaluate(PUT_AT, ["day 20 ", 120])
    page.wait_for_timeout(300)
    block = page.locator("[data-block]", has_text="day 20 ")
    before = block.bounding_box()
    start(page, "more than 20,000 civilians")
    page.wait_for_timeout(300)
    assert block.bounding_box() == before


def test_a_draft_that_is_taken_up_shows_its_words(open_desk) -> None:
    page = open_desk(PHONE)
    start(page, "more than 35,000 civilians")
    text(page).fill("Typed, and not saved.")
    page.evaluate("scrollTo(0, 0)")
    page.reload()
    page.evaluate("scrollTo(0, 0)")
    go_on(page)
    page.wait_for_timeout(400)
    begin, end = draft(page)
    assert lower_edge(page, "[data-tools]") <= begin
    assert end <= upper_edge(page, "#opened")
