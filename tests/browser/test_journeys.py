"""From the sign-in form to the export of a claim whose statement was deleted: without a mouse, and
by touch on a phone.
"""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import by_keyboard as keys
from tests.browser.workbench import PLACE, bar, card, marked
from tests.factories import PASSWORD, make_member, make_project, make_user
from tests.marking import TEXT, WORDS, place

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Death tolls differ"
SERVICE = "State Emergency Service"
DELETED = "Deleted by its author"


@pytest.fixture
def person(transactional_db):
    user = make_user("ann", password=PASSWORD)
    make_member(make_project("Desk", slug="desk"), user)
    return user


def check_mark(page: Page) -> None:
    """The deletion shows at the words, in the list and on the card."""
    for shown in (page.locator("#row-1"), card(page, 1)):
        expect(shown).to_contain_text(DELETED)
        expect(shown).to_contain_text("CNN")
    assert marked(page, 1) == WORDS


def check_export(path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    (row,) = [one for one in rows if one["record"] == "mention"]
    assert row["exact"] == WORDS
    assert SERVICE in row.values()
    assert row["lifecycle"] == "deleted_by_author (reported)"


def in_workbench(page: Page) -> None:
    expect(page.locator(".workbench--live")).to_be_visible()


# Without a mouse


def add_article_by_keys(page: Page) -> None:
    page.goto("/accounts/login/")
    keys.write(page, "Email", "ann@example.org")
    keys.write(page, "Password", PASSWORD)
    keys.press(page, "Enter")
    expect(page.get_by_role("heading", name="My projects")).to_be_visible()
    keys.go(page, "Desk")
    expect(page).to_have_url(re.compile("/p/desk/$"))
    keys.go(page, "Add an article")
    expect(page.get_by_label("or a file")).to_be_visible()
    keys.write(page, "or its text", TEXT)
    keys.go(page, "Continue")
    expect(page.get_by_role("heading", name="Check the article")).to_be_visible()
    keys.go(page, "Save the article")
    in_workbench(page)


def mark_claim_by_keys(page: Page) -> None:
    keys.tab_to(page, "Text of the article")
    keys.press(page, "ArrowDown", "ArrowDown", *["ArrowRight"] * 4, *["Shift+ArrowRight"] * 5)
    expect(bar(page)).to_be_visible()
    keys.press(page, "Enter")
    expect(bar(page).locator('[data-bar-action="claim"]')).to_be_focused()
    keys.press(page, "Enter")
    expect(page.locator("#opened [name=text]")).to_be_focused()
    keys.write(page, "Source", SERVICE)
    keys.press(page, "Control+Enter")
    expect(card(page, 1)).to_contain_text(SERVICE)
    keys.focused(page)


def make_statement_by_keys(page: Page) -> None:
    keys.go(page, "Statements", back=True)
    expect(page.get_by_role("heading", level=1)).to_have_text("Statements")
    keys.go(page, "Add a statement")
    expect(page.get_by_label("Channel")).to_be_visible()
    keys.write(page, "Who said it", SERVICE)
    keys.write(page, "Channel", "Facebook")
    keys.write(page, "When", "2022-03-02")
    keys.go(page, "Save")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Facebook")


def open_claim_by_keys(page: Page) -> None:
    keys.go(page, "Articles")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    keys.go(page, TITLE)
    in_workbench(page)
    keys.tab_to(page, "Text of the article")
    keys.press(page, "n")
    expect(card(page, 1)).to_be_visible()
    assert keys.focused(page) == "Text of the article"


def link_statement_by_keys(page: Page) -> None:
    keys.go(page, "Edit place and chain")
    expect(page.locator("#opened [data-hops]")).to_be_visible()
    assert keys.focused(page) == "Place of claim 1"
    keys.go(page, "More about this step")
    keys.tab_to(page, "Statement")
    keys.press(page, "ArrowDown")
    keys.press(page, "Control+Enter")
    expect(card(page, 1)).to_be_visible()
    keys.focused(page)


def record_event_by_keys(page: Page) -> None:
    keys.go(page, "Statements", back=True)
    expect(page.get_by_role("heading", level=1)).to_have_text("Statements")
    keys.go(page, SERVICE)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Facebook")
    keys.go(page, "Record what happened to it")
    expect(page.get_by_label("What happened")).to_have_value("deleted_by_author")
    keys.write(page, "Reported by", "CNN")
    keys.go(page, "Record")
    expect(page.get_by_role("main")).to_contain_text("CNN")


def test_the_whole_journey_without_a_mouse(page: Page, person, tmp_path: Path) -> None:
    add_article_by_keys(page)
    mark_claim_by_keys(page)
    make_statement_by_keys(page)
    open_claim_by_keys(page)
    link_statement_by_keys(page)
    record_event_by_keys(page)
    open_claim_by_keys(page)
    check_mark(page)
    keys.go(page, "Claim 1")
    expect(page.locator(".timeline").first).to_contain_text("reported by CNN")
    keys.go(page, "More")
    keys.go(page, "Export")
    expect(page.get_by_role("heading", level=1)).to_have_text("Export")
    keys.tab_to(page, "Native JSON")
    keys.press(page, "ArrowDown", "ArrowDown")
    with page.expect_download() as download:
        keys.go(page, "Download")
    download.value.save_as(tmp_path / "export.csv")
    check_export(tmp_path / "export.csv")


# By touch, on a phone


def write_by_touch(field: Locator, words: str) -> None:
    """Tap a field; the phone's keyboard writes."""
    field.tap()
    expect(field).to_be_focused()
    field.page.keyboard.insert_text(words)


def tap_link(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.tap()


def add_article_by_touch(page: Page) -> None:
    page.goto("/accounts/login/")
    write_by_touch(page.get_by_label("Email"), "ann@example.org")
    write_by_touch(page.get_by_label("Password", exact=True), PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).tap()
    page.get_by_role("main").get_by_role("link", name="Desk").tap()
    page.get_by_role("main").get_by_role("link", name="Add an article").first.tap()
    write_by_touch(page.get_by_label("or its text"), TEXT)
    page.get_by_role("button", name="Continue").tap()
    page.get_by_role("button", name="Save the article").tap()
    in_workbench(page)


def mark_claim_by_touch(page: Page) -> None:
    page.locator(".tap-mode").tap()
    for word in ("more", "killed"):
        left, top, right, _bottom = page.evaluate(PLACE, list(place(word)))
        page.touchscreen.tap((left + right) / 2, top)
    bar(page).locator('[data-bar-action="claim"]').tap()
    write_by_touch(page.locator("[name=hops-0-source_name]"), SERVICE)
    page.locator("[data-save]").tap()
    expect(card(page, 1)).to_contain_text(SERVICE)


def make_statement_by_touch(page: Page) -> None:
    tap_link(page, "Statements")
    tap_link(page, "Add a statement")
    write_by_touch(page.get_by_label("Who said it"), SERVICE)
    write_by_touch(page.get_by_label("Channel"), "Facebook")
    page.get_by_role("button", name="Save").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Facebook")


def open_claim_by_touch(page: Page) -> None:
    page.get_by_role("link", name="Articles", exact=True).first.tap()
    page.get_by_role("main").get_by_role("link", name=TITLE).first.tap()
    in_workbench(page)
    page.locator("[data-text] mark").first.tap()
    expect(card(page, 1)).to_be_in_viewport()


def link_statement_by_touch(page: Page) -> None:
    card(page, 1).get_by_role("link", name="Edit place and chain").tap()
    page.locator("summary", has_text="More about this step").tap()
    # A phone shows its own list for a select: there is nothing of the page to tap.
    page.locator("[name=hops-0-statement]").select_option(index=1)
    page.locator("[data-save]").tap()
    expect(card(page, 1)).to_be_visible()


def record_event_by_touch(page: Page) -> None:
    tap_link(page, "Statements")
    page.get_by_role("main").get_by_role("link", name=SERVICE).first.tap()
    tap_link(page, "Record what happened to it")
    write_by_touch(page.get_by_label("Reported by"), "CNN")
    page.get_by_role("button", name="Record").tap()
    expect(page.get_by_role("main")).to_contain_text("CNN")


@pytest.mark.long
def test_the_whole_journey_by_touch_on_a_phone(new_context, person, tmp_path: Path) -> None:
    context = new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    add_article_by_touch(page)
    mark_claim_by_touch(page)
    make_statement_by_touch(page)
    open_claim_by_touch(page)
    link_statement_by_touch(page)
    record_event_by_touch(page)
    open_claim_by_touch(page)
    check_mark(page)
    card(page, 1).get_by_role("link", name="Claim 1").tap()
    expect(page.locator(".timeline").first).to_contain_text("reported by CNN")
    page.locator("summary", has_text="More").first.tap()
    tap_link(page, "Export")
    page.get_by_label("CSV").tap()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").tap()
    download.value.save_as(tmp_path / "export.csv")
    check_export(tmp_path / "export.csv")
