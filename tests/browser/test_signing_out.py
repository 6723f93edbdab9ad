"""Signing out leaves no words behind in the browser."""

import pytest

from tests.browser.drafting import (
    start_claim,
)
from tests.browser.workbench import open_workbench
from tests.long import some

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("where", some("/accounts/logout/", "/admin/", "/p/desk/"))
def test_signing_out_in_another_tab_leaves_nothing_behind(desk, moderator, sign_in, where) -> None:
    page, version = desk
    sign_in(page, moderator)
    open_workbench(page, version)
    start_claim(page)
    other = page.context.new_page()
    other.goto(where)
    if where == "/p/desk/":
        other.locator("summary", has_text="Account").click()
    other.locator("form[data-sign-out] button").last.click()
    other.wait_for_load_state()
    # The tab with the form is put aside, and closed.
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    page.goto("/accounts/login/")
    kept = "Object.keys(localStorage).filter((name) => name.startsWith('factcheck:'))"
    assert page.evaluate(kept) == []
