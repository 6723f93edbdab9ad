"""The head above an article's text: room for its title, and what is rarer in one menu."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.by_keyboard import focused, tab_to
from tests.material import make_article
from tests.verification.rounds.material import make_round

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE = "Two capitals, two counts of the dead, and neither to be had"
IN_WINDOW = """(one) => {
  const box = one.getBoundingClientRect();
  return box.left >= 0 && box.right <= document.documentElement.clientWidth;
}"""


def test_a_moderator_reads_the_title_and_reaches_the_round_by_keys(
    page: Page, sign_in, project, moderator, reviewer, second_reviewer
):
    article = make_article(project, reviewer, title=TITLE, url="https://example.org/a")
    found = make_round(moderator, reviewer, second_reviewer, article=article)
    sign_in(page, moderator)
    page.goto(f"/p/desk/articles/{article.uid}/")
    title = page.locator(".workbench__title")
    assert title.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    page.locator("[data-head] a").first.focus()
    tab_to(page, "More")
    page.keyboard.press("Enter")
    tab_to(page, "Independent marking")
    page.keyboard.press("Escape")
    assert focused(page) == "More"
    menu = page.locator("[data-head] .menu__body")
    expect(menu).to_be_hidden()
    page.set_viewport_size({"width": 320, "height": 700})
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    assert menu.evaluate(IN_WINDOW)
    page.get_by_role("link", name="Independent marking", exact=True).last.click()
    page.wait_for_url(f"**/rounds/{found.uid}/")
