"""Typing into a new claim without saving it, and taking it up again."""

from playwright.sync_api import Page, expect

from annotations.models import Draft
from tests.browser.workbench import press, select
from tests.marking import WORDS, place

TYPED = "Typed, and not saved."


def text(page: Page):
    return page.locator("#opened form[data-draft] [name=text]")


def start_claim(page: Page, words: str = WORDS, typed: str = TYPED) -> None:
    select(page, *place(words))
    press(page, "claim")
    text(page).fill(typed)


def start_kept_claim(page: Page) -> None:
    start_claim(page)
    expect(page.locator("[data-draft-state]")).to_have_text("Draft kept.")


def go_on(page: Page, typed: str = TYPED) -> None:
    """Take up the draft that is offered."""
    page.locator("[data-draft-offer]").get_by_role("button", name="Continue").click()
    expect(text(page)).to_have_value(typed)
    expect(page.locator("[data-draft-offer]")).to_have_count(0)


def save(page: Page) -> None:
    page.locator("[data-save]").click()


def check_no_draft(page: Page) -> None:
    """Wait until the server keeps none: a page goes on before it has heard that one is gone."""
    for _turn in range(100):
        if not Draft.objects.exists():
            return
        page.wait_for_timeout(100)
    raise AssertionError(list(Draft.objects.values_list("about", flat=True)))
