"""Each form has a draft of its own: beginning another loses none of them."""

from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import Page, Route, expect

from annotations.models import Claim, Draft, Mention
from tests.browser.drafting import (
    TYPED,
    check_no_draft,
    go_on,
    save,
    start_claim,
    start_kept_claim,
    text,
)
from tests.browser.moving import claim_on
from tests.browser.workbench import card, open_workbench, press, select
from tests.marking import place

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]


def offers(page: Page):
    return page.locator("[data-draft-offer]")


def names(page: Page) -> list[str]:
    fields = page.locator("#opened [name$=source_name]")
    return [one.input_value() for one in fields.all() if one.is_visible()]


def read_another(page: Page) -> None:
    """Open claim 1: the form gives way to its card."""
    page.locator("#row-1 a").click()
    expect(card(page, 1)).to_be_visible()


def test_a_second_claim_does_not_cost_the_first(desk, reviewer) -> None:
    page, version = desk
    claim_on(reviewer, version, "lost count")
    open_workbench(page, version)
    start_claim(page)
    read_another(page)
    start_claim(page, "A family fled", "They fled.")
    expect(page.locator("[data-draft-state]")).to_have_text("Draft kept.")
    # What was typed first may arrive last.
    Draft.objects.filter(content__icontains=TYPED).update(updated_at=now() + timedelta(minutes=1))
    page.reload()
    expect(offers(page)).to_have_count(2)
    expect(offers(page).first).to_contain_text("They fled.")
    expect(offers(page).last).to_contain_text(TYPED)
    offers(page).last.get_by_role("button", name="Continue").click()
    expect(text(page)).to_have_value(TYPED)
    save(page)
    expect(card(page, 2)).to_contain_text(TYPED)
    expect(offers(page)).to_have_count(1)
    go_on(page, "They fled.")
    save(page)
    expect(card(page, 3)).to_contain_text("They fled.")
    page.reload()
    expect(card(page, 3)).to_be_visible()
    expect(offers(page)).to_have_count(0)
    check_no_draft(page)


@pytest.mark.long
def test_one_is_thrown_away_and_the_other_stays(desk, reviewer) -> None:
    page, version = desk
    claim_on(reviewer, version, "lost count")
    open_workbench(page, version)
    start_kept_claim(page)
    read_another(page)
    start_claim(page, "A family fled", "They fled.")
    page.reload()
    offers(page).first.get_by_role("button", name="Throw away").click()
    expect(offers(page)).to_have_count(1)
    page.reload()
    expect(offers(page)).to_have_count(1)
    go_on(page)


def test_the_same_words_selected_again_bring_the_draft_back(desk) -> None:
    page, version = desk
    open_workbench(page, version)
    start_kept_claim(page)
    page.reload()
    expect(offers(page)).to_be_visible()
    start_again = place("A family fled")
    select(page, *start_again)
    press(page, "claim")
    expect(text(page)).not_to_have_value(TYPED)
    # Nothing was typed into it: it leaves no draft.
    page.locator("#opened [data-close]").first.click()
    expect(offers(page)).to_have_count(1)
    go_on(page)


@pytest.mark.long
def test_a_place_of_a_claim_is_taken_up_again(desk, reviewer) -> None:
    page, version = desk
    claim_on(reviewer, version)
    open_workbench(page, version, "?claim=1")
    select(page, *place("lost count"))
    press(page, "mention")
    page.locator("#opened [name=hops-0-source_name]").fill("CNN")
    expect(page.locator("[data-draft-state]")).to_have_text("Draft kept.")
    page.reload()
    expect(offers(page)).to_contain_text("You have a place of claim 1 that is not saved yet.")
    offers(page).get_by_role("button", name="Continue").click()
    expect(page.locator("#opened [name=hops-0-source_name]")).to_have_value("CNN")
    save(page)
    expect(page.locator('mark[data-claims="1"]')).to_have_count(2)
    chain = Mention.objects.latest("id").attributions.get()
    assert (chain.source.name, Claim.objects.count()) == ("CNN", 1)
    page.reload()
    expect(card(page, 1)).to_be_visible()
    expect(offers(page)).to_have_count(0)
    check_no_draft(page)


def test_a_place_that_is_cancelled_leaves_no_draft(desk, reviewer) -> None:
    page, version = desk
    claim_on(reviewer, version)
    open_workbench(page, version, "?claim=1")
    select(page, *place("lost count"))
    press(page, "mention")
    page.locator("#opened [name=hops-0-source_name]").fill("CNN")
    page.locator("#opened [data-cancel]").click()
    expect(card(page, 1)).to_be_visible()
    expect(offers(page)).to_have_count(0)
    page.reload()
    expect(card(page, 1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(offers(page)).to_have_count(0)


def test_steps_come_back_in_the_order_they_were_put_in(desk) -> None:
    page, version = desk
    open_workbench(page, version)
    start_claim(page)
    page.locator("[name=hops-0-source_name]").fill("CNN")
    page.locator("[data-hop-add]").click()
    page.locator("[name=hops-1-source_name]").fill("State Emergency Service")
    page.locator("[data-hop-up]").last.click()
    assert names(page) == ["State Emergency Service", "CNN"]
    # Words typed last keep the draft as it is now.
    text(page).fill(TYPED)
    page.reload()
    go_on(page)
    assert names(page) == ["State Emergency Service", "CNN"]
    save(page)
    expect(card(page, 1)).to_be_visible()
    hops = Mention.objects.get().attributions.order_by("order")
    assert [one.source.name for one in hops] == ["State Emergency Service", "CNN"]


def test_a_claim_saved_late_leaves_alone_what_was_opened_since(desk, reviewer) -> None:
    page, version = desk
    claim_on(reviewer, version, "lost count")
    open_workbench(page, version)
    held: list[Route] = []
    page.route("**/claims/new/", lambda route: held.append(route))
    start_claim(page)
    save(page)
    read_another(page)
    page.locator("#row-1 a").focus()
    held[0].continue_()
    expect(page.locator("#row-2")).to_contain_text(TYPED)
    expect(page.locator("[data-announce]")).to_have_text("Saved.")
    expect(page.locator("#claim-2")).to_have_count(1)
    expect(card(page, 1)).to_be_visible()
    expect(page.locator("#row-1 a")).to_be_focused()
    expect(offers(page)).to_have_count(0)
