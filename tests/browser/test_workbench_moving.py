"""Moving a claim's words: attribution, labels and history stay."""

import pytest
from playwright.sync_api import expect

from annotations.claims.services import claim_update
from annotations.models import Claim
from tests.browser.moving import check_kept, claim_on, middle, pull, stored
from tests.browser.workbench import PLACE, card, drag, marked, open_workbench, press
from tests.marking import WORDS, make_claim, make_version, place

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]


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


def test_keys_move_the_start_too(desk, reviewer):
    page, version = desk
    claim_on(reviewer, version)
    open_workbench(page, version, "?claim=1")
    page.locator("[data-text]").focus()
    page.keyboard.press("Alt+Shift+ArrowDown")
    page.keyboard.press("Alt+Shift+ArrowDown")
    expect(page.locator('mark[data-claims="1"]')).to_have_text("2,000 civilians were killed")
    for _ in range(3):
        page.keyboard.press("Alt+Shift+ArrowUp")
    expect(page.locator('mark[data-claims="1"]')).to_have_text(f"said {WORDS}")
    assert stored() == [f"said {WORDS}"]
    # Not past its own end.
    for _ in range(9):
        page.keyboard.press("Alt+Shift+ArrowDown")
    expect(page.locator('mark[data-claims="1"]')).to_have_text("killed")
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
