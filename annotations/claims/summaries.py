"""Claims in one line each, for lists of a thousand: names only, no model instances."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from annotations.accounts.models import User
from annotations.claims.chains import Chain
from annotations.claims.choices import SourceGiven
from annotations.claims.models import Attribution, Mention
from annotations.claims.querysets import MentionQuerySet
from annotations.lib.bidi import directed, isolated, reads_from_right
from annotations.planned import IsOneOf, PlannedValues, Slot
from annotations.projects.visibility import Sight


@dataclass(slots=True)
class ChainSummary:
    """Who is said to have said it, original speaker first, and the statements it rests on.

    Statements stand here whether the viewer may see them or not; names only where they may.
    """

    words: str = ""
    statement_ids: list[int] = field(default_factory=list)


def chain_summaries(
    mention_ids: "Iterable[int] | QuerySet[Any]", sight: Sight
) -> dict[int, ChainSummary]:
    """Return "who via whom" of each mention that has a chain; one query.

    `mention_ids` are ids or, for many, a query that gives them.

    The same rule as `chains.hop_for`, without loading rows: full hops of a thousand mentions
    cost over 100 ms.
    """
    rows: Iterable[tuple[Any, ...]]
    if isinstance(mention_ids, QuerySet):
        rows = _columns(Attribution.objects.filter(mention_id__in=mention_ids))
    else:
        rows = _hops(list(mention_ids))
    words = _unnamed()
    via = _("%(who)s via %(relay)s")
    summaries: dict[int, ChainSummary] = {}
    for mention_id, given, name, hidden_at, statement_id in rows:
        shown = name if _may_name(name, hidden_at, sight) else words[given]
        summary = summaries.get(mention_id)
        if summary is None:
            summary = summaries[mention_id] = ChainSummary(shown)
        else:
            summary.words = _passed_on(via, summary.words, shown)
        if statement_id:
            summary.statement_ids.append(statement_id)
    return summaries


def places_of_claims(
    claim_ids: Iterable[int], viewer: User, sight: Sight
) -> Iterable[tuple[int, int, int]]:
    """Return the id, the first mention and the number of mentions of each claim that has any where
    the viewer reads; of claims that they list, in no order; one query.
    """
    ids = list(claim_ids)
    if sight.marking:
        seen = Mention.objects.visible_to(viewer).filter(claim__in=ids)
        return _counted(seen)
    return _places(ids) if sight.sees_hidden else _places_in_shown_articles(ids)


@PlannedValues
def _places(claim_ids: Slot) -> "QuerySet[Any, Any]":
    return _counted(Mention.objects.filter(IsOneOf("claim", claim_ids)))


@PlannedValues
def _places_in_shown_articles(claim_ids: Slot) -> "QuerySet[Any, Any]":
    rows = Mention.objects.filter(IsOneOf("claim", claim_ids), article__hidden_at__isnull=True)
    return _counted(rows)


def _counted(mentions: MentionQuerySet) -> "QuerySet[Any, Any]":
    counted = mentions.kept().order_by().values_list("claim_id")
    return counted.annotate(Min("id"), Count("id"))


@PlannedValues
def _hops(mention_ids: Slot) -> "QuerySet[Any, Any]":
    return _columns(Attribution.objects.filter(IsOneOf("mention", mention_ids)))


def _columns(hops: "QuerySet[Attribution]") -> "QuerySet[Any, Any]":
    return hops.order_by("mention_id", "order").values_list(
        "mention_id", "source_given", "source__name", "source__hidden_at", "statement_id"
    )


def chain_in_words(chain: Chain) -> str:
    """Return the same words for a chain that is in hand; empty where there is none."""
    words, via = _unnamed(), _("%(who)s via %(relay)s")
    shown = ""
    for n, hop in enumerate(chain):
        name = hop.name if hop.is_named else words[hop.row.source_given]
        shown = _passed_on(via, shown, name) if n else name
    return shown


def _unnamed() -> dict[str, str]:
    """Say what stands in the place of a name, by how the source was given."""
    return {
        SourceGiven.IMPLICIT.value: _("implicit source"),
        SourceGiven.NONE.value: _("no source"),
        SourceGiven.NAMED.value: _("source not shown"),
    }


def _may_name(name: str | None, hidden_at: datetime | None, sight: Sight) -> bool:
    return name is not None and (hidden_at is None or sight.sees_hidden)


def _passed_on(via: str, who: str, relay: str) -> str:
    """Say who through whom; in the order of the interface, whatever letters the names are in."""
    from_right = get_language_bidi()
    if not from_right and not reads_from_right(who + relay):
        return via % {"who": who, "relay": relay}
    words = via % {"who": isolated(who), "relay": isolated(relay)}
    return directed(words, from_right=from_right)
