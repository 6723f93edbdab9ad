"""Nothing is silent: the ends of the walk from claim to claim, labels without a claim, notices."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drafting import text
from tests.browser.workbench import card, open_workbench, press, select
from tests.marking import WORDS, make_claim, make_version, place

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]


def keys(page: Page, *names: str) -> None:
    page.locator("[data-text]").focus()
    for name in names:
        page.keyboard.press(name)


def said(page: Page):
    return page.locator("[data-announce]")


def test_the_last_and_the_first_claim_are_told_as_such(desk, reviewer):
    page, version = desk
    make_claim(reviewer, version)
    make_claim(reviewer, version, words="A family fled")
    open_workbench(page, version)
    keys(page, "p")
    expect(said(page)).to_contain_text("Claim 2, not judged")
    keys(page, "n")
    expect(said(page)).to_have_text("Last claim.")
    expect(page.locator("[data-said]")).to_have_text("Last claim.")
    expect(card(page, 2)).to_be_visible()
    keys(page, "p")
    expect(said(page)).to_contain_text("Claim 1, not judged")
    keys(page, "p")
    expect(said(page)).to_have_text("First claim.")
    expect(card(page, 1)).to_be_visible()


def test_a_text_without_claims_says_that_there_is_none_to_go_to(desk):
    page, version = desk
    open_workbench(page, version)
    keys(page, "n")
    expect(said(page)).to_have_text("No claim to go to.")


def test_a_label_without_an_open_claim_says_to_open_one(desk, reviewer):
    page, version = desk
    make_claim(reviewer, version)
    open_workbench(page, version)
    keys(page, "1")
    expect(said(page)).to_have_text("Open a claim first.")
    keys(page, "n")
    expect(card(page, 1)).to_be_visible()
    keys(page, "1")
    expect(said(page)).to_have_text("Saved.")


def test_a_reader_is_not_told_to_judge(page, sign_in, reader, reviewer, project):
    version = make_version(reviewer, project)
    sign_in(page, reader)
    open_workbench(page, version)
    keys(page, "1")
    keys(page, "g")
    expect(said(page)).to_have_text("No claim in this block.")


def test_words_that_are_claimed_already_are_told_as_such_when_their_form_opens(desk, reviewer):
    page, version = desk
    make_claim(reviewer, version, text="Over 2,000 died.")
    open_workbench(page, version)
    select(page, *place(WORDS))
    press(page, "claim")
    expect(page.locator("#opened [name=text]")).to_be_focused()
    expect(said(page)).to_contain_text("This passage is already claimed. Open claim 1 Over 2,000")
    select(page, *place("A family fled"))
    press(page, "cancel")
    # The form that came back with an error has the same words; what is wrong is what is said.
    page.locator("#opened [name=text]").fill(" ")
    page.locator("#opened form[data-draft]").evaluate("one => { one.noValidate = true; }")
    page.locator("[data-save]").click()
    expect(page.locator("#opened [data-already]")).to_be_visible()
    expect(said(page)).not_to_contain_text("already")


def test_a_form_that_cannot_be_opened_leaves_the_words_selected(desk) -> None:
    page, version = desk
    open_workbench(page, version)
    page.context.set_offline(True)
    select(page, *place(WORDS))
    press(page, "claim")
    expect(page.locator("#opened [data-problem]")).to_be_visible()
    assert page.evaluate("getSelection().toString()") == WORDS
    page.context.set_offline(False)
    press(page, "claim")
    expect(text(page)).to_have_value(WORDS)
