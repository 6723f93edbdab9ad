"""Marking by mouse, end to end: claims with chains, overlaps, ranges, places, editing."""

import pytest
from playwright.sync_api import expect

from annotations.claims.services import claim_update
from annotations.models import Claim, Mention, Review, Source
from annotations.sources.services import alias_add, source_create
from tests.browser.workbench import (
    article_text,
    bar,
    card,
    drag,
    marked,
    open_workbench,
    press,
    select,
)
from tests.marking import WORDS, make_claim, make_version, place

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_words_marked_by_mouse_become_a_claim_with_chain_and_label(desk, project, reviewer):
    page, version = desk
    known = source_create(actor=reviewer, project=project, name="Volodymyr Zelenskyy")
    alias_add(actor=reviewer, source=known, name="Zelensky")
    open_workbench(page, version)
    drag(page, *place("We have lost count"))
    press(page, "claim")
    form = page.locator("#opened")
    expect(form.locator("[name=text]")).to_be_focused()
    expect(form.locator("[name=text]")).to_have_value("We have lost count")
    expect(form.locator("[name=hops-0-quote_type]")).to_have_value("direct")
    form.locator("[name=text]").fill("The service lost count.")
    form.get_by_label("Quote", exact=True).check()
    form.locator("[name=hops-0-source_name]").press_sequentially("zelensky")
    expect(form.locator("[data-source-means]").first).to_have_text(
        "Means: Volodymyr Zelenskyy (Unknown)"
    )
    form.locator("summary", has_text="More about this step").first.click()
    form.locator("[name=hops-0-said_on]").fill("2022-03-02")
    form.locator("[name=hops-0-said_where]").fill("Facebook")
    form.locator("[data-hop-add]").click()
    form.locator("[name=hops-1-source_name]").fill("A Daily nobody knew")
    form.locator("[name=label]").select_option("refuted")
    form.locator("[data-save]").dblclick()
    expect(card(page, 1)).to_contain_text("The service lost count.")
    expect(page.locator("#row-1")).to_contain_text("Volodymyr Zelenskyy via A Daily nobody knew")
    expect(page.locator("#row-1")).to_contain_text("Refuted")
    claim = Claim.objects.get()
    hops = claim.mentions.get().attributions.order_by("order")
    assert [hop.source.name for hop in hops] == ["Volodymyr Zelenskyy", "A Daily nobody knew"]
    assert (hops[0].said_on, hops[0].said_where, claim.types) == (
        "2022-03-02",
        "Facebook",
        ["quote"],
    )
    assert Review.objects.get().label == "refuted"
    assert marked(page, 1) == "We have lost count"
    assert article_text(page) == version.text


@pytest.mark.long
def test_steps_of_a_chain_are_moved_and_removed(desk):
    page, version = desk
    open_workbench(page, version)
    select(page, *place(WORDS))
    press(page, "claim")
    form = page.locator("#opened")
    form.locator("[data-speaker-use]").click()
    expect(form.locator("[name=hops-0-source_name]")).to_have_value("The emergency service")
    for n, name in enumerate(("CNN", "A mistake", "Original speaker"), start=1):
        form.locator("[data-hop-add]").click()
        form.locator(f"[name=hops-{n}-source_name]").fill(name)
    form.locator("[data-hop]").nth(2).locator("[data-hop-remove]").click()
    for _ in range(3):
        moved = form.locator("[data-hop]", has=page.locator("[name=hops-3-source_name]"))
        moved.locator("[data-hop-up]").click()
    page.locator("[data-save]").click()
    expect(card(page, 1)).to_be_visible()
    hops = Mention.objects.get().attributions.order_by("order")
    assert [hop.source.name for hop in hops] == [
        "Original speaker",
        "The emergency service",
        "CNN",
    ]
    assert hops[1].source_span.ranges.get().exact == "The emergency service"
    assert hops[1].cue_span.ranges.get().exact == "said"
    assert not Source.objects.filter(name="A mistake").exists()


@pytest.mark.long
def test_overlaps_and_nesting_open_by_depth(desk, reviewer):
    page, version = desk
    make_claim(reviewer, version, words="emergency service said more than 2,000")
    make_claim(reviewer, version, words=WORDS)
    make_claim(reviewer, version, words="2,000")
    open_workbench(page, version)
    page.locator("mark", has_text="emergency service said").click()
    expect(card(page, 1)).to_be_visible()
    expect(page.locator("#row-1")).to_have_class("claims__row is-open")
    page.locator('mark[data-claims="3 2 1"]').click()
    listed = page.locator("#opened [data-row]")
    expect(listed).to_have_count(3)
    assert [row.get_attribute("data-row") for row in listed.all()] == ["3", "2", "1"]
    listed.nth(1).locator("a").click()
    expect(card(page, 2)).to_be_visible()
    expect(page.locator("mark.is-lit")).to_have_count(3)


def test_a_claim_leads_to_its_words_and_so_does_its_address(desk, reviewer, project):
    page, _version = desk
    long = make_version(reviewer, project, "\n\n".join(["Filler. " * 40] * 80) + "\n\nThe end.")
    make_claim(reviewer, long, words="The end.")
    open_workbench(page, long)
    expect(page.locator("#claim-1")).not_to_be_in_viewport()
    page.locator("#row-1 a").click()
    expect(page.locator("#claim-1")).to_be_in_viewport()
    expect(page.locator("#claim-1")).to_have_class("d1 is-lit")
    open_workbench(page, long, "#claim-1")
    expect(page.locator("#claim-1")).to_be_in_viewport()
    expect(card(page, 1)).to_be_visible()


def test_a_claim_of_two_ranges(desk):
    page, version = desk
    open_workbench(page, version)
    drag(page, *place("more than 2,000"))
    press(page, "claim")
    expect(page.locator(".passage__range")).to_have_count(1)
    drag(page, *place("A family fled"))
    press(page, "range")
    expect(page.locator(".passage__range")).to_have_count(2)
    drag(page, *place("civilians"))
    press(page, "range")
    page.locator(".passage__range", has_text="A family fled").locator("button").click()
    page.locator("[data-save]").click()
    expect(card(page, 1)).to_be_visible()
    ranges = Claim.objects.get().mentions.get().span.ranges.order_by("n")
    assert [one.exact for one in ranges] == ["more than 2,000", "civilians"]
    assert marked(page, 1) == "more than 2,000civilians"


def test_a_second_place_of_a_claim(desk, reviewer):
    page, version = desk
    make_claim(reviewer, version)
    open_workbench(page, version)
    drag(page, *place("A family fled"))
    press(page, "mention")
    page.locator("#opened .claims__row a").click()
    page.locator("#opened [name=hops-0-source_name]").fill("CNN")
    page.locator("[data-save]").click()
    expect(card(page, 1)).to_be_visible()
    expect(card(page, 1)).to_contain_text("Attribution disputed")
    expect(page.locator("#row-1")).to_contain_text("2 places")
    assert Mention.objects.filter(claim__number=1).count() == 2
    drag(page, *place("lost count"))
    expect(bar(page).locator('[data-bar-action="mention"]')).to_have_text("Add to claim 1")


@pytest.mark.long
def test_the_same_passage_says_so_first(desk, reviewer):
    page, version = desk
    make_claim(reviewer, version)
    open_workbench(page, version)
    select(page, *place(WORDS))
    press(page, "claim")
    expect(page.locator("#opened .notice")).to_contain_text("already claimed")
    page.locator("#opened [data-open]").click()
    expect(card(page, 1)).to_be_visible()


def test_a_claim_is_edited_moved_discarded_and_restored(desk, reviewer):
    page, version = desk
    make_claim(reviewer, version)
    open_workbench(page, version, "?claim=1")
    card(page, 1).get_by_role("link", name="Edit claim").click()
    page.locator("#opened [name=text]").fill("Other words.")
    page.locator("[data-save]").click()
    expect(page.locator("#row-1")).to_contain_text("Other words.")
    card(page, 1).get_by_role("link", name="Edit place and chain").click()
    expect(page.locator("[data-range-list] li")).to_have_count(1)
    drag(page, *place("A family fled"))
    press(page, "range")
    page.locator("[data-range-remove]").first.click()
    page.locator("[data-save]").click()
    expect(card(page, 1)).to_be_visible()
    assert marked(page, 1) == "A family fled"
    card(page, 1).locator("summary", has_text="Discard").click()
    card(page, 1).locator("#turn-reason").fill("Said twice")
    card(page, 1).get_by_role("button", name="Discard this claim").click()
    expect(card(page, 1)).to_contain_text("Said twice")
    expect(page.locator("mark")).to_have_count(0)
    expect(page.locator("#row-1")).to_have_count(0)
    card(page, 1).locator("summary", has_text="Restore").click()
    card(page, 1).get_by_role("button", name="Restore this claim").click()
    expect(page.locator("#row-1")).to_be_visible()
    assert marked(page, 1) == "A family fled"


def test_a_stale_edit_shows_both_texts_in_the_panel(desk, reviewer, second_reviewer):
    page, version = desk
    claim = make_claim(reviewer, version)
    open_workbench(page, version, "?claim=1")
    card(page, 1).get_by_role("link", name="Edit claim").click()
    page.locator("#opened [name=text]").fill("My words.")
    claim_update(actor=second_reviewer, claim=claim, revision=1, text="Their words.")
    page.locator("[data-save]").click()
    expect(page.locator("[data-theirs]")).to_contain_text("Their words.")
    expect(page.locator("#opened [name=text]")).to_have_value("My words.")
    page.locator("[data-save]").click()
    expect(card(page, 1)).to_contain_text("My words.")


@pytest.mark.long
def test_a_draft_outlives_a_reload(desk):
    page, version = desk
    open_workbench(page, version)
    select(page, *place(WORDS))
    press(page, "claim")
    page.locator("#opened [name=text]").fill("Half a thought")
    page.locator("#opened [data-hop-add]").click()
    page.locator("#opened [name=hops-1-source_name]").fill("CNN")
    page.wait_for_timeout(500)
    page.reload()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("#opened [name=text]")).to_have_value("Half a thought")
    expect(page.locator("#opened [name=hops-1-source_name]")).to_have_value("CNN")
    page.locator("[data-save]").click()
    expect(card(page, 1)).to_contain_text("Half a thought")
    page.reload()
    expect(card(page, 1)).to_be_visible()
    expect(page.get_by_role("button", name="Continue")).to_have_count(0)


@pytest.mark.long
def test_a_lost_session_loses_no_words(desk):
    page, version = desk
    open_workbench(page, version)
    select(page, *place(WORDS))
    press(page, "claim")
    page.locator("#opened [name=text]").fill("Still here")
    page.context.clear_cookies()
    page.locator("[data-save]").click()
    expect(page.locator("#opened [role=alert]")).to_be_visible()
    expect(page.locator("#opened [name=text]")).to_have_value("Still here")


@pytest.mark.long
def test_my_label_is_drawn_and_written(desk, reviewer):
    page, version = desk
    make_claim(reviewer, version)
    open_workbench(page, version, "?claim=1")
    card(page, 1).get_by_label("Refuted").check()
    card(page, 1).get_by_role("button", name="Save my judgement").click()
    expect(page.locator("#row-1 .label")).to_have_text("Refuted")
    expect(page.locator("#claim-1")).to_have_class("d1 k-refuted is-lit")


def test_the_words_of_source_and_cue_are_picked_in_the_text(desk):
    page, version = desk
    open_workbench(page, version)
    select(page, *place(WORDS))
    press(page, "claim")
    page.locator("#opened summary", has_text="More about this step").click()
    page.locator('[data-waits="source_ranges"]').click()
    select(page, *place("emergency service"))
    expect(page.locator("[name=hops-0-source_name]")).to_have_value("emergency service")
    page.locator('[data-waits="cue_ranges"]').click()
    select(page, *place("said"))
    expect(page.locator('[data-waits="cue_ranges"]')).to_contain_text("“said”")
    page.locator("[data-save]").click()
    expect(card(page, 1)).to_be_visible()
    hop = Mention.objects.get().attributions.get()
    assert hop.source_span.ranges.get().exact == "emergency service"
    assert hop.cue_span.ranges.get().exact == "said"
