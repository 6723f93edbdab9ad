"""A claim's evidence as one viewer sees it, with what they should be warned of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from annotations.accounts.models import User
from annotations.claims.models import Attribution, Claim, Mention
from annotations.lib.hosts import origin_of
from annotations.projects.visibility import Sight
from annotations.sources.models import Source
from annotations.verification.evidence import choices
from annotations.verification.evidence.models import (
    ClaimEvidence,
    Evidence,
    EvidenceIndependence,
    ReviewEvidence,
)
from annotations.verification.evidence.warnings import (
    Answer,
    Interval,
    Piece,
    claim_made,
    dated_after,
    links_used_twice,
    one_origin,
)
from annotations.verification.models import Review


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One piece on a claim. `source` is None where the viewer may not see it."""

    link: ClaimEvidence
    source: Source | None
    dated_after: Answer

    @property
    def evidence(self) -> Evidence:
        """Return the piece itself."""
        return self.link.evidence

    @property
    def is_kept(self) -> bool:
        """Say whether it counts: neither it nor its place on the claim was discarded."""
        return self.link.discarded_at is None and self.evidence.discarded_at is None


@dataclass(frozen=True, slots=True)
class ClaimEvidenceView:
    """All evidence of a claim that the viewer may see, in the order it was added.

    Warnings rest on what the viewer sees, so that nothing else shows in them.
    """

    lines: Sequence[EvidenceLine]
    one_origin: Answer
    twice: Sequence[Sequence[EvidenceLine]]

    @property
    def kept(self) -> list[EvidenceLine]:
        """Return the pieces that count."""
        return [line for line in self.lines if line.is_kept]

    @property
    def set_aside(self) -> list[EvidenceLine]:
        """Return the pieces that were discarded or taken off."""
        return [line for line in self.lines if not line.is_kept]


def evidence_of_claim(claim: Claim, viewer: User, sight: Sight) -> ClaimEvidenceView:
    """Read the claim's evidence and its warnings; at most four queries."""
    links = list(
        ClaimEvidence.objects.visible_to(viewer)
        .filter(claim=claim)
        .select_related("evidence__source", "evidence__file", "evidence__created_by", "created_by")
        .order_by("id")
    )
    made = when_made(claim, viewer, sight) if links else Interval()
    lines = []
    for link in links:
        link.claim = claim
        link.evidence.project = claim.project
        source = link.evidence.source if sight.shows(link.evidence.source) else None
        piece = _piece(link.evidence, source)
        lines.append(EvidenceLine(link, source, dated_after(piece, made)))
    kept = [line for line in lines if line.is_kept]
    pieces = [_piece(line.evidence, line.source) for line in kept]
    by_key = {line.evidence.pk: line for line in kept}
    return ClaimEvidenceView(
        lines=lines,
        one_origin=one_origin(pieces, marks_among(by_key)),
        twice=[[by_key[key] for key in keys] for keys in links_used_twice(pieces)],
    )


def when_made(claim: Claim, viewer: User, sight: Sight) -> Interval:
    """Return when the claim was said or, unless that is known, first published; two queries.

    Mentions and statements that the viewer may not see do not count.
    """
    mentions = Mention.objects.visible_to(viewer).kept().filter(claim=claim)
    rows = list(
        mentions.values_list("pk", "article__published_earliest", "article__published_latest")
    )
    said = []
    if claim.statement is not None and sight.shows(claim.statement):
        said.append(Interval(claim.statement.said_earliest, claim.statement.said_latest))
    # Who passed it on later says nothing of when it was made.
    hops = Attribution.objects.filter(mention_id__in=[pk for pk, *_ in rows], order=0)
    for hop in hops.select_related("statement"):
        if hop.statement is None:
            said.append(Interval(hop.said_earliest, hop.said_latest))
        elif sight.shows(hop.statement):
            said.append(Interval(hop.statement.said_earliest, hop.statement.said_latest))
    return claim_made(said, [Interval(earliest, latest) for _pk, earliest, latest in rows])


def marks_among(keys: Iterable[int]) -> Mapping[frozenset[int], bool]:
    """Return what is said of pairs of these pieces; one query, none for no piece."""
    wanted = list(keys)
    if not wanted:
        return {}
    rows = EvidenceIndependence.objects.filter(first__in=wanted, second__in=wanted)
    return {
        frozenset((first, second)): is_independent
        for first, second, is_independent in rows.values_list(
            "first_id", "second_id", "is_independent"
        )
    }


def with_what_they_rest_on(reviews: "QuerySet[Review]", viewer: User) -> "QuerySet[Review]":
    """Read reviews with all that is shown of each: one query more for all of them, `shown_used`
    being the evidence that they rest on and the viewer may see.
    """
    used = ReviewEvidence.objects.visible_to(viewer).kept().select_related("link__evidence")
    rows = reviews.select_related("reviewer", "claim", "rating__scale", "guideline")
    return rows.prefetch_related(Prefetch("evidence_used", used.order_by("id"), "shown_used"))


def same_link(evidence: Evidence, viewer: User) -> list[Evidence]:
    """Return other evidence of the project with the same address that the viewer may see."""
    if not evidence.canonical_url:
        return []
    rows = Evidence.objects.visible_to(viewer).kept().filter(project=evidence.project_id)
    found = rows.filter(canonical_url=evidence.canonical_url).exclude(pk=evidence.pk)
    return list(found.order_by("id")[:20])


def _piece(evidence: Evidence, source: Source | None) -> Piece:
    return Piece(
        key=evidence.pk,
        published=Interval(evidence.published_earliest, evidence.published_latest),
        url=evidence.canonical_url,
        origin=origin_of(evidence.canonical_url),
        source=source.pk if source else None,
        is_response=evidence.medium == choices.Medium.CLAIMANT_RESPONSE,
    )
