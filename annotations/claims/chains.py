"""Attribution chains as a viewer may read them: the same for pages, API and exports."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from annotations.claims import choices
from annotations.claims.models import Attribution
from annotations.planned import IsOneOf, Planned, Slot
from annotations.projects.visibility import Sight
from annotations.sources.models import Source
from annotations.statements.models import Statement

# The fields of a hop that would describe a speaker the viewer may not see: withheld with the name,
# on pages, in the API, in history and in exports.
SPEAKER_WORDS = ("role_at_time", "anonymity_reason", "basis_of_knowledge")
OF_THE_SPEAKER = ("source_span", *SPEAKER_WORDS)


@dataclass(frozen=True, slots=True)
class Hop:
    """One hop for display. Where the viewer may not see the source, `source` is None,
    `withheld` is true and what describes the speaker (OF_THE_SPEAKER) is empty; a statement they
    may not see is left out as if it were not there.
    """

    row: Attribution
    source: Source | None
    spokesperson_for: Source | None
    statement: Statement | None
    withheld: bool

    @property
    def name(self) -> str:
        """Return the source's name; empty when withheld or not named."""
        return self.source.name if self.source else ""

    @property
    def is_named(self) -> bool:
        """Say whether a name can be shown."""
        return self.source is not None

    @property
    def is_whole(self) -> bool:
        """Say whether the viewer sees every row that the hop names."""
        shown = (self.source, self.spokesperson_for, self.statement)
        stored = (self.row.source_id, self.row.spokesperson_for_id, self.row.statement_id)
        return all((row is None) == (pk is None) for row, pk in zip(shown, stored, strict=True))

    @property
    def source_span_id(self) -> int | None:
        """Return the span of the words that name the speaker; None when withheld or unmarked."""
        return None if self.withheld else self.row.source_span_id

    @property
    def role_at_time(self) -> str:
        """Return what the speaker was then; empty when withheld or not said."""
        return "" if self.withheld else self.row.role_at_time

    @property
    def anonymity_reason(self) -> str:
        """Return why the speaker stays anonymous; empty when withheld or not said."""
        return "" if self.withheld else self.row.anonymity_reason

    @property
    def basis_of_knowledge(self) -> str:
        """Return how the speaker knows; empty when withheld or not said."""
        return "" if self.withheld else self.row.basis_of_knowledge

    @property
    def said_on(self) -> str:
        """Return when it was said, read from the statement where there is one."""
        return self.statement.said_on if self.statement else self.row.said_on

    @property
    def said_zone(self) -> str:
        """Return the zone in which a bare date of it is meant."""
        return self.statement.said_zone if self.statement else self.row.said_zone

    @property
    def said_earliest(self) -> datetime | None:
        """Return the first instant it can have been said."""
        return self.statement.said_earliest if self.statement else self.row.said_earliest

    @property
    def where(self) -> str:
        """Return the channel or place, read from the statement where there is one."""
        return self.statement.channel if self.statement else self.row.said_where


Chain = tuple[Hop, ...]


def chains_of_mentions(mention_ids: Iterable[int], sight: Sight) -> dict[int, Chain]:
    """Read the chains of many mentions in one query, original speaker first."""
    return _chains(_hops_of_mentions(list(mention_ids)), "mention_id", sight)


def chains_of_events(event_ids: Iterable[int], sight: Sight) -> dict[int, Chain]:
    """Read by whom many lifecycle events are reported, in one query."""
    return _chains(_hops_of_events(list(event_ids)), "event_id", sight)


def speakers_differ(chains: Iterable[Chain]) -> bool:
    """Say whether the chains name different original speakers: the attribution is disputed.

    Compared by source, so that two spellings of one name agree. Chains without a named original
    speaker dispute nothing, nor do speakers withheld from the viewer: who they are, or are not,
    must not show in what is said of others.
    """
    speakers = {chain[0].source.pk for chain in chains if chain and chain[0].source}
    return len(speakers) > 1


@Planned
def _hops_of_mentions(mention_ids: Slot) -> QuerySet[Attribution]:
    return _hops(IsOneOf("mention", mention_ids)).order_by("mention_id", "order")


@Planned
def _hops_of_events(event_ids: Slot) -> QuerySet[Attribution]:
    rows = _hops(IsOneOf("event", event_ids)).order_by("event_id", "order")
    # Hops of events never change: they may name a source that was merged since.
    return rows.select_related("source__merged_into", "spokesperson_for__merged_into")


def _hops(where: IsOneOf) -> QuerySet[Attribution]:
    rows = Attribution.objects.filter(where)
    return rows.select_related("source", "spokesperson_for", "statement", "statement__source")


def _chains(rows: Iterable[Attribution], parent: str, sight: Sight) -> dict[int, Chain]:
    chains: dict[int, list[Hop]] = defaultdict(list)
    for row in rows:
        chains[getattr(row, parent)].append(hop_for(row, sight))
    return {parent_id: tuple(hops) for parent_id, hops in chains.items()}


def hop_for(row: Attribution, sight: Sight) -> Hop:
    """Return one hop as the viewer may read it; source and statement should be loaded."""
    source = row.source.current if row.source else None
    spoken_for = row.spokesperson_for.current if row.spokesperson_for else None
    shown = sight.shows(source)
    return Hop(
        row=row,
        source=source if shown else None,
        spokesperson_for=spoken_for if sight.shows(spoken_for) else None,
        statement=row.statement if sight.shows(row.statement) else None,
        withheld=row.source_given == choices.SourceGiven.NAMED and not shown,
    )


def in_order(names: Iterable[str]) -> str:
    """Return names in one line, each with an arrow to whom it was passed on by."""
    # Translators: from one to the next; point it the other way in a language read from the right.
    return f" {_('→')} ".join(names)
