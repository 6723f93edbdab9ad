"""The address of a claim that is not here, or not for everyone: the page says so in words."""

import re

import pytest
from playwright.sync_api import Page, expect

from annotations.moderation import services as moderation
from tests.browser.workbench import card, open_workbench
from tests.long import some
from tests.marking import make_claim

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

NOT_HERE = "Claim {} is not here, or you may not see it."


def notice(page: Page):
    return page.locator("#opened .notice")


@pytest.mark.parametrize(
    "address", some("#claim-999", "?claim=999", "?claim=999#claim-999", count=2)
)
def test_the_address_of_a_claim_that_is_not_here_says_so(desk, address):
    page, version = desk
    open_workbench(page, version, address)
    expect(notice(page)).to_have_text(NOT_HERE.format(999))
    expect(page.locator("#opened")).not_to_contain_text("saved")


def test_a_hidden_claim_says_so_and_can_be_closed(
    desk, sign_in, second_reviewer, moderator, reviewer
):
    page, version = desk
    claim = make_claim(reviewer, version, text="Nobody is to read this.")
    moderation.row_hide(actor=moderator, row=claim, reason="Names a minor")
    page.context.clear_cookies()
    sign_in(page, second_reviewer)
    open_workbench(page, version, "#claim-1")
    expect(notice(page)).to_have_text(NOT_HERE.format(1))
    page.locator("#opened [data-close]").click()
    expect(page.locator("#opened")).to_be_empty()
    expect(page).to_have_url(re.compile(r"/$"))


def test_the_author_of_a_hidden_claim_gets_to_the_page_that_says_why(desk, reviewer, moderator):
    page, version = desk
    claim = make_claim(reviewer, version)
    moderation.row_hide(actor=moderator, row=claim, reason="Names a minor")
    open_workbench(page, version, "#claim-1")
    expect(notice(page)).to_contain_text("A moderator has hidden claim 1, which you added.")
    notice(page).get_by_role("link", name="Why it was hidden").click()
    expect(page.locator("main")).to_contain_text("Names a minor")


def test_it_is_said_without_a_script_too(new_context, sign_in, reviewer, desk):
    _page, version = desk
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, reviewer)
    open_workbench(page, version, "?claim=999")
    expect(notice(page)).to_have_text(NOT_HERE.format(999))


def test_what_was_only_asked_for_is_not_said_to_be_unsaved(desk, reviewer):
    page, version = desk
    make_claim(reviewer, version)
    open_workbench(page, version)
    page.context.set_offline(True)
    page.locator("#row-1 a").first.click()
    expect(notice(page)).to_have_text("The server cannot be reached. Try again.")
    page.context.set_offline(False)
    html = "<html><title>Busy</title></html>"
    page.route("**/card/**", lambda route: route.fulfill(status=404, body=html))
    page.locator("#row-1 a").first.click()
    expect(notice(page)).to_have_text("That could not be shown. Reload the page and try again.")
    page.unroute("**/card/**")
    page.locator("#row-1 a").first.click()
    expect(card(page, 1)).to_be_visible()
