"""The list of 100,000 claims: first page, far inside, and each filter, on pages and by the API."""

import base64
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from bench import reading
from bench.client import Client
from bench.timing import Result, measure, timed

TARGET = 30
# By the rows that bench/rows.py makes: a word of every claim, of one in a hundred thousand and of
# none; a source of one claim in forty; a type of all and of none.
PAGES = {
    "first page": "",
    "far inside": "?before={far}",
    "the oldest": "?last=1",
    "a word of all": "?q=crossing",
    "a rare word": "?q=987",
    "a word of none": "?q=zebra",
    "my label": "?label=refuted",
    "not judged by me": "?label=none",
    "a label of none": "?label=not_checkable",
    "unreviewed": "?stage=unreviewed",
    "in review": "?stage=in_review",
    "disputed": "?stage=disputed",
    "agreed": "?stage=agreed",
    "a type of all": "?type=numerical",
    "a type of none": "?type=causal",
    "a source": f"?source={quote('Ministry of région 7 (0)')}",
    "with a mark": "?state=marked",
    "discarded": "?state=discarded",
    "all": "?state=all",
    "added by me": "?mine=on",
}
ROWS = {
    "first page": "",
    "a type of all": "?type=numerical",
    "a type of none": "?type=causal",
    "agreed": "?stage=agreed",
    "disputed": "?stage=disputed",
    "unreviewed": "?stage=unreviewed",
    "discarded": "?discarded=true",
    "kept": "?discarded=false",
    "a language of none": "?language=uk",
    "a priority of all": "?priority=2",
    "a priority of none": "?priority=3",
    "a checkability of none": "?checkability=opinion",
    "one number": "?number={far}",
    "a source": "?source={source}",
    "a statement": "?statement={statement}",
    "an article": "?article={article}",
    "added by me": "?created_by={person}",
    "added since": "?created_after=2020-01-01T00:00:00Z",
    "changed before": "?updated_before=2020-01-01T00:00:00Z",
    "far inside": "?cursor={cursor}",
    "most urgent": "?ordering=-priority",
    "latest changed": "?ordering=-updated",
}
# One of each that the filters name.
NAMED = """
SELECT s.uid, t.uid, a.uid, u.uid FROM annotations_claim c
  JOIN annotations_user u ON u.id = c.created_by_id
  JOIN annotations_mention m ON m.claim_id = c.id JOIN annotations_article a ON a.id = m.article_id
  JOIN annotations_attribution h ON h.mention_id = m.id
  JOIN annotations_source s ON s.id = h.source_id
  JOIN annotations_statement t ON t.id = h.statement_id
 WHERE c.project_id = %s LIMIT 1"""


def lists(
    person: Client, program: Client, connection: Any, slug: str, project: int, repeats: int
) -> Iterator[Result]:
    """Measure every list of the project's claims beside the rows of its first page by SQL."""
    ((total,),) = connection.execute(
        "SELECT count(*) FROM annotations_claim WHERE project_id = %s", [project]
    )
    floor = measure(reading.claim_list(connection, project), repeats)
    for name, query in PAGES.items():
        path = f"/p/{slug}/claims/{query.format(far=total // 10)}"
        found = measure(lambda path=path: person.get(path), repeats)  # type: ignore[misc]
        yield timed(f"List of {total:,} claims, {name}", TARGET, found, floor)
    (uids,) = connection.execute(NAMED, [project])
    named = dict(zip(("source", "statement", "article", "person"), uids, strict=True))
    named |= {"far": total // 10, "cursor": cursor(connection, project, total // 10)}
    for name, query in ROWS.items():
        path = f"/api/v1/projects/{slug}/claims/{query.format(**named)}"
        found = measure(lambda path=path: program.get(path), repeats)  # type: ignore[misc]
        yield timed(f"By the API, {name}", TARGET, found, floor)


def cursor(connection: Any, project: int, number: int) -> str:
    """Return what leads to the page after the claim of this number, latest first."""
    query = "SELECT id FROM annotations_claim WHERE project_id = %s AND number = %s"
    ((claim,),) = connection.execute(query, [project, number])
    packed = json.dumps(["-created", False, claim, claim]).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")
