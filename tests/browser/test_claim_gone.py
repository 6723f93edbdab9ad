"""A claim that a moderator hides while others have it open: its words go from every page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotations.claims.services import claim_discard
from annotations.models import ArticleVersion, Claim
from annotations.moderation.services import row_hide
from tests.browser.test_two_people import poll
from tests.browser.workbench import card, marked, open_workbench, press, select
from tests.long import some
from tests.marking import WORDS, make_claim, make_version, place

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

SECRET = "The names of the family."
NOT_HERE = "Claim 1 is not here, or you may not see it."


@pytest.fixture
def version(reviewer, project) -> ArticleVersion:
    return make_version(reviewer, project)


@pytest.fixture
def claim(reviewer, version) -> Claim:
    return make_claim(reviewer, version, text=SECRET)


@pytest.fixture
def visit(new_context, sign_in, version, claim) -> Callable[..., Page]:
    """Open the text as a person, and wait for the first asking."""

    def open_as(person, query: str = "") -> Page:
        page = new_context().new_page()
        sign_in(page, person)
        with page.expect_response(lambda answer: "/live/" in answer.url):
            open_workbench(page, version, query)
        return page

    return open_as


@pytest.fixture
def hide(moderator, claim) -> Callable[[], Claim]:
    return lambda: row_hide(actor=moderator, row=claim, reason="Names a minor")


def words_of(page: Page) -> str:
    return str(page.evaluate("document.querySelector('[data-workbench]').textContent"))


@pytest.mark.parametrize("who", some("reader", "second_reviewer"))
def test_an_open_card_gives_way_to_a_sentence(request, visit, hide, who):
    page = visit(request.getfixturevalue(who))
    page.locator("#row-1 a").first.click()
    expect(card(page, 1)).to_contain_text(SECRET)
    page.locator("#row-1 a").first.focus()
    hide()
    poll(page)
    expect(page.locator("#opened .notice")).to_have_text(NOT_HERE)
    # Its row goes too, although the focus was in it.
    expect(page.locator("#row-1")).to_have_count(0)
    assert SECRET not in words_of(page)
    assert marked(page, 1) == ""
    assert page.evaluate("document.activeElement !== document.body")


def test_a_card_that_was_open_from_the_start_goes_at_the_first_asking(
    new_context, sign_in, reader, version, hide, claim
):
    page = new_context().new_page()
    sign_in(page, reader)
    page.route("**/live/**", lambda route: route.abort())
    open_workbench(page, version, "?claim=1")
    expect(card(page, 1)).to_contain_text(SECRET)
    hide()
    page.unroute("**/live/**")
    poll(page)
    expect(page.locator("#opened .notice")).to_have_text(NOT_HERE)
    assert SECRET not in words_of(page)


def test_a_card_is_asked_for_again_where_the_answer_did_not_come(visit, hide, reader):
    page = visit(reader, "?claim=1")
    hide()
    page.route("**/card/**", lambda route: route.abort())
    poll(page)
    expect(card(page, 1)).to_be_visible()
    page.unroute("**/card/**")
    poll(page)
    expect(page.locator("#opened .notice")).to_have_text(NOT_HERE)


def test_its_author_and_a_moderator_are_told_what_they_may_know(visit, hide, reviewer, moderator):
    pages = [visit(person, "?claim=1") for person in (reviewer, moderator)]
    hide()
    for page in pages:
        poll(page)
    expect(pages[0].locator("#opened .notice")).to_contain_text("A moderator has hidden claim 1")
    assert SECRET not in words_of(pages[0])
    expect(card(pages[1], 1)).to_contain_text(SECRET)


def test_who_types_elsewhere_types_on(visit, hide, second_reviewer):
    page = visit(second_reviewer, "?claim=1")
    expect(card(page, 1)).to_be_visible()
    page.get_by_label("Passage to quote").focus()
    page.keyboard.type("A fam")
    hide()
    poll(page)
    expect(page.locator("#opened .notice")).to_have_text(NOT_HERE)
    page.keyboard.type("ily")
    expect(page.get_by_label("Passage to quote")).to_have_value("A family")


def test_typed_words_of_a_judgement_stay_and_the_claim_goes(visit, hide, second_reviewer):
    page = visit(second_reviewer, "?claim=1")
    why = page.locator("#opened textarea[name=justification]")
    page.locator("[data-review] details summary").click()
    why.fill("Nobody else says so")
    page.keyboard.press("Home")
    hide()
    poll(page)
    expect(page.locator("#opened .notice")).to_have_text(NOT_HERE)
    expect(page.locator("#opened")).to_contain_text("What you typed stays here")
    expect(why).to_be_focused()
    page.keyboard.type("But: ")
    expect(why).to_have_value("But: Nobody else says so")
    assert SECRET not in words_of(page)
    expect(page.get_by_label("Why")).to_be_focused()
    page.locator("#opened [data-close]").click()
    expect(page.locator("#opened")).to_be_empty()


def test_an_opened_form_without_typed_words_goes_with_the_claim(visit, hide, second_reviewer):
    page = visit(second_reviewer, "?claim=1")
    card(page, 1).get_by_role("link", name="Edit claim").click()
    expect(page.locator("#opened [name=text]")).to_have_value(SECRET)
    hide()
    poll(page)
    expect(page.locator("#opened .notice")).to_have_text(NOT_HERE)
    expect(page.locator("#opened textarea")).to_have_count(0)


@pytest.mark.long
def test_a_claim_that_was_only_taken_back_says_so_unless_somebody_is_at_it(
    visit, claim, reviewer, reader, second_reviewer
):
    reading, judging = visit(reader, "?claim=1"), visit(second_reviewer, "?claim=1")
    judging.locator("[data-review] input[name=label]").first.check()
    claim_discard(actor=reviewer, claim=claim, reason="Twice")
    for page in (reading, judging):
        poll(page)
    expect(card(reading, 1)).to_contain_text("Twice")
    expect(judging.locator("[data-review] input[name=label]").first).to_be_checked()


def test_lists_of_claims_lose_it_too(visit, hide, reviewer, version, second_reviewer):
    make_claim(reviewer, version, words="2,000 civilians", text="Civilians.")
    page = visit(second_reviewer)
    select(page, *place(WORDS))
    press(page, "claim")
    expect(page.locator("#opened [data-already]")).to_contain_text(SECRET)
    hide()
    poll(page)
    expect(page.locator("#opened [name=text]")).to_have_value(WORDS)
    assert SECRET not in words_of(page)
