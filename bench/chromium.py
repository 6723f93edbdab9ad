"""A real browser without a screen, and what it tells of a page: frames, work, memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from bench import memory
from bench.timing import Series
from tests.chromium import FLAGS, ensure_chromium

MIB = 1024 * 1024
VIEW = {"width": 1280, "height": 900}
# Notes when the frame that first shows `selector` has been drawn, from the start of navigation.
WATCH = """
if (location.protocol !== "about:") {
  performance.setResourceTimingBufferSize(10000);
  const look = () => {
    if (!document.querySelector("%s")) return requestAnimationFrame(look);
    // This frame shows it; by the next one it is on the screen.
    requestAnimationFrame(() => (window.benchPainted = performance.now()));
  };
  requestAnimationFrame(look);
}
"""
SCROLL = """async () => {
  const gaps = [];
  scrollTo(0, 0);
  await new Promise((done) => setTimeout(done, 500));
  await new Promise((done) => {
    let before = 0;
    const step = (now) => {
      if (before) gaps.push(now - before);
      before = now;
      const height = document.documentElement.scrollHeight;
      if (scrollY + innerHeight >= height - 2) return done();
      scrollBy({ top: 300, behavior: "instant" });
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
  scrollTo(0, 0);
  return gaps;
}"""
# Points on the things of this kind that are in view.
POINTS = """(selector) => [...document.querySelectorAll(selector)]
  .flatMap((one) => [...one.getClientRects()])
  .filter((box) => box.width > 4 && box.top > 120 && box.bottom < innerHeight - 20)
  .map((box) => [box.left + box.width / 2, box.top + box.height / 2])"""


@dataclass(frozen=True)
class Held:
    """The memory of a page in MiB; its scripts' heap is a part of the process's own."""

    heap: float
    process: float


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Start Chromium and end it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure_chromium(), args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def open_page(browser: Browser, cookies: dict[str, str]) -> Iterator[Page]:
    """Open an empty page of a person of its own, signed in by the cookies."""
    context: BrowserContext = browser.new_context(viewport=VIEW)
    context.set_default_timeout(60_000)
    context.add_cookies(
        [
            {"name": name, "value": value, "domain": "localhost", "path": "/"}
            for name, value in cookies.items()
        ]
    )
    yield context.new_page()
    context.close()


def first_painted(page: Page, address: str, selector: str, repeats: int) -> Series:
    """Open the page again and again, its files cached; time to the first of `selector`."""
    page.add_init_script(WATCH % selector)
    times = []
    for _round in range(repeats + 1):
        page.goto("about:blank")
        page.goto(address)
        page.wait_for_function("window.benchPainted")
        times.append(float(page.evaluate("window.benchPainted")))
    return Series(times[1:])


def work_per_move(page: Page, selector: str, moves: int = 200) -> float:
    """Move the mouse from one to the next; milliseconds of the main thread for each move."""
    points = page.evaluate(POINTS, selector)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    page.mouse.move(*points[0])
    before = _metric(session, "TaskDuration")
    for n in range(moves):
        page.mouse.move(*points[(n * 7 + 1) % len(points)])
    spent = _metric(session, "TaskDuration") - before
    session.detach()
    return spent * 1000 / moves


def scrolled(page: Page) -> Series:
    """Scroll through all of it, a third of a screen a frame; the time between frames."""
    return Series(page.evaluate(SCROLL))


def held(browser: Browser, page: Page, blank: float) -> Held:
    """Return what the page holds after a collection, its process beyond an empty page's."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    session.send("HeapProfiler.collectGarbage")
    heap = _metric(session, "JSHeapUsedSize") / MIB
    session.detach()
    return Held(heap, renderer_memory(browser) - blank)


def renderer_memory(browser: Browser) -> float:
    """Return what the fullest page process holds for itself; there is one page."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    renderers = [one["id"] for one in processes if one["type"] == "renderer"]
    return max(memory.private(pid) for pid in renderers if not _is_browsers_own(pid))


def _is_browsers_own(pid: int) -> bool:
    """Tell whether the process draws the browser's own bars, which grow apart from any page."""
    return b"--top-chrome-webui" in Path(f"/proc/{pid}/cmdline").read_bytes()


def _metric(session: CDPSession, name: str) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == name))
