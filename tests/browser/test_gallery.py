"""The pictures of docs/gallery.md: the demo as people meet it, wide, on a phone, in the dark."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import BrowserContext, Page, expect

from annotations.models import Article, Claim, LifecycleEvent, Project, Statement, User
from tests.browser.pictures import DOCS, keep
from tests.browser.workbench import press, select

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
NEW_WORDS = "before it too reached about 9,000"


@pytest.fixture
def demo(transactional_db, tmp_path: Path) -> Project:
    call_command("create_demo", sign_ins=str(tmp_path / "sign-ins.txt"))
    return Project.objects.get(slug="demo")


@pytest.fixture
def window(demo, new_context: Callable[..., BrowserContext], sign_in) -> Callable[..., Page]:
    """Open a window of a person of the demo: `window("reviewer", viewport=PHONE)`."""

    def make(who: str, **options: object) -> Page:
        page = new_context(**{"viewport": WIDE, **options}).new_page()
        if who:
            sign_in(page, User.objects.get(email=f"{who}@demo.example"))
        return page

    return make


@pytest.fixture
def address(demo) -> str:
    """The workbench of the article that the demo is about."""
    return f"/p/demo/articles/{Article.objects.get(title__startswith='Two capitals').uid}/"


@pytest.fixture
def claim(demo) -> Claim:
    """The claim that rests on a deleted statement."""
    return Claim.objects.get(text__startswith="More than 2,000")


@pytest.mark.long
def test_screenshots_of_reading_and_marking(window, address, claim):
    page = window("reviewer")
    page.goto("/p/demo/")
    keep(page, "gallery/articles")
    page.goto("/p/demo/articles/new/")
    keep(page, "gallery/add-article")
    page.goto(address)
    start = page.locator("[data-text]").evaluate("one => one.textContent").index(NEW_WORDS)
    select(page, start, start + len(NEW_WORDS))
    press(page, "claim")
    expect(page.locator("#opened [name=text]")).to_be_visible()
    keep(page, "gallery/new-claim")


@pytest.mark.long
def test_screenshots_of_what_is_known(window, claim):
    page = window("reviewer")
    page.goto("/p/demo/claims/")
    keep(page, "gallery/claims")
    page.goto("/p/demo/statements/")
    keep(page, "gallery/statements")
    page.goto(f"/p/demo/statements/{Statement.objects.get(channel='Facebook').uid}/")
    keep(page, "gallery/statement")
    event = LifecycleEvent.objects.earliest("id")
    page.goto(f"/p/demo/events/{event.uid}/")
    keep(page, "gallery/event")
    page.goto("/p/demo/sources/")
    keep(page, "gallery/sources")
    page.goto("/p/demo/export/")
    keep(page, "gallery/export")


@pytest.mark.long
def test_screenshots_in_the_dark(window, address, claim):
    page = window("reviewer", color_scheme="dark")
    page.goto(f"{address}?version=1&claim={claim.number}")
    expect(page.locator(".opened--card")).to_be_visible()
    keep(page, "gallery/workbench-dark")
    page.goto("/p/demo/claims/?q=nowhere")
    keep(page, "gallery/nothing-found-dark")


@pytest.mark.long
def test_screenshots_on_a_phone(window, address, claim):
    page = window("reviewer", viewport=PHONE, has_touch=True)
    page.goto(address)
    expect(page.locator("mark").first).to_be_visible()
    keep(page, "gallery/phone-workbench")
    page.locator(f'mark[data-claims~="{claim.number}"]').first.tap()
    expect(page.locator(".opened--card")).to_be_visible()
    keep(page, "gallery/phone-card")
    page.goto(f"/p/demo/claims/{claim.number}/")
    keep(page, "gallery/phone-claim")


@pytest.mark.long
def test_screenshots_of_the_doors_and_the_desk(window):
    page = window("")
    page.goto("/accounts/login/")
    keep(page, "gallery/sign-in")
    page = window("moderator")
    page.goto("/p/nowhere/")
    keep(page, "gallery/not-found")
    page.goto("/admin/annotations/claim/")
    keep(page, "gallery/desk")


def test_the_gallery_shows_every_picture_that_is_kept():
    shown = re.findall(r"\]\((gallery/[a-z-]+\.png)\)", (DOCS / "gallery.md").read_text())
    kept = {f"gallery/{path.name}" for path in (DOCS / "gallery").iterdir()}
    assert len(shown) == len(set(shown))
    assert set(shown) == kept
