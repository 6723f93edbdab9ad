"""The list beside a text can be read in a narrow panel, and says when a filter leaves nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from annotations.claims.hops import HopInput
from tests.browser.drafting import text
from tests.browser.layout import PHONE
from tests.browser.workbench import open_workbench, press, select
from tests.marking import WORDS, make_claim, make_version

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

CLAIM = "About 498 people were killed in one day"
SOURCE = "A dozen officials of the State Emergency Service and the army"
# How many pixels of the row's text stand in the row, of how many it takes.
WIDTHS = "(one) => [one.clientWidth, one.scrollWidth, one.closest('li').clientWidth]"
ARABIC = "قال المتحدث إن 498 جنديًا قُتلوا."


@pytest.fixture
def version(reviewer, project):
    made = make_version(reviewer, project)
    make_claim(reviewer, made, words=WORDS, text=CLAIM, hops=[HopInput(source_name=SOURCE)])
    return made


@pytest.fixture
def open_list(new_context: Callable[..., BrowserContext], sign_in, reviewer, version):
    def make(width: int, height: int, query: str = "", **options: object) -> Page:
        page = new_context(viewport={"width": width, "height": height}, **options).new_page()
        sign_in(page, reviewer)
        open_workbench(page, version, query)
        return page

    return make


def box(page: Page, name: str) -> dict[str, float]:
    found = page.locator(f"#row-1 {name}").bounding_box()
    assert found
    return found


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1024, 768)])
def test_a_narrow_row_shows_the_claim_above_who_said_it(open_list, width, height) -> None:
    page = open_list(width, height)
    shown, _whole, row = page.locator("#row-1 .claims__text").evaluate(WIDTHS)
    assert shown > row * 0.8
    claim, who, facts = (box(page, f".claims__{name}") for name in ("text", "who", "facts"))
    assert who["y"] >= claim["y"] + claim["height"] - 1
    assert facts["y"] >= claim["y"] + claim["height"] - 1
    assert who["x"] + who["width"] <= facts["x"]
    assert box(page, ".claims__link")["height"] < 60


def test_a_wide_row_is_one_line(open_list) -> None:
    page = open_list(1600, 1000)
    claim, who, facts = (box(page, f".claims__{name}") for name in ("text", "who", "facts"))
    assert abs(claim["y"] - who["y"]) < 8
    assert abs(claim["y"] - facts["y"]) < 8
    assert box(page, ".claims__link")["height"] < 32


def test_the_whole_narrow_row_opens_the_claim(open_list) -> None:
    page = open_list(**PHONE)
    facts = box(page, ".claims__facts")
    page.mouse.click(facts["x"] + facts["width"] / 2, facts["y"] + facts["height"] / 2)
    expect(page.locator(".opened--card")).to_be_visible()


@pytest.mark.parametrize("has_script", [True, False])
def test_a_filter_that_leaves_nothing_says_so_and_is_cleared(open_list, has_script) -> None:
    page = open_list(1280, 900, "?version=1&q=nothing-like-it", java_script_enabled=has_script)
    empty = page.locator("#rows [data-no-claims]")
    expect(empty).to_contain_text("No claim matches the filter.")
    empty.get_by_role("link", name="Show all").click()
    expect(page.locator("#row-1")).to_be_visible()
    expect(page.locator("[data-no-claims]")).to_have_count(0)


def test_words_from_right_to_left_stand_at_their_own_side(
    page: Page, sign_in, reviewer, project
) -> None:
    version = make_version(reviewer, project, f"{ARABIC}\n\nWords in English follow.")
    sign_in(page, reviewer)
    open_workbench(page, version)
    for words, is_right in ((ARABIC, True), ("English", False)):
        start = version.text.index(words)
        select(page, start, start + len(words))
        press(page, "claim")
        expect(text(page)).to_be_visible()
        page.locator(".passage summary").click()
        quote = page.locator(".passage__range .quote")
        [left, right], [first, last] = quote.evaluate("""(one) => {
          const range = document.createRange();
          range.selectNodeContents(one);
          const [inner, outer] = [range, one.closest("ol")].map((it) => it.getBoundingClientRect());
          const button = one.nextElementSibling.getBoundingClientRect();
          return [[inner.left, inner.right], [outer.left, button.left]];
        }""")
        assert (last - right < 40) is is_right
        assert (left - first < 40) is not is_right
        page.locator("#opened [data-close]").first.click()
