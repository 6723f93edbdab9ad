"""Two people in one article at the same time: nothing is lost, and nobody is disturbed."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from annotations.models import ArticleVersion, Claim
from tests.browser.workbench import card, marked, open_workbench, press, select
from tests.long import some
from tests.marking import WORDS, make_claim, make_version, place

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The block of WORDS is the third; the filler makes the page scroll.
FILLER = "\n\n".join(f"Paragraph {n} is about something else entirely." for n in range(60))
TEXT = (
    "Death tolls differ\n\n"
    "The emergency service said more than 2,000 civilians were killed. A family fled.\n\n"
    "“We have lost count,” a spokesman said on Wednesday.\n\n" + FILLER
)
KEYS = """() => Object.fromEntries([...document.querySelectorAll("[data-block]")]
    .map((one) => [one.dataset.block, one.dataset.key]))"""


@dataclass
class Desk:
    """One article open before two people."""

    version: ArticleVersion
    ann: Page
    ben: Page


@pytest.fixture
def desk(new_context, sign_in, reviewer, second_reviewer, project) -> Desk:
    version = make_version(reviewer, project, TEXT)
    make_claim(reviewer, version, words="lost count")
    pages = []
    for person in (reviewer, second_reviewer):
        page = new_context().new_page()
        sign_in(page, person)
        open_workbench(page, version)
        ask(page)
        # What reloads the page would lose this.
        page.evaluate("window.isSamePage = true")
        pages.append(page)
    return Desk(version, *pages)


def ask(page: Page) -> None:
    """Let the page ask now what is new, and wait for the answer."""
    with page.expect_response(lambda answer: "/live/" in answer.url):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def poll(page: Page) -> None:
    """Let the page ask now, and wait until it has shown the answer."""
    ask(page)
    page.wait_for_timeout(300)


def mark_words(page: Page, words: str) -> None:
    """Open the form of a new claim of these words."""
    select(page, *place(words, TEXT))
    press(page, "claim")
    expect(page.locator("#opened [name=text]")).to_be_focused()


def save(page: Page, number: int) -> None:
    page.locator("[data-save]").click()
    expect(card(page, number)).to_be_visible()


def check_settled(desk: Desk) -> None:
    """Every block that either person sees is the one that a fresh load would show."""
    for page in (desk.ann, desk.ben):
        poll(page)
        assert page.evaluate("window.isSamePage")
        fresh = page.context.new_page()
        open_workbench(fresh, desk.version)
        assert page.evaluate(KEYS) == fresh.evaluate(KEYS)
        fresh.close()


def test_a_claim_of_one_arrives_at_the_other_without_a_reload(desk: Desk) -> None:
    mark_words(desk.ann, WORDS)
    save(desk.ann, 2)
    poll(desk.ben)
    assert marked(desk.ben, 2) == WORDS
    expect(desk.ben.locator("#row-2")).to_be_visible()
    expect(desk.ben.locator("[data-claim-count]")).to_have_text("2")
    expect(desk.ben.locator("[data-people]")).to_have_text("Also here: Reviewer")
    desk.ben.locator("[data-arrivals] button", has_text="New claims by others: 1").click()
    expect(desk.ben.locator("#row-2 a").first).to_be_focused()
    check_settled(desk)


@pytest.mark.long
def test_overlapping_claims_made_at_once_are_both_kept_and_shown(desk: Desk) -> None:
    mark_words(desk.ben, "2,000 civilians were killed. A family fled")
    desk.ben.keyboard.press("End")
    desk.ben.keyboard.type(" Typed by Ben.")
    mark_words(desk.ann, WORDS)
    save(desk.ann, 2)
    poll(desk.ben)
    text = desk.ben.locator("#opened [name=text]")
    expect(text).to_be_focused()
    expect(text).to_have_value("2,000 civilians were killed. A family fled Typed by Ben.")
    # The words of the open form are not drawn anew under it.
    assert marked(desk.ben, 2) == ""
    save(desk.ben, 3)
    poll(desk.ann)
    check_settled(desk)
    for page in (desk.ann, desk.ben):
        assert marked(page, 2) == WORDS
        assert marked(page, 3) == "2,000 civilians were killed. A family fled"
        expect(page.locator("[data-rows] [data-row]")).to_have_count(3)
    assert Claim.objects.get(number=3).text.endswith("Typed by Ben.")


@pytest.mark.long
def test_typing_goes_on_while_claims_of_others_arrive(desk: Desk, reviewer) -> None:
    mark_words(desk.ben, "lost count")
    text = desk.ben.locator("#opened [name=text]")
    text.fill("Half a sen")
    desk.ben.keyboard.press("Home")
    make_claim(reviewer, desk.version)
    poll(desk.ben)
    # The caret has not moved either.
    desk.ben.keyboard.type("Not ")
    poll(desk.ben)
    expect(text).to_have_value("Not Half a sen")
    assert marked(desk.ben, 2) == WORDS


@pytest.mark.long
def test_selected_words_stay_selected_until_they_are_left(desk: Desk, reviewer) -> None:
    desk.ben.evaluate("scrollTo(0, 120)")
    select(desk.ben, *place("A family fled", TEXT))
    make_claim(reviewer, desk.version)
    make_claim(reviewer, desk.version, words="spokesman")
    before = desk.ben.evaluate("scrollY")
    poll(desk.ben)
    assert desk.ben.evaluate("document.getSelection().toString()") == "A family fled"
    assert desk.ben.evaluate("scrollY") == before
    assert (marked(desk.ben, 2), marked(desk.ben, 3)) == ("", "spokesman")
    desk.ben.evaluate("document.getSelection().removeAllRanges()")
    poll(desk.ben)
    assert marked(desk.ben, 2) == WORDS
    check_settled(desk)


@pytest.mark.long
def test_the_button_of_arrivals_shows_them_where_a_form_is_open_too(desk: Desk, reviewer) -> None:
    mark_words(desk.ben, "A family fled")
    desk.ben.locator("#opened [name=text]").fill("They fled.")
    make_claim(reviewer, desk.version)
    poll(desk.ben)
    assert marked(desk.ben, 2) == ""
    desk.ben.locator("[data-arrivals] button").click()
    expect(desk.ben.locator("#row-2 a").first).to_be_focused()
    assert marked(desk.ben, 2) == WORDS
    expect(desk.ben.locator("#opened [name=text]")).to_have_value("They fled.")
    assert desk.ben.evaluate("[...CSS.highlights.get('draft')].map(String)") == ["A family fled"]


@pytest.mark.long
def test_the_list_waits_while_the_focus_is_in_it_and_follows_then(desk: Desk, reviewer) -> None:
    desk.ben.locator("#row-1 a").first.focus()
    make_claim(reviewer, desk.version)
    poll(desk.ben)
    expect(desk.ben.locator("#row-1 a").first).to_be_focused()
    expect(desk.ben.locator("#row-2")).to_have_count(0)
    desk.ben.locator("[data-text]").focus()
    poll(desk.ben)
    expect(desk.ben.locator("#row-2")).to_be_visible()


@pytest.mark.parametrize(("whose", "stored"), some(("mine", "Ben's."), ("theirs", "Ann's.")))
def test_the_second_to_change_a_claim_says_whose_words_stand(desk: Desk, whose, stored) -> None:
    for page in (desk.ann, desk.ben):
        page.locator("#row-1 a").first.click()
        card(page, 1).get_by_role("link", name="Edit claim").click()
    desk.ann.locator("#opened [name=text]").fill("Ann's.")
    save(desk.ann, 1)
    desk.ben.locator("#opened [name=text]").fill("Ben's.")
    desk.ben.locator("[data-save]").click()
    conflict = desk.ben.locator("[data-theirs]")
    expect(conflict).to_contain_text("It is claimed: lost count")
    expect(conflict).to_contain_text("Ann's.")
    expect(conflict).to_contain_text("Ben's.")
    assert Claim.objects.get().text == "Ann's."
    conflict.locator(f"input[value={whose}]").check()
    save(desk.ben, 1)
    expect(card(desk.ben, 1)).to_contain_text(stored)
    poll(desk.ann)
    expect(desk.ann.locator("#row-1")).to_contain_text(stored)
    assert Claim.objects.get().text == stored
