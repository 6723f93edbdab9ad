"""The retraction ledger in a real browser: what was there before and after, opened in its entry."""

import pytest
from playwright.sync_api import expect

from annotations.articles.services import version_add
from tests.material import make_article, make_event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_entry_unfolds_both_texts_side_by_side(page, sign_in, reviewer, project):
    article = make_article(
        project, reviewer, text="One line.\nAbout 2,000 were killed.\nThe end.\n"
    )
    version_add(
        actor=reviewer,
        article=article,
        text="One line.\nAbout 1,900 were killed.\nThe end.\n",
        origin="paste",
    )
    make_event(article, reviewer, type="edited_silent", noticed="2026-01-01")
    sign_in(page, reviewer)
    page.goto("/p/desk/ledger/")
    page.locator("summary", has_text="Before and after").press("Enter")
    expect(page.locator(".before-after del")).to_have_text("2,000")
    expect(page.locator(".before-after ins")).to_have_text("1,900")
    # Without a network the link to the event's own page is there.
    page.reload()
    page.context.set_offline(True)
    page.locator("summary", has_text="Before and after").click()
    expect(page.get_by_role("link", name="On the page of the event")).to_be_visible()
