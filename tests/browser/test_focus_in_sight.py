"""Whoever goes by Tab sees where they are: nothing sticks over what has the focus in a form."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.layout import LONG, PHONE, long_version
from tests.browser.reach import ENLARGED
from tests.browser.workbench import open_workbench, press, select
from tests.long import some
from tests.marking import place

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

SIZES = {"phone": PHONE, "400 %": ENLARGED, "desktop": {"width": 1280, "height": 720}}
TABS = 36
# What has the focus, and whether its beginning, middle and end are seen.
FOCUSED = """() => {
  const one = document.activeElement;
  const box = one.getBoundingClientRect();
  const isSeen = (share) => {
    const [x, y] = [box.left + Math.min(box.width / 2, 12), box.top + box.height * share];
    const top = document.elementFromPoint(x, y);
    return Boolean(top) && (one.contains(top) || top.contains(one));
  };
  const isInSight = box.bottom <= innerHeight + 1 && box.top >= -1;
  return [one.closest("#opened") !== null, isInSight && [0.15, 0.5, 0.85].every(isSeen),
          `${one.name || one.textContent.trim().slice(0, 30)} at ${Math.round(box.top)}`];
}"""


@pytest.fixture(params=some(*SIZES.values(), count=2), ids=some(*SIZES, count=2))
def form(request, new_context: Callable[..., BrowserContext], sign_in, reviewer, project) -> Page:
    """The form of a new claim with everything about its step unfolded."""
    version = long_version(reviewer, project)
    page = new_context(viewport=request.param, reduced_motion="reduce").new_page()
    sign_in(page, reviewer)
    open_workbench(page, version)
    select(page, *place("more than 20,000 civilians", LONG))
    press(page, "claim")
    expect(page.locator("#opened [name=text]")).to_be_focused()
    page.locator("#opened [data-hop-more]").evaluate("one => (one.open = true)")
    return page


def hidden_stops(page: Page, key: str) -> tuple[int, list[str]]:
    """Go through the form; return how many stops it has and which of them cannot be seen."""
    stops, hidden = 0, []
    for _ in range(TABS):
        is_inside, is_seen, name = page.evaluate(FOCUSED)
        if not is_inside:
            break
        stops += 1
        hidden += [] if is_seen else [name]
        page.keyboard.press(key)
    return stops, hidden


def test_every_stop_of_a_form_is_seen_forwards_and_backwards(form: Page) -> None:
    stops, hidden = hidden_stops(form, "Tab")
    assert stops > 20
    assert hidden == []
    form.keyboard.press("Shift+Tab")
    stops, hidden = hidden_stops(form, "Shift+Tab")
    assert stops > 20
    assert hidden == []


def test_the_field_one_types_into_is_seen_at_once(form: Page) -> None:
    assert form.evaluate(FOCUSED)[1]


def test_a_notice_beside_a_form_hides_no_field(form: Page) -> None:
    field = form.locator("#opened [name=hops-0-said_where]")
    field.focus()
    form.evaluate("document.querySelector('p[data-unsent]').hidden = false")
    form.wait_for_timeout(200)
    expect(field).to_be_focused()
    assert form.evaluate(FOCUSED)[1]
