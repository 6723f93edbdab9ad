"""Adding and refreshing by address in a real browser: progress in place, and what comes of it."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from annotations.lifecycle.models import LifecycleEvent
from annotations.models import Article, ArticleUpload
from tests.articles.fetched import CHANGED, HEADLINE, news
from tests.captures import pages
from tests.captures.server import SITE, Server
from tests.captures.server import page as answer
from tests.workers import worker_until_done

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCREENS = Path(os.environ.get("SCREENSHOTS", "")) if os.environ.get("SCREENSHOTS") else None
NOTICE = "Correction, 3 March 2022: An earlier version of this article gave the toll as 489."


@pytest.fixture
def site() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture
def worker(settings, tmp_path, site) -> Iterator[None]:
    """A worker process that may ask the misbehaving server."""
    settings.FILES_DIR = tmp_path / "files"
    settings.CAPTURE_TEST_HOSTS = [SITE]
    with worker_until_done(tmp_path, CAPTURE_TEST_HOSTS=SITE):
        yield


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page, light and dark, wide and narrow, where that is wanted."""
    if not SCREENS:
        return
    for scheme in ("light", "dark"):
        for width in (1280, 390):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=SCREENS / f"{name}-{scheme}-{width}.png", full_page=True)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})


def hand_in(page: Page, address: str) -> None:
    page.goto("/p/desk/articles/new/")
    picture(page, "address")
    page.get_by_label("Web address").fill(address)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/uploads/**")
    # Stays as long as the page is not loaded anew.
    page.evaluate("window.isFirst = true")


def is_first(page: Page) -> bool:
    return bool(page.evaluate("window.isFirst === true"))


def test_a_page_is_fetched_before_ones_eyes_and_becomes_an_article(
    page, sign_in, reviewer, project, worker, site
):
    address = site.on("/story", 2.5, answer(news().encode()))
    sign_in(page, reviewer)
    hand_in(page, address)
    step = page.locator("[aria-current=step]")
    expect(step).to_have_text("Fetching the page")
    expect(page.locator("[data-wait-said]")).to_have_text("The page is being fetched and archived.")
    assert is_first(page)
    picture(page, "fetching")
    expect(page.get_by_label("Headline", exact=True)).to_have_value(HEADLINE)
    expect(page.get_by_label("Published")).to_have_value("2022-03-02")
    page.get_by_label("Byline").fill("A. Writer")
    picture(page, "fetched")
    page.get_by_role("button", name="Save the article").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(HEADLINE)
    article = Article.objects.get()
    assert (article.byline, article.url) == ("A. Writer", address)
    assert article.versions.get().capture.canonical_url == address


@pytest.mark.long
def test_a_consent_wall_is_said_in_place_and_tried_again(
    page, sign_in, reviewer, project, worker, site
):
    address = site.on("/wall", 1, answer(pages.CONSENTS["english"].encode()))
    sign_in(page, reviewer)
    hand_in(page, address)
    expect(page.get_by_text("only its question about cookies")).to_have_count(2)
    assert is_first(page)
    picture(page, "wall")
    expect(page.get_by_role("link", name="Look at the capture")).to_be_visible()
    expect(page.get_by_role("link", name="Paste the text instead")).to_be_visible()
    site.on("/wall", answer(news().encode()))
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_label("Headline", exact=True)).to_have_value(HEADLINE)


@pytest.mark.long
def test_without_scripts_the_page_looks_again_by_itself(
    new_context, sign_in, reviewer, project, worker, site
):
    address = site.on("/plain", 1, answer(news().encode()))
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, reviewer)
    page.goto("/p/desk/articles/new/")
    page.get_by_label("Web address").fill(address)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Headline", exact=True)).to_have_value(HEADLINE)


@pytest.mark.long
def test_refreshing_tells_unchanged_changed_and_what_waits(
    page, sign_in, reviewer, project, worker, site
):
    address = site.on("/story", answer(news().encode()))
    sign_in(page, reviewer)
    hand_in(page, address)
    page.get_by_role("button", name="Save the article").click()
    page.wait_for_url("**/articles/*/")
    article = Article.objects.get()
    versions = f"/p/desk/articles/{article.uid}/versions/"

    def refresh() -> None:
        page.goto(versions)
        page.get_by_role("button", name="Refresh").click()
        page.wait_for_url("**/uploads/**")

    refresh()
    expect(page.get_by_text("The text is unchanged.").last).to_be_visible()
    picture(page, "unchanged")
    site.on("/story", answer(news(CHANGED, NOTICE).encode()))
    refresh()
    expect(page.get_by_text("version 2 was added").last).to_be_visible()
    picture(page, "changed")
    page.get_by_role("link", name="What changed").click()
    expect(page.get_by_text(CHANGED)).to_be_visible()
    picture(page, "compare")
    page.goto(versions)
    picture(page, "versions")
    page.get_by_role("link", name="Record as edited with a note").click()
    expect(page.get_by_label("Reason, in their words")).to_have_value(NOTICE)
    expect(page.get_by_role("textbox", name="Happened")).to_have_value("2022-03-03")
    picture(page, "event")
    page.get_by_role("main").get_by_role("button", name="Record").click()
    page.wait_for_url("**/events/**")
    assert LifecycleEvent.objects.get().reason_text == NOTICE
    page.goto(versions)
    expect(page.get_by_role("link", name="Record as edited with a note")).to_have_count(0)


@pytest.mark.long
def test_what_was_corrected_by_hand_waits_to_be_checked(
    page, sign_in, reviewer, project, worker, site
):
    address = site.on("/story", answer(news().encode()))
    sign_in(page, reviewer)
    hand_in(page, address)
    text = page.get_by_label("Text", exact=True)
    text.fill(text.input_value().replace("1,597", "1,600"))
    page.get_by_role("button", name="Save the article").click()
    page.wait_for_url("**/articles/*/")
    article = Article.objects.get()
    site.on("/story", answer(news(CHANGED).encode()))
    page.goto(f"/p/desk/articles/{article.uid}/versions/")
    page.get_by_role("button", name="Refresh").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check the new version")
    picture(page, "to-check")
    assert article.versions.count() == 1
    page.goto(f"/p/desk/articles/{article.uid}/versions/")
    picture(page, "waits")
    page.get_by_role("link", name="Check the changed text").click()
    page.get_by_role("button", name="Save the version").click()
    page.wait_for_url("**/articles/*/")
    assert article.versions.count() == 2


@pytest.mark.long
def test_waiting_asks_ever_more_seldom_and_says_that_it_takes_long(
    page, sign_in, reviewer, project, settings
):
    """No worker is there. A minute passes on the page's clock."""
    settings.CAPTURE_TEST_HOSTS = [SITE]
    sign_in(page, reviewer)
    asked: list[str] = []
    answered: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "/state/" in one.url else None)
    page.on("requestfinished", lambda one: answered.append(one.url) if one.url in asked else None)
    page.clock.install()
    hand_in(page, f"http://{SITE}/story")

    def pass_seconds(seconds: int) -> None:
        """The page's clock stands still while it is being answered."""
        for _second in range(seconds):
            page.clock.run_for(1000)
            while len(answered) < len(asked):
                page.wait_for_timeout(20)
            page.evaluate("() => new Promise((done) => queueMicrotask(done))")

    pass_seconds(60)
    assert 4 <= len(asked) <= 14
    assert is_first(page)
    old = timezone.now() - timedelta(minutes=1)
    ArticleUpload.objects.update(updated_at=old)
    pass_seconds(12)
    expect(page.get_by_text("This takes longer than it should")).to_be_visible()
    assert is_first(page)
    picture(page, "slow")
    page.get_by_role("button", name="Queue it again").click()
    expect(page.get_by_text("This takes longer than it should")).to_have_count(0)
