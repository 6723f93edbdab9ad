"""What belongs to one project is nowhere to be found below another, whoever asks."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.material import make_claim, make_guideline, make_scale
from tests.matrix.asks import Ask
from tests.matrix.asks_api import API
from tests.matrix.asks_pages import PAGES
from tests.matrix.rows import Rows
from tests.matrix.scene import Scene, make_scene
from tests.matrix.stored import changed_tables, stored
from tests.proofs import undone

ASKS = {**PAGES, **API}


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    """The author is an admin elsewhere and a reviewer at the desk."""
    with django_db_blocker.unblock(), undone():
        scene = make_scene()
        # A number that the other project has not reached.
        for _round in range(3):
            scene.desk.claim = make_claim(scene.desk.project, scene.author)
            scene.desk.scale = make_scale(scene.desk.project, scene.people["admin"])
            text = f"Round {_round}"
            scene.desk.guideline = make_guideline(
                scene.desk.project, scene.people["admin"], text=text
            )
        scene.desk.ruled = scene.desk.claim
        yield scene


def names(ask: Ask, rows: Rows) -> dict[str, Any]:
    return {} if ask.path else ask.names(rows)


def swapped(scene: Scene) -> list[tuple[str, str, Ask, str]]:
    """Return every route with an id beside the slug, once for each of its ids."""
    return [
        (route, method, ask, name)
        for (route, method), ask in ASKS.items()
        for name in names(ask, scene.desk)
        # A draft is found by its writer and what it is about, no row; and a kind is none.
        if "slug" in names(ask, scene.desk) and name not in ("slug", "about", "kind")
    ]


def test_an_id_of_another_project_is_not_found(scene: Scene) -> None:
    wrong = []
    for route, method, ask, name in swapped(scene):
        strangers = names(ask, scene.desk)[name]
        with undone():
            client = scene.client("author")
            before = stored()
            url = ask.address(route, scene.elsewhere, **{name: strangers})
            response = ask.send(client, method, url, scene.elsewhere)
            if response.status_code != 404 or changed_tables(before):
                wrong.append(f"{method} {route} with the other's {name}: {response.status_code}")
    assert wrong == []


def test_the_sweep_covers_pages_and_the_api(scene: Scene) -> None:
    routes = {route for route, _method, _ask, _name in swapped(scene)}
    assert {"claim-edit", "workbench", "member-edit", "event-detail"} <= routes
    assert {"api-claim", "api-mention", "api-version", "api-assessment"} <= routes


def test_a_body_that_names_rows_of_another_project_is_refused(scene: Scene) -> None:
    wrong = []
    for (route, method), ask in API.items():
        if method == "GET" or ask.path:
            continue
        ours, theirs = ask.body(scene.elsewhere), ask.body(scene.desk)
        if ours == theirs:
            continue
        with undone():
            client = scene.client("author")
            before = stored()
            url = ask.address(route, scene.elsewhere)
            response = ask.send(client, method, url, scene.desk)
            if response.status_code not in (400, 404) or changed_tables(before):
                wrong.append(f"{method} {route}: {response.status_code}")
    assert wrong == []
