"""Reads what changed around words that stayed: why a placement waits though its sentence is the
same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from annotations.articles.models import ArticleVersion
from annotations.claims.placements.models import MentionPlacement, Why
from annotations.spans.around_changed import AroundChange, Beside, changed_around
from annotations.spans.differences import Run, compare_words
from annotations.spans.selectors import TextRange
from annotations.spans.sentences import Sentences
from annotations.web.views.claims_context import ranges_of_spans
from annotations.web.views.runs_drawn import draw_runs

WORDS: dict[Beside, Promise] = {
    Beside.OVER: gettext_lazy("Over the list"),
    Beside.OPENS: gettext_lazy("Before the quotation"),
    Beside.BEFORE: gettext_lazy("Before these words"),
    Beside.AFTER: gettext_lazy("After these words"),
    Beside.CLOSES: gettext_lazy("After the quotation"),
}


@dataclass(frozen=True)
class ShownAround:
    """One stretch next to the words that is another one now."""

    change: AroundChange

    @property
    def title(self) -> Promise:
        """Say where it stands."""
        return WORDS[self.change.beside]

    @cached_property
    def runs(self) -> list[Run]:
        """Return how it differs, word by word."""
        return compare_words(self.change.old, self.change.new)

    @property
    def drawn(self) -> SafeString:
        """Draw what went and what came."""
        return draw_runs(self.runs)


def shown_around(
    version: ArticleVersion, rows: Sequence[MentionPlacement], there: Mapping[int, int | None]
) -> dict[int, list[ShownAround]]:
    """Return what changed around the words, by placement, for those that wait because of it.

    `there` names the spans in the version. Two queries, however many wait; none where none does.
    """
    kept = [one for one in rows if one.why == Why.CONTEXT_CHANGED and there.get(one.pk)]
    if not kept:
        return {}
    waiting = {one.pk: there[one.pk] or 0 for one in kept}
    ranges = ranges_of_spans([*waiting.values(), *(one.placed_from_id for one in kept)])
    sides = _sentences({version.pk, *(one.placed_from.version_id for one in kept)})
    return {
        one.pk: [
            ShownAround(change)
            for change in _changes(
                sides[one.placed_from.version_id],
                sides[version.pk],
                ranges[one.placed_from_id],
                ranges[waiting[one.pk]],
            )
        ]
        for one in kept
    }


def _sentences(versions: set[int]) -> dict[int, Sentences]:
    rows = ArticleVersion.objects.filter(pk__in=versions).values_list("pk", "text")
    return {pk: Sentences(text) for pk, text in rows}


def _changes(
    old: Sentences,
    new: Sentences,
    ranges: Sequence[tuple[int, int]],
    places: Sequence[tuple[int, int]],
) -> list[AroundChange]:
    """Return the changes around each range that has a place, each of them once."""
    pairs = zip(ranges, places, strict=False)
    found = (changed_around(old, new, TextRange(*one), TextRange(*at)) for one, at in pairs)
    return list(dict.fromkeys(change for changes in found for change in changes))
