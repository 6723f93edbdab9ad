"""Selected in the browser, sent, stored, re-read: always the same words, to the code point."""

import os
import random

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from annotations.models import ArticleVersion, Claim, SpanRange
from annotations.spans.graphemes import snap_outwards
from tests.browser.workbench import (
    article_text,
    card,
    drag,
    marked,
    open_workbench,
    press,
    select,
)
from tests.marking import make_claim, make_version

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
CASES = 150 if IS_LONG else 12
TEXT = (
    "\ufeffThree families 👨‍👩‍👧‍👦👩🏽‍🚒👍🏿 fled  with  two spaces\r\n\r\n"
    "Flags 🇺🇦🇵🇱🏴󠁧󠁢󠁥󠁮󠁧󠁿 and marks: e\u0301 o\u0308\u0304 Й и\u0306 ~\u00a0non-breaking\u00a0~\r\n\r\n"
    "قال المتحدث إن 498 جنديًا قُتلوا و1597 جُرحوا في 2022.\r\n\r\n"
    "השר אמר כי 6,000 איש נהרגו, 👩‍⚕️ לא 9,000.\rOld line end\r\n\r\n"
    "𝔐𝔞𝔱𝔥 𝟙𝟚𝟛 <b>&amp; 한국어 각 हिन्दी क्षि\tTab. Last words 🏳️‍🌈\r\n"
)


@pytest.fixture
def desk(page: Page, sign_in, reviewer, project) -> tuple[Page, ArticleVersion]:
    version = make_version(reviewer, project, TEXT)
    sign_in(page, reviewer)
    return page, version


def expected(text: str, start: int, end: int) -> tuple[int, int]:
    """What a selection means: without outer white space, on edges of clusters."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return snap_outwards(text, start, end)


def cases(text: str) -> list[tuple[int, int, bool]]:
    chance = random.Random(20220302)
    found = []
    while len(found) < CASES:
        start, end = sorted(chance.sample(range(len(text) + 1), 2))
        end = min(end, start + chance.choice([1, 4, 15, 60, 300]))
        if text[start:end].strip():
            found.append((start, end, chance.random() < 0.4))
    return found


def test_what_is_selected_is_what_is_stored(desk):
    page, version = desk
    text = version.text
    assert "\r" not in text
    open_workbench(page, version)
    assert article_text(page) == text
    for number, (start, end, backward) in enumerate(cases(text), start=1):
        sent = select(page, start, end, backward=backward)
        assert tuple(sent) == expected(text, start, end)
        press(page, "claim")
        page.locator("#opened [name=text]").fill(f"Claim {number}")
        page.locator("[data-save]").click()
        expect(card(page, number)).to_be_visible()
        stored = SpanRange.objects.get(span__mentions__claim__number=number)
        assert (stored.start, stored.end) == tuple(sent)
        assert stored.exact == text[stored.start : stored.end]
        assert marked(page, number) == stored.exact
    assert article_text(page) == text
    check_in_sql()
    page.reload()
    assert article_text(page) == text
    for stored in SpanRange.objects.select_related("span"):
        number = stored.span.mentions.get().claim.number
        assert marked(page, number) == stored.exact


def check_in_sql() -> None:
    """Let the database cut every quote out of the version's text itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE r.exact = substr(v.text, r.start + 1,"
            ' r."end" - r.start)) FROM annotations_spanrange r'
            " JOIN annotations_span s ON s.id = r.span_id"
            " JOIN annotations_articleversion v ON v.id = s.version_id"
        )
        total, equal = cursor.fetchone()
    assert total == equal > 0


@pytest.mark.long
def test_every_single_character_can_be_selected(desk):
    page, version = desk
    open_workbench(page, version)
    text, position, seen = version.text, 0, 0
    while position < len(text):
        start, end = snap_outwards(text, position, position + 1)
        if not text[start:end].isspace() and (IS_LONG or not text[start].isascii()):
            seen += 1
            found = page.evaluate(SELECTED_RANGE, [start, end])
            assert found == [start, end], text[start:end]
        position = end
    assert seen > 30


# Selects like SELECT, and asks the page's module for the range without waiting for the bar.
SELECTED_RANGE = """async ([start, end]) => {
  const offsets = performance.getEntriesByType("resource")
    .map((one) => one.name).find((name) => /\\/js\\/offsets\\.[^/]*js$/.test(name));
  const { domRange, selectedRange } = await import(offsets);
  const region = document.querySelector("[data-text]");
  const selection = document.getSelection();
  selection.removeAllRanges();
  selection.addRange(domRange(region, start, end));
  return selectedRange(region);
}"""


def test_a_drag_over_marks_and_letters_of_two_units(desk, reviewer):
    page, version = desk
    make_claim(reviewer, version, words="families 👨‍👩‍👧‍👦")
    open_workbench(page, version)
    words = "👨‍👩‍👧‍👦👩🏽‍🚒👍🏿 fled  with"
    start = version.text.index(words)
    drag(page, start, start + len(words))
    press(page, "claim")
    expect(page.locator(".passage blockquote")).to_have_text(words, use_inner_text=False)
    page.locator("[data-save]").click()
    expect(card(page, 2)).to_be_visible()
    stored = SpanRange.objects.get(span__mentions__claim__number=2)
    assert stored.exact == words
    assert marked(page, 2) == words
    assert marked(page, 1) == "families 👨‍👩‍👧‍👦"


@pytest.mark.long
def test_a_triple_click_and_select_all_stay_in_the_text(desk):
    page, version = desk
    open_workbench(page, version)
    page.locator("[data-text] .block").nth(1).click(click_count=3, position={"x": 30, "y": 10})
    press(page, "claim")
    block = page.locator("[data-text] .block").nth(1)
    start, end = int(block.get_attribute("data-start")), int(block.get_attribute("data-end"))
    value = page.locator('[data-range-list] input[name="range"]').input_value()
    assert value == "-".join(map(str, expected(version.text, start, end)))
    # By key: the page may still be scrolling the words into sight, and a click goes past the link.
    page.locator("[data-close]").press("Enter")
    expect(page.locator("#opened form")).to_have_count(0)
    page.locator("[data-text]").focus()
    page.keyboard.press("Control+a")
    page.wait_for_timeout(300)
    press(page, "claim")
    value = page.locator('[data-range-list] input[name="range"]').input_value()
    assert value == "-".join(map(str, expected(version.text, 0, len(version.text))))
    assert not Claim.objects.exists()
