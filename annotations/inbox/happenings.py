"""What happened to claims, read from history: of use to whoever follows them or judged them.

Read by a job some seconds later, so that saving a claim costs nothing more, whoever follows it, and
whatever door the change came through.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from annotations.notifications.kinds import TargetKind
from annotations.notifications.targets import Target


@dataclass(frozen=True, slots=True)
class Window:
    """The time between two looks at history: after `since`, up to `until`."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened: to which claims (by key) and things (by uid), by whom, to tell of.

    `things` are followed themselves, beside what the claims lead to.
    """

    project_id: int
    actor_id: int | None
    target: Target
    claims: tuple[int, ...] = ()
    things: tuple[UUID, ...] = ()


# Who did it stands in the context of the history row.
_ACTOR = "(h.pgh_context->>'actor')::bigint"
_IN = "h.pgh_created_at > %(since)s AND h.pgh_created_at <= %(until)s"
_BEFORE = """
    JOIN LATERAL (SELECT * FROM annotations_claimhistory p
                   WHERE p.pgh_obj_id = h.pgh_obj_id AND p.pgh_id < h.pgh_id
                   ORDER BY p.pgh_id DESC LIMIT 1) before ON true
"""
# Told by themselves: as verdicts to followers, and to reviewers by who took one back.
_OF_VERDICTS = "coalesce(h.pgh_context->>'action', '') NOT IN ('verdict.rescind', 'claim.reopen')"
# A claim whose words, place, chain or standing of ours changed; not what moderators decided.
_CLAIMS = f"""
    SELECT h.project_id, {_ACTOR}, c.uid, c.number, c.id FROM annotations_claimhistory h
      JOIN annotations_claim c ON c.id = h.pgh_obj_id {_BEFORE}
     WHERE h.pgh_label = 'update' AND {_IN} AND h.revision <> before.revision
       AND h.hidden_at IS NOT DISTINCT FROM before.hidden_at
       AND h.locked_at IS NOT DISTINCT FROM before.locked_at AND {_OF_VERDICTS}
"""
# What everybody reads of a claim: a verdict, one taken back, and that it is judged anew.
_VERDICTS = f"""
    SELECT h.project_id, {_ACTOR}, c.uid, c.number, c.id FROM annotations_verdicthistory h
      JOIN annotations_claim c ON c.id = h.claim_id
     WHERE {_IN} AND (h.pgh_label = 'insert' OR h.state = 'rescinded')
     UNION ALL
    SELECT h.project_id, {_ACTOR}, c.uid, c.number, c.id FROM annotations_claimhistory h
      JOIN annotations_claim c ON c.id = h.pgh_obj_id
     WHERE h.pgh_label = 'update' AND {_IN} AND h.pgh_context->>'action' = 'claim.reopen'
"""
# A claim that was found in an article.
_PLACES = f"""
    SELECT h.project_id, {_ACTOR}, c.uid, c.number, c.id FROM annotations_mentionhistory h
      JOIN annotations_claim c ON c.id = h.claim_id WHERE h.pgh_label = 'insert' AND {_IN}
"""
_COMMENTS = f"""
    SELECT h.project_id, {_ACTOR}, h.uid, c.number, c.id FROM annotations_commenthistory h
      JOIN annotations_claim c ON c.id = h.claim_id WHERE h.pgh_label = 'insert' AND {_IN}
"""
_EVIDENCE = f"""
    SELECT h.project_id, {_ACTOR}, e.uid, c.number, c.id FROM annotations_claimevidencehistory h
      JOIN annotations_evidence e ON e.id = h.evidence_id
      JOIN annotations_claim c ON c.id = h.claim_id WHERE h.pgh_label = 'insert' AND {_IN}
"""
# What happened to a statement concerns it, its source and every claim that rests on it; what
# happened to an article concerns the article.
_EVENTS = """
    SELECT h.project_id, h.created_by_id, h.uid,
           array(SELECT c.id FROM annotations_claim c WHERE c.statement_id = h.statement_id
                 UNION SELECT m.claim_id FROM annotations_attribution a
                         JOIN annotations_mention m ON m.id = a.mention_id
                        WHERE a.statement_id = h.statement_id AND m.discarded_at IS NULL),
           array(SELECT s.uid FROM annotations_statement t
                   JOIN annotations_source s ON s.id = t.source_id WHERE t.id = h.statement_id
                 UNION SELECT t.uid FROM annotations_statement t WHERE t.id = h.statement_id
                 UNION SELECT s.uid FROM annotations_source s WHERE s.id = h.actor_id
                 UNION SELECT r.uid FROM annotations_article r WHERE r.id = h.article_id)
      FROM annotations_lifecycleevent h
     WHERE h.created_at > %(since)s AND h.created_at <= %(until)s
"""
# A verdict that somebody has to look at again: told as the event on which the claim rests, so that
# whoever may not see that one learns nothing of it.
_LOOKS_AGAIN = f"""
    SELECT h.project_id, h.created_by_id, e.uid, NULL::integer, h.claim_id
      FROM annotations_lookagainhistory h
      JOIN annotations_lifecycleevent e ON e.id = h.event_id
     WHERE h.pgh_label = 'insert' AND {_IN}
"""
# Reviews of the words that a change did away with, each with its author; who judged what a verdict
# rested on is told of that by who takes it back.
_STALE = f"""
    SELECT h.project_id, {_ACTOR}, c.uid, c.number, array_agg(DISTINCT r.reviewer_id)
      FROM annotations_claimhistory h
      JOIN annotations_claim c ON c.id = h.pgh_obj_id {_BEFORE}
      JOIN annotations_review r ON r.claim_id = c.id AND r.discarded_at IS NULL
       AND r.claim_revision = before.content_revision
     WHERE h.pgh_label = 'update' AND {_IN} AND h.content_revision <> before.content_revision
       AND {_OF_VERDICTS}
     GROUP BY h.pgh_id, 1, 2, c.uid, c.number ORDER BY h.pgh_id
"""


def _rows(sql: str, window: Window) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"since": window.since, "until": window.until})
        return cursor.fetchall()


def _of_claims(sql: str, kind: TargetKind) -> Callable[[Window], Iterator[Happening]]:
    """Return what reads happenings that concern one claim each."""

    def read(window: Window) -> Iterator[Happening]:
        for project, actor, uid, number, claim in _rows(sql, window):
            yield Happening(project, actor, Target(kind, uid, number), claims=(claim,))

    return read


def _events(window: Window) -> Iterator[Happening]:
    for project, actor, uid, claims, things in _rows(_EVENTS, window):
        target = Target(TargetKind.EVENT, uid)
        yield Happening(project, actor, target, claims=tuple(claims), things=tuple(things))


# What followers are told of; another kind of thing that happens to claims is one more line.
FOLLOWED_HAPPENINGS: tuple[Callable[[Window], Iterator[Happening]], ...] = (
    _of_claims(_CLAIMS, TargetKind.CLAIM),
    _of_claims(_VERDICTS, TargetKind.CLAIM),
    _of_claims(_PLACES, TargetKind.CLAIM),
    _of_claims(_COMMENTS, TargetKind.COMMENT),
    _of_claims(_EVIDENCE, TargetKind.EVIDENCE),
    _of_claims(_LOOKS_AGAIN, TargetKind.EVENT),
    _events,
)


def stale_reviews(window: Window) -> Iterator[tuple[Happening, list[int]]]:
    """Yield each change of a claim that made reviews stale, with the keys of their authors."""
    for project, actor, uid, number, reviewers in _rows(_STALE, window):
        yield Happening(project, actor, Target(TargetKind.CLAIM, uid, number)), reviewers
