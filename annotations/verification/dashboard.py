"""How a project is doing, in figures that tell each viewer no more than its pages do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

from annotations.accounts.models import User
from annotations.accounts.roles import Permission, role_allows
from annotations.projects.models import Project
from annotations.projects.permissions import role_of
from annotations.verification.listed import listed_condition
from annotations.verification.stages import Stage

WEEKS = 12
# Days since a claim was added: under a week, under four, under thirteen, and older.
AGES = (7, 28, 91)
# What needs no more work.
SETTLED = (Stage.AGREED, Stage.ADJUDICATED, Stage.PUBLISHED)

# Stages are told as in `stage_queries`: to whoever sees every review as they are, to others as all
# may know them and by what they themselves have judged or decided.
_STAGES = """
    WITH staged AS (
        SELECT c.created_at, c.due, CASE
            WHEN %(sees_people)s THEN s.whole
            WHEN s.open IN ('published', 'adjudicated') THEN s.open
            WHEN c.id IN (SELECT a.claim_id
                FROM annotations_adjudication a JOIN annotations_claim j ON j.id = a.claim_id
                                                AND j.content_revision = a.claim_revision
               WHERE a.created_by_id = %(user)s AND a.project_id = %(project)s) THEN 'adjudicated'
            WHEN s.open IN ('unreviewed', 'reopened') AND c.id IN (SELECT r.claim_id
                FROM annotations_review r JOIN annotations_claim j ON j.id = r.claim_id
                                          AND j.content_revision = r.claim_revision
               WHERE r.reviewer_id = %(user)s AND r.project_id = %(project)s
                 AND r.discarded_at IS NULL) THEN 'in_review'
            ELSE s.open END AS stage
          FROM annotations_claim c
          JOIN annotations_claimstage s ON s.claim_id = c.id
         WHERE c.project_id = %(project)s AND c.discarded_at IS NULL
           AND c.merged_into_id IS NULL AND {listed}
           AND (c.hidden_at IS NULL OR %(sees_hidden)s)
    )
    SELECT stage, width_bucket(%(now)s - created_at, %(ages)s::interval[]) AS age,
           coalesce(due < %(today)s, false) AS overdue, count(*)
      FROM staged GROUP BY 1, 2, 3
"""
# Claims that were added, and reviews that the viewer may know of, by the week of the project's
# zone. A review that has become stale or was taken back was work all the same.
_WEEKS = """
    SELECT 'claims', date_trunc('week', c.created_at AT TIME ZONE %(zone)s)::date, count(*)
      FROM annotations_claim c
     WHERE c.project_id = %(project)s AND c.created_at >= %(since)s AND {listed}
       AND (c.hidden_at IS NULL OR %(sees_hidden)s)
     GROUP BY 2
    UNION ALL
    SELECT 'reviews', date_trunc('week', r.created_at AT TIME ZONE %(zone)s)::date, count(*)
      FROM annotations_review r JOIN annotations_claim c ON c.id = r.claim_id
     WHERE r.project_id = %(project)s AND r.created_at >= %(since)s AND {listed}
       AND (%(sees_all)s OR r.reviewer_id = %(user)s)
       AND (c.hidden_at IS NULL OR %(sees_hidden)s)
     GROUP BY 2
"""
# Who has what in hand, and has judged how much; the viewer alone, unless they see every review.
_PEOPLE = """
    SELECT u.uid, u.display_name, coalesce(a.in_hand, 0), coalesce(a.overdue, 0),
           coalesce(a.sent_back, 0), coalesce(v.reviews, 0), coalesce(v.stale, 0)
      FROM annotations_membership m
      JOIN annotations_user u ON u.id = m.user_id
      LEFT JOIN (
          SELECT g.assignee_id, count(*) AS in_hand,
                 count(*) FILTER (WHERE g.due < %(today)s) AS overdue,
                 count(*) FILTER (WHERE g.state = 'sent_back') AS sent_back
            FROM annotations_assignment g
           WHERE g.project_id = %(project)s AND g.state IN ('waiting', 'in_progress', 'sent_back')
           GROUP BY g.assignee_id) a ON a.assignee_id = u.id
      LEFT JOIN (
          SELECT r.reviewer_id, count(*) AS reviews,
                 count(*) FILTER (WHERE r.claim_revision <> c.content_revision AND NOT EXISTS (
                     SELECT FROM annotations_review later
                      WHERE later.claim_id = r.claim_id AND later.reviewer_id = r.reviewer_id
                        AND later.claim_revision > r.claim_revision
                        AND later.discarded_at IS NULL)) AS stale
            FROM annotations_review r JOIN annotations_claim c ON c.id = r.claim_id
           WHERE r.project_id = %(project)s AND r.discarded_at IS NULL AND {listed}
             AND (%(sees_people)s OR r.reviewer_id = %(user)s)
             AND (c.hidden_at IS NULL OR %(sees_hidden)s)
           GROUP BY r.reviewer_id) v ON v.reviewer_id = u.id
     WHERE m.project_id = %(project)s AND m.role <> 'reader'
       AND (%(sees_people)s OR u.id = %(user)s)
     ORDER BY u.display_name, u.id
"""


@dataclass(frozen=True, slots=True)
class PersonFigures:
    """One person's work: unfinished, of that overdue and sent back; judgements given, and stale."""

    uid: str
    name: str
    in_hand: int
    overdue: int
    sent_back: int
    reviews: int
    stale: int


@dataclass(frozen=True, slots=True)
class Week:
    """One week, by its Monday in the project's zone."""

    begins: date
    claims: int
    reviews: int


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The figures of one project, as one viewer may know them.

    `ages` and `overdue` are of claims that are not settled as the viewer sees them; `ages` has one
    count for each of AGES and one for older ones. `sees_people`: every person's row, or their own.
    """

    stages: dict[Stage, int]
    ages: Sequence[int]
    overdue: int
    weeks: Sequence[Week]
    people: Sequence[PersonFigures]
    sees_people: bool
    sees_every_review: bool

    @property
    def claims(self) -> int:
        """Return how many claims there are in all."""
        return sum(self.stages.values())

    @property
    def work_overdue(self) -> int:
        """Return how much of the work given out is overdue: everybody's, or the viewer's own."""
        return sum(one.overdue for one in self.people)


def dashboard_of(project: Project, viewer: User) -> Dashboard:
    """Read the figures; three queries, whatever the size of the project.

    Of claims they count those that stand in the viewer's lists, as `claims_listed_to` says.
    """
    role = role_of(viewer, project)
    now = timezone.now()
    zone = ZoneInfo(project.time_zone)
    today = now.astimezone(zone).date()
    first = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    sees_people = role_allows(role, Permission.SEE_ALL_REVIEWS)
    values = {
        "project": project.pk,
        "user": viewer.pk,
        "now": now,
        "today": today,
        "zone": project.time_zone,
        "since": datetime(first.year, first.month, first.day, tzinfo=zone),
        "ages": [timedelta(0), *(timedelta(days=days) for days in AGES)],
        "sees_all": sees_people or not project.blind,
        "sees_people": sees_people,
        "sees_hidden": role_allows(role, Permission.SEE_HIDDEN),
    }
    listed = listed_condition(project, viewer)
    stages, ages, overdue = _of_claims(_rows(_STAGES, values, listed))
    return Dashboard(
        stages=stages,
        ages=ages,
        overdue=overdue,
        weeks=_weeks(_rows(_WEEKS, values, listed), first),
        people=[PersonFigures(str(uid), *rest) for uid, *rest in _rows(_PEOPLE, values, listed)],
        sees_people=sees_people,
        sees_every_review=sees_people or not project.blind,
    )


def _of_claims(rows: Sequence[tuple[Any, ...]]) -> tuple[dict[Stage, int], list[int], int]:
    stages = dict.fromkeys(Stage, 0)
    ages = [0] * (len(AGES) + 1)
    overdue = 0
    for name, age, is_overdue, count in rows:
        stage = Stage(name)
        stages[stage] += count
        if stage not in SETTLED:
            # A clock that was behind would make a claim younger than nothing.
            ages[max(age - 1, 0)] += count
            overdue += count if is_overdue else 0
    return stages, ages, overdue


def _weeks(rows: Sequence[tuple[Any, ...]], first: date) -> list[Week]:
    found = {(kind, begins): count for kind, begins, count in rows}
    mondays = [first + timedelta(weeks=n) for n in range(WEEKS)]
    return [
        Week(monday, found.get(("claims", monday), 0), found.get(("reviews", monday), 0))
        for monday in mondays
    ]


def _rows(query: str, values: dict[str, Any], listed: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query.replace("{listed}", listed), values)
        return cursor.fetchall()
