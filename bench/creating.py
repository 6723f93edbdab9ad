"""Creating a claim with its attribution, in an article that has many: by the API, and by SQL."""

from collections.abc import Callable
from itertools import count
from typing import Any
from uuid import UUID

from bench.client import Client
from bench.places import Text

_ROWS = (
    ("SELECT set_config('pghistory.context_metadata', %(context)s, true)", ""),
    (
        "UPDATE annotations_project SET last_claim_number = last_claim_number + 1"
        " WHERE id = %(project)s RETURNING last_claim_number",
        "number",
    ),
    (
        "INSERT INTO annotations_claim (uid, created_at, updated_at, revision, hidden_reason,"
        " discard_reason, number, text, language, types, checkability, priority,"
        " content_revision, created_by_id, project_id) VALUES (factcheck_uuid7(), now(), now(), 1,"
        " '', '', %(number)s, %(text)s, 'en', ARRAY['numerical'], 'checkable', 2, 1, %(user)s,"
        " %(project)s) RETURNING id",
        "claim",
    ),
)
_SPAN = (
    'INSERT INTO annotations_span (uid, created_at, start, "end", created_by_id, project_id,'
    " version_id) VALUES (factcheck_uuid7(), now(), %(start)s, %(end)s, %(user)s, %(project)s,"
    " %(version)s) RETURNING id"
)
_RANGE = (
    'INSERT INTO annotations_spanrange (n, start, "end", exact, prefix, suffix, project_id,'
    " span_id) VALUES (0, %(start)s, %(end)s, %(exact)s, %(prefix)s, %(suffix)s, %(project)s,"
    " %(span)s)"
)
_MENTION = (
    "INSERT INTO annotations_mention (uid, created_at, discard_reason, article_id, claim_id,"
    " created_by_id, project_id, span_id, version_id) VALUES (factcheck_uuid7(), now(), '',"
    " %(article)s, %(claim)s, %(user)s, %(project)s, %(span)s, %(version)s) RETURNING id"
)
_HOP = (
    'INSERT INTO annotations_attribution (uid, created_at, "order", source_given, source_kind,'
    " role_at_time, quote_type, said_on, said_zone, said_where, original_located, attitude,"
    " cue_negated, commitment, hop_type, anonymity_reason, basis_of_knowledge, created_by_id,"
    " project_id, mention_id, source_id, source_span_id, cue_span_id) VALUES (factcheck_uuid7(),"
    " now(), 0, 'named', 'organisation', '', 'indirect', '', '', '', 'not_searched', '', false,"
    " '', '', '', '', %(user)s, %(project)s, %(mention)s, %(source)s, %(source_span)s,"
    " %(cue_span)s)"
)


def by_api(client: Client, slug: str, text: Text, source: UUID) -> Callable[[], object]:
    """Return what creates one more claim each time: a range, one hop with both its spans."""
    numbers = count(1)

    def create() -> object:
        number = next(numbers)
        quote, speaker, cue = text.ranges(number)
        return client.post_json(
            f"/api/v1/projects/{slug}/claims/",
            {
                "text": f"People were counted near the crossing, count {number}.",
                "types": ["numerical"],
                "mentions": [
                    {
                        "version": str(text.version_uid),
                        "ranges": [quote],
                        "attributions": [
                            {
                                "source": str(source),
                                "quote_type": "indirect",
                                "source_ranges": [speaker],
                                "cue_ranges": [cue],
                            }
                        ],
                    }
                ],
            },
        )

    return create


def by_sql(connection: Any, text: Text, user_id: int, source_id: int) -> Callable[[], object]:
    """Return what writes the same rows in one transaction, every trigger on."""
    numbers = count(1)

    def create() -> object:
        number = next(numbers)
        values: dict[str, Any] = {
            "context": f'{{"actor": {user_id}, "action": "claim.create"}}',
            "project": text.project_id,
            "article": text.article_id,
            "version": text.version_id,
            "user": user_id,
            "source": source_id,
            "text": f"People were counted near the crossing, count {number}.",
        }
        quote, speaker, cue = text.ranges(number)
        with connection.transaction():
            for statement, name in _ROWS:
                (values[name or "_"],) = connection.execute(statement, values).fetchone()
            values["span"] = _write_span(connection, text, values, quote)
            (values["mention"],) = connection.execute(_MENTION, values).fetchone()
            values["source_span"] = _write_span(connection, text, values, speaker)
            values["cue_span"] = _write_span(connection, text, values, cue)
            connection.execute(_HOP, values)
        return None

    return create


def _write_span(connection: Any, text: Text, values: dict[str, Any], place: list[int]) -> int:
    start, end = place
    row = {
        **values,
        "start": start,
        "end": end,
        "exact": text.words[start:end],
        "prefix": text.words[max(start - 32, 0) : start],
        "suffix": text.words[end : end + 32],
    }
    (row["span"],) = connection.execute(_SPAN, row).fetchone()
    connection.execute(_RANGE, row)
    return int(row["span"])
