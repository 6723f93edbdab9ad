"""The workbench without a script, by keyboard alone, on a phone, and under attack."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from annotations.claims.hops import HopInput
from annotations.models import Claim
from tests.browser.workbench import article_text, card, marked, open_workbench, press, select
from tests.marking import WORDS, make_claim, make_version, place

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

NASTY = (
    "</p><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
    " {{ 7|add:7 }} <a href=\"javascript:document.title='taken'\">x</a>"
)


@pytest.fixture
def version(project, reviewer):
    return make_version(reviewer, project)


def test_everything_works_without_a_script(
    new_context: Callable[..., BrowserContext], sign_in, reviewer, version
):
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, reviewer)
    page.goto(f"/p/desk/articles/{version.article.uid}/")
    page.get_by_label("Passage to quote").fill("more than 2,000 civilians were killed")
    page.get_by_role("button", name="Find").click()
    expect(page.locator("h1")).to_have_text("New claim")
    page.get_by_role("textbox", name="Claim").fill("2,000 civilians died.")
    page.locator("[name=hops-0-source_name]").fill("State Emergency Service")
    page.get_by_role("button", name="Add a step").click()
    page.locator("[name=hops-1-source_name]").fill("CNN")
    page.get_by_role("button", name="Save claim").click()
    expect(page.locator(".opened--card")).to_contain_text("2,000 civilians died.")
    assert page.url.endswith("?version=1&claim=1#claim-1")
    hops = Claim.objects.get().mentions.get().attributions.order_by("order")
    assert [hop.source.name for hop in hops] == ["State Emergency Service", "CNN"]
    page.get_by_role("link", name="Edit claim").click()
    page.get_by_role("textbox", name="Claim").fill("More than 2,000 died.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".opened--card")).to_contain_text("More than 2,000 died.")
    page.get_by_label("Refuted").check()
    page.get_by_role("button", name="Save my judgement").click()
    expect(page.locator("#row-1")).to_contain_text("Refuted")
    page.locator("summary", has_text="Discard").click()
    page.get_by_role("button", name="Discard this claim").click()
    assert Claim.objects.get().discarded_at is not None
    expect(page.locator("mark")).to_have_count(0)


def test_several_places_are_chosen_from_a_list_without_a_script(
    new_context: Callable[..., BrowserContext], sign_in, reviewer, project
):
    version = make_version(reviewer, project, "He said it. She said it twice.")
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, reviewer)
    page.goto(f"/p/desk/articles/{version.article.uid}/")
    page.get_by_label("Passage to quote").fill("said it")
    page.get_by_role("button", name="Find").click()
    expect(page.locator(".places__place")).to_have_count(2)
    page.get_by_role("link", name="New claim").nth(1).click()
    page.get_by_role("button", name="Save claim").click()
    stored = Claim.objects.get().mentions.get().span.ranges.get()
    assert (stored.start, stored.end) == (16, 23)


def test_a_claim_is_made_by_keyboard_alone(page: Page, sign_in, reviewer, version):
    sign_in(page, reviewer)
    open_workbench(page, version)
    page.get_by_label("Passage to quote").focus()
    page.keyboard.type("more than 2,000 civilians were killed")
    page.keyboard.press("Enter")
    expect(page.locator("#opened h2")).to_be_focused()
    for _ in range(9):
        if page.evaluate("document.activeElement.textContent") == "New claim":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    text = page.locator("#opened [name=text]")
    expect(text).to_be_visible()
    text.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("Typed.")
    page.keyboard.press("Control+Enter")
    expect(card(page, 1)).to_contain_text("Typed.")
    assert marked(page, 1) == WORDS


def test_keys_in_the_text_go_from_claim_to_claim_and_judge(page: Page, sign_in, reviewer, version):
    make_claim(reviewer, version, words="A family fled")
    make_claim(reviewer, version, words=WORDS)
    sign_in(page, reviewer)
    open_workbench(page, version)
    text = page.locator("[data-text]")
    text.focus()
    page.keyboard.press("n")
    expect(card(page, 2)).to_be_visible()
    expect(text).to_be_focused()
    page.keyboard.press("2")
    expect(page.locator("#row-2 .label")).to_have_text("Refuted")
    page.keyboard.press("n")
    expect(card(page, 1)).to_be_visible()
    page.keyboard.press("p")
    expect(card(page, 2)).to_be_visible()
    page.get_by_label("Words, source or number").evaluate("one => one.closest('details').open = 1")
    page.get_by_label("Words, source or number").press("n")
    expect(card(page, 2)).to_be_visible()


def test_a_selection_is_taken_up_by_enter_and_given_back_by_escape(
    page: Page, sign_in, reviewer, version
):
    sign_in(page, reviewer)
    open_workbench(page, version)
    page.locator("[data-text]").focus()
    select(page, *place(WORDS))
    page.keyboard.press("Enter")
    expect(page.locator('[data-bar-action="claim"]')).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[data-text]")).to_be_focused()
    assert page.evaluate("document.getSelection().toString()") == WORDS
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#opened [name=text]")).to_be_focused()


def test_the_word_cursor_selects_without_a_mouse(page: Page, sign_in, reviewer, version):
    sign_in(page, reviewer)
    open_workbench(page, version)
    page.locator("[data-text]").focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(key)
    page.keyboard.press("Alt+Shift+ArrowLeft")
    expect(page.locator("[data-bar]")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#opened [name=text]")).to_have_value("emergency service sai")
    page.locator("[data-save]").click()
    expect(card(page, 1)).to_be_visible()
    assert marked(page, 1) == "emergency service sai"


def test_left_goes_on_in_a_text_from_right_to_left(page: Page, sign_in, reviewer, project):
    version = make_version(reviewer, project, "قال المتحدث إن 498 جنديًا قُتلوا.")
    make_claim(reviewer, version, words="المتحدث")
    sign_in(page, reviewer)
    open_workbench(page, version)
    page.locator("[data-text]").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(card(page, 1)).to_be_visible()


def test_the_text_is_one_stop_and_each_count_another(page: Page, sign_in, reviewer, version):
    for words in ("2,000", "civilians", "were killed", "A family fled"):
        make_claim(reviewer, version, words=words)
    sign_in(page, reviewer)
    open_workbench(page, version)
    assert page.locator("[data-text] :is(a[href], button, [tabindex])").count() == 1
    page.locator("a.gutter").press("Enter")
    expect(page.locator("#opened [data-row]")).to_have_count(4)


def test_nothing_in_texts_and_names_is_run(page: Page, sign_in, reviewer, project):
    version = make_version(reviewer, project, f"Before {NASTY} after", title=NASTY)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    sign_in(page, reviewer)
    open_workbench(page, version)
    assert article_text(page) == version.text
    select(page, 0, len(version.text))
    press(page, "claim")
    page.locator("#opened [name=hops-0-source_name]").fill(NASTY[:190])
    page.locator("[data-save]").click()
    expect(card(page, 1)).to_be_visible()
    assert marked(page, 1) == version.text
    for address in ("/p/desk/claims/1/", "/p/desk/claims/"):
        page.goto(address)
        assert "taken" not in page.title().replace(NASTY, "")
        assert page.locator("main script, main img").count() == 0


def test_a_phone_shows_text_and_card_together(
    new_context: Callable[..., BrowserContext], sign_in, reviewer, version
):
    make_claim(reviewer, version, hops=[HopInput(source_name="CNN")])
    context = new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    sign_in(page, reviewer)
    open_workbench(page, version)
    page.locator("mark").first.tap()
    expect(card(page, 1)).to_be_in_viewport()
    expect(page.locator("mark").first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
