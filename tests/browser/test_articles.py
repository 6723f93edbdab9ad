"""Adding articles in a real browser, with a worker that really runs, and the list's screens."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Article
from tests.factories import make_article
from tests.long import some
from tests.workers import worker_until_done

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = (
    "Втрати сторін розходяться\n\n"
    "Міністерство заявило 2 березня 2022 року, що загинули 498 військових.\n\n"
    "Президент назвав іншу цифру: близько 9000 за тиждень."
)
PAGE = """<!doctype html><html lang="en"><head><title>Tolls differ</title>
<meta property="og:site_name" content="Daily"></head><body><article><h1>Tolls differ</h1>
<p>The ministry said that 498 of its soldiers were killed and 1,597 wounded since it began.</p>
<p>The president of the other country spoke of 9,000 killed within one week of fighting.</p>
</article></body></html>"""
LONG = "Довга назва статті про втрати сторін, яка не вміщається в один рядок телефону, " * 3
ARABIC = "تتضارب حصيلة القتلى بين الجانبين: 498 أم 9,000 خلال أسبوع واحد من القتال "
SCREENS = Path(os.environ.get("SCREENSHOTS", "")) if os.environ.get("SCREENSHOTS") else None


@pytest.fixture
def worker(settings, tmp_path) -> Iterator[None]:
    """A worker process of its own on this test's database and files."""
    settings.FILES_DIR = tmp_path / "files"
    with worker_until_done(tmp_path):
        yield


def picture(page: Page, name: str) -> None:
    if SCREENS:
        page.screenshot(path=SCREENS / f"{name}.png", full_page=True)


@pytest.fixture
def corrected(page, sign_in, reviewer, project) -> Page:
    """The check page of a pasted text whose headline is being corrected."""
    sign_in(page, reviewer)
    page.goto("/p/desk/articles/new/")
    page.get_by_label("Text").fill(TEXT)
    page.get_by_role("button", name="Continue").click()
    shown = page.locator("[data-beginning]")
    expect(shown).to_contain_text("Втрати сторін розходяться")
    page.get_by_label("Headline", exact=True).fill("Втрати різняться вдесятеро")
    return page


def test_the_page_shows_how_the_text_will_begin_while_the_headline_is_corrected(corrected):
    shown = corrected.locator("[data-beginning] blockquote p")
    expect(shown.first).to_have_text("Втрати різняться вдесятеро")
    expect(shown.nth(1)).to_contain_text("Міністерство заявило")
    corrected.get_by_label("Put the headline at the beginning").uncheck()
    expect(shown.first).to_have_text("Втрати сторін розходяться")
    corrected.get_by_label("Put the headline at the beginning").check()
    expect(shown.first).to_have_text("Втрати різняться вдесятеро")
    picture(corrected, "check-corrected")
    corrected.get_by_label("Headline", exact=True).press("Enter")
    expect(corrected.get_by_role("heading", level=1)).to_contain_text("різняться вдесятеро")
    kept = Article.objects.get().versions.get().text
    assert kept == TEXT.replace("Втрати сторін розходяться", "Втрати різняться вдесятеро")


def test_a_pasted_text_becomes_an_article(page, sign_in, reviewer, project):
    sign_in(page, reviewer)
    page.goto("/p/desk/")
    page.get_by_role("main").get_by_role("link", name="Add an article").first.click()
    page.get_by_label("Text").fill(TEXT)
    picture(page, "hand-in")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Headline", exact=True)).to_have_value("Втрати сторін розходяться")
    expect(page.get_by_label("Published")).to_have_value("2022-03-02")
    expect(page.get_by_label("Language")).to_have_value("uk")
    page.get_by_label("Outlet").fill("Фокус")
    picture(page, "check")
    page.get_by_role("button", name="Save the article").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Втрати сторін розходяться")
    article = Article.objects.get()
    assert article.versions.get().text == TEXT
    assert article.outlet.name == "Фокус"


def test_an_uploaded_page_is_read_by_the_worker_and_becomes_an_article(
    page, sign_in, reviewer, project, worker
):
    sign_in(page, reviewer)
    page.goto("/p/desk/articles/new/")
    page.get_by_label("or a file").set_input_files(
        {"name": "tolls.html", "mimeType": "text/html", "buffer": PAGE.encode()}
    )
    page.get_by_role("button", name="Continue").click()
    # No script: the page itself looks again until the worker is done.
    expect(page.get_by_label("Headline", exact=True)).to_have_value("Tolls differ", timeout=30_000)
    expect(page.get_by_label("Outlet")).to_have_value("Daily")
    page.get_by_role("button", name="Save the article").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tolls differ")
    page.goto("/p/desk/?q=1,597")
    expect(page.locator("mark")).to_have_text("1,597")


@pytest.mark.long
def test_a_file_of_unknown_encoding_is_read_as_picked(page, sign_in, reviewer, project, worker):
    sign_in(page, reviewer)
    page.goto("/p/desk/articles/new/")
    page.get_by_label("or a file").set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": TEXT.encode("windows-1251")}
    )
    page.get_by_role("button", name="Continue").click()
    picture(page, "encoding")
    page.get_by_label("Втрати сторін розходяться").check()
    page.get_by_role("button", name="Read it this way").click()
    expect(page.get_by_label("Headline", exact=True)).to_have_value(
        "Втрати сторін розходяться", timeout=30_000
    )


def test_a_known_address_and_a_known_text_are_offered_a_way(page, sign_in, reviewer, project):
    make_article(project, TEXT, title="Втрати", url="https://example.org/a", by=reviewer)
    sign_in(page, reviewer)
    page.goto("/p/desk/articles/new/")
    page.get_by_label("Text").fill(TEXT)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Save the article").click()
    expect(page.get_by_role("alert")).to_contain_text("exactly this text")
    picture(page, "copy")
    page.get_by_label("Web address").fill("https://example.org/a#later")
    page.get_by_role("button", name="Save the article").click()
    page.get_by_role("button", name="Add as a new version of “Втрати”").click()
    expect(page.get_by_text("nothing was added")).to_be_visible()
    assert Article.objects.get().versions.count() == 1


@pytest.mark.parametrize(
    ("width", "scheme"),
    some((390, "dark"), (1280, "light"), (390, "light"), (1280, "dark"), count=2),
)
def test_the_list_fits_its_screen(new_context, sign_in, reviewer, project, scheme, width):
    make_article(
        project,
        title=LONG,
        outlet_name="Незалежна щоденна газета",
        by=reviewer,
        published="2022-03-02",
        language="uk",
        url="https://example.org/" + "long" * 40,
    )
    make_article(project, title=ARABIC, language="ar", published="2022-03-01/2022-03-04")
    make_article(project, title="W" * 200, published="2022-03-03")
    page = new_context(color_scheme=scheme, viewport={"width": width, "height": 900}).new_page()
    sign_in(page, reviewer)
    for name, address in (("list", "/p/desk/"), ("search", "/p/desk/?q=втрати&language=uk")):
        page.goto(address)
        too_wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not page.evaluate(too_wide)
        picture(page, f"{name}-{width}-{scheme}")
    assert page.locator("mark").count() >= 1
    page.get_by_role("link", name="Show all").click()
    page.get_by_label("Search", exact=True).fill("حصيلة")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_have_text("حصيلة")


def test_the_article_is_edited(page, sign_in, reviewer, project):
    article = make_article(project, TEXT, title="Втрати", by=reviewer)
    sign_in(page, reviewer)
    page.goto(f"/p/desk/articles/{article.uid}/edit/")
    page.get_by_label("Marking").select_option("in_progress")
    picture(page, "edit")
    page.get_by_role("button", name="Save").click()
    page.goto(f"/p/desk/articles/{article.uid}/versions/")
    expect(page.get_by_role("row")).to_have_count(2)
    picture(page, "versions")
    article.refresh_from_db()
    assert article.marking_state == "in_progress"
