"""Taking back what one did in a visit, and doing it again."""

import pytest
from playwright.sync_api import Page, expect

from annotations.claims.services import claim_update
from annotations.models import Claim, Review
from annotations.verification.services import review_save
from tests.browser.moving import claim_on, pull, stored
from tests.browser.workbench import card, drag, open_workbench, press, select
from tests.marking import WORDS, place

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]


def undo(page: Page, said: str) -> None:
    page.locator("[data-text]").focus()
    page.keyboard.press("Control+z")
    expect(page.locator("[data-announce]")).to_have_text(said)


def redo(page: Page, said: str) -> None:
    page.locator("[data-text]").focus()
    page.keyboard.press("Control+Shift+z")
    expect(page.locator("[data-announce]")).to_have_text(said)


def test_what_i_did_is_undone_and_done_again_step_by_step(desk, reviewer):
    page, version = desk
    open_workbench(page, version)
    expect(page.locator("[data-undo]")).to_have_attribute("aria-disabled", "true")
    select(page, *place(WORDS))
    press(page, "claim")
    page.locator("#opened [name=label]").select_option("supported")
    page.locator("[data-save]").click()
    expect(card(page, 1)).to_be_visible()
    card(page, 1).get_by_role("link", name="Edit claim").click()
    page.locator("#opened [name=text]").fill("Other words.")
    page.locator("[data-save]").click()
    expect(card(page, 1)).to_contain_text("Other words.")
    pull(page, ".handle--end", "civilians", to_end=True)
    expect(page.locator('mark[data-claims="1"]')).to_have_text("more than 2,000 civilians")
    undo(page, "Undone: claim 1 moved")
    assert stored() == [WORDS]
    undo(page, "Undone: claim 1 edited")
    assert Claim.objects.get().text == WORDS
    undo(page, "Undone: claim 1 added")
    expect(page.locator("mark")).to_have_count(0)
    expect(page.locator("[data-undo]")).to_have_attribute("aria-disabled", "true")
    redo(page, "Done again: claim 1 added")
    expect(page.locator("mark")).to_have_text(WORDS)
    redo(page, "Done again: claim 1 edited")
    redo(page, "Done again: claim 1 moved")
    assert stored() == ["more than 2,000 civilians"]
    claim = Claim.objects.get()
    assert (claim.text, claim.discarded_at) == ("Other words.", None)
    # Nine actions, each a new one in the history.
    assert claim.revision == 9
    redo(page, "Nothing to do again.")


def test_a_changed_label_goes_back_to_the_one_before(desk, reviewer):
    page, version = desk
    claim_on(reviewer, version)
    open_workbench(page, version, "?claim=1")
    for label, named in (("1", "Supported"), ("2", "Refuted")):
        page.locator("[data-text]").focus()
        page.keyboard.press(label)
        expect(page.locator("#row-1 .label")).to_have_text(named)
    undo(page, "Undone: my label of claim 1")
    expect(page.locator("#row-1 .label")).to_have_text("Supported")
    assert Review.objects.get().label == "supported"
    # The first label has none before it: it is taken back.
    undo(page, "Undone: my label of claim 1")
    expect(page.locator("#row-1 .label")).to_have_text("Not judged")
    assert Review.objects.get().discarded_at is not None
    redo(page, "Done again: my label of claim 1")
    redo(page, "Done again: my label of claim 1")
    expect(page.locator("#row-1 .label")).to_have_text("Refuted")
    assert (Review.objects.get().label, Review.objects.get().discarded_at) == ("refuted", None)


@pytest.mark.parametrize("how", ["moved", "edited"])
def test_my_judgement_holds_again_once_a_change_is_undone(desk, reviewer, how):
    page, version = desk
    claim = claim_on(reviewer, version)
    review_save(actor=reviewer, claim=claim, label="refuted", justification="Counted twice.")
    open_workbench(page, version, "?claim=1")
    if how == "moved":
        pull(page, ".handle--end", "civilians", to_end=True)
        expect(page.locator('mark[data-claims="1"]')).to_have_text("more than 2,000 civilians")
    else:
        card(page, 1).get_by_role("link", name="Edit claim").click()
        page.locator("#opened [name=text]").fill("Other words.")
        page.locator("[data-save]").click()
    expect(page.locator("#row-1")).to_contain_text("judged before a change")
    undo(page, f"Undone: claim 1 {how}")
    expect(page.locator("#row-1")).not_to_contain_text("judged before a change")
    expect(page.locator("#row-1 .label")).to_have_text("Refuted")
    holds = Review.objects.latest("claim_revision")
    assert (holds.label, holds.justification, holds.is_stale) == (
        "refuted",
        "Counted twice.",
        False,
    )
    assert Review.objects.count() == 2
    redo(page, f"Done again: claim 1 {how}")
    expect(page.locator("#row-1")).to_contain_text("judged before a change")


def test_a_judgement_is_taken_back_and_restored_by_its_buttons(desk, reviewer):
    page, version = desk
    claim_on(reviewer, version)
    open_workbench(page, version, "?claim=1")
    page.locator("[data-text]").focus()
    page.keyboard.press("2")
    expect(page.locator("#row-1 .label")).to_have_text("Refuted")
    card(page, 1).locator("summary", has_text="Take my judgement back").click()
    card(page, 1).get_by_role("button", name="Take it back").click()
    expect(page.locator("#row-1 .label")).to_have_text("Not judged")
    undo(page, "Undone: my label of claim 1 taken back")
    expect(page.locator("#row-1 .label")).to_have_text("Refuted")
    redo(page, "Done again: my label of claim 1 taken back")
    card(page, 1).get_by_role("button", name="Restore my judgement").click()
    expect(page.locator("#row-1 .label")).to_have_text("Refuted")
    undo(page, "Undone: my label of claim 1 restored")
    expect(page.locator("#row-1 .label")).to_have_text("Not judged")


def test_places_are_discarded_and_come_back_by_the_buttons(desk, reviewer):
    page, version = desk
    claim_on(reviewer, version)
    open_workbench(page, version, "?claim=1")
    drag(page, *place("lost count"))
    press(page, "mention")
    page.locator("[data-save]").click()
    expect(page.locator('mark[data-claims="1"]')).to_have_count(2)
    page.locator("[data-undo]").click()
    expect(page.locator('mark[data-claims="1"]')).to_have_count(1)
    expect(page.locator("[data-said]")).to_have_text("Undone: a place of claim 1 added")
    expect(page.locator("[data-undo]")).to_be_focused()
    page.locator("[data-redo]").click()
    expect(page.locator('mark[data-claims="1"]')).to_have_count(2)
    card(page, 1).locator("summary", has_text="Discard").last.click()
    card(page, 1).get_by_role("button", name="Discard this claim").click()
    expect(page.locator("mark")).to_have_count(0)
    page.locator("[data-undo]").click()
    expect(page.locator('mark[data-claims="1"]')).to_have_count(2)


def test_a_chain_that_was_changed_goes_back(desk, reviewer):
    page, version = desk
    claim_on(reviewer, version)
    open_workbench(page, version, "?claim=1")
    card(page, 1).get_by_role("link", name="Edit place and chain").click()
    page.locator("#opened [name=hops-0-source_name]").fill("CNN")
    page.locator("[data-hop-add]").click()
    page.locator("#opened [name=hops-1-source_name]").fill("Reuters")
    page.locator("[data-save]").click()
    expect(page.locator("#row-1")).to_contain_text("CNN via Reuters")
    page.locator("[data-undo]").click()
    expect(page.locator("#row-1")).to_contain_text("State Emergency Service")
    expect(page.locator("#row-1")).not_to_contain_text("via")


def test_what_someone_changed_meanwhile_is_left_alone(desk, reviewer, second_reviewer):
    page, version = desk
    open_workbench(page, version)
    select(page, *place(WORDS))
    press(page, "claim")
    page.locator("[data-save]").click()
    expect(card(page, 1)).to_be_visible()
    claim = Claim.objects.get()
    claim_update(actor=second_reviewer, claim=claim, revision=1, text="Their words.")
    undo(page, "Someone changed claim 1 meanwhile, so it was left as it is: claim 1 added")
    expect(card(page, 1)).to_contain_text("Their words.")
    expect(page.locator("[data-undo]")).to_have_attribute("aria-disabled", "true")
    assert Claim.objects.get().discarded_at is None
