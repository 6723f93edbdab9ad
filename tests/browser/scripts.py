"""Serves single script modules to a page of their own, without a server or a database."""

from html import escape
from pathlib import Path

from playwright.sync_api import Page, Route

from annotations.articles.blocks import cut_blocks
from annotations.spans.highlight import SpanPiece, segments_by_block

STATIC = Path(__file__).parents[2] / "annotations/static/annotations"
SITE = "http://text.localhost/"


def page_of(text: str, spans: list[SpanPiece]) -> str:
    """The text region as the workbench draws it: blocks with their offsets, words in marks."""
    blocks = [(cut.start, cut.end) for cut in cut_blocks(text)]
    html = ["<!doctype html><meta charset=utf-8><p id=before>before</p><div id=region>"]
    for (start, end), inside in zip(blocks, segments_by_block(blocks, spans), strict=True):
        words = "".join(
            f"<mark>{escape(text[one.start : one.end])}</mark>"
            if one.ids
            else escape(text[one.start : one.end])
            for one in inside
        )
        html.append(
            f"<div><a href=#></a><p dir=auto data-start={start} data-end={end}>{words}</p></div>"
        )
    return "".join([*html, "</div><p id=after>after</p>"])


def serve(page: Page, html: str) -> None:
    """Open `html` in the page; scripts and styles come from the product's own files."""

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(SITE).split("?")[0]
        if not name:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
            return
        file = STATIC / name if name.startswith("css/") else STATIC / "js" / name
        kind = "css" if name.endswith(".css") else "javascript"
        if file.is_file():
            route.fulfill(body=file.read_text(), content_type=f"text/{kind}; charset=utf-8")
        else:
            route.fulfill(status=404, body="")

    page.route(f"{SITE}**", answer)
    page.goto(SITE)
