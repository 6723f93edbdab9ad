"""What keeps a page from somebody: measured on the open page, in light, in the dark, enlarged."""

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

from tests.long import IS_LONG

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
# What 1280 by 1024 pixels leave at 400 %.
ENLARGED = {"width": 320, "height": 256}
RUN_AXE = """async (rules) => {
  const found = await axe.run({ resultTypes: ["violations"], ...rules });
  return found.violations.map((one) =>
    `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
}"""
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
# Everything that can be pressed and is smaller than 24 by 24, but for links in running text, whose
# height is that of the line (WCAG 2.5.8). A checkbox is as large as itself and its label.
SMALL_TARGETS = """() => {
  const box = (one) => one.getBoundingClientRect();
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && box(one).width > 1 && !one.closest("[aria-hidden=true], .visually-hidden");
  const isInText = (one) => one.matches("a, button") && getComputedStyle(one).display === "inline"
    && [...one.parentNode.childNodes].some((node) =>
      node.nodeType === Node.TEXT_NODE && /[\\p{L}\\p{N}]/u.test(node.data));
  const size = (one) => {
    const all = [one, ...(one.matches("[type=checkbox], [type=radio]") ? one.labels : [])].map(box);
    return [Math.max(...all.map((b) => b.right)) - Math.min(...all.map((b) => b.left)),
            Math.max(...all.map((b) => b.bottom)) - Math.min(...all.map((b) => b.top))];
  };
  const pressed = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  return [...document.querySelectorAll(pressed)].filter((one) => isShown(one) && !isInText(one))
    .map((one) => [one, ...size(one)]).filter(([, width, height]) => Math.min(width, height) < 23.5)
    .map(([one, width, height]) => `${width.toFixed()}x${height.toFixed()} `
      + one.outerHTML.replace(/\\s+/g, " ").slice(0, 120));
}"""


# What makes the page scroll sideways, if it does.
WIDEST = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= innerWidth) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1).slice(-3)
    .map((one) => `${root.scrollWidth} of ${innerWidth} px, ${one.outerHTML.slice(0, 160)}`);
}"""


def resize(page: Page, size: dict[str, int]) -> None:
    """Give the page another size and a frame to settle: handles follow their words in the next."""
    page.set_viewport_size(size)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def complaints(page: Page, name: str) -> list[str]:
    """Return what axe finds, what scrolls sideways and which targets are small."""
    page.evaluate(AXE)
    resize(page, DESKTOP)
    found = _axe(page, "light")
    found += _small(page, "wide")
    page.emulate_media(color_scheme="dark")
    found += _axe(page, "dark", COLOURS)
    page.emulate_media(color_scheme="light")
    resize(page, PHONE)
    found += _sideways(page) + _small(page, "phone")
    resize(page, ENLARGED)
    found += _sideways(page)
    # By all rules again: what is laid out in another way is mostly named as before.
    found += _axe(page, "400 %") if IS_LONG else []
    return [f"{name}, {one}" for one in found]


def _axe(page: Page, mode: str, rules: dict[str, object] | None = None) -> list[str]:
    return [f"{mode}: {one}" for one in page.evaluate(RUN_AXE, rules or {})]


def _sideways(page: Page) -> list[str]:
    return [f"wider than the screen: {one}" for one in page.evaluate(WIDEST)]


def _small(page: Page, mode: str) -> list[str]:
    return [f"{mode}, small target: {one}" for one in page.evaluate(SMALL_TARGETS)]
