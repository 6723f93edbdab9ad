"""Large parts of a page, put in after the template engine is done with the small ones.

The engine joins its output anew for each block, include and parent template. Half a megabyte of
marked text, copied a dozen times as wide characters, took longer than everything around it.
"""

import secrets
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


class LateParts:
    """The large parts of one answer: templates hold their places, `fill` their HTML."""

    def __init__(self) -> None:
        # Nobody who writes a text can know it, so no text can hold a place.
        self._secret = secrets.token_hex(16)
        self._parts: list[str] = []

    def place(self, html: SafeString) -> SafeString:
        """Return what a template shows where `html` is to stand."""
        if not isinstance(html, SafeString):
            raise TypeError("Only HTML that was escaped can be put into a page.")
        self._parts.append(html)
        return SafeString(f"<!--{self._secret}-{len(self._parts) - 1}-->")

    def fill(self, page: str) -> bytes:
        """Return the rendered page in UTF-8 with every part at its place."""
        pieces = page.split(f"<!--{self._secret}-")
        filled = [pieces[0]]
        for piece in pieces[1:]:
            number, _end, rest = piece.partition("-->")
            filled += [self._parts[int(number)], rest]
        return b"".join([one.encode() for one in filled])


def render_late(
    request: HttpRequest, template: str, context: Mapping[str, Any], late: LateParts
) -> HttpResponse:
    """Answer with a template whose large parts wait in `late`."""
    page = render_to_string(template, dict(context), request)
    return HttpResponse(late.fill(page))
