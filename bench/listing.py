"""The list of 100,000 claims: first page, far inside, and each filter, on pages and by the API."""

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
}


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
    for name, query in ROWS.items():
        path = f"/api/v1/projects/{slug}/claims/{query}"
        found = measure(lambda path=path: program.get(path), repeats)  # type: ignore[misc]
        yield timed(f"By the API, {name}", TARGET, found, floor)
