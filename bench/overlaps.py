"""Adds mentions that lie across one another to an article, in SQL, past the database's proofs.

Their edges are edges of words, their lengths what people mark: some words to a few sentences.
"""

import random
import re
from typing import Any

import psycopg

from bench.places import Text

WORD = re.compile(r"\S+")
FEWEST, MOST = 2, 35

_MENTION = """
CREATE TEMP TABLE bench_overlap ON COMMIT DROP AS
SELECT k, start, "end", nextval('annotations_claim_id_seq') AS claim_id,
       nextval('annotations_span_id_seq') AS span_id,
       substr(t.text, start + 1, "end" - start) AS exact,
       substr(t.text, greatest(start - 32, 0) + 1, least(start, 32)) AS prefix,
       substr(t.text, "end" + 1, 32) AS suffix
  FROM unnest(%(starts)s::int[], %(ends)s::int[]) WITH ORDINALITY AS r(start, "end", k)
 CROSS JOIN (SELECT text FROM annotations_articleversion WHERE id = %(version)s) t
 ORDER BY k;
INSERT INTO annotations_span (id, uid, created_at, start, "end", created_by_id, project_id,
    version_id)
SELECT span_id, factcheck_uuid7(), now(), start, "end", %(user)s, %(project)s, %(version)s
  FROM bench_overlap ORDER BY k;
INSERT INTO annotations_spanrange (n, start, "end", exact, prefix, suffix, project_id, span_id)
SELECT 0, start, "end", exact, prefix, suffix, %(project)s, span_id FROM bench_overlap ORDER BY k;
INSERT INTO annotations_claim (id, uid, created_at, updated_at, revision, hidden_reason,
    discard_reason, number, text, language, types, checkability, priority, content_revision,
    created_by_id, project_id)
SELECT claim_id, factcheck_uuid7(), now(), now(), 1, '', '', p.last_claim_number + k,
       btrim(left(regexp_replace(exact, '\\s+', ' ', 'g'), 300)), 'en', ARRAY['numerical'],
       'checkable', 2, 1, %(user)s, %(project)s
  FROM bench_overlap JOIN annotations_project p ON p.id = %(project)s ORDER BY k;
UPDATE annotations_project SET last_claim_number = last_claim_number
       + (SELECT count(*) FROM bench_overlap) WHERE id = %(project)s;
INSERT INTO annotations_mention (uid, created_at, discard_reason, article_id, claim_id,
    created_by_id, project_id, span_id, version_id)
SELECT factcheck_uuid7(), now(), '', %(article)s, claim_id, %(user)s, %(project)s, span_id,
       %(version)s FROM bench_overlap ORDER BY k
"""


def add_overlapping(
    connection: psycopg.Connection[Any], text: Text, *, user_id: int, mentions: int
) -> None:
    """Add this many mentions, each of a claim of its own, in one transaction."""
    ranges = overlapping(text.words, mentions)
    values = {
        "project": text.project_id,
        "article": text.article_id,
        "version": text.version_id,
        "user": user_id,
        "starts": [start for start, _end in ranges],
        "ends": [end for _start, end in ranges],
    }
    with connection.transaction(), psycopg.ClientCursor(connection) as cursor:
        cursor.execute(_MENTION, values)


def overlapping(words: str, count: int) -> list[tuple[int, int]]:
    """Return places in code points, the same ones every time."""
    chance = random.Random(7)
    places = [found.span() for found in WORD.finditer(words)]
    found = []
    for _n in range(count):
        first = chance.randrange(len(places) - MOST)
        last = first + chance.randint(FEWEST, MOST) - 1
        found.append((places[first][0], places[last][1]))
    return found
