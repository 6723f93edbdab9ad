"""The keys of the text region, tapping in place of dragging, and links to passages and claims."""

import pytest
from playwright.sync_api import Page, expect

from annotations.articles.services import version_add
from annotations.models import Mention
from annotations.verification.services import review_save
from tests.browser.workbench import (
    PLACE,
    bar,
    card,
    drag,
    marked,
    open_workbench,
    press,
    select,
)
from tests.marking import TEXT, WORDS, make_claim, make_version, place

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]


def keys(page: Page, *names: str) -> None:
    page.locator("[data-text]").focus()
    for name in names:
        page.keyboard.press(name)


def said(page: Page):
    return page.locator("[data-announce]")


def test_n_and_p_announce_the_claim_with_its_label(desk, reviewer):
    page, version = desk
    first = make_claim(reviewer, version, text="2,000 died.")
    make_claim(reviewer, version, words="A family fled")
    review_save(actor=reviewer, claim=first, label="refuted")
    open_workbench(page, version)
    keys(page, "n")
    expect(said(page)).to_have_text("Claim 1, Refuted: 2,000 died.")
    keys(page, "n")
    expect(said(page)).to_have_text("Claim 2, not judged: It is claimed: A family fled")
    keys(page, "p")
    expect(said(page)).to_have_text("Claim 1, Refuted: 2,000 died.")


def test_letters_act_by_their_place_on_other_keyboards(desk, reviewer):
    page, version = desk
    make_claim(reviewer, version)
    open_workbench(page, version)
    page.locator("[data-text]").focus()
    # The key of N on a Ukrainian keyboard.
    page.evaluate(
        """document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", { key: "т", code: "KeyN", bubbles: true }))"""
    )
    expect(card(page, 1)).to_be_visible()


def test_g_lists_the_claims_of_the_block_the_cursor_is_in(desk, reviewer):
    page, version = desk
    for words in (WORDS, "A family fled"):
        make_claim(reviewer, version, words=words)
    open_workbench(page, version)
    keys(page, "ArrowDown", "g")
    expect(said(page)).to_have_text("No claim in this block.")
    keys(page, "ArrowDown", "g")
    expect(page.locator("#opened [data-row]")).to_have_count(2)


def test_two_taps_by_mouse_mark_whole_words(desk):
    page, version = desk
    open_workbench(page, version)
    keys(page, "m")
    expect(page.locator("[data-wait-line]")).to_contain_text("first word")
    for words in ("killed", "more"):
        left, top, right, _bottom = page.evaluate(PLACE, list(place(words)))
        page.mouse.click((left + right) / 2, top)
    expect(bar(page)).to_be_visible()
    expect(page.locator("[data-wait-line]")).to_be_hidden()
    press(page, "claim")
    page.locator("[data-save]").click()
    expect(card(page, 1)).to_be_visible()
    assert marked(page, 1) == WORDS


def test_two_taps_by_keyboard_take_the_word_at_the_cursor(desk):
    page, version = desk
    open_workbench(page, version)
    keys(page, "m", "ArrowDown", "ArrowDown", "ArrowRight", "Enter", "ArrowRight", "Enter")
    expect(bar(page)).to_be_visible()
    assert page.evaluate("document.getSelection().toString()") == "emergency service"
    keys(page, "m")
    page.keyboard.press("Escape")
    expect(page.locator("[data-wait-line]")).to_be_hidden()


def test_a_phone_has_a_button_for_two_taps(new_context, sign_in, reviewer, project):
    version = make_version(reviewer, project)
    make_claim(reviewer, version, words="civilians")
    context = new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    sign_in(page, reviewer)
    open_workbench(page, version)
    page.locator(".tap-mode").tap()
    # A tap on marked words means the words, and does not open their claim.
    for words in ("more", "civilians"):
        left, top, right, _bottom = page.evaluate(PLACE, list(place(words)))
        page.touchscreen.tap((left + right) / 2, top)
    expect(bar(page)).to_have_css("bottom", "0px")
    assert page.evaluate("document.getSelection().toString()") == "more than 2,000 civilians"
    bar(page).locator('[data-bar-action="claim"]').tap()
    page.locator("[data-save]").tap()
    expect(card(page, 2)).to_be_visible()
    assert Mention.objects.get(claim__number=2).span.ranges.get().exact == (
        "more than 2,000 civilians"
    )


def test_help_lists_the_keys_and_switches_letters_off_for_good(desk, reviewer):
    page, version = desk
    make_claim(reviewer, version)
    open_workbench(page, version)
    keys(page, "?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_label("Single letters").uncheck()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator("[data-text]")).to_be_focused()
    keys(page, "n", "1", "g", "m", "?")
    expect(page.locator("#opened")).to_be_empty()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.reload()
    keys(page, "n")
    page.wait_for_timeout(300)
    expect(page.locator("#opened")).to_be_empty()
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Single letters").check()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    keys(page, "n")
    expect(card(page, 1)).to_be_visible()


def test_letters_are_selected_one_by_one_at_either_end(desk):
    page, version = desk
    open_workbench(page, version)
    keys(page, "ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "Shift+ArrowLeft")
    page.keyboard.press("Alt+Shift+ArrowRight")
    page.keyboard.press("Alt+Shift+ArrowRight")
    expect(bar(page)).to_be_visible()
    assert page.evaluate("document.getSelection().toString()") == "ergency service"


def test_a_selection_that_cuts_words_can_be_made_whole(desk):
    page, version = desk
    open_workbench(page, version)
    start, end = place("ore than 2,000 civ")
    drag(page, start, end)
    press(page, "whole")
    page.wait_for_timeout(300)
    assert page.evaluate("document.getSelection().toString()") == "more than 2,000 civilians"
    expect(bar(page).locator('[data-bar-action="whole"]')).to_be_hidden()


@pytest.mark.long
def test_a_copied_link_leads_to_its_words_in_its_version_only(
    new_context, sign_in, reviewer, project
):
    version = make_version(reviewer, project, "Filler.\n\n" * 200 + TEXT)
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    sign_in(page, reviewer)
    open_workbench(page, version)
    start, end = place(WORDS, version.text)
    select(page, start, end)
    press(page, "link")
    expect(said(page)).to_have_text("Link copied.")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.endswith(f"?version=1#at={start}-{end}")
    page.goto("about:blank")
    page.goto(link)
    expect(said(page)).to_have_text(f"The linked words: {WORDS}")
    expect(page.locator(".block", has_text="The emergency service")).to_be_in_viewport()
    assert page.evaluate("[...CSS.highlights.get('linked')].map(String)") == [WORDS]
    version_add(actor=reviewer, article=version.article, text=f"New.\n\n{TEXT}")
    page.goto("about:blank")
    page.goto(link.replace("?version=1", ""))
    expect(said(page)).to_have_text("The link is to words of another version of this text.")
    assert not page.evaluate("CSS.highlights.has('linked')")


def test_a_reader_copies_links_and_marks_nothing(new_context, sign_in, reader, reviewer, project):
    version = make_version(reviewer, project)
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    sign_in(page, reader)
    open_workbench(page, version)
    select(page, *place(WORDS))
    shown = bar(page).locator("button:visible")
    assert shown.all_inner_texts() == ["Copy link", "Cancel"]
    press(page, "link")
    expect(said(page)).to_have_text("Link copied.")
    keys(page, "m")
    expect(page.locator("[data-wait-line]")).to_be_hidden()


def test_the_address_of_a_claim_of_an_older_version_opens_its_card(desk, reviewer):
    page, version = desk
    make_claim(reviewer, version)
    version_add(actor=reviewer, article=version.article, text="Quite another text.")
    open_workbench(page, version, "#claim-1")
    expect(card(page, 1)).to_be_visible()
    expect(card(page, 1)).to_contain_text("Not marked in this version.")
    expect(card(page, 1)).to_contain_text("in version 1, not the current text")
    expect(said(page)).to_contain_text("no words in the version you read")
    card(page, 1).locator(".places a").first.click()
    expect(page.locator("#claim-1")).to_be_in_viewport()
