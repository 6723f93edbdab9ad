"""What the page has to say, and the tools, stay in sight wherever one reads, also on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.drafting import TYPED, go_on, save, text
from tests.browser.layout import LONG, PHONE, is_free, long_version
from tests.browser.reach import DESKTOP
from tests.browser.workbench import open_workbench, press, select
from tests.long import some
from tests.marking import make_claim, place

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

WORDS = "more than 20,000 civilians"
PLACES = [0, 0.5, 1]


@pytest.fixture
def version(reviewer, project):
    return long_version(reviewer, project)


@pytest.fixture(params=some(PHONE, DESKTOP), ids=some("phone", "desktop"))
def desk(request, new_context: Callable[..., BrowserContext], sign_in, reviewer, version) -> Page:
    page = new_context(viewport=request.param, reduced_motion="reduce").new_page()
    sign_in(page, reviewer)
    open_workbench(page, version)
    return page


def start(page: Page) -> None:
    select(page, *place(WORDS, LONG))
    press(page, "claim")
    text(page).fill(TYPED)


def expect_in_sight_everywhere(page: Page, *shown: Locator) -> None:
    """Scroll to the beginning, the middle and the end of the page, and look."""
    for share in PLACES:
        page.evaluate(
            "(share) => scrollTo(0, share * document.documentElement.scrollHeight)", share
        )
        page.wait_for_timeout(200)
        for one in shown:
            expect(one).to_be_in_viewport(ratio=1)
            assert is_free(one), (share, one)


def test_tools_are_at_hand_wherever_one_reads(desk: Page) -> None:
    desk.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    for name in ("[data-undo]", "[data-redo]", "[data-help-open]", "[data-two-tap]:visible"):
        expect(desk.locator(name)).to_be_in_viewport(ratio=1)
        assert is_free(desk.locator(name)), name


def test_a_save_that_waits_is_said_beside_the_open_form_and_after_it(desk: Page) -> None:
    start(desk)
    desk.context.set_offline(True)
    save(desk)
    send = desk.get_by_role("button", name="Send now")
    expect_in_sight_everywhere(desk, desk.locator("[data-unsent-words]"), send)
    assert is_free(desk.locator("#opened [data-save]"))
    desk.locator("#opened [data-close]").first.click()
    expect_in_sight_everywhere(desk, desk.locator("[data-unsent-words]"), send)
    desk.context.set_offline(False)


def test_a_draft_is_offered_where_one_reads(desk: Page) -> None:
    start(desk)
    desk.reload()
    offer = desk.locator("[data-draft-offer]")
    expect_in_sight_everywhere(desk, offer.get_by_role("button", name="Continue"))
    go_on(desk)


def test_claims_of_others_are_told_where_one_reads(desk: Page, second_reviewer, version) -> None:
    with desk.expect_response("**/live/**"):
        pass
    make_claim(second_reviewer, version, words=WORDS)
    desk.wait_for_timeout(300)
    desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    button = desk.locator("[data-arrivals] button")
    expect(button).to_be_visible()
    expect_in_sight_everywhere(desk, button)


def test_notices_take_no_room_when_there_is_nothing_to_say(desk: Page) -> None:
    assert desk.locator("[data-notices]").bounding_box() is None


def test_a_notice_moves_no_words(desk: Page) -> None:
    desk.evaluate("scrollTo(0, 700)")
    line = desk.locator("[data-block]", has_text="day 9 ").first
    before = line.bounding_box()
    desk.evaluate("document.querySelector('p[data-unsent]').hidden = false")
    expect(desk.locator("p[data-unsent]")).to_be_in_viewport()
    assert line.bounding_box() == before


@pytest.mark.parametrize("desk", [PHONE], indirect=True)
def test_the_page_ends_above_what_lies_over_it(desk: Page) -> None:
    start(desk)
    desk.evaluate("document.querySelector('p[data-unsent]').hidden = false")
    desk.wait_for_timeout(200)
    desk.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    desk.wait_for_timeout(200)
    assert is_free(desk.locator("#claims [data-rows]"))
