"""What is read to see whether an answer tells what it must not: every route, filter and order.

Two worlds that differ only in what the reader may not know have to be answered alike, to the byte.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import django_filters as filters
from django.db import connection
from django.test import Client
from django.urls import resolve

from annotations.articles.models import ArticleKind, MarkingState
from annotations.exchange.formats import FORMATS
from annotations.exchange.read import Reading, read_records
from annotations.exchange.records import ProjectRecord
from annotations.exchange.snapshot import Snapshot
from annotations.search.articles import SORTS
from annotations.sources.models import SourceKind
from annotations.statements.models import StatementState
from annotations.verification.standards.older import Under
from annotations.web.forms.assignments import AssignmentFilterForm
from annotations.web.forms.claims_filter import ClaimFilterForm
from tests.matrix.asks import Ask
from tests.matrix.asks_api import API
from tests.matrix.asks_pages import PAGES
from tests.matrix.rows import Rows
from tests.matrix.scene import Scene
from tests.proofs import undone

# What is new in every answer, whatever it says: tokens of forms, keys of forms sent once.
FRESH = re.compile(
    rb'name="csrfmiddlewaretoken" value="[^"]+"|name="(?:form_)?key" value="[^"]+"|"csrf[^"]*"'
)
UNTOLD = ("readyz", "api-schema", "api-docs")
READS: dict[str, Ask] = {
    name: ask
    for (name, method), ask in {**PAGES, **API}.items()
    if method == "GET" and name not in UNTOLD
}
# A signed link is a new one whenever it is made.
SIGNED = ("mail-stop",)
Answers = dict[str, tuple[Any, ...]]


def routes(rows: Rows) -> Iterator[str]:
    """Every route that is read."""
    for name, ask in READS.items():
        if name not in SIGNED:
            yield ask.address(name, rows)


def lists(rows: Rows, person: str) -> Iterator[str]:
    """Every filter and order of every list: of the API by its allow-lists, of pages by their forms.

    `person` is the uid of whoever must not be found.
    """
    for name, ask in API.items():
        if name[1] == "GET" and name[0] not in UNTOLD:
            address = ask.address(name[0], rows)
            view = getattr(resolve(address.split("?")[0]).func, "cls", None)
            for query in _of_view(view, rows, person):
                yield f"{address}?{urlencode(query)}"
    yield from _of_pages(rows, person)


def _of_view(view: Any, rows: Rows, person: str) -> Iterator[dict[str, Any]]:
    if getattr(view, "filterset_class", None) is None:
        return
    for order in view.orders:
        yield {"ordering": order, "page_size": 1}
    yield {"page_size": 1}
    for name, one in view.filterset_class.base_filters.items():
        for value in _values(name, one, rows, person):
            yield {name: value}


def _values(name: str, one: filters.Filter, rows: Rows, person: str) -> list[Any]:
    if isinstance(one, filters.ChoiceFilter):
        return [value for value, _label in one.extra["choices"]]
    if isinstance(one, filters.BooleanFilter):
        return ["true", "false"]
    if isinstance(one, filters.NumberFilter):
        return [rows.claim.number]
    if isinstance(one, filters.IsoDateTimeFilter):
        return [rows.claim.created_at.isoformat()]
    if isinstance(one, filters.UUIDFilter):
        target = "claim" if name == "target" else name
        return [getattr(rows, target).uid] if hasattr(rows, target) else [person]
    return ["Daily", "State Emergency Service", "en"]


def _of_pages(rows: Rows, person: str) -> Iterator[str]:
    home = f"/p/{rows.project.slug}/"
    article = f"{home}articles/{rows.article.uid}/"
    asked: list[tuple[str, Mapping[str, Any]]] = [
        (home, {"sort": sorted(SORTS)}),
        (home, {"kind": ArticleKind.values, "marking": MarkingState.values}),
        (home, {"claims": ["yes", "no"], "added": ["me"], "q": ["civilians"], "page": [2]}),
        (f"{home}claims/", _choices(ClaimFilterForm({}))),
        (f"{home}claims/", {"q": ["civilians", "Claimed", "1", "10000000"], "before": [10]}),
        (f"{home}claims/", {"source": ["State Emergency Service"], "mine": ["on"], "last": [""]}),
        (f"{home}claims/", {"after": [1]}),
        (f"{home}assignments/", _choices(AssignmentFilterForm({}, people=[]))),
        (f"{home}assignments/", {"assignee": [person]}),
        (f"{home}sources/", {"kind": SourceKind.values, "q": ["emergency"]}),
        (f"{home}statements/", {"state": StatementState.values, "q": ["civilians"]}),
        (f"{home}guidelines/older/", {"under": Under.values}),
        (f"{home}rounds/", {"article": [str(rows.article.uid)]}),
        (article, {"discarded": [1], "claim": [1], "q": ["civilians"], "label": ["none"]}),
        ("/notifications/", {"project": [rows.project.slug], "unread": [1]}),
    ]
    for address, query in asked:
        for name, values in query.items():
            for value in values:
                yield f"{address}?{urlencode({name: value})}"


def _choices(form: Any) -> dict[str, list[str]]:
    return {
        name: [str(value) for value, _label in field.choices if value]
        for name, field in form.fields.items()
        if hasattr(field, "choices")
    }


def pasts(rows: Rows, moment: datetime) -> Iterator[str]:
    """Everything that tells what was known at a moment."""
    home, api = f"/p/{rows.project.slug}/", f"/api/v1/projects/{rows.project.slug}/"
    asked = urlencode({"known_at": moment.isoformat()})
    for address in (
        f"{home}claims/",
        f"{home}claims/{rows.claim.number}/",
        f"{home}claims/{rows.ruled.number}/",
        f"{api}claims/",
        f"{api}claims/{rows.claim.uid}/",
    ):
        yield f"{address}?{asked}"


def answers(client: Client, addresses: list[str]) -> Answers:
    """Everything that is answered, with what caches compare it by."""
    found: Answers = {}
    for address in addresses:
        with undone():
            response = client.get(address)
            body = _body(address, response)
        tags = (response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""))
        found[address] = (response.status_code, tags, FRESH.sub(b"", body))
    return found


def _body(address: str, response: Any) -> bytes:
    if not response.streaming:
        return bytes(response.content)
    # Exports read what was committed, by a connection of their own: see `exported`.
    return b"" if "/export" in address else b"".join(response.streaming_content)


def refusals(scene: Scene, actor: str, rows: Rows) -> Answers:
    """What each write is answered: refusals in full, of what was done that it was done."""
    found: Answers = {}
    for (name, method), ask in {**PAGES, **API}.items():
        if method == "GET" or name in SIGNED:
            continue
        with undone():
            # A new one each time: some of the writes sign out.
            response = ask.send(scene.client(actor), method, ask.address(name, rows), rows)
            body = b"" if response.streaming or response.status_code < 400 else response.content
            # What was sent is given back.
            for sent in ask.body(rows).values():
                body = body.replace(str(sent).encode(), b"") if len(str(sent)) > 30 else body
        found[f"{name} {method}"] = (response.status_code, (), FRESH.sub(b"", body))
    return found


def exported(scene: Scene, actor: str, known_at: datetime | None = None) -> Answers:
    """The actor's own export of the desk, in every format."""
    connection.ensure_connection()
    # The test's own transaction, as what it did is not committed.
    snapshot = Snapshot(connection.connection)
    found: Answers = {}
    for one in FORMATS:
        keeps_history = "history" in one.sections
        if known_at is not None and not keeps_history:
            continue
        wanted = Reading(
            scene.desk.project,
            scene.people[actor],
            with_history=keeps_history,
            in_context=one.in_context,
            sections=one.sections,
            known_at=known_at,
        )
        records = list(read_records(snapshot, wanted))
        for record in records:
            if isinstance(record, ProjectRecord):
                record.exported_at = scene.desk.project.created_at
        found[f"export {one.name}"] = (200, (), b"".join(one.write(iter(records))))
    return found


def told_of(scene: Scene, actor: str, moment: datetime) -> Answers:
    """Everything the actor is told of a moment."""
    at = list(pasts(scene.desk, moment))
    return {**answers(scene.client(actor), at), **exported(scene, actor, moment)}


def differences(plain: Answers, told: Answers) -> list[str]:
    """The addresses that were answered in another way."""
    assert plain.keys() == told.keys()
    return [at for at in plain if plain[at] != told[at]]
