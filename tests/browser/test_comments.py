"""Commenting with scripts: names are offered, words come back, the bell counts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from annotations.comments.services import comment_create
from annotations.models import Comment
from tests.material import make_claim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def talk(new_context: Callable[..., BrowserContext], sign_in, reviewer) -> Page:
    page = new_context().new_page()
    sign_in(page, reviewer)
    return page


def test_a_name_is_offered_words_come_back_and_the_bell_counts(
    talk, project, reviewer, second_reviewer
):
    second_reviewer.display_name = "Olena Second"
    second_reviewer.save()
    claim = make_claim(project, reviewer)
    comment_create(actor=second_reviewer, claim=claim, text="Whose count?\nhttps://un.example/a")
    talk.goto(f"/p/desk/claims/{claim.number}/")
    expect(talk.locator("[data-bell-count]")).to_contain_text("1")
    section = talk.get_by_role("region", name="Comments")
    expect(section.get_by_role("link", name="https://un.example/a")).to_be_visible()
    form = section.locator("form[data-comment-draft^='comment:']")
    box = form.get_by_label("Comment")
    with talk.expect_response(lambda one: "/drafts/" in one.url and one.request.method == "POST"):
        box.press_sequentially("Ask @Ole")
        form.get_by_role("button", name="@Olena Second").click()
        box.press_sequentially("please")
    expect(box).to_have_value("Ask @Olena Second please")
    talk.reload()
    form.get_by_role("button", name="Continue").click()
    expect(box).to_have_value("Ask @Olena Second please")
    form.get_by_role("button", name="Comment").click()
    expect(section.get_by_text("Ask @Olena Second please")).to_be_visible()
    assert Comment.objects.get(text="Ask @Olena Second please").named == [second_reviewer.pk]
    # What was sent is not offered again.
    expect(box).to_have_value("")
    expect(form.get_by_role("button", name="Continue")).to_have_count(0)
    talk.get_by_role("link", name="Notifications").click()
    talk.get_by_role("button", name="commented on claim 1").click()
    talk.wait_for_url(f"**/claims/{claim.number}/#comment-*")
    expect(talk.locator("[data-bell-count]")).to_be_hidden()
