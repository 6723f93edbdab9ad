"""What the queue may hand to whom: one statement each for claims and for articles.

A claim needs so many reviews; each place is one that counts, or one that somebody has in hand.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.crypto import salted_hmac

from annotations.accounts.models import User
from annotations.projects.models import Project, QueuePolicy
from annotations.verification.listed import listed_condition

# A person who has judged a claim and has been handed it again takes one place.
_PLACES = """
    (SELECT count(*) FROM (
        SELECT r.reviewer_id FROM annotations_review r
         WHERE r.claim_id = c.id AND r.claim_revision = c.content_revision
           AND r.discarded_at IS NULL
        UNION
        SELECT g.assignee_id FROM annotations_assignment g
         WHERE g.claim_id = c.id AND g.state IN ('waiting', 'in_progress', 'sent_back')
           AND (NOT g.is_from_queue OR g.leased_until > %(now)s) AND g.assignee_id <> %(user)s
    ) p)
"""
# The same for all claims of a project at once: judgements that count, and what others hold.
_COUNTED = """
    LEFT JOIN (
        SELECT r.claim_id, r.claim_revision, count(*) AS n,
               bool_or(r.reviewer_id = %(user)s) AS is_mine
          FROM annotations_review r
         WHERE r.project_id = %(project)s AND r.discarded_at IS NULL
         GROUP BY 1, 2
    ) v ON v.claim_id = c.id AND v.claim_revision = c.content_revision
    LEFT JOIN (
        SELECT g.claim_id, count(*) AS n
          FROM annotations_assignment g JOIN annotations_claim k ON k.id = g.claim_id
         WHERE g.project_id = %(project)s AND g.state IN ('waiting', 'in_progress', 'sent_back')
           AND (NOT g.is_from_queue OR g.leased_until > %(now)s) AND g.assignee_id <> %(user)s
           AND NOT EXISTS (SELECT FROM annotations_review r
                            WHERE r.claim_id = g.claim_id AND r.reviewer_id = g.assignee_id
                              AND r.claim_revision = k.content_revision
                              AND r.discarded_at IS NULL)
         GROUP BY 1
    ) h ON h.claim_id = c.id
"""
_TAKEN = "(coalesce(v.n, 0) + coalesce(h.n, 0))"
_NOT_JUDGED = """
    NOT EXISTS (SELECT FROM annotations_review r
                 WHERE r.claim_id = c.id AND r.reviewer_id = %(user)s
                   AND r.claim_revision = c.content_revision AND r.discarded_at IS NULL)
"""
_OF_CLAIMS = """
    c.project_id = %(project)s AND c.discarded_at IS NULL AND c.hidden_at IS NULL
    AND c.merged_into_id IS NULL AND c.round_id IS NULL
    AND (c.locked_at IS NULL OR %(moderates)s)
"""
_OF_ARTICLES = """
    c.project_id = %(project)s AND c.hidden_at IS NULL AND c.marking_state <> 'done'
    AND (c.locked_at IS NULL OR %(moderates)s)
    AND NOT EXISTS (SELECT FROM annotations_markinground m
                     WHERE m.article_id = c.id AND m.state IN ('open', 'handed_in'))
"""
_NOBODY_MARKS = """
    NOT EXISTS (SELECT FROM annotations_assignment g
                 WHERE g.article_id = c.id AND g.state IN ('waiting', 'in_progress', 'sent_back')
                   AND (NOT g.is_from_queue OR g.leased_until > %(now)s)
                   AND g.assignee_id <> %(user)s)
"""
_NOT_HANDED_BACK = """
    NOT EXISTS (SELECT FROM annotations_assignment b WHERE b.{kind}_id = c.id
                   AND b.assignee_id = %(user)s AND b.state = 'handed_back')
"""
# Among claims with as many places taken, everybody has an order of their own, which cannot be
# foreseen: from what comes first nobody can tell that something else was judged meanwhile.
_SHUFFLED = "md5(%(shuffle)s || c.id::text)"
_CLAIM_ORDER = {
    QueuePolicy.NEWEST: "c.id DESC",
    QueuePolicy.PRIORITY: "c.priority DESC, c.id",
    QueuePolicy.CHECK_WORTHINESS: "c.check_worthiness DESC NULLS LAST, c.id",
    QueuePolicy.DUE: "c.due, c.id",
    QueuePolicy.FEWEST_REVIEWS: f"{_TAKEN}, {_SHUFFLED}",
}


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks the queue of which project, and when."""

    user: User
    project: Project
    moderates: bool
    now: datetime

    @property
    def values(self) -> dict[str, Any]:
        """Return what the statements are filled with."""
        return {
            "project": self.project.pk,
            "user": self.user.pk,
            "moderates": self.moderates,
            "needed": self.project.reviews_needed,
            "now": self.now,
            "shuffle": salted_hmac("queue", str(self.user.pk)).hexdigest(),
        }


def claim_to_hand(asking: Asking, *, wait: bool) -> int | None:
    """Lock and return the claim that comes next; None where there is none.

    Those that somebody else has locked at this moment are passed over, or waited for (`wait`). What
    was read before the lock may be out of date: `claim_fits` has to be asked once more.
    """
    where = f"{_of_claims(asking)} AND {_NOT_HANDED_BACK.format(kind='claim')}"
    room = f"{_TAKEN} < %(needed)s AND v.is_mine IS NOT TRUE"
    order = _CLAIM_ORDER[QueuePolicy(asking.project.queue_policy)]
    return _lock_first(f"claim c {_COUNTED}", f"{where} AND {room}", order, asking, wait=wait)


def article_to_hand(asking: Asking, *, wait: bool) -> int | None:
    """Lock and return the article that comes next; as `claim_to_hand`.

    Articles have no priority, date due or reviews: what nobody has begun comes first, and of that
    the newest or, by any other policy, what has waited longest.
    """
    order = "DESC" if asking.project.queue_policy == QueuePolicy.NEWEST else "ASC"
    where = f"{_OF_ARTICLES} AND {_NOBODY_MARKS} AND {_NOT_HANDED_BACK.format(kind='article')}"
    begun = "(c.marking_state <> 'to_do')"
    return _lock_first("article c", where, f"{begun}, c.id {order}", asking, wait=wait)


def claim_fits(asking: Asking, claim_id: int, *, by_hand: bool = False) -> bool:
    """Say whether the claim, which is locked, can be worked on by whoever asks.

    What was given by hand needs no place, and may have been judged before.
    """
    where = _of_claims(asking)
    where = where if by_hand else f"{where} AND {_NOT_JUDGED}"
    room = "" if by_hand else f" AND {_PLACES} < %(needed)s"
    return _is_there("claim", f"{where}{room}", asking, claim_id)


def article_fits(asking: Asking, article_id: int, *, by_hand: bool = False) -> bool:
    """Say whether the article, which is locked, can be marked by whoever asks."""
    where = _OF_ARTICLES if by_hand else f"{_OF_ARTICLES} AND {_NOBODY_MARKS}"
    return _is_there("article", where, asking, article_id)


def _of_claims(asking: Asking) -> str:
    """Return the condition of claims that may be worked on; not of a text that one marks."""
    return f"{_OF_CLAIMS} AND {listed_condition(asking.project, asking.user)}"


def _lock_first(rows: str, where: str, order: str, asking: Asking, *, wait: bool) -> int | None:
    skip = "" if wait else "SKIP LOCKED"
    query = (
        f"SELECT c.id FROM annotations_{rows} WHERE {where}"
        f" ORDER BY {order} LIMIT 1 FOR NO KEY UPDATE OF c {skip}"
    )
    with connection.cursor() as cursor:
        # What is counted for all claims is not to be counted anew for each of them, as PostgreSQL
        # would where it does not know yet how many there are: minutes for a thousand claims.
        cursor.execute("SET LOCAL enable_nestloop TO off")
        cursor.execute(query, asking.values)
        row = cursor.fetchone()
        cursor.execute("SET LOCAL enable_nestloop TO DEFAULT")
    return row[0] if row else None


def _is_there(kind: str, where: str, asking: Asking, row_id: int) -> bool:
    query = f"SELECT EXISTS (SELECT FROM annotations_{kind} c WHERE c.id = %(row)s AND {where})"
    with connection.cursor() as cursor:
        cursor.execute(query, {**asking.values, "row": row_id})
        row = cursor.fetchone()
    return row == (True,)
