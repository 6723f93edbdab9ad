"""What readers ask of every page: their own colours, no motion, a focus that is seen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from annotations.verification.services import review_save
from tests.browser.visits import GROUPS, make_tour
from tests.browser.workbench import open_workbench
from tests.long import IS_LONG
from tests.marking import WORDS, make_claim, make_version

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

# Each kind of page once is enough where one sheet makes all of them.
SOME = 4 if IS_LONG else 1
LOOK = """(number) => {
  const mark = document.querySelector(`mark[data-claims~="${number}"]`);
  const style = getComputedStyle(mark);
  const probe = document.createElement("i");
  probe.style.cssText = "forced-color-adjust: none; background: Mark; color: MarkText";
  document.body.append(probe);
  const system = getComputedStyle(probe);
  return [style.borderBlockEndStyle, style.textDecorationStyle,
          style.backgroundColor === system.backgroundColor, style.color === system.color];
}"""
MOVING = """() => [...document.querySelectorAll("*")].filter((one) => {
  const style = getComputedStyle(one);
  return style.animationName !== "none" || !/^(0s(, )?)+$/.test(style.transitionDuration)
    || style.scrollBehavior === "smooth";
}).map((one) => one.outerHTML.slice(0, 100))"""
UNSEEN_FOCUS = """() => {
  const stops =
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  return [...document.querySelectorAll(stops)].filter((one) => {
    one.focus({ focusVisible: true });
    if (document.activeElement !== one) return false;
    const style = getComputedStyle(one);
    return style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2;
  }).map((one) => one.outerHTML.slice(0, 100));
}"""


def on_some_pages(page: Page, tour, script: str) -> list[str]:
    found = []
    for group in GROUPS:
        for name, address in list(tour.addresses(group))[:SOME]:
            page.goto(address)
            found += [f"{name}: {one}" for one in page.evaluate(script)]
    return found


def test_forced_colours_show_marks_by_lines_in_the_readers_own_colours(
    new_context: Callable[..., BrowserContext], sign_in, reviewer, project
):
    version = make_version(reviewer, project)
    refuted = make_claim(reviewer, version)
    make_claim(reviewer, version, words="2,000 civilians")
    make_claim(reviewer, version, words="A family fled")
    review_save(actor=reviewer, claim=refuted, label="refuted")
    page = new_context(forced_colors="active", bypass_csp=True).new_page()
    sign_in(page, reviewer)
    open_workbench(page, version)
    assert page.evaluate(LOOK, "1") == ["solid", "wavy", True, True]
    assert page.evaluate(LOOK, "2")[0] == "double"
    assert page.evaluate(LOOK, "3") == ["solid", "solid", True, True]
    assert "Refuted" in page.locator("#row-1").inner_text()
    assert WORDS in page.locator("[data-text]").inner_text()


def test_nothing_moves_for_who_asks_for_less_motion(
    new_context: Callable[..., BrowserContext], sign_in
):
    tour = make_tour()
    page = new_context(reduced_motion="reduce").new_page()
    sign_in(page, tour.guide)
    assert on_some_pages(page, tour, MOVING) == []


def test_the_focus_is_always_seen(page, sign_in):
    tour = make_tour()
    sign_in(page, tour.guide)
    assert on_some_pages(page, tour, UNSEEN_FOCUS) == []
