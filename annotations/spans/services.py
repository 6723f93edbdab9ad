"""Making spans: the only writer of anchors."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.articles.models import ArticleVersion
from annotations.articles.passages import Passage, read_passage
from annotations.lib.errors import InvalidInput
from annotations.planned import insert
from annotations.spans.graphemes import snap_outwards
from annotations.spans.models import Span, SpanRange
from annotations.spans.selectors import RangeSelector, TextRange, check_ranges, cut_selector, trim

# Far more than any claim quotes, and little enough that many spans in one request stay small.
MAX_COVERED = 20_000


class SpanBatch:
    """The spans that one change makes: cut one by one, then stored together in two statements.

    A row may name a span of the batch before `write`, and is stored after it.
    """

    def __init__(self, *, actor: User, version: ArticleVersion) -> None:
        self._actor = actor
        self._version = version
        self._spans: list[Span] = []

    def cut(
        self, ranges: Iterable[Sequence[int]], *, exact: bool = False, limit: int = MAX_COVERED
    ) -> Span:
        """Return a span over `ranges` that `write` will store; `cut_ranges` says how it is cut."""
        made = cut_ranges(version=self._version, ranges=ranges, exact=exact, limit=limit)
        return self.add(made)

    def add(self, cut: Sequence[RangeSelector]) -> Span:
        """Return a span over ranges that `cut_ranges` made; `write` will store it."""
        span = Span(
            project_id=self._version.project_id,
            version=self._version,
            start=cut[0].start,
            end=cut[-1].end,
            created_by=self._actor,
        )
        span.made_ranges = cut
        self._spans.append(span)
        return span

    def write(self) -> None:
        """Store what was cut since. Call inside a transaction: the database proves at its end
        that each span is covered by its ranges.
        """
        spans, self._spans = self._spans, []
        if not spans:
            return
        insert(spans)
        insert(
            [
                SpanRange(
                    project_id=span.project_id,
                    span=span,
                    n=n,
                    start=one.start,
                    end=one.end,
                    exact=one.exact,
                    prefix=one.prefix,
                    suffix=one.suffix,
                )
                for span in spans
                for n, one in enumerate(span.made_ranges)
            ]
        )


def span_create(
    *,
    actor: User,
    version: ArticleVersion,
    ranges: Iterable[Sequence[int]],
    exact: bool = False,
    limit: int = MAX_COVERED,
) -> Span:
    """Make one span over `ranges` and store it; see `SpanBatch`. Raises InvalidInput."""
    batch = SpanBatch(actor=actor, version=version)
    span = batch.cut(ranges, exact=exact, limit=limit)
    batch.write()
    return span


def cut_ranges(
    *,
    version: ArticleVersion,
    ranges: Iterable[Sequence[int]],
    exact: bool = False,
    limit: int = MAX_COVERED,
) -> list[RangeSelector]:
    """Cut `ranges` (start, end in code points, end exclusive), without storing anything.

    White space at the edges is trimmed and each range snaps outwards to grapheme clusters, so
    read the cut ranges back; with `exact` they are kept as they are. Ranges that snapping joins
    become one. Raises InvalidRange, and InvalidInput when they cover more than `limit` code points
    together.
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
