"""A claim of an earlier text is marked anew in a later one by whoever reads it there."""

import os

import pytest
from playwright.sync_api import expect

from annotations.articles.services import version_add
from annotations.models import ArticleVersion, Mention
from tests.browser.moving import claim_on
from tests.browser.workbench import card, open_workbench, press, select
from tests.marking import TEXT, place

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]
LATER = TEXT.replace("more than", "well over") + "More.\n"


@pytest.fixture
def later(desk, reviewer):
    """The page, and a later text in which nothing is marked."""
    page, version = desk
    claim_on(reviewer, version)
    version_add(actor=reviewer, article=version.article, text=LATER)
    return page, ArticleVersion.objects.get(number=2)


def shot(page, name: str) -> None:
    if os.environ.get("LOOK"):
        page.screenshot(path=f"{os.environ['LOOK']}/{name}.png")


def test_from_the_list_to_a_place_in_this_text(later) -> None:
    page, version = later
    open_workbench(page, version)
    shot(page, "later-list")
    page.get_by_role("link", name="Mark it in this text").click()
    expect(card(page, 1)).to_contain_text("In version 1 it stands here:")
    expect(page.locator("[data-announce]")).to_contain_text("no words in the version you read")
    shot(page, "later-card")
    select(page, *place("well over 2,000 civilians were killed", LATER))
    press(page, "mention")
    expect(page.locator("#opened [name=hops-0-source_name]")).to_have_value(
        "State Emergency Service"
    )
    shot(page, "later-form")
    page.locator("[data-save]").click()
    expect(page.locator('mark[data-claims="1"]')).to_have_text(
        "well over 2,000 civilians were killed"
    )
    expect(page.locator("#row-1")).to_be_visible()
    expect(page.locator("#elsewhere-1")).to_have_count(0)
    expect(page.locator("[data-claim-count]")).to_have_text("1")
    expect(card(page, 1).locator("[data-former]")).to_have_count(0)
    assert Mention.objects.filter(claim__number=1).count() == 2
    page.locator("[data-undo]").click()
    expect(page.locator("[data-text] mark")).to_have_count(0)
    expect(page.locator("[data-claim-count]")).to_have_text("0")


def test_the_same_words_are_found_and_still_a_persons_choice(later) -> None:
    page, version = later
    page.goto(f"/p/desk/articles/{version.article.uid}/?claim=1#claim-1")
    # Reworded in between: the words of the claim are not there any more.
    card(page, 1).get_by_role("link", name="Look for the same words").click()
    expect(page.locator("#opened")).to_contain_text("These words do not stand in the text.")
    assert Mention.objects.count() == 1


def test_without_a_script(later, new_context, sign_in, reviewer) -> None:
    _page, version = later
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, reviewer)
    page.goto(f"/p/desk/articles/{version.article.uid}/")
    page.get_by_role("link", name="Mark it in this text").click()
    expect(card(page, 1)).to_contain_text("In version 1 it stands here:")
    page.get_by_role("link", name="Look for the same words").click()
    page.get_by_label("Words of the passage").fill("civilians were killed")
    page.get_by_role("button", name="Find").click()
    shot(page, "later-places")
    page.get_by_role("link", name="Add to claim 1").click()
    shot(page, "later-plain-form")
    page.get_by_role("button", name="Add this place").click()
    expect(page.locator('mark[data-claims="1"]')).to_have_text("civilians were killed")
    assert Mention.objects.filter(version=version).count() == 1
