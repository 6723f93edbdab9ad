"""Moving a claim's words, and taking back what one did: attribution, labels and history stay."""

import pytest
from playwright.sync_api import Page, expect

from annotations.audit.timeline import history_model
from annotations.claims.hops import HopInput
from annotations.claims.services import claim_update
from annotations.models import ArticleVersion, Attribution, Claim, Mention, Review
from tests.browser.workbench import PLACE, card, drag, marked, open_workbench, press, select
from tests.marking import WORDS, make_claim, make_version, place

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(page: Page, sign_in, reviewer, project) -> tuple[Page, ArticleVersion]:
    version = make_version(reviewer, project)
    sign_in(page, reviewer)
    return page, version


def claim_on(reviewer, version, words: str = WORDS) -> Claim:
    start, end = place("The emergency service")
    hop = HopInput(source_name="State Emergency Service", source_ranges=[(start, end)])
    return make_claim(reviewer, version, words=words, hops=[hop])


def middle(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def pull(page: Page, selector: str, word: str, *, to_end: bool) -> None:
    """Drag a handle to the start or end of a word, by mouse."""
    left, top, right, bottom = page.evaluate(PLACE, list(place(word)))
    x, y = middle(page, selector)
    edge = page.evaluate(
        "selector => { const s = document.querySelector(selector).style;"
        " return [parseFloat(s.left), parseFloat(s.top)]; }",
        selector,
    )
    is_start = "start" in selector
    page.mouse.move(x, y)
    page.mouse.down()
    # The letters lie half a line below a start's handle and above an end's.
    aim = (right + 1, bottom) if to_end else (left - 1, top)
    dy = aim[1] - (edge[1] - page.evaluate("scrollY") + (14 if is_start else -14))
    page.mouse.move(x + (aim[0] - edge[0]), y + dy, steps=5)
    page.mouse.up()


def stored(number: int = 1) -> list[str]:
    ranges = Mention.objects.get(claim__number=number).span.ranges.order_by("n")
    return [one.exact for one in ranges]


def check_kept(number: int = 1) -> None:
    """The attribution of the place is untouched: not even its history has a line more."""
    hop = Mention.objects.get(claim__number=number).attributions.get()
    assert hop.source.name == "State Emergency Service"
    assert hop.source_span.ranges.get().exact == "The emergency service"
    # Written once and never changed since.
    assert Attribution.objects.count() == 1
    history = history_model(Attribution)
    assert history
    events = history.objects.filter(pgh_obj_id=hop.pk)
    assert [one.pgh_label for one in events] == ["insert"]


def test_handles_are_dragged_by_mouse(desk, reviewer):
    page, version = desk
    claim_on(reviewer, version)
    open_workbench(page, version, "?claim=1")
    expect(page.locator(".handle")).to_have_count(2)
    for box in [one.bounding_box() for one in page.locator(".handle").all()]:
        assert min(box["width"], box["height"]) >= 24
    pull(page, ".handle--end", "civilians", to_end=True)
    expect(page.locator('mark[data-claims="1"]')).to_have_text("more than 2,000 civilians")
    assert stored() == ["more than 2,000 civilians"]
    pull(page, ".handle--start", "said", to_end=False)
    expect(page.locator('mark[data-claims="1"]')).to_have_text("said more than 2,000 civilians")
    assert stored() == ["said more than 2,000 civilians"]
    check_kept()


def test_a_handle_is_dragged_into_another_block_and_both_are_drawn_anew(desk, reviewer):
    page, version = desk
    claim_on(reviewer, version, "A family fled")
    open_workbench(page, version, "?claim=1")
    pull(page, ".handle--end", "lost", to_end=True)
    expect(page.locator('mark[data-claims="1"]')).to_have_count(2)
    assert stored() == ["A family fled.\n\n“We have lost"]
    page.locator("[data-undo]").click()
    expect(page.locator('mark[data-claims="1"]')).to_have_count(1)
    assert stored() == ["A family fled"]


def test_escape_while_dragging_changes_nothing(desk, reviewer):
    page, version = desk
    claim_on(reviewer, version)
    open_workbench(page, version, "?claim=1")
    x, y = middle(page, ".handle--end")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 150, y, steps=4)
    assert page.evaluate("CSS.highlights.has('moving')")
    page.keyboard.press("Escape")
    page.mouse.up()
    assert not page.evaluate("CSS.highlights.has('moving')")
    expect(card(page, 1)).to_be_visible()
    assert stored() == [WORDS]


def test_handles_are_dragged_by_finger(new_context, sign_in, reviewer, project):
    version = make_version(reviewer, project)
    claim_on(reviewer, version)
    context = new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    sign_in(page, reviewer)
    open_workbench(page, version, "?claim=1")
    expect(page.locator(".handle")).to_have_count(2)
    box = page.locator(".handle--end").bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    left, top, right, _bottom = page.evaluate(PLACE, list(place("civilians")))
    x, y = middle(page, ".handle--end")
    edge = page.evaluate(PLACE, list(place("killed")))
    fingers = context.new_cdp_session(page)
    target = (x + right - edge[2], y + top - edge[1])
    for kind, points in (
        ("touchStart", [(x, y)]),
        ("touchMove", [((x + target[0]) / 2, (y + target[1]) / 2)]),
        ("touchMove", [target]),
        ("touchEnd", []),
    ):
        touches = [{"x": one[0], "y": one[1]} for one in points]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})
    expect(page.locator('mark[data-claims="1"]')).to_have_text("more than 2,000 civilians")
    assert stored() == ["more than 2,000 civilians"]
    assert left < right


def test_keys_move_the_end_word_by_word_and_save_once(desk, reviewer):
    page, version = desk
    claim_on(reviewer, version)
    open_workbench(page, version, "?claim=1")
    page.locator("[data-text]").focus()
    page.keyboard.press("Alt+Shift+ArrowLeft")
    page.keyboard.press("Alt+Shift+ArrowLeft")
    expect(page.locator("[data-announce]")).to_have_text("more than 2,000 civilians")
    expect(page.locator('mark[data-claims="1"]')).to_have_text("more than 2,000 civilians")
    assert stored() == ["more than 2,000 civilians"]
    assert Claim.objects.get().revision == 2
    page.keyboard.press("Alt+Shift+ArrowRight")
    expect(page.locator('mark[data-claims="1"]')).to_have_text("more than 2,000 civilians were")
    check_kept()


def test_a_claim_is_moved_to_other_words_from_the_bar(desk, reviewer):
    page, version = desk
    claim_on(reviewer, version)
    open_workbench(page, version, "?claim=1")
    drag(page, *place("lost count"))
    press(page, "move")
    expect(page.locator('mark[data-claims="1"]')).to_have_text("lost count")
    assert marked(page, 1) == "lost count"
    check_kept()


def test_a_claim_changed_meanwhile_is_not_moved(desk, reviewer, second_reviewer):
    page, version = desk
    claim = claim_on(reviewer, version)
    open_workbench(page, version, "?claim=1")
    claim_update(actor=second_reviewer, claim=claim, revision=1, text="Their words.")
    pull(page, ".handle--end", "civilians", to_end=True)
    expect(page.locator("#opened [role=alert]")).to_contain_text("changed this since")
    expect(card(page, 1)).to_contain_text("Their words.")
    assert stored() == [WORDS]
    pull(page, ".handle--end", "civilians", to_end=True)
    expect(page.locator('mark[data-claims="1"]')).to_have_text("more than 2,000 civilians")


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
    # The first label has none before it: there is nothing more to undo.
    undo(page, "Nothing of this visit to undo.")


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


def test_from_right_to_left_the_start_is_on_the_right(desk, reviewer, project):
    page, _version = desk
    text = "قال المتحدث إن 498 جنديًا قُتلوا في الحرب."
    version = make_version(reviewer, project, text)
    make_claim(reviewer, version, words="498 جنديًا")
    open_workbench(page, version, "?claim=1")
    start, end = middle(page, ".handle--start"), middle(page, ".handle--end")
    number = page.evaluate(PLACE, list(place("498", text)))
    soldier = page.evaluate(PLACE, list(place("جنديًا", text)))
    # The number itself runs from left to right: its first digit is its left one.
    assert abs(start[0] - number[0]) < 4
    assert abs(end[0] - soldier[0]) < 4
    killed = page.evaluate(PLACE, list(place("قُتلوا", text)))
    page.mouse.move(*end)
    page.mouse.down()
    page.mouse.move(end[0] + killed[0] - 2 - soldier[0], end[1], steps=5)
    page.mouse.up()
    expect(page.locator('mark[data-claims="1"]')).to_have_text("498 جنديًا قُتلوا")
