"""What a person at the workbench waits for, measured in the browser, each beside a plain page."""

from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, expect

from bench.asking import Desk
from bench.chromium import (
    first_painted,
    held,
    open_page,
    renderer_memory,
    scrolled,
    work_per_move,
)
from bench.plain import serve_plain
from bench.timing import Result, Series, timed

OPENED = 7
SAVED = 9
MARK, PARAGRAPH = "[data-text] mark", "[data-text] p"
# From the last byte of the answer to the frame that shows the new marks.
SWAPPED = """() => {
  window.benchSaved = new Promise((tell) => {
    let number = "";
    document.addEventListener("workbench:saved", (event) => (number = event.detail.number));
    document.addEventListener("workbench:swapped", () => {
      if (!number) return;
      requestAnimationFrame(() => requestAnimationFrame(() => {
        const shown = performance.now();
        const sent = performance.getEntriesByType("resource")
          .filter((one) => one.initiatorType === "fetch" && one.name.endsWith("/claims/new/"));
        const marks = document.querySelectorAll(`mark[data-claims~="${number}"]`).length;
        tell([number, marks, shown - sent.at(-1).responseEnd]);
      }));
    });
  });
}"""
# Selects the words from code point `start` to `end` of the block that begins the given share in.
SELECT = """([share, first, last]) => {
  const blocks = [...document.querySelectorAll("[data-text] [data-block]")];
  const block = blocks[Math.floor(blocks.length * share)];
  block.scrollIntoView({ block: "center", behavior: "instant" });
  const nodes = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const places = [];
  let position = 0;
  while (nodes.nextNode()) {
    for (const word of nodes.currentNode.data.matchAll(/\\S+/g)) {
      places.push([nodes.currentNode, word.index, word.index + word[0].length]);
    }
  }
  const [from, to] = [places[first], places[Math.min(last, places.length - 1)]];
  document.getSelection().setBaseAndExtent(from[0], from[1], to[0], to[2]);
}"""
# What a swap costs at the least: one paragraph for another.
PLAIN_SWAP = """(share) => new Promise((tell) => {
  const all = document.querySelectorAll("[data-text] p");
  const old = all[Math.floor(all.length * share)];
  old.scrollIntoView({ block: "center", behavior: "instant" });
  requestAnimationFrame(() => requestAnimationFrame(() => {
    const before = performance.now();
    old.replaceWith(old.cloneNode(true));
    requestAnimationFrame(() => requestAnimationFrame(() => tell(performance.now() - before)));
  }));
})"""


@dataclass(frozen=True)
class Found:
    """What one page was measured to take."""

    opened: Series
    memory: float
    heap: float
    saved: Series
    move: float
    frames: Series


def at_the_text(
    browser: Browser, desk: Desk, origin: str, name: str, opened: int
) -> Iterator[Result]:
    """Measure the text's page beside a plain page of the same words; `opened` is its target."""
    with serve_plain(desk.text.words) as address:
        plain = _measured(browser, address, desk, is_plain=True)
    found = _measured(browser, f"{origin}{desk.page}", desk, is_plain=False)
    yield timed(f"{name}: first marks on the screen", opened, found.opened, plain.opened)
    yield timed(f"{name}: a saved claim on the screen", 100, found.saved, plain.saved)
    move = f"{name}: a move of the mouse over marks"
    yield Result(move, 8, "ms", found.move, None, plain.move)
    gaps = found.frames.times
    slow = f"{sum(one > 50 for one in gaps)} of {len(gaps)} > 50 ms"
    longest = f"{name}: longest scrolled frame, {slow}"
    yield Result(longest, 50, "ms", max(gaps), found.frames.p95, max(plain.frames.times))
    memory = f"{name}: page process, {found.heap:.0f} of it scripts"
    yield Result(memory, 120, "MiB", found.memory, None, plain.memory)


def _measured(browser: Browser, address: str, desk: Desk, *, is_plain: bool) -> Found:
    cookies = {} if is_plain else desk.person.cookies
    selector = PARAGRAPH if is_plain else MARK
    with open_page(browser, cookies) as page:
        # The page before has ended by then.
        page.wait_for_timeout(1_500)
        blank = renderer_memory(browser)
        opened = first_painted(page, address, selector, OPENED)
        page.wait_for_timeout(2_500)
        memory = held(browser, page, blank)
        move = work_per_move(page, selector)
        frames = scrolled(page)
        saved = _plain_swaps(page) if is_plain else _saves(page)
    return Found(opened, memory.process, memory.heap, saved, move, frames)


def _plain_swaps(page: Page) -> Series:
    return Series([page.evaluate(PLAIN_SWAP, n / SAVED) for n in range(SAVED)])


def _saves(page: Page) -> Series:
    times = []
    for n in range(SAVED):
        page.evaluate("document.getSelection().removeAllRanges()")
        page.wait_for_timeout(300)
        page.evaluate(SELECT, [n / SAVED, 3, 12])
        page.locator('[data-bar-action="claim"]').click()
        page.locator("#opened [name=text]").fill(f"Counted anew, {n}")
        page.evaluate(SWAPPED)
        page.locator("[data-save]").click()
        number, marks, waited = page.evaluate("window.benchSaved")
        assert marks, f"Claim {number} is not in the text"
        times.append(float(waited))
        expect(page.locator(".opened--card")).to_be_visible()
    return Series(times)
