"""Small pictures of pages for the documents, written only when asked for (`make screenshots`)."""

import io
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

DOCS = Path(__file__).resolve().parents[2] / "docs"
# Enough for flat colours and smooth letters, at a third of the size of a full palette.
COLOURS = 96
LARGEST = 120_000


def keep(page: Page, name: str) -> None:
    """Keep what the window shows as docs/NAME.png, in few colours, below LARGEST bytes."""
    picture = Image.open(io.BytesIO(page.screenshot(scale="css", caret="hide")))
    few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    file = io.BytesIO()
    few.save(file, "PNG", optimize=True)
    assert len(file.getvalue()) < LARGEST, name
    if os.environ.get("SCREENSHOTS"):
        path = DOCS / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.getvalue())
