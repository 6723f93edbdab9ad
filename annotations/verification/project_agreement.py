"""The agreement of a project's reviewers on its claims: which judgements count, and the numbers."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations, groupby
from operator import itemgetter
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.lib.errors import InvalidInput
from annotations.projects.models import Project
from annotations.verification.agreement import (
    Measured,
    cohen_kappa,
    confusion_matrix,
    either_way,
    krippendorff_alpha,
    percentage_agreement,
)
from annotations.verification.models import Label, Review
from annotations.verification.standards.models import RatingScale

# Claim, reviewer, label or rating; by claim.
Row = tuple[int, int, str]
Labels = Counter[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose judgements, of which days in the project's zone; None leaves a side open.

    With `scale`, how they rated on that version of the project's scale; without, their labels.
    """

    first: User | None = None
    second: User | None = None
    since: date | None = None
    until: date | None = None
    scale: RatingScale | None = None

    @property
    def values(self) -> list[str]:
        """Return what may have been given, in order: names of ratings, or labels as stored."""
        if self.scale is None:
            return list(Label.values)
        return [value.name for value in self.scale.values.all()]

    def check(self) -> None:
        """Raise InvalidInput, naming the field, unless it is a pair or nobody, and a period."""
        if (self.first is None) != (self.second is None) or (
            self.first is not None and self.first == self.second
        ):
            raise InvalidInput(_("Choose two different reviewers, or none."), field="second")
        if self.since and self.until and self.until < self.since:
            raise InvalidInput(_("This period ends before it begins."), field="until")


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two people who judged the same claims."""

    first: User
    second: User
    claims: int
    percentage: Measured
    kappa: Measured


@dataclass(frozen=True, slots=True)
class ProjectAgreement:
    """The numbers of the pair that was asked for, or of everybody; and of every pair.

    `kappa` is None where there is no one pair. `matrix` has the `values` in their order: the first
    of the pair by rows and the second by columns, or every pair both ways. `alpha` is ordinal where
    these have an order.
    """

    values: list[str]
    is_ordinal: bool
    claims: int
    alpha: Measured
    percentage: Measured
    kappa: Measured | None
    matrix: list[list[int]]
    pairs: list[PairAgreement]


def reviewers_of(project: Project, viewer: User) -> list[User]:
    """Return everybody who has judged a claim of the project, by name; one query."""
    judged = Review.objects.visible_to(viewer).filter(project=project).values("reviewer_id")
    return list(User.objects.filter(pk__in=judged).order_by("display_name", "pk"))


def scales_rated_on(project: Project) -> list[RatingScale]:
    """Return every version of the project's scale with its values, the latest first."""
    rows = RatingScale.objects.filter(project=project).order_by("-version")
    return list(rows.prefetch_related("values"))


def agreement_of(
    project: Project, viewer: User, people: Sequence[User], asked: Asked
) -> ProjectAgreement:
    """Measure how far the project's reviewers agree; one query, and one for a scale's values.

    A judgement counts when it is of the claim's present content and not taken back, its claim is
    not discarded, and it was first given in the period; a claim, when two of these are of it.
    `people` are `reviewers_of` the project.
    """
    given = "label" if asked.scale is None else "rating__name"
    rows = _counted(project, viewer, asked).values_list("claim_id", "reviewer_id", given)
    # Whoever judged since `people` were read has no name here yet, and is left out throughout.
    rows = rows.filter(reviewer__in=[one.pk for one in people])
    units = [list(unit) for _claim, unit in groupby(rows.order_by("claim_id"), itemgetter(0))]
    tables = _tables(units)
    pairs = _pairs(tables, {one.pk: one for one in people})
    if asked.first is None or asked.second is None:
        judged = [[value for _claim, _who, value in unit] for unit in units if len(unit) > 1]
        table = either_way(sum(tables.values(), Counter()))
        return _measured(asked, judged, table, None, pairs)
    table = _table_of(tables, asked.first.pk, asked.second.pk)
    return _measured(asked, list(table.elements()), table, cohen_kappa(table), pairs)


def _measured(
    asked: Asked,
    given: Sequence[Sequence[str]],
    table: Labels,
    kappa: Measured | None,
    pairs: list[PairAgreement],
) -> ProjectAgreement:
    values = asked.values
    is_ordinal = asked.scale is not None and asked.scale.is_ordered
    return ProjectAgreement(
        values=values,
        is_ordinal=is_ordinal,
        claims=len(given),
        alpha=krippendorff_alpha(given, order=values if is_ordinal else None),
        percentage=percentage_agreement(table),
        kappa=kappa,
        matrix=confusion_matrix(table, values),
        pairs=pairs,
    )


def _counted(project: Project, viewer: User, asked: Asked) -> QuerySet[Review]:
    rows = Review.objects.visible_to(viewer).kept()
    rows = rows.filter(
        project=project,
        claim_revision=F("claim__content_revision"),
        claim__discarded_at__isnull=True,
        claim__merged_into__isnull=True,
    )
    if asked.scale is not None:
        rows = rows.filter(rating__scale=asked.scale)
    zone = ZoneInfo(project.time_zone)
    begins = asked.since and _midnight(asked.since, 0, zone)
    ends = asked.until and _midnight(asked.until, 1, zone)
    if begins:
        rows = rows.filter(created_at__gte=begins)
    if ends:
        rows = rows.filter(created_at__lt=ends)
    return rows


def _midnight(day: date, later: int, zone: ZoneInfo) -> datetime | None:
    """Return when the day (or the next) begins; None for the ends of the calendar."""
    try:
        begins = datetime.combine(day + timedelta(days=later), time.min, zone)
        return begins.astimezone(UTC)
    except OverflowError:
        return None


def _tables(units: Iterable[Sequence[Row]]) -> dict[tuple[int, int], Labels]:
    """Count the labels of every two people on the same claim, the lower id first."""
    tables: dict[tuple[int, int], Labels] = defaultdict(Counter)
    for unit in units:
        for (_claim, one, label), (_same, other, another) in combinations(unit, 2):
            if one < other:
                tables[one, other][label, another] += 1
            else:
                tables[other, one][another, label] += 1
    return tables


def _table_of(tables: Mapping[tuple[int, int], Labels], first: int, second: int) -> Labels:
    """Return the labels of two people, the first's first."""
    if first < second:
        return tables.get((first, second), Counter())
    turned = tables.get((second, first), Counter())
    return Counter({(mine, theirs): count for (theirs, mine), count in turned.items()})


def _pairs(
    tables: Mapping[tuple[int, int], Labels], people: Mapping[int, User]
) -> list[PairAgreement]:
    """Return every pair, those with most claims first."""
    places = {pk: place for place, pk in enumerate(people)}
    found = []
    for pair in tables:
        first, second = sorted(pair, key=places.__getitem__)
        table = _table_of(tables, first, second)
        found.append(
            PairAgreement(
                people[first],
                people[second],
                table.total(),
                percentage_agreement(table),
                cohen_kappa(table),
            )
        )
    found.sort(key=lambda one: (-one.claims, places[one.first.pk], places[one.second.pk]))
    return found
