"""What is typed into a new claim, or saved without a network, outlives what happens to a page."""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page, Route, expect

from annotations.models import ArticleVersion, Claim, Draft
from annotations.verification.services import review_save
from tests.browser.drafting import (
    TYPED,
    check_no_draft,
    go_on,
    save,
    start_claim,
    start_kept_claim,
    text,
)
from tests.browser.workbench import card, marked, open_workbench
from tests.long import some
from tests.marking import WORDS, make_claim, make_version

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STORED = "Object.entries(localStorage).filter(([name]) => name.startsWith('factcheck:')).flat()"


@pytest.fixture
def version(project, reviewer) -> ArticleVersion:
    return make_version(reviewer, project)


@pytest.fixture
def desk(page: Page, sign_in, reviewer, version) -> Page:
    sign_in(page, reviewer)
    open_workbench(page, version)
    return page


def waiting(page: Page):
    return page.locator("p[data-unsent]")


def block_saves(page: Page) -> Callable[[Route], None]:
    """Let no save out of the browser; returns what to unroute."""

    def refuse(route: Route) -> None:
        if route.request.method == "POST":
            route.abort()
        else:
            route.continue_()

    page.context.route("**/claims/new/**", refuse)
    return refuse


@pytest.mark.long
def test_typed_words_outlive_a_reload_at_once(desk: Page) -> None:
    start_claim(desk)
    desk.locator("[name=hops-0-source_name]").fill("CNN")
    desk.reload()
    go_on(desk)
    expect(desk.locator("[name=hops-0-source_name]")).to_have_value("CNN")
    save(desk)
    expect(card(desk, 1)).to_contain_text(TYPED)
    assert marked(desk, 1) == WORDS
    desk.reload()
    expect(card(desk, 1)).to_be_visible()
    expect(desk.locator("[data-draft-offer]")).to_have_count(0)
    check_no_draft(desk)


@pytest.mark.long
def test_a_closed_tab_is_taken_up_on_another_machine(
    desk: Page, new_context: Callable[..., BrowserContext], sign_in, reviewer, version
) -> None:
    start_kept_claim(desk)
    desk.close()
    other = new_context().new_page()
    sign_in(other, reviewer)
    open_workbench(other, version)
    go_on(other)
    save(other)
    expect(card(other, 1)).to_contain_text(TYPED)


@pytest.mark.parametrize("lost", some("session", "every cookie"))
def test_a_lost_session_loses_no_word(desk: Page, sign_in, reviewer, version, lost) -> None:
    start_claim(desk)
    named = {"name": settings.SESSION_COOKIE_NAME} if lost == "session" else {}
    desk.context.clear_cookies(**named)
    save(desk)
    expect(desk.locator("#opened [data-problem]")).to_contain_text("signed out")
    expect(text(desk)).to_have_value(TYPED)
    expect(desk.locator("[data-announce]")).not_to_have_text("Saved.")
    expect(waiting(desk)).to_contain_text("Saves waiting for the server: 1.")
    sign_in(desk, reviewer)
    desk.context.request.get(f"/p/desk/articles/{version.article.uid}/")
    desk.get_by_role("button", name="Send now").click()
    expect(card(desk, 1)).to_contain_text(TYPED)
    expect(waiting(desk)).to_be_hidden()
    assert Claim.objects.count() == 1


@pytest.mark.long
def test_another_account_of_the_browser_sees_and_sends_nothing_of_it(
    desk: Page, sign_in, second_reviewer, version
) -> None:
    start_kept_claim(desk)
    sign_in(desk, second_reviewer)
    # The page of the first person is still open, and another one has signed in behind it.
    save(desk)
    expect(desk.locator("#opened [data-problem]")).to_contain_text("You were signed out")
    assert not Claim.objects.exists()
    open_workbench(desk, version)
    desk.wait_for_load_state("networkidle")
    expect(desk.locator("[data-draft-offer]")).to_have_count(0)
    expect(waiting(desk)).to_be_hidden()
    assert not Draft.objects.filter(user=second_reviewer).exists()


def test_signing_out_leaves_nothing_in_the_browser(desk: Page) -> None:
    start_kept_claim(desk)
    assert TYPED in str(desk.evaluate(STORED))
    desk.locator("summary", has_text="Account").click()
    desk.get_by_role("button", name="Sign out").click()
    expect(desk.get_by_role("heading", name="Sign in")).to_be_visible()
    assert desk.evaluate(STORED) == []


@pytest.mark.long
def test_saved_is_said_when_the_server_has_said_so(desk: Page) -> None:
    held: list[Route] = []
    desk.route("**/claims/new/", lambda route: held.append(route))
    start_claim(desk)
    save(desk)
    desk.wait_for_timeout(500)
    expect(desk.locator("[data-announce]")).not_to_have_text("Saved.")
    held[0].continue_()
    expect(desk.locator("[data-announce]")).to_have_text("Saved.")


@pytest.mark.long
def test_a_save_without_a_network_waits_and_is_sent_when_there_is_one(desk: Page) -> None:
    start_kept_claim(desk)
    desk.context.set_offline(True)
    save(desk)
    expect(waiting(desk)).to_contain_text("Saves waiting for the server: 1.")
    expect(desk.locator("[data-announce]")).not_to_have_text("Saved.")
    expect(text(desk)).to_have_value(TYPED)
    desk.context.set_offline(False)
    expect(card(desk, 1)).to_contain_text(TYPED)
    expect(waiting(desk)).to_be_hidden()
    expect(desk.locator("[data-draft-offer]")).to_have_count(0)
    assert Claim.objects.count() == 1


def test_a_waiting_save_outlives_a_reload_and_leaves_no_draft(desk: Page) -> None:
    start_kept_claim(desk)
    refuse = block_saves(desk)
    save(desk)
    expect(waiting(desk)).to_be_visible()
    desk.reload()
    expect(waiting(desk)).to_contain_text("Saves waiting for the server: 1.")
    expect(desk.locator("[data-draft-offer]")).to_be_visible()
    desk.context.unroute("**/claims/new/**", refuse)
    desk.get_by_role("button", name="Send now").click()
    expect(waiting(desk)).to_be_hidden()
    expect(desk.locator("[data-draft-offer]")).to_have_count(0)
    expect(desk.locator("#row-1")).to_contain_text(TYPED)
    assert marked(desk, 1) == WORDS
    desk.wait_for_load_state("networkidle")
    assert desk.evaluate(STORED) == []
    check_no_draft(desk)


@pytest.mark.long
@pytest.mark.parametrize("again", some("by itself", "by hand"))
def test_a_save_whose_answer_was_lost_makes_one_claim(desk: Page, again: str) -> None:
    arrived = []

    def lose_answer(route: Route) -> None:
        arrived.append(route.fetch().status)
        route.abort()

    desk.route("**/claims/new/", lose_answer)
    start_claim(desk)
    save(desk)
    expect(waiting(desk)).to_contain_text("Saves waiting for the server: 1.")
    assert arrived == [200]
    assert Claim.objects.count() == 1
    desk.unroute("**/claims/new/", lose_answer)
    if again == "by hand":
        save(desk)
    else:
        desk.get_by_role("button", name="Send now").click()
    expect(card(desk, 1)).to_contain_text(TYPED)
    expect(waiting(desk)).to_be_hidden()
    assert Claim.objects.count() == 1


@pytest.mark.long
def test_a_save_sent_later_disturbs_no_other_form(desk: Page) -> None:
    start_claim(desk)
    refuse = block_saves(desk)
    save(desk)
    expect(waiting(desk)).to_be_visible()
    desk.locator("#opened [data-close]").first.click()
    start_claim(desk, "A family fled", "They fled.")
    desk.context.unroute("**/claims/new/**", refuse)
    desk.evaluate("dispatchEvent(new Event('online'))")
    expect(waiting(desk)).to_be_hidden()
    expect(desk.locator("#row-1")).to_contain_text(TYPED)
    expect(text(desk)).to_have_value("They fled.")
    expect(text(desk)).to_be_focused()
    desk.reload()
    go_on(desk, "They fled.")


@pytest.mark.long
def test_an_offered_draft_outlives_other_work(desk: Page, reviewer, version) -> None:
    claim = make_claim(reviewer, version, words="A family fled")
    make_claim(reviewer, version, words="family")
    review_save(actor=reviewer, claim=claim, label="refuted")
    desk.reload()
    start_kept_claim(desk)
    # Marked words of two claims list both, in the place of the form.
    desk.get_by_text("family", exact=True).first.click()
    expect(desk.locator("[data-draft-offer]")).to_be_visible()
    desk.locator("#opened [data-open]").first.click()
    desk.locator("#opened [data-review] [type=radio]").first.check()
    desk.get_by_role("button", name="Save my judgement").click()
    expect(desk.locator("[data-announce]")).to_have_text("Saved.")
    desk.locator("#opened [data-close]").click()
    go_on(desk)
    desk.reload()
    go_on(desk)
