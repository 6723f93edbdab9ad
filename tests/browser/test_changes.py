"""What was typed into the form of something that is there already waits for its writer too."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from annotations.claims.services import claim_update, mention_add
from annotations.models import ArticleVersion, Claim, Draft
from tests.browser.drafting import check_no_draft
from tests.browser.workbench import card, open_workbench, select
from tests.marking import make_claim, make_version, place

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

TYPED = "A family fled, it is said."


@pytest.fixture
def version(reviewer, project) -> ArticleVersion:
    return make_version(reviewer, project)


@pytest.fixture
def claim(reviewer, version) -> Claim:
    return make_claim(reviewer, version, text="A family fled.")


@pytest.fixture
def desk(page: Page, sign_in, reviewer, version, claim) -> Page:
    sign_in(page, reviewer)
    open_claim(page, version)
    return page


def open_claim(page: Page, version: ArticleVersion) -> None:
    open_workbench(page, version, "?claim=1")
    expect(card(page, 1)).to_be_visible()


def open_form(page: Page, name: str) -> None:
    card(page, 1).get_by_role("link", name=name).click()
    expect(page.locator("#opened form[data-draft-of]")).to_be_visible()


def offer(page: Page) -> Locator:
    return page.locator("#opened [data-change-offer]")


def badge(page: Page) -> Locator:
    return page.locator("#opened [data-draft-mark]").filter(visible=True)


def kept_on_server(page: Page, act: Callable[[], None]) -> None:
    with page.expect_response(lambda one: "/drafts/" in one.url and one.request.method == "POST"):
        act()


def test_changed_words_are_offered_after_a_reload_and_gone_once_saved(desk, version, claim):
    open_form(desk, "Edit claim")
    kept_on_server(desk, lambda: desk.locator("#opened [name=text]").fill(TYPED))
    open_claim(desk, version)
    expect(badge(desk)).to_have_text("Draft")
    open_form(desk, "Edit claim")
    # Nothing is put over what is stored without being asked.
    expect(desk.locator("#opened [name=text]")).to_have_value("A family fled.")
    offer(desk).get_by_role("button", name="Continue").click()
    expect(desk.locator("#opened [name=text]")).to_have_value(TYPED)
    desk.locator("[data-save]").click()
    expect(card(desk, 1)).to_contain_text(TYPED)
    expect(badge(desk)).to_have_count(0)
    open_form(desk, "Edit claim")
    expect(offer(desk)).to_have_count(0)
    claim.refresh_from_db()
    assert claim.text == TYPED
    check_no_draft(desk)


@pytest.mark.long
def test_a_place_and_its_chain_are_found_on_another_machine(
    desk, new_context: Callable[..., BrowserContext], sign_in, reviewer, version, claim
):
    open_form(desk, "Edit place and chain")
    desk.locator("#opened [data-waits=range]").click()
    select(desk, *place("lost count"))
    expect(desk.locator("#opened [data-range-list] li")).to_have_count(2)
    who = desk.locator("#opened [name=hops-0-source_name]")
    kept_on_server(desk, lambda: who.fill("The ministry"))
    other = new_context().new_page()
    sign_in(other, reviewer)
    open_claim(other, version)
    expect(badge(other)).to_have_text("Draft")
    open_form(other, "Edit place and chain")
    offer(other).get_by_role("button", name="Continue").click()
    expect(other.locator("#opened [name=hops-0-source_name]")).to_have_value("The ministry")
    expect(other.locator("#opened [data-range-list] blockquote").last).to_have_text("lost count")
    other.locator("[data-save]").click()
    expect(card(other, 1)).to_contain_text("The ministry")
    assert [one.exact for one in claim.mentions.get().span.ranges.order_by("n")][-1] == "lost count"


def test_reasons_of_a_judgement_can_be_taken_up_or_thrown_away(desk, version):
    card(desk, 1).locator("summary", has_text="Why, and how sure").click()
    why = desk.locator("#opened [name=justification]")
    kept_on_server(desk, lambda: why.fill("Two papers say so."))
    open_claim(desk, version)
    offer(desk).get_by_role("button", name="Continue").click()
    expect(desk.locator("#opened [name=justification]")).to_have_value("Two papers say so.")
    open_claim(desk, version)
    with desk.expect_response(lambda one: one.request.method == "DELETE"):
        offer(desk).get_by_role("button", name="Throw away").click()
    open_claim(desk, version)
    expect(desk.locator("#opened [name=justification]")).to_have_value("")
    expect(offer(desk)).to_have_count(0)


def test_cancelling_throws_the_draft_away(desk, version):
    open_form(desk, "Edit claim")
    kept_on_server(desk, lambda: desk.locator("#opened [name=text]").fill(TYPED))
    with desk.expect_response(lambda one: one.request.method == "DELETE"):
        desk.get_by_role("link", name="Cancel").click()
    expect(card(desk, 1)).to_be_visible()
    expect(badge(desk)).to_have_count(0)
    check_no_draft(desk)


@pytest.mark.long
def test_not_now_keeps_an_offered_draft(desk, version):
    open_form(desk, "Edit claim")
    kept_on_server(desk, lambda: desk.locator("#opened [name=text]").fill(TYPED))
    open_claim(desk, version)
    open_form(desk, "Edit claim")
    expect(offer(desk)).to_be_visible()
    desk.get_by_role("link", name="Cancel").click()
    expect(badge(desk)).to_have_text("Draft")
    assert Draft.objects.count() == 1


@pytest.mark.long
def test_an_offered_draft_is_not_written_over(desk, version):
    card(desk, 1).locator("summary", has_text="Why, and how sure").click()
    why = desk.locator("#opened [name=justification]")
    kept_on_server(desk, lambda: why.fill("Two papers say so."))
    open_claim(desk, version)
    expect(offer(desk)).to_be_visible()
    desk.locator("#opened [data-review] [type=radio]").nth(1).check()
    offer(desk).get_by_role("button", name="Continue").click()
    expect(desk.locator("#opened [name=justification]")).to_have_value("Two papers say so.")
    expect(desk.locator("#opened [data-review] [type=radio]").nth(1)).to_be_checked()
    # A save without an answer leaves it, too.
    open_claim(desk, version)
    expect(offer(desk)).to_be_visible()
    desk.locator("#opened [data-review] [type=radio]").first.check()
    desk.get_by_role("button", name="Save my judgement").click()
    expect(desk.locator("[data-announce]")).to_have_text("Saved.")
    assert Draft.objects.get().content["fields"]


def test_a_judgement_goes_on_after_the_claim_has_changed(desk, version, claim, reviewer):
    card(desk, 1).locator("summary", has_text="Why, and how sure").click()
    kept_on_server(desk, lambda: desk.locator("#opened [name=justification]").fill("So it is."))
    claim_update(actor=reviewer, claim=claim, revision=claim.revision, text="Nobody fled.")
    desk.locator("#opened [data-review] [type=radio]").first.check()
    desk.get_by_role("button", name="Save my judgement").click()
    expect(desk.locator("#opened")).to_contain_text("changed since you opened it")
    expect(badge(desk)).to_have_count(0)
    expect(card(desk, 1)).to_contain_text("Nobody fled.")
    desk.get_by_role("button", name="Save my judgement").click()
    expect(desk.locator("[data-announce]")).to_have_text("Saved.")
    review = claim.reviews.get()
    assert (review.justification, review.claim_revision) == ("So it is.", 2)


@pytest.mark.long
def test_a_judgement_taken_up_beside_another_text_draws_in_that_text(
    desk, version, claim, reviewer, project
):
    other = make_version(reviewer, project, "A family fled, others say.", title="Another")
    mention_add(actor=reviewer, claim=claim, version=other, ranges=[(0, 13)])
    card(desk, 1).locator("summary", has_text="Why, and how sure").click()
    kept_on_server(desk, lambda: desk.locator("#opened [name=justification]").fill("So it is."))
    open_claim(desk, other)
    offer(desk).get_by_role("button", name="Continue").click()
    desk.locator("#opened [data-review] [type=radio]").first.check()
    with desk.expect_response("**/review/") as answer:
        desk.get_by_role("button", name="Save my judgement").click()
    assert "others say" in answer.value.text()
    assert "emergency service" not in answer.value.text()


def test_words_typed_while_a_save_is_under_way_are_kept(desk, version):
    held: list[Route] = []
    open_form(desk, "Edit claim")
    kept_on_server(desk, lambda: desk.locator("#opened [name=text]").fill(TYPED))
    desk.route("**/claims/1/edit/", lambda route: held.append(route))
    desk.locator("[data-save]").click()
    expect(desk.locator("[data-save]")).to_be_disabled()
    kept_on_server(desk, lambda: desk.locator("#opened [name=text]").fill(f"{TYPED} And more."))
    held[0].continue_()
    expect(card(desk, 1)).to_contain_text(TYPED)
    expect(badge(desk)).to_have_text("Draft")
    desk.unroute("**/claims/1/edit/")
    open_form(desk, "Edit claim")
    offer(desk).get_by_role("button", name="Continue").click()
    expect(desk.locator("#opened [name=text]")).to_have_value(f"{TYPED} And more.")


@pytest.mark.long
def test_a_place_alone_is_kept(desk, version):
    open_form(desk, "Edit place and chain")
    desk.locator("#opened [data-waits=range]").click()
    kept_on_server(desk, lambda: select(desk, *place("lost count")))
    open_claim(desk, version)
    open_form(desk, "Edit place and chain")
    offer(desk).get_by_role("button", name="Continue").click()
    expect(desk.locator("#opened [data-range-list] blockquote").last).to_have_text("lost count")


def test_what_others_changed_meanwhile_is_not_overwritten(desk, version, claim, reviewer):
    open_form(desk, "Edit claim")
    kept_on_server(desk, lambda: desk.locator("#opened [name=text]").fill(TYPED))
    claim_update(actor=reviewer, claim=claim, revision=claim.revision, text="Nobody fled.")
    open_claim(desk, version)
    open_form(desk, "Edit claim")
    offer(desk).get_by_role("button", name="Continue").click()
    desk.locator("[data-save]").click()
    expect(desk.locator("#opened [data-theirs]")).to_contain_text("Nobody fled.")
    expect(desk.locator("#opened [name=text]")).to_have_value(TYPED)
    expect(offer(desk)).to_have_count(0)
