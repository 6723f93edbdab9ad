"""Selections by chance over a text of many scripts, made and read in a real browser."""

import random

import pytest
from playwright.sync_api import Page, expect

from annotations.models import SpanRange
from tests.browser.workbench import (
    POINTS,
    article_text,
    card,
    marked,
    open_workbench,
    press,
    select,
)
from tests.marking import make_version
from tests.mixed import IS_LONG, Meaning, graphemes, mixed_text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SELECTIONS = 400 if IS_LONG else 40
SAVED = 40 if IS_LONG else 4
# Selects as a person would, then asks the page's own module what that is: its range, its words,
# and how many characters a reader sees in them.
TAKEN = (
    """async (cases) => {
  const name = performance.getEntriesByType("resource")
    .map((one) => one.name).find((one) => /\\/js\\/offsets\\.[^/]*js$/.test(one));
  const { selectedRange, textBetween } = await import(name);
  const segments = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  const region = document.querySelector("[data-text]");
  return cases.map(([start, end, backward]) => {"""
    + POINTS
    + """
    const [from, to] = backward ? [points[1], points[0]] : points;
    document.getSelection().setBaseAndExtent(...from, ...to);
    const range = selectedRange(region);
    const words = textBetween(region, ...range);
    return [range, words, [...segments.segment(words)].length];
  });
}"""
)


@pytest.fixture
def desk(page: Page, sign_in, reviewer, project):
    version = make_version(reviewer, project, mixed_text(random.Random(41), 40))
    sign_in(page, reviewer)
    open_workbench(page, version)
    return page, version


def test_any_selection_is_taken_for_the_words_it_means(desk):
    page, version = desk
    text, chance = version.text, random.Random(43)
    meaning = Meaning(text)
    cases = [meaning.some(chance) for _n in range(SELECTIONS)]
    assert article_text(page) == text
    sent = [[*selected, chance.random() < 0.4] for selected, _meant in cases]
    for (_selected, meant), taken in zip(cases, page.evaluate(TAKEN, sent), strict=True):
        words = text[slice(*meant)]
        assert taken == [list(meant), words, len(graphemes(words))]


def test_what_is_taken_is_what_is_stored_and_shown(desk):
    page, version = desk
    text, chance = version.text, random.Random(47)
    meaning = Meaning(text)
    for number in range(1, SAVED + 1):
        (start, end), meant = meaning.some(chance)
        assert select(page, start, end, backward=number % 2 == 0) == list(meant)
        press(page, "claim")
        page.locator("#opened [name=text]").fill(f"Claim {number}")
        page.locator("[data-save]").click()
        expect(card(page, number)).to_be_visible()
        stored = SpanRange.objects.get(span__mentions__claim__number=number)
        assert (stored.start, stored.end) == meant
        assert stored.exact == text[slice(*meant)] == marked(page, number)
    assert article_text(page) == text
