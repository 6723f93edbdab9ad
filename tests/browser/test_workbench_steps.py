"""How little it takes to make a claim: the clicks and keys after the selection are counted."""

import pytest
from playwright.sync_api import Page, expect

from annotations.models import ArticleVersion, Mention, Source
from annotations.sources.services import alias_add, source_create
from tests.browser.workbench import bar, card, drag, open_workbench, press, select
from tests.marking import WORDS, make_version, place

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

# Counts what really reaches the page, from any device.
COUNT = """() => {
  window.counted = { click: 0, keydown: 0 };
  for (const name of ["click", "keydown"]) {
    addEventListener(name, (event) => { if (event.isTrusted) counted[name] += 1; }, true);
  }
}"""


@pytest.fixture
def known(reviewer, project) -> Source:
    source = source_create(
        actor=reviewer, project=project, name="State Emergency Service", kind="organisation"
    )
    alias_add(actor=reviewer, source=source, name="emergency service")
    return source


@pytest.fixture
def desk(page: Page, sign_in, reviewer, project, known) -> tuple[Page, ArticleVersion]:
    version = make_version(reviewer, project)
    sign_in(page, reviewer)
    open_workbench(page, version)
    return page, version


def check_stored(known: Source) -> None:
    mention = Mention.objects.get()
    hop = mention.attributions.get()
    assert mention.span.ranges.get().exact == WORDS
    assert (hop.source, hop.quote_type) == (known, "indirect")
    assert hop.source_span.ranges.get().exact == "The emergency service"
    assert hop.cue_span.ranges.get().exact == "said"


def test_two_clicks_after_the_drag_make_an_attributed_claim(desk, known):
    page, _version = desk
    drag(page, *place(WORDS))
    page.evaluate(COUNT)
    press(page, "claim")
    page.locator("[data-save]").click()
    expect(card(page, 1)).to_contain_text("State Emergency Service")
    assert page.evaluate("counted") == {"click": 2, "keydown": 0}
    check_stored(known)


def test_four_keys_after_the_selection_make_an_attributed_claim(desk, known):
    page, _version = desk
    page.locator("[data-text]").focus()
    for key in ["ArrowDown", "ArrowDown", *["ArrowRight"] * 4, *["Shift+ArrowRight"] * 5]:
        page.keyboard.press(key)
    page.evaluate(COUNT)
    page.keyboard.press("Enter")
    expect(bar(page).locator('[data-bar-action="claim"]')).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#opened [name=text]")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(card(page, 1)).to_contain_text("State Emergency Service")
    # Ctrl and Enter count as two; a press of Enter on a button is also a click.
    assert page.evaluate("counted.keydown") == 4
    check_stored(known)


def test_the_first_view_is_short_and_save_is_in_it(desk):
    page, _version = desk
    select(page, *place(WORDS))
    press(page, "claim")
    form = page.locator("#opened form")
    for name in ("text", "hops-0-source_name", "hops-0-quote_type", "types", "label"):
        expect(form.locator(f"[name={name}]").first).to_be_in_viewport()
    for name in ("hops-0-said_on", "hops-0-statement", "justification", "priority"):
        expect(form.locator(f"[name={name}]")).not_to_be_visible()
    expect(page.locator("[data-save]")).to_be_in_viewport(ratio=1)
    page.locator("summary", has_text="More about this step").click()
    expect(page.locator("[data-save]")).to_be_in_viewport(ratio=1)


def test_save_is_in_sight_on_a_phone(new_context, sign_in, reviewer, project, known):
    version = make_version(reviewer, project)
    context = new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    sign_in(page, reviewer)
    open_workbench(page, version)
    select(page, *place(WORDS))
    expect(bar(page)).to_have_css("bottom", "0px")
    bar(page).locator('[data-bar-action="claim"]').tap()
    expect(page.locator("[data-save]")).to_be_in_viewport(ratio=1)
    page.locator("[data-save]").tap()
    expect(card(page, 1)).to_contain_text("State Emergency Service")
    check_stored(known)


def test_a_proposed_speaker_is_cleared_by_one_click(desk):
    page, _version = desk
    select(page, *place(WORDS))
    press(page, "claim")
    expect(page.locator("[data-proposal]")).to_contain_text("Proposed")
    page.locator("[data-proposal-clear]").click()
    expect(page.locator("[name=hops-0-source_name]")).to_have_value("")
    expect(page.locator("[name=hops-0-source_name]")).to_be_focused()
    page.locator("[data-save]").click()
    expect(card(page, 1)).to_contain_text("Nobody is named")
    assert not Mention.objects.get().attributions.exists()


def test_a_proposed_speaker_is_cleared_by_one_key_in_its_field(desk):
    page, _version = desk
    select(page, *place(WORDS))
    press(page, "claim")
    page.locator("[name=hops-0-source_name]").focus()
    page.keyboard.press("Delete")
    expect(page.locator("[data-proposal]")).to_have_count(0)
    expect(page.locator("[name=hops-0-cue_ranges]")).to_have_value("")


def test_a_proposed_speaker_is_corrected_by_typing_over_it(desk, known):
    page, _version = desk
    select(page, *place(WORDS))
    press(page, "claim")
    page.locator("[name=hops-0-source_name]").focus()
    page.keyboard.type("CNN")
    expect(page.locator("[data-proposal]")).to_have_count(0)
    page.locator("[data-save]").click()
    expect(card(page, 1)).to_contain_text("CNN")
    assert Mention.objects.get().attributions.get().source.name == "CNN"


def test_escape_gives_the_selection_back_to_the_text(desk):
    page, _version = desk
    select(page, *place(WORDS))
    press(page, "claim")
    expect(page.locator("#opened [name=text]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[data-text]")).to_be_focused()
    assert page.evaluate("document.getSelection().toString()") == WORDS
    expect(bar(page)).to_be_visible()
