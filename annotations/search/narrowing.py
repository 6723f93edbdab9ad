"""What claims are narrowed by, each in the way that is short for few and for many.

PostgreSQL cannot tell which it will be before it has planned, so each filter first looks for what
it would keep, from its own side.
"""

from typing import cast

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import Exact

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.claims.models import Attribution, Claim
from annotations.claims.querysets import ClaimQuerySet
from annotations.planned import IsOneOf
from annotations.projects.marking import marks_nowhere
from annotations.projects.models import Project
from annotations.projects.permissions import can
from annotations.projects.places import Counted
from annotations.search.matching import Matches
from annotations.search.words import read_terms
from annotations.verification.models import Review
from annotations.verification.querysets import ReviewQuerySet
from annotations.verification.stage_queries import in_stage, may_be_in_stage
from annotations.verification.verdicts.models import Verdict

# So many claims are named one by one: looking at their text costs more than at their hops.
FEW, FEW_BY_HOP = 500, 5_000
# The index of words is read whole before its first claim is known, and it is that of all projects:
# what so many of the latest claims hold is told from these alone.
LOOKED_INTO, LOOKED_INTO_ABOVE, COMMON = 150, 5_000, 25
NOT_JUDGED = "none"
LARGEST_NUMBER = 2**31 - 1


def of_type(claims: ClaimQuerySet, project: Project, asked: str) -> ClaimQuerySet:
    """Keep the claims of the project that are, among others, of this type."""
    found = Claim.objects.filter(project=project, types__contains=[asked])
    return _narrowed(claims, found, claim="pk")


def of_stage(claims: ClaimQuerySet, project: Project, viewer: User, asked: str) -> ClaimQuerySet:
    """Keep the claims of the project that are in this stage as the viewer sees it."""
    ids = _few_ids(*may_be_in_stage(asked, viewer, project))
    if ids is not None:
        claims = claims.filter(IsOneOf("pk", ids))
    return cast(ClaimQuerySet, in_stage(claims, asked, viewer, project))


def credited_to(
    claims: ClaimQuerySet, project: Project, viewer: User, **hop: object
) -> ClaimQuerySet:
    """Keep the claims with a hop of these properties, in a chain that the viewer may read.

    Those with any such hop are found first; who may read it is asked of few of them only, and of
    none for who reads whatever is hidden and marks nothing apart from others.
    """
    hops = Attribution.objects.filter(mention__isnull=False, **hop)
    if hops.order_by()[: FEW_BY_HOP + 1].count() <= FEW_BY_HOP:
        standing = hops.filter(mention__discarded_at__isnull=True).order_by()
        claims = claims.filter(IsOneOf("pk", ArraySubquery(standing.values("mention__claim"))))
        if marks_nowhere(viewer) and can(viewer, project, Permission.SEE_HIDDEN):
            return claims.filter(round__isnull=True)
    read = Attribution.objects.crediting_claims(viewer).filter(mention__claim=OuterRef("pk"), **hop)
    # As a value it is asked of one claim after the other, as a join of all hops at once.
    credit = Subquery(read.order_by().values("pk")[:1])
    return claims.alias(credit=credit).filter(credit__isnull=False)


def _narrowed(claims: ClaimQuerySet, rows: QuerySet, *, claim: str = "claim") -> ClaimQuerySet:
    """Keep the claims that any of `rows` is about, by the path to it.

    Few are named one by one, found from their own side; many are met soon enough by looking at
    each claim in turn. PostgreSQL cannot tell which it will be before it has planned.
    """
    ids = _few_ids(rows, claim=claim)
    if ids is not None:
        return claims.filter(IsOneOf("pk", ids))
    return claims.filter(Exists(rows.filter(**{claim: OuterRef("pk")})))


def _few_ids(*rows: QuerySet, claim: str = "claim") -> str | None:
    """Return the claims that the rows are about, as PostgreSQL writes an array: thousands of keys
    that are only handed back to it. None where there are more than FEW rows.
    """
    found: list[str] = []
    count = 0
    for some in rows:
        part = some.order_by().values(key=F(claim))[: FEW + 1 - count]
        told = part.aggregate(keys=Cast(ArrayAgg("key"), TextField()), count=Count("key"))
        count += told["count"]
        if count > FEW:
            return None
        found += [told["keys"][1:-1]] if told["count"] else []
    return f"{{{','.join(found)}}}"


def holding(
    claims: ClaimQuerySet, project: Project, words: str, limit: int
) -> tuple[ClaimQuerySet, Counted]:
    """Keep the claims that hold all the words or have the number that is typed; say how many they
    are, no further than `limit`. Up to the limit they are named one by one.
    """
    condition, ids = Q(), set[int]()
    for term in read_terms(words):
        condition &= Q(Matches("text", term))
    number = words.strip().removeprefix("#")
    if number.isdecimal() and int(number) <= LARGEST_NUMBER:
        ids |= _ids(claims.filter(number=int(number)), limit)
    numbered = Q(pk__in=list(ids))
    if condition and project.last_claim_number > LOOKED_INTO_ABOVE:
        latest = Claim.objects.filter(pk__in=claims.order_by("-number").values("pk")[:LOOKED_INTO])
        if len(_ids(latest.filter(condition), COMMON)) > COMMON:
            return claims.filter(condition | numbered), Counted(COMMON, is_more=True)
    if condition:
        ids |= _ids(claims.filter(condition), limit)
    if len(ids) > limit:
        return claims.filter(condition | numbered), Counted(limit, is_more=True)
    return claims.filter(IsOneOf("pk", list(ids))), Counted(len(ids), is_more=False)


def _ids(claims: ClaimQuerySet, limit: int) -> set[int]:
    return set(claims.order_by().values_list("pk", flat=True)[: limit + 1])


def _judged_by(viewer: User) -> ReviewQuerySet:
    return cast(ReviewQuerySet, Review.objects.filter(reviewer=viewer)).kept()


def with_label(claims: ClaimQuerySet, project: Project, label: str, viewer: User) -> ClaimQuerySet:
    """Keep the claims that show this label: the published verdict's, else the viewer's latest."""
    published = Verdict.objects.current().filter(project=project)
    mine = _judged_by(viewer).filter(project=project)
    if label == NOT_JUDGED:
        of_claim = {"claim": OuterRef("pk")}
        return claims.filter(
            ~Exists(mine.filter(**of_claim)), ~Exists(published.filter(**of_claim))
        )
    ids = _few_ids(published.filter(label=label), mine.filter(label=label))
    if ids is not None:
        claims = claims.filter(IsOneOf("pk", ids))
    # Asked of one claim after the other; as joins they would first be read of the whole project.
    of_claim = {"claim": OuterRef("pk")}
    shown = Coalesce(
        Subquery(published.filter(**of_claim).order_by().values("label")[:1]),
        Subquery(mine.filter(**of_claim).order_by("-claim_revision").values("label")[:1]),
    )
    return claims.filter(Exact(shown, label))
