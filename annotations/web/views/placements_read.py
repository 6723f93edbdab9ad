"""Reads what the pages about placements show: old and new sentence, what changed, what to do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.articles.models import ArticleVersion
from annotations.claims.chains import Chain, chains_of_mentions
from annotations.claims.permissions import check_decide_placement
from annotations.claims.placements.models import MentionPlacement, State, Why
from annotations.lifecycle.choices import EventType
from annotations.lifecycle.event_versions import edits_shown_in
from annotations.lifecycle.models import LifecycleEvent
from annotations.spans.differences import Kind, Run, compare_words, telling_changes
from annotations.spans.weights import Weight
from annotations.web.access import SignedInRequest
from annotations.web.views.claims_context import Context, Piece, surroundings_of_spans
from annotations.web.views.claims_find import may
from annotations.web.views.placements_around import ShownAround, shown_around
from annotations.web.views.runs_drawn import draw_runs
from annotations.web.views.statements import statement_name

# Shown at once; further ones come up as these are decided.
MOST_SHOWN = 50
# Of what is gone or was decided.
MOST_LISTED = 200
# Of the words that an event's note quotes, in code points.
QUOTED = 300
WEIGHT_WORDS = {
    Weight.NEGATION: gettext_lazy("negation"),
    Weight.NUMBER: gettext_lazy("number"),
    Weight.NAME: gettext_lazy("name"),
    Weight.QUOTATION: gettext_lazy("quotation"),
}


@dataclass(frozen=True, slots=True)
class EventLink:
    """A way to the form of an event, filled in as far as the placement tells."""

    url: str
    words: str


@dataclass(frozen=True)
class PlacementView:
    """One placement: the claim, its words before and, where there are some, in the version."""

    row: MentionPlacement
    former: Context
    later: Context
    may_decide: bool
    events: Sequence[EventLink] = ()
    around: Sequence[ShownAround] = ()

    @property
    def old(self) -> Sequence[Piece]:
        """Return the sentence as it was."""
        return self.former.pieces

    @property
    def new(self) -> Sequence[Piece]:
        """Return the sentence of this version; nothing where there is none."""
        return self.later.pieces

    @property
    def old_quote(self) -> str:
        """Return the marked words as they were."""
        return " … ".join(piece.text for piece in self.old if piece.is_marked)

    @property
    def new_quote(self) -> str:
        """Return the words where they stand, or are proposed to."""
        return " … ".join(piece.text for piece in self.new if piece.is_marked)

    @property
    def offered_words(self) -> str:
        """Return the words to begin with: proposed, else the former ones; none of several ranges,
        which are not found by typing them.
        """
        for side in (self.new, self.old):
            marked = [piece.text for piece in side if piece.is_marked]
            if marked:
                return marked[0] if len(marked) == 1 else ""
        return ""

    @property
    def former_number(self) -> int:
        """Return the number of the version that it was compared with."""
        return self.row.placed_from.version.number

    @property
    def old_drawn(self) -> SafeString:
        """Draw the earlier sentence, with what went."""
        runs = self.runs or [Run(Kind.EQUAL, one.text) for one in self.old]
        return draw_runs(run for run in runs if run.kind is not Kind.COME)

    @property
    def new_drawn(self) -> SafeString:
        """Draw the sentence of this version, with what came."""
        return draw_runs(run for run in self.runs if run.kind is not Kind.GONE)

    @cached_property
    def runs(self) -> list[Run]:
        """Return how the sentence of the version differs from the one before; none without one."""
        if not self.new:
            return []
        sides = (self.former, self.later)
        old, new = ("".join(one.text for one in side.pieces) for side in sides)
        # A sentence in the middle of a quotation has none of its marks.
        before, after = ((side.before, side.after) for side in sides)
        return compare_words(old, new, (before, after))

    @property
    def is_same_but_around(self) -> bool:
        """Say whether the sentence stayed and only what stands around it is another."""
        return self.row.why == Why.CONTEXT_CHANGED and bool(self.new)

    @property
    def telling(self) -> list[str]:
        """Name the weighty kinds of change, in the sentence and around it, the weightiest first."""
        runs = [*self.runs, *(run for one in self.around for run in one.runs)]
        return [str(WEIGHT_WORDS[one]) for one in telling_changes(runs)]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many mentions stand how in a version."""

    by_state: Mapping[str, int]

    @property
    def lines(self) -> list[tuple[str, str, int]]:
        """Return state, its words and the count, for every state."""
        return [(one.value, str(one.label), self.by_state.get(one.value, 0)) for one in State]

    @property
    def total(self) -> int:
        """Return how many mentions were placed."""
        return sum(self.by_state.values())

    @property
    def open(self) -> int:
        """Return how many wait for a person."""
        return self.by_state.get(State.NEEDS_REVIEW, 0)

    @property
    def gone(self) -> int:
        """Return how many are not in the version."""
        return self.by_state.get(State.ORPHANED, 0)


def placed_here(request: SignedInRequest, version: ArticleVersion) -> Counted | None:
    """Count how earlier versions' mentions stand in one; no query for a first version."""
    if version.number == 1:
        return None
    return count_placements(listed_placements(request, version))


def listed_placements(request: SignedInRequest, version: ArticleVersion) -> QuerySet:
    """Return what the person lists of the placements in a version."""
    return MentionPlacement.objects.listed_to(request.user).kept().in_version(version)


def count_placements(rows: QuerySet) -> Counted:
    """Count placements by state; one query."""
    return Counted(dict(rows.order_by().values_list("state").annotate(Count("pk"))))


def with_rows(rows: QuerySet) -> QuerySet:
    """Read with the placements what their pages name, in the order of the text."""
    near = ("mention__claim", "mention__article", "decided_by", "placed_from__version")
    return (
        rows.select_related(*near)
        .defer("placed_from__version__text")
        .annotate(at=Coalesce("proposed__start", "span__start", "placed_from__start"))
        .order_by("at", "pk")
    )


def view_placements(
    request: SignedInRequest, version: ArticleVersion, rows: Sequence[MentionPlacement]
) -> list[PlacementView]:
    """Show placements in one version; the number of queries does not grow with theirs."""
    for row in rows:
        row.project = row.mention.project = row.mention.claim.project = version.project
        row.mention.article, row.version = version.article, version
    there = {one.pk: one.span_id or one.proposed_id for one in rows}
    words, none = surroundings_of_spans(_spans(rows, there)), Context([])
    around = shown_around(version, rows, there)
    gone = [one.mention_id for one in rows if one.state == State.ORPHANED]
    chains = chains_of_mentions(gone, request.access.sight) if gone else {}
    edits = edits_shown_in(version, request.user) if gone else []
    return [
        PlacementView(
            row=one,
            former=(former := words.get(one.placed_from_id, none)),
            later=words.get(there[one.pk] or 0, none),
            may_decide=may(check_decide_placement, request.user, one.mention),
            events=(
                event_links(
                    request, version, one, former.pieces, chains.get(one.mention_id, ()), edits
                )
                if one.state == State.ORPHANED and request.access.can["annotate"]
                else ()
            ),
            around=around.get(one.pk, ()),
        )
        for one in rows
    ]


def _spans(rows: Iterable[MentionPlacement], there: Mapping[int, int | None]) -> set[int]:
    found = {one.placed_from_id for one in rows}
    return found | {pk for pk in there.values() if pk is not None}


def event_links(
    request: SignedInRequest,
    version: ArticleVersion,
    row: MentionPlacement,
    old: Sequence[Piece],
    chain: Chain,
    edits: Sequence[LifecycleEvent],
) -> list[EventLink]:
    """Offer to record that the article was edited, or what the words rest on taken away; where
    `edits` of the version are on record, lead to them instead.

    A person decides what happened: words missing from an article may mean no more than an edit. Of
    a statement that was made elsewhere our version shows nothing, so that nobody saw it themselves.
    """
    slug, quote = version.project.slug, " … ".join(one.text for one in old if one.is_marked)
    note = _("Version %(number)d no longer has: “%(words)s” (claim %(claim)d).") % {
        "number": version.number,
        "words": quote[:QUOTED],
        "claim": row.mention.claim.number,
    }
    links = [_recorded(slug, one) for one in edits]
    seen = {"type": EventType.EDITED_SILENT, "shown_in": version.uid, "note": note}
    if not links:
        article = reverse("event-create-article", args=[slug, version.article.uid])
        words = _("Record an edit of the article")
        links.append(EventLink(f"{article}?{urlencode(seen)}", words))
    noticed = localtime(version.created_at).date().isoformat()
    elsewhere = {"type": EventType.UNAVAILABLE_UNKNOWN, "noticed": noticed, "note": note}
    statements = {hop.statement.pk: hop.statement for hop in chain if hop.statement}
    for one in statements.values():
        is_here = one.canonical_url and one.canonical_url == version.article.canonical_url
        url = reverse("event-create", args=[slug, one.uid])
        words = _("Record what became of the statement: %(statement)s") % {
            "statement": statement_name(one, request.access.sight)
        }
        links.append(EventLink(f"{url}?{urlencode(seen if is_here else elsewhere)}", words))
    return links


def _recorded(slug: str, event: LifecycleEvent) -> EventLink:
    """Lead to an event that tells of the edit already."""
    words = _("Recorded as: %(event)s") % {"event": event.get_type_display()}
    return EventLink(reverse("event-detail", args=[slug, event.uid]), words)
