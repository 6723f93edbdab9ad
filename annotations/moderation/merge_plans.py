"""What merging one claim or source into another would move, keep and end: for the preview.

The services carry out exactly what is planned here, after locking both rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from annotations.accounts.models import User
from annotations.claims.models import Attribution, Claim, Mention
from annotations.projects.marking import originals_beside
from annotations.sources.models import Source, SourceAlias
from annotations.statements.models import Statement
from annotations.verification.assignments.models import UNFINISHED, Assignment
from annotations.verification.evidence.models import ClaimEvidence, Evidence
from annotations.verification.models import Review

# What makes two chains say the same: who, how, and resting on what.
_SAID = ("order", "source_given", "source_id", "spokesperson_for_id", "quote_type", "statement_id")


@dataclass
class ClaimMergePlan:
    """What becomes of everything on `claim` when it is merged into `into`."""

    claim: Claim
    into: Claim
    # All places move; of two that mark the same words one is discarded.
    mentions: list[Mention] = field(default_factory=list)
    twice_of_claim: list[Mention] = field(default_factory=list)
    twice_of_into: list[Mention] = field(default_factory=list)
    links: list[ClaimEvidence] = field(default_factory=list)
    # Evidence that is on both: the link of `into` stays, (theirs, ours).
    links_twice: list[tuple[ClaimEvidence, ClaimEvidence]] = field(default_factory=list)
    takes_statement: bool = False
    keeps_own_statement: bool = False
    reviews: int = 0
    comments: int = 0
    assignments: int = 0

    @property
    def changes_content(self) -> bool:
        """Say whether `into` is no longer what its reviews judged.

        So it is once a place that stands arrives or goes, or a statement to rest on: where it is
        said, and who said it, are part of what was judged. Evidence and comments are not.
        """
        arriving = [one for one in self.mentions if one.discarded_at is None]
        stay = len(arriving) - len(self.twice_of_claim)
        return self.takes_statement or stay > 0 or bool(self.twice_of_into)

    @property
    def stances_differ(self) -> list[tuple[ClaimEvidence, ClaimEvidence]]:
        """Return the evidence that says different things of the two."""
        return [
            (theirs, ours)
            for theirs, ours in self.links_twice
            if theirs.stance != ours.stance and theirs.discarded_at is None
        ]


def claim_merge_plan(claim: Claim, into: Claim) -> ClaimMergePlan:
    """Work out what merging would do; a constant number of queries."""
    plan = ClaimMergePlan(claim, into)
    plan.mentions = _mentions(claim)
    _find_twice(plan, _mentions(into))
    ours = {link.evidence_id: link for link in ClaimEvidence.objects.filter(claim=into)}
    links = ClaimEvidence.objects.filter(claim=claim).select_related("evidence").order_by("id")
    for link in links:
        if link.evidence_id in ours:
            plan.links_twice.append((link, ours[link.evidence_id]))
        else:
            plan.links.append(link)
    plan.takes_statement = bool(claim.statement_id and not into.statement_id)
    plan.keeps_own_statement = bool(
        claim.statement_id and into.statement_id and claim.statement_id != into.statement_id
    )
    plan.reviews = Review.objects.filter(claim=claim).count()
    comments = comments_of(claim)
    plan.comments = 0 if comments is None else comments.count()
    plan.assignments = Assignment.objects.filter(claim=claim, state__in=UNFINISHED).count()
    return plan


def comments_of(claim: Claim) -> QuerySet[Any] | None:
    """Return the comments on the claim; None where there are no comments at all."""
    model = apps.get_app_config("annotations").models.get("comment")
    return None if model is None else model._default_manager.filter(claim=claim)


def _mentions(claim: Claim) -> list[Mention]:
    rows = Mention.objects.filter(claim=claim).order_by("id")
    return list(rows.prefetch_related("span__ranges", "attributions"))


def _find_twice(plan: ClaimMergePlan, ours: Sequence[Mention]) -> None:
    """Find places that mark the same words of the same version with the same chain, or with none.

    The one of `into` stays, unless only the other has a chain. Different chains both stay: that
    the attribution is disputed must not be lost.
    """
    there = {_place(one): one for one in ours if one.discarded_at is None}
    for mention in plan.mentions:
        other = there.get(_place(mention))
        if mention.discarded_at is not None or other is None:
            continue
        theirs, own = _chain(mention), _chain(other)
        if not theirs or theirs == own:
            plan.twice_of_claim.append(mention)
        elif not own:
            plan.twice_of_into.append(other)


def _place(mention: Mention) -> tuple[Any, ...]:
    ranges = sorted((one.start, one.end) for one in mention.span.ranges.all())
    return (mention.version_id, *ranges)


def _chain(mention: Mention) -> list[tuple[Any, ...]]:
    hops = sorted(mention.attributions.all(), key=lambda hop: hop.order)
    return [tuple(getattr(hop, name) for name in _SAID) for hop in hops]


@dataclass(frozen=True)
class SourceMergePlan:
    """What becomes of everything that names `source` when it is merged into `into`."""

    source: Source
    into: Source
    names: Sequence[str]
    hops: int
    spoken_for: int
    statements: int
    evidence: int

    @property
    def takes_outlet(self) -> bool:
        """Say whether the outlet it speaks as goes with it."""
        return self.source.outlet_id is not None


def source_merge_plan(source: Source, into: Source, viewer: User) -> SourceMergePlan:
    """Work out what merging would do, for one viewer; a constant number of queries."""
    hops = Attribution.objects.filter(mention__isnull=False)
    # Of a text that the viewer marks, what others mark beside them is no part of the count.
    hops = hops.exclude(mention__claim__in=originals_beside(viewer.pk))
    names = SourceAlias.objects.filter(source=source).order_by("name")
    return SourceMergePlan(
        source=source,
        into=into,
        names=list(names.values_list("name", flat=True)),
        hops=hops.filter(source=source).count(),
        spoken_for=hops.filter(spokesperson_for=source).count(),
        statements=Statement.objects.filter(source=source).count(),
        evidence=Evidence.objects.filter(source=source).count(),
    )
