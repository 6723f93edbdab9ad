"""Proving that a program means the words it says it means."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from annotations.articles.models import ArticleVersion
from annotations.articles.passages import read_passage
from annotations.lib.errors import InvalidInput


def check_exact(
    version: ArticleVersion, ranges: Sequence[Sequence[int]], expected: Sequence[str | None]
) -> None:
    """Raise InvalidInput unless the words in each range (as sent, unsnapped) are the expected.

    None leaves a range unchecked. Offsets are code points of the version's text.
    """
    if len(expected) != len(ranges):
        raise InvalidInput(_("Give one entry of “exact” for each range."), field="exact")
    for n, ((start, end), words) in enumerate(zip(ranges, expected, strict=True)):
        if words is None:
            continue
        passage = read_passage(version, start, end)
        found = passage.text[max(0, start - passage.start) : max(0, end - passage.start)]
        if found != words:
            raise InvalidInput(
                _("At %(start)d to %(end)d stands “%(found)s”, not “%(expected)s”."),
                field=f"exact.{n}",
                params={
                    "start": start,
                    "end": end,
                    "found": found[:200],
                    "expected": words[:200],
                },
            )
