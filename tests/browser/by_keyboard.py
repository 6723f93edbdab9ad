"""A person without a mouse: Tab to what has a name, press keys, and never lose the place."""

from playwright.sync_api import Page

# What a screen reader would call the focused element, shortened; empty when the place is lost.
NAME = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return "";
  const words = one.ariaLabel || [...(one.labels ?? [])].map((label) => label.textContent).join(" ")
    || one.textContent || one.value || one.title || one.tagName;
  return words.replace(/\\s+/g, " ").trim().slice(0, 80) || one.tagName;
}"""
MOST_STOPS = 90


def focused(page: Page) -> str:
    """Return the name of what has the focus, which something always has."""
    name = str(page.evaluate(NAME))
    assert name, "The focus was lost to the page's body."
    return name


def tab_to(page: Page, name: str, *, back: bool = False) -> None:
    """Press Tab until what begins with this name has the focus."""
    stops: list[str] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        stop = str(page.evaluate(NAME))
        if stop.startswith(name):
            return
        if not stop and stops:
            break
        stops.append(stop)
    raise AssertionError(f"Tab does not reach “{name}”, only: {stops}")


def press(page: Page, *keys: str) -> None:
    """Press keys on what has the focus."""
    for key in keys:
        page.keyboard.press(key)


def go(page: Page, name: str, *, back: bool = False) -> None:
    """Tab to a link or button and press it."""
    tab_to(page, name, back=back)
    page.keyboard.press("Enter")


def write(page: Page, name: str, words: str) -> None:
    """Tab to a field and write into it, in place of what it holds."""
    tab_to(page, name)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(words)
    focused(page)
