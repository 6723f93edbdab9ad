"""Making spans: the only writer of anchors."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.articles.models import ArticleVersion, Block
from annotations.lib.errors import InvalidInput
from annotations.spans.graphemes import snap_outwards
from annotations.spans.models import Span, SpanRange
from annotations.spans.selectors import RangeSelector, TextRange, check_ranges, cut_selector, trim

# Enough text around a range for its 32 code points of context and for the longest real
# grapheme clusters at its edges.
MARGIN = 96
# Far more than any claim quotes, and little enough that many spans in one request stay small.
MAX_COVERED = 20_000
# Read beyond that at no cost to speak of, so that a sentence's ranges share one reading.
READ_AHEAD = 400


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a version's text, read from its blocks; `start` is its offset."""

    start: int
    text: str


def read_passage(version: ArticleVersion, start: int, end: int) -> Passage:
    """Read the blocks around start-MARGIN..end+MARGIN: far cheaper than a long text whole.

    What was read stays with `version`, whose text never changes: the words of a claim, its
    speaker and its cue mostly stand together, so the next range costs no query.
    """
    first, last = max(start - MARGIN, 0), min(end + MARGIN, version.length)
    known: Passage | None = getattr(version, "_passage", None)
    if known is not None and known.start <= first and last <= known.start + len(known.text):
        return known
    rows = list(
        Block.objects.filter(
            version_id=version.pk, start__lt=last + READ_AHEAD, end__gt=first - READ_AHEAD
        )
        .order_by("n")
        .values_list("start", "text")
    )
    passage = Passage(rows[0][0] if rows else 0, "".join(text for _, text in rows))
    version._passage = passage  # type: ignore[attr-defined]
    return passage


def span_create(
    *,
    actor: User,
    version: ArticleVersion,
    ranges: Iterable[Sequence[int]],
    exact: bool = False,
    limit: int = MAX_COVERED,
) -> Span:
    """Make a span over `ranges` (start, end in code points, end exclusive).

    White space at the edges is trimmed and each range snaps outwards to grapheme clusters, so
    read the stored ranges back; with `exact` they are kept as they are. Ranges that snapping
    joins become one. Raises InvalidRange. Call inside a transaction: the database proves at its
    end that the span is covered by its ranges.
    """
    return span_write(
        actor=actor,
        version=version,
        cut=cut_ranges(version=version, ranges=ranges, exact=exact, limit=limit),
    )


def cut_ranges(
    *,
    version: ArticleVersion,
    ranges: Iterable[Sequence[int]],
    exact: bool = False,
    limit: int = MAX_COVERED,
) -> list[RangeSelector]:
    """Trim, snap and cut the ranges as `span_create` does, without storing anything.

    Raises InvalidInput when they cover more than `limit` code points together.
    """
    wanted = check_ranges(_as_ranges(ranges), length=version.length)
    if sum(one.end - one.start for one in wanted) > limit:
        raise InvalidInput(
            _("At most %(limit)d characters of text can be marked at once."),
            field="ranges",
            params={"limit": limit},
        )
    cut: list[RangeSelector] = []
    for one in wanted:
        passage = read_passage(version, one.start, one.end)
        local = TextRange(one.start - passage.start, one.end - passage.start)
        if not exact:
            local = trim(passage.text, local)
            local = TextRange(*snap_outwards(passage.text, local.start, local.end))
        _join_or_append(cut, passage, local)
    return cut


def span_write(*, actor: User, version: ArticleVersion, cut: Sequence[RangeSelector]) -> Span:
    """Store a span over ranges that `cut_ranges` made."""
    span = Span.objects.create(
        project_id=version.project_id,
        version=version,
        start=cut[0].start,
        end=cut[-1].end,
        created_by=actor,
    )
    SpanRange.objects.bulk_create(
        SpanRange(
            project_id=version.project_id,
            span=span,
            n=n,
            start=one.start,
            end=one.end,
            exact=one.exact,
            prefix=one.prefix,
            suffix=one.suffix,
        )
        for n, one in enumerate(cut)
    )
    return span


def _as_ranges(ranges: Iterable[Sequence[int]]) -> list[TextRange]:
    try:
        return [TextRange(int(start), int(end)) for start, end in ranges]
    except (TypeError, ValueError) as error:
        raise InvalidInput(
            _("A range is a pair of whole numbers: start and end."), field="ranges"
        ) from error


def _join_or_append(cut: list[RangeSelector], passage: Passage, local: TextRange) -> None:
    start = passage.start + local.start
    if cut and cut[-1].end > start:
        # Both ranges lie in one cluster's blocks, so the passage reaches back to the earlier one.
        local = TextRange(min(cut.pop().start - passage.start, local.start), local.end)
    one = cut_selector(passage.text, local)
    shift = passage.start
    cut.append(RangeSelector(one.start + shift, one.end + shift, one.exact, one.prefix, one.suffix))
