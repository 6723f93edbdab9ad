"""What is typed into a form of a plain page is kept, offered again, and served once saved."""

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Draft
from tests.ruling import dispute, make_checked, make_people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def typed(page: Page, name: str, words: str) -> None:
    """Type, and wait until the server has it."""
    with page.expect_response(lambda one: one.request.method == "POST"):
        page.locator(f"textarea[name={name}]").fill(words)


@pytest.mark.long
def test_a_moderators_reason_and_a_judgement_outlive_their_pages(
    page, sign_in, project, reviewer, second_reviewer
):
    chair = make_people(project, "moderator", "chair")[0]
    claim = make_checked(project, reviewer)
    one, _other = dispute(claim, reviewer, second_reviewer)
    sign_in(page, chair)
    page.goto(f"/p/desk/claims/{claim.number}/adjudicate/")
    typed(page, "reason", "The UN counted 136.")
    with page.expect_response(lambda one: one.request.method == "POST"):
        page.locator(f"input[name=label_from][value='{one.uid}']").check()
    expect(page.get_by_text("Draft kept.")).to_be_visible()
    page.evaluate("localStorage.clear()")
    page.reload()
    expect(page.locator("[data-change-offer]")).to_contain_text("The UN counted 136.")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Reason for the decision")).to_have_value("The UN counted 136.")
    expect(page.locator(f"input[name=label_from][value='{one.uid}']")).to_be_checked()
    page.get_by_role("button", name="Decide").click()
    page.wait_for_url(f"**/claims/{claim.number}/#verdict")
    assert not Draft.objects.exists()
    # What was decided is offered to nobody again, in this browser either.
    with page.expect_response(lambda one: "/drafts/adjudication" in one.url):
        page.goto(f"/p/desk/claims/{claim.number}/adjudicate/")
    expect(page.locator("[data-change-offer]")).to_have_count(0)

    page.goto(f"/p/desk/claims/{claim.number}/")
    typed(page, "justification", "Two sources say so.")
    page.reload()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("textarea[name=justification]")).to_have_value("Two sources say so.")
    page.get_by_role("radio", name="Refuted").check()
    page.get_by_role("button", name="Save my judgement").click()
    expect(page.locator("form[action$='/review/discard/']")).to_be_attached()
    expect(page.locator("[data-change-offer]")).to_have_count(0)
    assert not Draft.objects.exists()
