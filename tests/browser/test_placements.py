"""Where claims stand in a later version, decided by keys and in the text itself."""

import pytest
from playwright.sync_api import expect

from tests.browser.workbench import card, open_workbench, press, select
from tests.placing import CHANGES, MOVES, NEW, STAYS, make_placed, mention_of, placement_of

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def later(desk, reviewer, project):
    """The page, and a later version in which three claims wait and one is gone."""
    page, _version = desk
    return page, make_placed(project, reviewer, new=NEW.replace("42 families", "43 families"))


def state(words, version):
    placed = placement_of(words, version)
    return placed.state, placed.why


def test_by_keys_alone(later, live_server) -> None:
    page, version = later
    page.goto(f"{live_server.url}/p/desk/versions/{version.uid}/placements/")
    expect(page.locator(".placing-keys")).to_be_visible()
    for key in ("j", "j", "k", "c"):
        page.keyboard.press(key)
    number = mention_of(STAYS).claim.number
    expect(page.get_by_text(f"Confirmed: claim {number} stands there.")).to_be_visible()
    assert state(STAYS, version) == ("same", "confirmed")
    # The next one has the focus.
    expect(page.locator("[data-placement]").first).to_be_focused()
    page.keyboard.press("g")
    expect(
        page.get_by_text(f"Marked as gone: claim {mention_of(MOVES).claim.number}.")
    ).to_be_visible()
    expect(page.locator("[data-placement]").first).to_be_focused()
    page.keyboard.press("c")
    expect(page.get_by_text("Nothing waits for a decision in this version.")).to_be_visible()
    assert state(MOVES, version) == ("orphaned", "marked_gone")
    assert state(CHANGES, version) == ("moved", "confirmed")


def test_the_field_for_other_words_has_the_focus_and_the_words(later, live_server) -> None:
    page, version = later
    page.goto(f"{live_server.url}/p/desk/versions/{version.uid}/placements/")
    for key in ("j", "s"):
        page.keyboard.press(key)
    field = page.get_by_label("The words in this version")
    expect(field).to_be_focused()
    expect(field).to_have_value(STAYS)


def test_words_picked_in_the_text_are_the_same_place(later) -> None:
    page, version = later
    number = mention_of(CHANGES).claim.number
    open_workbench(page, version)
    page.locator(f'[data-again="{number}"]').click()
    expect(card(page, number)).to_contain_text("Compare, and say where it stands")
    start = NEW.index("The council confirmed")
    select(page, start, start + len("The council confirmed"))
    press(page, "mention")
    page.get_by_role("button", name="It stands here: the same place").click()
    expect(page.locator(f'mark[data-claims="{number}"]')).to_have_text("The council confirmed")
    expect(page.locator(f"#row-{number}")).to_be_visible()
    expect(page.locator(f"#elsewhere-{number}")).to_have_count(0)
    expect(card(page, number)).to_contain_text("Moved in version 2")
    assert state(CHANGES, version) == ("moved", "selected")
    assert mention_of(CHANGES).claim.mentions.count() == 1
