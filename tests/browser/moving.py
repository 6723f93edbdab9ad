"""What tests of moved words share: a claim with a chain, its handles, and what must stay."""

from playwright.sync_api import Page

from annotations.audit.timeline import history_model
from annotations.claims.hops import HopInput
from annotations.models import Attribution, Claim, Mention
from tests.browser.workbench import PLACE
from tests.marking import WORDS, make_claim, place


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
