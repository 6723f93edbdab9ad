"""Places mentions in later versions of their article, by comparing texts: the worker's part.

A version is placed as a whole in one transaction, in which one article has one worker. What is
placed already is left alone, so that the job may run again, or twice at once, and a killed one
leaves nothing half done.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection

from annotations.accounts.models import User
from annotations.articles.models import ArticleVersion
from annotations.audit.context import context
from annotations.claims.placements.models import MentionPlacement, State, Why
from annotations.jobs import enqueue
from annotations.planned import IsOneOf
from annotations.spans.anchoring import Comparison, Placement, PlacementState
from annotations.spans.anchoring import Why as PlacedBy
from annotations.spans.models import Span, SpanRange
from annotations.spans.selectors import TextRange, cut_selectors
from annotations.spans.services import SpanBatch

JOB = "spans.reanchor"
# Rows of one INSERT; an article has some thousand mentions at most.
ROWS_AT_ONCE = 2000

# The kept mentions of the shared set that a version waits for, each with the words it is compared
# with: where it stood last, else its own. Waiting is having no placement there, or one by the
# machine from words that are no longer those. Claims of a round belong to the text of that round.
_WAITING = """
SELECT m.id, m.project_id, former.id, former.version_id, m.span_id, m.version_id, p.id,
       coalesce((SELECT q.why = 'marked_gone' FROM annotations_mentionplacement q
                   JOIN annotations_articleversion qv ON qv.id = q.version_id
                  WHERE q.mention_id = m.id AND qv.number < v.number
                  ORDER BY qv.number DESC LIMIT 1), false)
  FROM annotations_articleversion v
  JOIN annotations_mention m ON m.article_id = v.article_id AND m.discarded_at IS NULL
  JOIN annotations_articleversion born ON born.id = m.version_id AND born.number < v.number
  JOIN annotations_claim c ON c.id = m.claim_id
   AND c.discarded_at IS NULL AND c.round_id IS NULL
  LEFT JOIN annotations_mentionplacement p ON p.mention_id = m.id AND p.version_id = v.id
  JOIN annotations_span former ON former.id = coalesce(
       (SELECT q.span_id FROM annotations_mentionplacement q
          JOIN annotations_articleversion qv ON qv.id = q.version_id
         WHERE q.mention_id = m.id AND q.span_id IS NOT NULL AND qv.number < v.number
         ORDER BY qv.number DESC LIMIT 1), m.span_id)
 WHERE v.id = {version}
   AND (p.id IS NULL OR (p.decided_by_id IS NULL AND p.placed_from_id <> former.id))
"""
_ONE_VERSION = _WAITING.format(version="%s") + " ORDER BY former.version_id, m.id"
_ANY_VERSION = (
    "SELECT a.uid FROM annotations_articleversion a WHERE a.number > 1 AND EXISTS ("
    + _WAITING.format(version="a.id")
    + ") ORDER BY a.id LIMIT 1000"
)
_ONE_WORKER = "SELECT pg_advisory_xact_lock(hashtextextended('spans.reanchor', %s))"


class Waiting(NamedTuple):
    """A mention that a version waits for, in the order of the columns of `_WAITING`."""

    mention_id: int
    project_id: int
    span_id: int
    version_id: int
    own_span_id: int
    own_version_id: int
    placement_id: int | None
    was_marked_gone: bool


@dataclass(frozen=True, slots=True)
class _Placed:
    """A mention with what comparing found for it, and the span of those words."""

    waiting: Waiting
    state: State
    why: Why
    words: Span | None

    @property
    def columns(self) -> dict[str, object]:
        """Return what the placement's row says."""
        stands = self.state in (State.SAME, State.MOVED)
        return {
            "state": self.state,
            "why": self.why,
            "span": self.words if stands else None,
            "proposed": None if stands else self.words,
            "placed_from_id": self.waiting.span_id,
        }


def reanchor_later(*, version: ArticleVersion) -> None:
    """Queue the placing of what the article's later versions wait for, if it has any."""
    later = ArticleVersion.objects.filter(article=version.article_id)
    if later.filter(number__gt=version.number).exists():
        enqueue(JOB, version_uid=str(version.uid))


def mentions_place(*, version_uid: str) -> int:
    """Place all that the versions of this version's article wait for, in the order of the versions;
    return how many mentions were placed.

    A mention is compared with where it stood last before, so that it is carried from version to
    version; where it did not stand, further back, so that words which return are found again.
    """
    asked = ArticleVersion.objects.get(uid=version_uid)
    later = ArticleVersion.objects.filter(article=asked.article_id, number__gt=1)
    return sum(_place_in(pk) for pk in later.order_by("number").values_list("pk", flat=True))


def mentions_place_waiting(timestamp: int = 0) -> None:
    """Queue what waits anywhere: after a worker was killed, or a mention was made or came back in
    a version that is not the latest. `timestamp` is when it was due and is not used.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ANY_VERSION)
        waiting = [uid for (uid,) in cursor.fetchall()]
    versions = ArticleVersion.objects.filter(uid__in=waiting).order_by("article_id", "number")
    firsts = versions.distinct("article_id").values_list("uid", flat=True)
    for uid in firsts:
        enqueue(JOB, version_uid=str(uid))


def _place_in(version_id: int) -> int:
    """Place what one version waits for; one transaction."""
    machine = User.objects.system()
    with context(actor=machine, action="mention.place"):
        version = ArticleVersion.objects.get(pk=version_id)
        with connection.cursor() as cursor:
            cursor.execute(_ONE_WORKER, [version.article_id])
            cursor.execute(_ONE_VERSION, [version_id])
            waiting = [Waiting._make(row) for row in cursor.fetchall()]
        if not waiting:
            return 0
        batch = SpanBatch(actor=machine, version=version)
        placed = list(_compared(version, waiting, batch))
        batch.write()
        _store(machine, version, placed)
    return len(placed)


def _compared(
    version: ArticleVersion, waiting: Sequence[Waiting], batch: SpanBatch
) -> Iterable[_Placed]:
    """Yield each mention with what comparing finds; each former text is read and cut once."""
    compare = _Compare(version, waiting)
    for one in waiting:
        found = compare.placement_of(one)
        if found.state is PlacementState.NEEDS_REVIEW and one.was_marked_gone:
            # A person has said so already, and nothing certain has come since.
            yield _Placed(one, State.ORPHANED, Why.MARKED_GONE, None)
            continue
        yield _Placed(one, State(found.state), Why(found.why), _words(found, version.text, batch))


class _Compare:
    """Earlier versions of a text, each compared with one later version."""

    def __init__(self, version: ArticleVersion, waiting: Sequence[Waiting]) -> None:
        self._text = version.text
        spans = {one.span_id for one in waiting} | {one.own_span_id for one in waiting}
        self._ranges = _ranges_of(spans)
        self._with: dict[int, Comparison] = {}

    def placement_of(self, one: Waiting) -> Placement:
        """Compare with where the mention stood last and, where that leaves a doubt, with its own
        version: what was put back as it was is as certain as if it had never changed.
        """
        found = self._locate(one.version_id, one.span_id)
        if one.own_span_id == one.span_id or found.why is PlacedBy.IDENTICAL:
            return found
        born = self._locate(one.own_version_id, one.own_span_id)
        return born if born.why is PlacedBy.IDENTICAL else found

    def _locate(self, version_id: int, span_id: int) -> Placement:
        if version_id not in self._with:
            former = ArticleVersion.objects.values_list("text", flat=True).get(pk=version_id)
            self._with[version_id] = Comparison(former, self._text)
        return self._with[version_id].locate(self._ranges[span_id])


def _words(found: Placement, text: str, batch: SpanBatch) -> Span | None:
    return batch.add(cut_selectors(text, found.ranges)) if found.ranges else None


def _ranges_of(span_ids: Iterable[int]) -> dict[int, list[TextRange]]:
    rows = SpanRange.objects.filter(IsOneOf("span", sorted(span_ids))).order_by("span_id", "n")
    found: dict[int, list[TextRange]] = {}
    for span_id, start, end in rows.values_list("span_id", "start", "end"):
        found.setdefault(span_id, []).append(TextRange(start, end))
    return found


def _store(machine: User, version: ArticleVersion, placed: Sequence[_Placed]) -> None:
    fresh = [one for one in placed if one.waiting.placement_id is None]
    rows = [
        MentionPlacement(
            project_id=one.waiting.project_id,
            mention_id=one.waiting.mention_id,
            version=version,
            created_by=machine,
            **one.columns,
        )
        for one in fresh
    ]
    MentionPlacement.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    again = {one.waiting.placement_id: one for one in placed if one.waiting.placement_id}
    if not again:
        return
    # Locked, as somebody may be deciding about one of them: what they decide stays.
    undecided = MentionPlacement.objects.filter(pk__in=again, decided_by__isnull=True)
    for row in undecided.select_for_update().order_by("pk"):
        for name, value in again[row.pk].columns.items():
            setattr(row, name, value)
        row.revision += 1
        row.save()
