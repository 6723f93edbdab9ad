"""What an entry of the ledger shows beside the event: who reports it, and what rests on it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.captures.models import Capture
from annotations.claims.chains import Chain, chains_of_events
from annotations.claims.models import Attribution, Claim, Mention
from annotations.lifecycle import choices
from annotations.lifecycle.marks import ToldEvent
from annotations.lifecycle.models import EventCapture, LifecycleEvent, LookAgain
from annotations.projects.visibility import Sight
from annotations.sources.models import Source
from annotations.statements.models import Statement
from annotations.verification.verdicts.models import Verdict


@dataclass(frozen=True, slots=True)
class Resting:
    """A claim that rests on what the event is about, with the verdict that stands of it."""

    claim: Claim
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Entry(ToldEvent):
    """One event of the ledger, as one viewer may read it; names they may not see are None.

    `looks_again` are the verdicts that wait to be looked at again because of it; `captures` stand
    by when they were taken.
    """

    event: LifecycleEvent
    standing: str
    chain: Chain
    actor: Source | None
    on_behalf_of: Source | None
    said_by: Source | None
    resting: Sequence[Resting]
    looks_again: Sequence[LookAgain]
    captures: Sequence[EventCapture]

    @property
    def subject(self) -> Statement | Article:
        """Return what it happened to."""
        found = self.event.statement or self.event.article
        assert found is not None
        return found

    @property
    def is_statement(self) -> bool:
        """Say whether it happened to a statement."""
        return self.event.statement is not None

    @property
    def words(self) -> str:
        """Return the words of the statement, or the headline of the article."""
        if self.event.statement is not None:
            return self.event.statement.text
        return self.subject.title if isinstance(self.subject, Article) else ""

    @property
    def place(self) -> str:
        """Return where it stood: the statement's channel, the article's outlet."""
        if isinstance(self.subject, Statement):
            return self.subject.channel
        return self.subject.outlet.name if self.subject.outlet else ""

    @property
    def verdicts(self) -> list[Verdict]:
        """Return the verdicts that rest on it."""
        return [one.verdict for one in self.resting if one.verdict is not None]

    def captures_at(self, place: choices.CapturePlace) -> list[Capture]:
        """Return those of its captures that show how it was before it, after it, or the site."""
        return [one.capture for one in self.captures if one.place == place]

    @property
    def told_at(self) -> datetime:
        """Return when it was recorded or last assessed, as `latest_assessed` annotates."""
        return self.event.told_at


def entries_of(events: Sequence[LifecycleEvent], viewer: User, sight: Sight) -> list[Entry]:
    """Read what the entries show; as many queries for one event as for all.

    The events have their standing annotated, and `loaded`.
    """
    chains = chains_of_events([one.pk for one in events], sight)
    captures: dict[int, list[EventCapture]] = defaultdict(list)
    shown = EventCapture.objects.visible_to(viewer).filter(event__in=events)
    for attached in shown.select_related("capture").order_by("capture__taken_at", "pk"):
        captures[attached.event_id].append(attached)
    resting = _resting(events, viewer)
    waiting: dict[int, list[LookAgain]] = defaultdict(list)
    rows = LookAgain.objects.visible_to(viewer).in_state(choices.LookAgainState.OPEN)
    for one in rows.filter(event__in=events).select_related("claim").order_by("pk"):
        waiting[one.event_id].append(one)
    return [
        Entry(
            event=event,
            standing=event.standing or choices.Standing.REPORTED,
            chain=chains.get(event.pk, ()),
            actor=_named(event.actor, sight),
            on_behalf_of=_named(event.on_behalf_of, sight),
            said_by=_named(event.statement.source if event.statement else None, sight),
            resting=resting.get((event.statement_id, event.article_id), ()),
            looks_again=waiting[event.pk],
            captures=captures[event.pk],
        )
        for event in events
    ]


def _named(source: Source | None, sight: Sight) -> Source | None:
    current = source.current if source else None
    return current if sight.shows(current) else None


_Subject = tuple[int | None, int | None]


def _resting(events: Iterable[LifecycleEvent], viewer: User) -> dict[_Subject, list[Resting]]:
    """Return the kept claims that rest on each statement or are found in each article, by number,
    as far as the viewer lists them; four queries.
    """
    statements = {one.statement_id for one in events if one.statement_id}
    articles = {one.article_id for one in events if one.article_id}
    ids: dict[_Subject, set[int]] = defaultdict(set)
    hops = Attribution.objects.crediting_claims(viewer).filter(statement__in=statements)
    for statement, claim in hops.order_by().values_list("statement", "mention__claim").distinct():
        ids[statement, None].add(claim)
    mentions = Mention.objects.listed_to(viewer).kept().filter(article__in=articles)
    for article, claim in mentions.order_by().values_list("article", "claim").distinct():
        ids[None, article].add(claim)
    named = set().union(*ids.values()) if ids else set()
    wanted = Q(pk__in=named) | Q(statement__in=statements)
    claims = list(Claim.objects.listed_to(viewer).kept().filter(wanted).order_by("number"))
    verdicts = {
        one.claim_id: one for one in Verdict.objects.visible_to(viewer).current().filter(
            claim__in=claims
        )
    }  # fmt: skip
    found: dict[_Subject, list[Resting]] = defaultdict(list)
    for row in claims:
        subjects = [subject for subject, held in ids.items() if row.pk in held]
        directly: _Subject = (row.statement_id, None)
        if row.statement_id in statements and directly not in subjects:
            subjects.append(directly)
        for subject in subjects:
            found[subject].append(Resting(row, verdicts.get(row.pk)))
    return found
