"""Fields of the form that wait for words of the text, and claims carried from text to text."""

import pytest
from playwright.sync_api import Page, expect

from annotations.models import ArticleVersion, Claim, Mention
from tests.browser.workbench import bar, card, drag, open_workbench, press, select
from tests.marking import WORDS, make_claim, make_version, place

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(page: Page, sign_in, reviewer, project) -> tuple[Page, ArticleVersion]:
    version = make_version(reviewer, project)
    sign_in(page, reviewer)
    open_workbench(page, version)
    return page, version


def field(page: Page, name: str):
    """A field's toggle."""
    return page.locator(f'[data-waits="{name}"]').first


def open_form(page: Page, words: str = WORDS) -> None:
    select(page, *place(words))
    press(page, "claim")
    page.locator("summary", has_text="More about this step").click()


def test_a_drag_fills_the_field_that_waits(desk):
    page, _version = desk
    open_form(page)
    field(page, "cue_ranges").click()
    expect(field(page, "cue_ranges")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-wait-line]")).to_contain_text("the words that introduce it")
    left, top, right, bottom = page.evaluate(PLACE_OF, list(place("said")))
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(right - 5, bottom, steps=3)
    # A pause with the button down is no end of the selection.
    page.wait_for_timeout(400)
    page.mouse.move(right, bottom)
    page.mouse.up()
    expect(field(page, "cue_ranges")).to_contain_text("“said”")
    expect(field(page, "cue_ranges")).to_be_focused()
    expect(page.locator("[data-wait-line]")).to_be_hidden()
    page.locator("[data-save]").click()
    expect(card(page, 1)).to_be_visible()


PLACE_OF = """([start, end]) => {
  const block = [...document.querySelectorAll("[data-text] [data-start]")].find(
    (one) => Number(one.dataset.start) <= start && start < Number(one.dataset.end));
  const range = document.createRange();
  const shift = Number(block.dataset.start);
  range.setStart(block.firstChild, start - shift);
  range.setEnd(block.firstChild, end - shift);
  const box = range.getBoundingClientRect();
  const middle = box.top + box.height / 2;
  return [box.left + 1, middle, box.right - 1, middle];
}"""


def test_the_keyboard_fills_a_field_when_enter_says_so(desk):
    page, _version = desk
    open_form(page, "A family fled")
    field(page, "source_ranges").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-text]")).to_be_focused()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(key)
    # However long one thinks before going on, nothing is taken yet.
    page.wait_for_timeout(500)
    expect(field(page, "source_ranges")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Enter")
    expect(field(page, "source_ranges")).to_be_focused()
    expect(page.locator("[name=hops-0-source_name]")).to_have_value("emergency service")
    assert page.locator("[name=hops-0-source_ranges]").input_value() == "24-41"


def test_escape_ends_the_waiting_and_leaves_the_form_open(desk):
    page, _version = desk
    open_form(page)
    field(page, "cue_ranges").click()
    page.keyboard.press("Escape")
    expect(page.locator("[data-wait-line]")).to_be_hidden()
    expect(field(page, "cue_ranges")).to_be_focused()
    expect(field(page, "cue_ranges")).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#opened [name=text]")).to_be_visible()
    select(page, *place("A family fled"))
    expect(bar(page)).to_be_visible()
    expect(page.locator("[name=hops-0-cue_ranges]")).to_have_value("")


def test_a_passage_gets_further_ranges_while_its_field_is_active(desk):
    page, _version = desk
    open_form(page, "more than 2,000")
    page.locator(".passage summary").click()
    field(page, "range").click()
    select(page, *place("were killed"))
    expect(page.locator(".passage__range")).to_have_count(2)
    page.locator("[data-save]").click()
    expect(card(page, 1)).to_be_visible()
    ranges = Mention.objects.get().span.ranges.order_by("n")
    assert [one.exact for one in ranges] == ["more than 2,000", "were killed"]


def test_on_a_phone_two_taps_fill_the_field(new_context, sign_in, reviewer, project):
    version = make_version(reviewer, project)
    context = new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    sign_in(page, reviewer)
    open_workbench(page, version)
    open_form(page, "A family fled")
    field(page, "source_ranges").tap()
    page.locator(".tap-mode").tap()
    for words in ("emergency", "service"):
        left, top, right, _bottom = page.evaluate(PLACE_OF, list(place(words)))
        page.touchscreen.tap((left + right) / 2, top)
    expect(page.locator("[name=hops-0-source_name]")).to_have_value("emergency service")


def test_a_claim_is_carried_into_another_article(desk, reviewer, project):
    page, version = desk
    make_claim(reviewer, version)
    make_claim(reviewer, version, words="A family fled")
    other = make_version(reviewer, project, "Another desk says more than 2,000 died.")
    open_workbench(page, version, "?claim=1")
    card(page, 1).get_by_role("button", name="Add a place in another article").click()
    expect(page.locator("[data-carry-line]")).to_contain_text("claim 1")
    open_workbench(page, other)
    expect(page.locator("[data-carry-line]")).to_be_visible()
    drag(page, *place("more than 2,000 died", other.text))
    expect(bar(page).locator('[data-bar-action="carried"]')).to_have_text("Add to claim 1")
    press(page, "carried")
    page.locator("[data-save]").click()
    expect(card(page, 1)).to_be_visible()
    expect(page.locator("[data-carry-line]")).to_be_hidden()
    assert Mention.objects.filter(claim__number=1, version=other).count() == 1
    assert Claim.objects.count() == 2


def test_a_claim_of_another_article_is_found_by_its_words(desk, reviewer, project):
    page, version = desk
    make_claim(reviewer, version, text="Thousands of civilians were killed")
    make_claim(reviewer, version, text="The ministers met")
    other = make_version(reviewer, project, "Another desk says more than 2,000 died.")
    open_workbench(page, other)
    drag(page, *place("more than 2,000 died", other.text))
    press(page, "mention")
    expect(page.locator("#opened .claims__row a")).to_have_count(2)
    page.locator("#choose-words").fill("civilians")
    page.locator("#choose-words").press("Enter")
    expect(page.locator("#opened .claims__row a")).to_have_count(1)
    page.locator("#opened .claims__row a", has_text="Thousands").click()
    page.locator("[data-save]").click()
    expect(card(page, 1)).to_be_visible()
    assert Mention.objects.filter(claim__number=1, version=other).count() == 1


def test_nobody_else_of_the_browser_carries_my_claim(desk, sign_in, reviewer, second_reviewer):
    page, version = desk
    make_claim(reviewer, version)
    open_workbench(page, version, "?claim=1")
    page.locator("[data-carry]").click()
    sign_in(page, second_reviewer)
    open_workbench(page, version)
    expect(page.locator("[data-carry-line]")).to_be_hidden()
