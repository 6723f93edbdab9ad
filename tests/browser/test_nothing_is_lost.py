"""Words that were typed late, moved late, or on a page that somebody left, are not lost."""

import pytest
from playwright.sync_api import Page, expect

from annotations.articles.services import version_add
from annotations.models import ArticleVersion, Claim, Draft, Review
from tests.browser.drafting import (
    TYPED,
    check_no_draft,
    go_on,
    save,
    start_claim,
    start_kept_claim,
    text,
)
from tests.browser.moving import claim_on, middle, stored
from tests.browser.workbench import card, drag, open_workbench, press
from tests.long import some
from tests.marking import TEXT, place

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LATER = "Typed after that."


def offers(page: Page):
    return page.locator("[data-draft-offer]")


def waiting(page: Page):
    return page.locator("[role=status][data-unsent]")


@pytest.mark.parametrize("how", some("without a network", "under way"))
def test_words_typed_after_a_new_claim_was_sent_become_drafts_of_it(desk, how) -> None:
    page, version = desk
    open_workbench(page, version)
    held = []
    if how == "under way":
        page.route("**/claims/new/", lambda route: held.append(route))
    start_claim(page)
    if how == "without a network":
        page.context.set_offline(True)
    save(page)
    page.wait_for_timeout(200)
    text(page).fill(LATER)
    page.locator("#opened [name=label]").select_option("refuted")
    page.locator("[name=hops-0-source_name]").fill("CNN")
    if how == "under way":
        held[0].continue_()
    else:
        page.context.set_offline(False)
    expect(card(page, 1)).to_contain_text(TYPED)
    expect(page.locator("[data-said]")).to_contain_text("Claim 1 is saved as you sent it.")
    assert Claim.objects.get().text == TYPED
    assert not Review.objects.exists()
    for mark in card(page, 1).locator("[data-draft-mark]").all():
        expect(mark).to_be_visible()
    card(page, 1).get_by_role("link", name="Edit claim").click()
    expect(page.locator("#opened [name=text]")).to_be_visible()
    page.locator("#opened").get_by_role("button", name="Continue").click()
    expect(page.locator("#opened [name=text]")).to_have_value(LATER)
    save(page)
    expect(card(page, 1)).to_contain_text(LATER)
    card(page, 1).get_by_role("link", name="Edit place and chain").click()
    expect(page.locator("#opened [name=hops-0-source_name]")).to_be_visible()
    page.locator("#opened").get_by_role("button", name="Continue").click()
    expect(page.locator("#opened [name=hops-0-source_name]")).to_have_value("CNN")
    save(page)
    expect(card(page, 1)).to_contain_text("CNN")
    card(page, 1).get_by_role("button", name="Continue").click()
    card(page, 1).get_by_role("button", name="Save my judgement").click()
    expect(page.locator("#row-1 .label")).to_have_text("Refuted")


def test_escape_leaves_the_form_and_keeps_what_was_typed(desk) -> None:
    page, version = desk
    open_workbench(page, version)
    start_kept_claim(page)
    page.keyboard.press("Escape")
    expect(page.locator("#opened form")).to_have_count(0)
    expect(page.locator("[data-text]")).to_be_focused()
    go_on(page)
    page.locator("#opened [data-close]").first.click()
    expect(offers(page)).to_have_count(0)
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(offers(page)).to_have_count(0)


@pytest.mark.long
def test_a_draft_of_an_earlier_version_is_offered_beside_the_later_one(desk, reviewer) -> None:
    page, version = desk
    open_workbench(page, version)
    start_kept_claim(page)
    version_add(actor=reviewer, article=version.article, text=TEXT + "More.\n")
    page.goto(f"/p/desk/articles/{version.article.uid}/")
    expect(offers(page)).to_contain_text(TYPED)
    offers(page).get_by_role("button", name="Continue").click()
    page.wait_for_url("**version=1**")
    go_on(page)
    save(page)
    expect(card(page, 1)).to_contain_text(TYPED)
    assert Claim.objects.get().mentions.get().version == ArticleVersion.objects.get(number=1)


@pytest.mark.long
def test_a_move_by_keys_is_saved_though_another_claim_is_opened_at_once(desk, reviewer) -> None:
    page, version = desk
    claim_on(reviewer, version)
    claim_on(reviewer, version, "lost count")
    open_workbench(page, version, "?claim=1")
    page.locator("[data-text]").focus()
    page.keyboard.press("Alt+Shift+ArrowLeft")
    page.keyboard.press("n")
    expect(card(page, 2)).to_be_visible()
    expect(page.locator('mark[data-claims="1"]')).to_have_text("more than 2,000 civilians were")
    assert stored() == ["more than 2,000 civilians were"]
    page.locator("[data-text]").focus()
    page.keyboard.press("Alt+Shift+ArrowLeft")
    page.reload()
    expect(page.locator('mark[data-claims="2"]')).to_have_text("lost")


@pytest.mark.long
def test_words_above_a_handle_can_be_selected(desk, reviewer) -> None:
    page, version = desk
    page.set_viewport_size({"width": 1280, "height": 900})
    claim_on(reviewer, version, "civilians were killed")
    open_workbench(page, version, "?claim=1")
    expect(page.locator(".handle--start")).to_be_visible()
    x, y = middle(page, ".handle--start")
    hit = page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y).classList.contains('handle')", [x, y - 9]
    )
    assert not hit
    # The dot itself is still one to take.
    box = page.locator(".handle--start").bounding_box()
    assert page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y).classList.contains('handle')",
        [x, box["y"] + box["height"] - 8],
    )
    drag(page, *place("emergency service"))
    press(page, "claim")
    expect(text(page)).to_have_value("emergency service")
    assert stored()[0] == "civilians were killed"


def test_a_draft_reaches_the_server_though_its_form_goes_at_once(desk) -> None:
    page, version = desk
    open_workbench(page, version)
    start_claim(page)
    page.keyboard.press("Escape")
    expect(page.locator("#opened form")).to_have_count(0)
    for _moment in range(20):
        if Draft.objects.exists():
            break
        page.wait_for_timeout(250)
    assert TYPED in str(Draft.objects.get().content)
    start_claim(page, "A family fled", LATER)
    page.goto("/p/desk/claims/")
    page.wait_for_load_state("networkidle")
    assert sorted(LATER in str(one.content) for one in Draft.objects.all()) == [False, True]


@pytest.mark.long
def test_a_judgement_that_waited_leaves_no_draft_and_is_named(desk, reviewer) -> None:
    page, version = desk
    claim_on(reviewer, version)
    open_workbench(page, version, "?claim=1")
    page.context.set_offline(True)
    card(page, 1).locator("[data-review] [value=refuted]").check()
    card(page, 1).get_by_role("button", name="Save my judgement").click()
    expect(waiting(page)).to_contain_text("my label of claim 1")
    page.context.set_offline(False)
    expect(page.locator("#row-1 .label")).to_have_text("Refuted")
    expect(waiting(page)).to_be_hidden()
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-change-offer]")).to_have_count(0)
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-change-offer]")).to_have_count(0)
    check_no_draft(page)


def test_two_tabs_send_what_waits_once(desk, reviewer) -> None:
    page, version = desk
    claim_on(reviewer, version)
    open_workbench(page, version, "?claim=1")
    other = page.context.new_page()
    open_workbench(other, version)
    sent = []
    page.context.on("request", lambda one: one.method == "POST" and sent.append(one.url))
    page.context.set_offline(True)
    page.locator("[data-text]").focus()
    page.keyboard.press("2")
    expect(waiting(page)).to_be_visible()
    expect(waiting(other)).to_be_visible()
    sent.clear()
    page.context.set_offline(False)
    expect(waiting(page)).to_be_hidden()
    expect(waiting(other)).to_be_hidden()
    page.wait_for_load_state("networkidle")
    assert len([one for one in sent if one.endswith("/review/")]) == 1


@pytest.mark.long
def test_changes_and_judgements_wait_for_the_network_too(desk, reviewer) -> None:
    page, version = desk
    claim_on(reviewer, version)
    open_workbench(page, version, "?claim=1")
    page.context.set_offline(True)
    page.locator("[data-text]").focus()
    page.keyboard.press("2")
    expect(waiting(page)).to_contain_text("Saves waiting for the server: 1.")
    expect(page.locator("#opened [data-problem]")).to_contain_text("is sent by itself")
    page.context.set_offline(False)
    expect(waiting(page)).to_be_hidden()
    expect(page.locator("#row-1 .label")).to_have_text("Refuted")
    card(page, 1).get_by_role("link", name="Edit claim").click()
    page.locator("#opened [name=text]").fill(LATER)
    page.context.set_offline(True)
    save(page)
    expect(waiting(page)).to_contain_text(LATER)
    page.context.set_offline(False)
    expect(card(page, 1)).to_contain_text(LATER)
    assert Claim.objects.get().text == LATER
    check_no_draft(page)


@pytest.mark.long
def test_a_change_whose_answer_was_lost_is_no_conflict(desk, reviewer) -> None:
    page, version = desk
    claim_on(reviewer, version)
    open_workbench(page, version, "?claim=1")
    card(page, 1).get_by_role("link", name="Edit claim").click()
    page.locator("#opened [name=text]").fill(LATER)

    def lose(route) -> None:
        route.fetch()
        route.abort()

    page.route("**/claims/1/edit/**", lose)
    save(page)
    expect(waiting(page)).to_be_visible()
    page.unroute("**/claims/1/edit/**", lose)
    page.get_by_role("button", name="Send now").click()
    expect(card(page, 1)).to_contain_text(LATER)
    expect(waiting(page)).to_be_hidden()
    assert Claim.objects.get().revision == 2


@pytest.mark.long
def test_what_waits_is_named_and_can_be_taken_out(desk) -> None:
    page, version = desk
    open_workbench(page, version)
    start_claim(page)
    page.context.set_offline(True)
    save(page)
    expect(waiting(page)).to_contain_text(TYPED)
    page.get_by_role("button", name="Do not send").click()
    expect(waiting(page)).to_be_hidden()
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_load_state("networkidle")
    assert not Claim.objects.exists()
    expect(text(page)).to_have_value(TYPED)


@pytest.mark.long
def test_undo_by_keys_works_from_the_card_and_leaves_fields_alone(desk) -> None:
    page, version = desk
    open_workbench(page, version)
    start_claim(page)
    save(page)
    expect(card(page, 1)).to_be_visible()
    page.keyboard.press("Control+z")
    expect(page.locator("[data-text] mark")).to_have_count(0)
    start_claim(page, "A family fled", "One")
    text(page).press("Control+z")
    expect(page.locator("#opened form")).to_be_visible()
    assert Claim.objects.count() == 1
