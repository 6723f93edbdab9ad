"""The strip beside the text: a press leads to its place, and it changes as the claims do."""

import pytest
from playwright.sync_api import Page, expect

from annotations.claims.services import claim_discard
from tests.browser.test_two_people import poll
from tests.browser.workbench import card, open_workbench, press, select
from tests.marking import make_claim, make_version, place

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

TEXT = "\n\n".join(
    f"Paragraph {n}: " + "a spokesman told the press of it, and no more. " * (1 + n % 9)
    for n in range(240)
)


@pytest.fixture
def long_desk(page: Page, sign_in, reviewer, project):
    version = make_version(reviewer, project, TEXT)
    sign_in(page, reviewer)
    return page, version


def strip(page: Page):
    return page.locator("[data-minimap]")


def bars(page: Page):
    return strip(page).locator("rect")


def at(page: Page, words: str) -> tuple[float, float]:
    """Where on the screen the strip stands for the words."""
    box = strip(page).bounding_box()
    share = TEXT.index(words) / len(TEXT)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] * share + 1


def in_view(page: Page, words: str):
    expect(page.locator(".block", has_text=words)).to_be_in_viewport()


def test_a_press_leads_to_the_place_and_a_drag_along(long_desk, reviewer):
    page, version = long_desk
    make_claim(reviewer, version, words="Paragraph 3:")
    open_workbench(page, version)
    for n in (200, 60, 239, 120):
        page.mouse.click(*at(page, f"Paragraph {n}:"))
        page.wait_for_timeout(200)
        in_view(page, f"Paragraph {n}:")
    page.mouse.move(*at(page, "Paragraph 30:"))
    page.mouse.down()
    for n in (60, 90, 150):
        page.mouse.move(*at(page, f"Paragraph {n}:"), steps=3)
    page.wait_for_timeout(200)
    in_view(page, "Paragraph 150:")
    page.mouse.up()
    page.mouse.move(*at(page, "Paragraph 10:"))
    page.wait_for_timeout(200)
    in_view(page, "Paragraph 150:")


def test_a_press_near_marked_words_leads_to_them_and_keeps_the_focus(long_desk, reviewer):
    page, version = long_desk
    make_claim(reviewer, version, words="Paragraph 170:")
    open_workbench(page, version)
    page.locator("[data-text]").focus()
    x, y = at(page, "Paragraph 170:")
    page.mouse.click(x, y + 12)
    expect(page.locator("#claim-1")).to_be_in_viewport()
    page.wait_for_timeout(200)
    top = page.locator("#claim-1").bounding_box()["y"]
    assert 300 < top < 600
    expect(page.locator("[data-text]")).to_be_focused()
    assert page.evaluate("document.getSelection().isCollapsed")


def test_it_is_decoration_with_a_pointer(long_desk, reviewer):
    page, version = long_desk
    make_claim(reviewer, version, words="Paragraph 3:")
    open_workbench(page, version)
    expect(strip(page)).to_have_attribute("aria-hidden", "true")
    expect(strip(page)).to_have_css("cursor", "pointer")
    assert strip(page).evaluate("one => one.tabIndex") == -1


def test_it_comes_with_the_first_claim_and_goes_and_returns_by_undo(long_desk):
    page, version = long_desk
    open_workbench(page, version)
    expect(strip(page)).to_be_hidden()
    select(page, *place("Paragraph 1:", TEXT))
    press(page, "claim")
    page.locator("[data-save]").click()
    expect(card(page, 1)).to_be_visible()
    expect(bars(page)).to_have_count(1)
    expect(strip(page)).to_be_visible()
    page.locator("[data-undo]").click()
    expect(bars(page)).to_have_count(0)
    expect(strip(page)).to_be_hidden()
    page.locator("[data-redo]").click()
    expect(bars(page)).to_have_count(1)


def test_claims_of_others_come_and_go_on_it(long_desk, second_reviewer):
    page, version = long_desk
    with page.expect_response(lambda answer: "/live/" in answer.url):
        open_workbench(page, version)
    claim = make_claim(second_reviewer, version, words="Paragraph 200:")
    poll(page)
    expect(bars(page)).to_have_count(1)
    page.mouse.click(*at(page, "Paragraph 200:"))
    expect(page.locator("#claim-1")).to_be_in_viewport()
    claim_discard(actor=second_reviewer, claim=claim, reason="Twice")
    poll(page)
    expect(bars(page)).to_have_count(0)
