"""Makes a project full of articles, claims and hops with SQL alone, all triggers on.

Every text is different, and holds accents, Cyrillic and an emoji, so that code points, bytes and
UTF-16 units disagree; every row passes the database's own proofs.
"""

from dataclasses import dataclass
from typing import Any

import psycopg

# An article's text: a headline block, then blocks of three sentences of about 100 code points.
SENTENCES_PER_BLOCK = 3
SOURCES = 40


@dataclass(frozen=True)
class Amount:
    """How much to make. Each mention is of a claim of its own, with one or two hops."""

    articles: int = 2_000
    # At least as many sentences as mentions: each mention has a sentence of its own.
    sentences: int = 30
    mentions_per_article: int = 25
    # Every so many mentions: a claim of two ranges, a judged claim, a claim resting on a statement.
    two_ranges_every: int = 25
    review_every: int = 2
    statement_every: int = 10


_SENTENCE = """
CREATE TEMP TABLE bench_sentence ON COMMIT DROP AS
SELECT a.n AS a, s.n AS s,
       format('Сводка %%s: the ministry of région %%s said that %%s people 🧑‍🌾 were counted near'
              ' the crossing on day %%s.%%s', s.n, a.n, (a.n * 31 + s.n * 17) %% 9000, s.n,
              CASE WHEN s.n %% {per_block} = 0 THEN E'\\n\\n' ELSE ' ' END) AS words
  FROM generate_series(1, %(articles)s) a(n), generate_series(1, {sentences}) s(n)
"""
_ARTICLE = """
CREATE TEMP TABLE bench_article ON COMMIT DROP AS
SELECT a, format(E'Flood toll in région %%s rises again\\n\\n', a) AS headline,
       nextval('annotations_article_id_seq') AS article_id,
       nextval('annotations_articleversion_id_seq') AS version_id
  FROM generate_series(1, %(articles)s) a ORDER BY a
"""
_BLOCK = """
CREATE TEMP TABLE bench_block ON COMMIT DROP AS
SELECT a, n, kind, text,
       (sum(char_length(text)) OVER (PARTITION BY a ORDER BY n))::int AS "end"
  FROM (SELECT a, 0 AS n, 'headline' AS kind, headline AS text FROM bench_article
        UNION ALL
        SELECT a, (s - 1) / {per_block} + 1, 'paragraph', string_agg(words, '' ORDER BY s)
          FROM bench_sentence GROUP BY 1, 2) b
"""
_ROWS_OF_ARTICLES = """
INSERT INTO annotations_article (id, uid, created_at, updated_at, revision, hidden_reason, title,
    kind, byline, url, canonical_url, language, published, published_earliest, published_latest,
    published_zone, marking_state, created_by_id, project_id, outlet_id)
SELECT article_id, factcheck_uuid7(), now() - (%(articles)s - a) * interval '1 minute', now(), 1,
       '', btrim(headline, E'\\n'), 'news', '',
       format('https://example.org/%%s/%%s', %(project)s::int, a),
       format('https://example.org/%%s/%%s', %(project)s::int, a), 'en', day::date::text, day,
       day + interval '1 day' - interval '1 microsecond', 'UTC',
       (ARRAY['to_do', 'in_progress', 'done'])[1 + a %% 3], %(user)s, %(project)s, o.id
  FROM bench_article
 CROSS JOIN LATERAL (SELECT timestamptz '2022-03-02 00:00Z' + a %% 700 * interval '1 day') d(day)
  LEFT JOIN annotations_outlet o
    ON o.project_id = %(project)s AND o.name_key = format('bench outlet %%s', 1 + a %% 5)
 ORDER BY a;
INSERT INTO annotations_articleversion (id, uid, created_at, number, text, length, content_hash,
    origin, article_id, created_by_id, project_id)
SELECT version_id, factcheck_uuid7(), now(), 1, text, char_length(text),
       encode(sha256(convert_to(text, 'UTF8')), 'hex'), 'command', article_id, %(user)s, %(project)s
  FROM bench_article JOIN (SELECT a, string_agg(text, '' ORDER BY n) AS text FROM bench_block
                            GROUP BY a) t USING (a) ORDER BY a;
INSERT INTO annotations_block (n, kind, start, "end", text, project_id, version_id)
SELECT n, kind, "end" - char_length(text), "end", text, %(project)s, version_id
  FROM bench_block JOIN bench_article USING (a) ORDER BY a, n
"""
_PEOPLE_WHO_SPEAK = """
INSERT INTO annotations_outlet (uid, created_at, name, name_key, host, created_by_id, project_id)
SELECT factcheck_uuid7(), now(), format('Bench Outlet %%s', n), format('bench outlet %%s', n), '',
       %(user)s, %(project)s FROM generate_series(1, 5) n
ON CONFLICT DO NOTHING;
CREATE TEMP TABLE bench_source ON COMMIT DROP AS
SELECT n, nextval('annotations_source_id_seq') AS source_id,
       format('Ministry of région %%s (%%s)', n, %(start)s) AS name
  FROM generate_series(0, {sources} - 1) n ORDER BY n;
INSERT INTO annotations_source (id, uid, created_at, updated_at, revision, hidden_reason, name,
    kind, description, created_by_id, project_id)
SELECT source_id, factcheck_uuid7(), now(), now(), 1, '', name, 'organisation', '', %(user)s,
       %(project)s FROM bench_source ORDER BY n;
INSERT INTO annotations_sourcealias (uid, created_at, name, name_key, created_by_id, project_id,
    source_id)
SELECT factcheck_uuid7(), now(), name, lower(factcheck_unaccent(name)), %(user)s, %(project)s,
       source_id FROM bench_source ORDER BY n
"""
# One line per mention with every id it and its rows will have; `at` is where its sentence starts.
_MENTION = """
CREATE TEMP TABLE bench_mention ON COMMIT DROP AS
SELECT *, nextval('annotations_claim_id_seq') AS claim_id,
       nextval('annotations_mention_id_seq') AS mention_id,
       nextval('annotations_span_id_seq') AS span_id,
       nextval('annotations_span_id_seq') AS source_span_id,
       nextval('annotations_span_id_seq') AS cue_span_id,
       CASE WHEN k %% %(statement_every)s = 0
            THEN nextval('annotations_statement_id_seq') END AS statement_id
  FROM (SELECT a, s.s, article_id, version_id, s.words,
               (a - 1) * %(per_article)s + s.s AS k,
               (char_length(headline)
               + sum(char_length(s.words)) OVER (PARTITION BY a ORDER BY s.s)
               - char_length(s.words))::int AS at
          FROM bench_article JOIN bench_sentence s USING (a)
         WHERE s.s <= %(per_article)s ORDER BY a, s.s) m
"""
_RANGE = """
CREATE TEMP TABLE bench_range ON COMMIT DROP AS
SELECT r.span_id, r.n, r.start, r."end", version_id, substr(t.text, r.start + 1, r."end" - r.start)
       AS exact, substr(t.text, greatest(r.start - 32, 0) + 1, least(r.start, 32)) AS prefix,
       substr(t.text, r."end" + 1, 32) AS suffix
  FROM bench_mention m
  JOIN annotations_articleversion t ON t.id = m.version_id
  CROSS JOIN LATERAL (
    SELECT m.span_id, 0 AS n, m.at AS start,
           m.at + CASE WHEN k %% %(two_ranges_every)s = 0 THEN 24
                       ELSE char_length(btrim(words, E' \\n')) END AS "end"
    UNION ALL
    SELECT m.span_id, 1, m.at + 30, m.at + 60 WHERE k %% %(two_ranges_every)s = 0
    UNION ALL
    SELECT m.source_span_id, 0, m.at + position('the ministry' IN words) - 1,
           m.at + position(' said that' IN words) - 1
    UNION ALL
    SELECT m.cue_span_id, 0, m.at + position('said that' IN words) - 1,
           m.at + position('said that' IN words) + 3
  ) r(span_id, n, start, "end")
"""
_ROWS_OF_SPANS = """
INSERT INTO annotations_span (id, uid, created_at, start, "end", created_by_id, project_id,
    version_id)
SELECT span_id, factcheck_uuid7(), now(), min(start), max("end"), %(user)s, %(project)s, version_id
  FROM bench_range GROUP BY span_id, version_id ORDER BY span_id;
INSERT INTO annotations_spanrange (n, start, "end", exact, prefix, suffix, project_id, span_id)
SELECT n, start, "end", exact, prefix, suffix, %(project)s, span_id
  FROM bench_range ORDER BY span_id, n
"""
_ROWS_OF_CLAIMS = """
INSERT INTO annotations_statement (id, uid, created_at, updated_at, revision, hidden_reason,
    channel, url, canonical_url, said_on, said_zone, text, language, confidential, state,
    created_by_id, project_id, source_id)
SELECT statement_id, factcheck_uuid7(), now(), now(), 1, '', 'briefing', '', '', '2022-03-02',
       'UTC', words, 'en', false, 'standing', %(user)s, %(project)s, source_id
  FROM bench_mention JOIN bench_source ON n = k %% {sources} WHERE statement_id IS NOT NULL
 ORDER BY k;
INSERT INTO annotations_claim (id, uid, created_at, updated_at, revision, hidden_reason,
    discard_reason, number, text, language, types, checkability, priority, content_revision,
    created_by_id, project_id)
SELECT claim_id, factcheck_uuid7(), now(), now(), 1, '', '', %(first_number)s + k,
       btrim(words, E' \\n'), 'en', ARRAY['numerical'], 'checkable', 2, 1, %(user)s, %(project)s
  FROM bench_mention ORDER BY k;
UPDATE annotations_project SET last_claim_number = %(first_number)s
       + (SELECT count(*) FROM bench_mention) WHERE id = %(project)s;
INSERT INTO annotations_mention (id, uid, created_at, discard_reason, article_id, claim_id,
    created_by_id, project_id, span_id, version_id)
SELECT mention_id, factcheck_uuid7(), now(), '', article_id, claim_id, %(user)s, %(project)s,
       span_id, version_id FROM bench_mention ORDER BY k;
INSERT INTO annotations_attribution (uid, created_at, "order", source_given, source_kind,
    role_at_time, quote_type, said_on, said_zone, said_where, original_located, attitude,
    cue_negated, commitment, hop_type, anonymity_reason, basis_of_knowledge, created_by_id,
    project_id, mention_id, source_id, source_span_id, cue_span_id, statement_id)
SELECT factcheck_uuid7(), now(), hop, 'named', 'organisation', '', 'indirect', '', '', '',
       'not_searched', '', false, '', '', '', '', %(user)s, %(project)s, mention_id,
       b.source_id, CASE WHEN hop = 0 THEN m.source_span_id END,
       CASE WHEN hop = 0 THEN m.cue_span_id END, CASE WHEN hop = 0 THEN m.statement_id END
  FROM bench_mention m CROSS JOIN LATERAL generate_series(0, m.k %% 2) hop
  JOIN bench_source b ON b.n = (m.k + hop * 7) %% {sources}
 ORDER BY k, hop;
INSERT INTO annotations_review (uid, created_at, updated_at, revision, claim_revision, label,
    native_rating, confidence, justification, discard_reason, claim_id, created_by_id, project_id,
    reviewer_id)
SELECT factcheck_uuid7(), now(), now(), 1, 1,
       (ARRAY['supported', 'refuted', 'not_enough_evidence'])[1 + k %% 3], '', 2,
       'Compared with the published series.', '', claim_id, %(user)s, %(project)s, %(user)s
  FROM bench_mention WHERE k %% %(review_every)s = 0 ORDER BY k
"""
_TABLES = ("article", "articleversion", "block", "span", "spanrange", "claim", "mention",
           "attribution", "review", "statement", "source", "sourcealias")  # fmt: skip


def add_rows(
    connection: psycopg.Connection[Any], *, project_id: int, user_id: int, amount: Amount
) -> None:
    """Add `amount` to a project in one transaction and refresh the planner's numbers.

    About 25 s for the default amount. `connection` may be of either role; the application's is
    what a person's work would use.
    """
    with connection.transaction():
        row = connection.execute(
            "SELECT last_claim_number, (SELECT count(*) FROM annotations_article"
            " WHERE project_id = p.id) FROM annotations_project p WHERE id = %s",
            [project_id],
        ).fetchone()
        assert row is not None
        values = {
            "project": project_id,
            "user": user_id,
            "first_number": row[0],
            "start": row[1],
            "articles": amount.articles,
            "per_article": amount.mentions_per_article,
            "two_ranges_every": amount.two_ranges_every,
            "review_every": amount.review_every,
            "statement_every": amount.statement_every,
        }
        for part in (_SENTENCE, _ARTICLE, _BLOCK, _PEOPLE_WHO_SPEAK, _ROWS_OF_ARTICLES, _MENTION,
                     _RANGE, _ROWS_OF_SPANS, _ROWS_OF_CLAIMS):  # fmt: skip
            _run(connection, part, values, amount)
    if connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE:
        _refresh_statistics(connection)


def _run(
    connection: psycopg.Connection[Any], part: str, values: dict[str, Any], amount: Amount
) -> None:
    text = part.format(sentences=amount.sentences, per_block=SENTENCES_PER_BLOCK, sources=SOURCES)
    with psycopg.ClientCursor(connection) as cursor:
        cursor.execute(text, values)


def _refresh_statistics(connection: psycopg.Connection[Any]) -> None:
    """Let the planner know the new sizes; only a table's owner may."""
    for table in _TABLES:
        connection.execute(f"ANALYZE annotations_{table}".encode())
