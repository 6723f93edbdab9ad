"""A text with 150 claims: the list shows a window of them, and everything reaches beyond it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from annotations.models import ArticleVersion
from tests.browser.workbench import card, open_workbench
from tests.marking import make_claim, make_version

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

CLAIMS = 150
TEXT = "\n\n".join(
    f"Paragraph {n}: a spokesman named figure-{n} of the day." for n in range(CLAIMS)
)


@pytest.fixture
def version(reviewer, project) -> ArticleVersion:
    """Claim N + 1 stands in paragraph N; the last three also over one another."""
    made = make_version(reviewer, project, TEXT)
    for n in range(CLAIMS - 2):
        make_claim(reviewer, made, words=f"figure-{n} of", hops=())
    make_claim(reviewer, made, words=f"figure-{CLAIMS - 3} of the day", hops=())
    make_claim(reviewer, made, words=f"named figure-{CLAIMS - 3} of", hops=())
    return made


@pytest.fixture
def desk(page: Page, sign_in, reviewer, version) -> Page:
    sign_in(page, reviewer)
    open_workbench(page, version)
    return page


def window(page: Page) -> tuple[int, int]:
    data = page.locator("[data-window]").evaluate("one => ({ ...one.dataset })")
    return int(data["first"]), int(data["last"])


def test_scrolling_brings_the_rows_of_what_is_read(desk: Page) -> None:
    assert window(desk) == (1, 60)
    expect(desk.locator("#row-120")).to_have_count(0)
    desk.locator("[data-block]", has_text="Paragraph 119:").scroll_into_view_if_needed()
    expect(desk.locator("#row-115")).to_have_count(1)
    desk.evaluate("scrollTo(0, 0)")
    expect(desk.locator("#row-1")).to_have_count(1)


def test_n_and_p_walk_beyond_the_window(desk: Page) -> None:
    desk.evaluate("history.replaceState(null, '', '#claim-59')")
    desk.reload()
    expect(card(desk, 59)).to_be_visible()
    desk.locator("[data-text]").focus()
    for number in (60, 61, 62):
        desk.keyboard.press("n")
        expect(card(desk, number)).to_be_visible()
    expect(desk.locator("[data-text]")).to_be_focused()
    for number in (61, 60):
        desk.keyboard.press("p")
        expect(card(desk, number)).to_be_visible()


@pytest.mark.long
def test_a_place_of_several_claims_lists_those_beyond_the_window(desk: Page) -> None:
    expect(desk.locator("#row-148")).to_have_count(0)
    # The event alone: going there would bring the rows.
    desk.evaluate(
        """() => document.querySelector('mark[data-claims~="148"][data-claims~="150"]').click()"""
    )
    expect(desk.locator("#opened [data-row]")).to_have_count(3)
    shown = desk.locator("#opened [data-row]").evaluate_all("all => all.map(o => o.dataset.row)")
    assert sorted(shown) == ["148", "149", "150"]


def test_later_and_earlier_keep_the_keyboards_place(desk: Page) -> None:
    desk.get_by_role("link", name="Later claims").press("Enter")
    expect(desk.locator("#row-61 a").first).to_be_focused()
    assert window(desk) == (61, 120)
    desk.get_by_role("link", name="Earlier claims").press("Enter")
    expect(desk.locator("#row-60 a").first).to_be_focused()


@pytest.mark.long
def test_the_windows_are_links_without_a_script(
    new_context: Callable[..., BrowserContext], sign_in, reviewer, version
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, reviewer)
    page.goto(f"/p/desk/articles/{version.article.uid}/")
    expect(page.locator("[data-rows] > li")).to_have_count(60)
    page.get_by_role("link", name="Later claims").click()
    expect(page.locator("#row-61")).to_be_visible()
    page.get_by_role("link", name="Later claims").click()
    expect(page.locator("[data-rows] > li")).to_have_count(30)
    page.locator("#row-148 a").first.click()
    expect(card(page, 148)).to_be_visible()
    expect(page).to_have_url(re.compile(r"rows=121.*claim=148|claim=148.*rows=121"))
    page.get_by_role("link", name="Earlier claims").click()
    expect(page.locator("#row-61")).to_be_visible()


def scrolled(page: Page) -> float:
    return float(page.evaluate("document.querySelector('.workbench__scroll').scrollTop"))


def test_a_card_opened_from_far_down_the_list_is_in_sight_and_the_list_stays(desk: Page) -> None:
    desk.locator("#row-50").scroll_into_view_if_needed()
    before = scrolled(desk)
    assert before > 500
    desk.locator("#row-50 a").first.click()
    expect(card(desk, 50).locator(".opened__title")).to_be_in_viewport(ratio=1)
    assert scrolled(desk) == 0
    desk.locator("#opened [data-close]").first.click()
    expect(desk.locator("#opened .opened__title")).to_have_count(0)
    # The panel has a little more room where the text stands now.
    assert abs(scrolled(desk) - before) < 60
    expect(desk.locator("#row-50")).to_be_in_viewport()
