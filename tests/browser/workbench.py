"""What the tests of the workbench do in the browser: open it, select words, read it back."""

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

# Selects code points start..end of the article by walking its text nodes with the browser's own
# iteration over characters, apart from the scripts under test. `backward` drags from the end.
POINTS = """
  const article = document.querySelector("[data-text]");
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  const points = [];
  let position = 0;
  while (walker.nextNode()) {
    let offset = 0;
    for (const character of walker.currentNode.data) {
      if (position === start) points[0] = [walker.currentNode, offset];
      position += 1;
      offset += character.length;
      if (position === end) points[1] = [walker.currentNode, offset];
    }
  }
"""
SELECT = (
    "([start, end, backward]) => {"
    + POINTS
    + """
  const [from, to] = backward ? [points[1], points[0]] : points;
  window.seen = new Promise((tell) => {
    document.addEventListener("workbench:selected", (event) => tell(event.detail.range),
                              { once: true });
  });
  document.getSelection().setBaseAndExtent(...from, ...to);
}"""
)
# Selects nothing; returns whether something was selected, which the page then is to notice.
LEAVE = """() => {
  const before = document.getSelection();
  const had = !before.isCollapsed;
  before.removeAllRanges();
  return had;
}"""
MARKED = """(number) => {
  const marks = document.querySelectorAll(`[data-text] mark[data-claims~="${number}"]`);
  return [...marks].map((mark) => mark.textContent).join("");
}"""
PLACE = (
    "([start, end]) => {"
    + POINTS
    + """
  points[0][0].parentElement.scrollIntoView({ block: "center" });
  const range = document.createRange();
  range.setStart(...points[0]);
  range.setEnd(...points[1]);
  const boxes = [...range.getClientRects()].filter((box) => box.width);
  const [first, last] = [boxes[0], boxes[boxes.length - 1]];
  return [first.left + 1, first.top + first.height / 2,
          last.right - 1, last.top + last.height / 2];
}"""
)


def open_workbench(page: Page, version, query: str = "") -> None:
    """Go to the text's page."""
    slug = version.project.slug
    address = reverse("workbench", kwargs={"slug": slug, "uid": version.article.uid})
    page.goto(f"{address}{query}")
    expect(page.locator(".workbench--live, noscript, [data-workbench]").first).to_be_visible()


def article_text(page: Page) -> str:
    """The text content of the article element, marks and all."""
    return str(page.evaluate("document.querySelector('[data-text]').textContent"))


def select(page: Page, start: int, end: int, *, backward: bool = False) -> list[int] | None:
    """Select code points and return the range that the workbench takes them for."""
    if page.evaluate(LEAVE):
        page.wait_for_timeout(250)
    page.evaluate(SELECT, [start, end, backward])
    return page.evaluate("window.seen")


def drag(page: Page, start: int, end: int) -> None:
    """Select code points by mouse; presses near a letter's edge, as its middle moves the caret."""
    page.evaluate("document.getSelection().removeAllRanges()")
    left, top, right, bottom = page.evaluate(PLACE, [start, end])
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move((left + right) / 2, (top + bottom) / 2)
    page.mouse.move(right, bottom, steps=4)
    page.mouse.up()
    expect(bar(page)).to_be_visible()


def bar(page: Page) -> Locator:
    """The bar at the selected words."""
    return page.locator("[data-bar]")


def press(page: Page, name: str) -> None:
    """Press a button of the bar."""
    bar(page).locator(f'[data-bar-action="{name}"]').click()


def card(page: Page, number: int | str) -> Locator:
    """The open card of a claim."""
    return page.locator(f'.opened--card[data-claim="{number}"]')


def marked(page: Page, number: int | str) -> str:
    """The words marked for a claim."""
    return str(page.evaluate(MARKED, str(number)))
