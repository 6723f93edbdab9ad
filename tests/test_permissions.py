"""Every route, method, state and actor against what permissions.csv says, written by hand.

A cell is a status, `login` (sent to sign in), or a status with `=`: answered so, nothing changed.
A state such as `locked@article` is that of another row than the one in the address. A route such as
`admin:..._changelist#lock_rows` is a list of the desk, with what is decided about one of its rows.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib import admin
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tests.long import IS_LONG, sample
from tests.material import make_event
from tests.matrix.asks import Ask
from tests.matrix.asks_admin import ACTIONS, ADMIN, ALLAUTH
from tests.matrix.asks_api import API
from tests.matrix.asks_desk import DESK
from tests.matrix.asks_pages import PAGES
from tests.matrix.asks_redactions import REDACTIONS
from tests.matrix.routes import all_routes
from tests.matrix.rows import Rows
from tests.matrix.scene import ACTORS, Scene, make_scene
from tests.matrix.states import put_in_state
from tests.matrix.stored import Stored, changed_tables, stored
from tests.proofs import check_deferred, undone

ASKS: dict[tuple[str, str], Ask] = {
    **PAGES,
    **API,
    **ADMIN,
    **ALLAUTH,
    **REDACTIONS,
    **DESK,
}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
SAFE = ("GET", "HEAD")


@dataclass(frozen=True)
class Line:
    """One line of the table: what each actor is answered."""

    route: str
    method: str
    state: str
    expected: dict[str, str]

    @property
    def address(self) -> str:
        """The route alone, without what is decided there."""
        return self.route.partition("#")[0]

    def __str__(self) -> str:
        return f"{self.route} {self.method} {self.state}"


def read_table() -> list[Line]:
    with Path(__file__).with_name("permissions.csv").open(newline="") as file:
        return [
            Line(row["route"], row["method"], row["state"], {name: row[name] for name in ACTORS})
            for row in csv.DictReader(file)
        ]


LINES = read_table()
ORDINARY = {(line.route, line.method): line for line in LINES if line.state == "ordinary"}


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    """The people and rows every request starts from; each request is undone."""
    with django_db_blocker.unblock(), undone():
        yield make_scene()


@pytest.fixture(scope="module")
def untouched(scene: Scene) -> Stored:
    """What is stored before any request; read once, as each request is undone."""
    return stored()


def outcome(client: Client, response: HttpResponse) -> str:
    """Return the status, or `login`; who is sent to the admin's own door is followed there."""
    if response.status_code in (301, 302):
        path = urlsplit(response["Location"]).path
        if path == "/admin/login/":
            return outcome(client, client.get(response["Location"]))
        if path == "/accounts/login/":
            return "login"
    # What was sent is given back beside the way to sign in.
    if response.status_code == 401 and b'href="/accounts/login/?next=' in response.content:
        return "login"
    return str(response.status_code)


def rows_for(scene: Scene, ask: Ask, state: str, actor: str) -> Rows:
    """Put the row the request is about into its state, and return the rows."""
    rows = scene.desk
    person = scene.person(actor)
    state, _at, about = state.partition("@")
    if ask.about == "event" and "own" in state.split("_") and person.is_authenticated:
        rows = replace(rows, event=make_event(rows.statement, person))
    put_in_state(getattr(rows, about or ask.about), state, person, scene.people["moderator"])
    return rows


def answer(scene: Scene, untouched: Stored, line: Line, actor: str) -> tuple[str, list[str]]:
    """Ask as the actor; return what was answered and which tables changed."""
    ask = ASKS[line.route, line.method]
    with undone():
        client = scene.client(actor)
        rows = rows_for(scene, ask, line.state, actor)
        if ask.before is not None:
            ask.before(rows, scene.person(actor))
        is_as_made = line.state == "ordinary" and ask.before is None
        before = untouched if is_as_made else stored()
        response = ask.send(client, line.method, ask.address(line.address, rows), rows)
        if response.status_code < 500:
            check_deferred()
        return outcome(client, response), changed_tables(before)


def complaint(line: Line, actor: str, found: str, changed: list[str]) -> str:
    """Say what is wrong; empty when all is as expected."""
    expected = line.expected[actor]
    status = expected.removesuffix("=")
    if found != status:
        return f"{actor}: {found} instead of {status}"
    ask = ASKS[line.route, line.method]
    is_permitted = status.startswith(("2", "3")) and not expected.endswith("=")
    may_write = is_permitted and line.method not in SAFE
    if may_write and not changed and not ask.is_traceless:
        return f"{actor}: answered {found}, but nothing was stored"
    if changed and not may_write:
        return f"{actor}: answered {found}, yet changed {', '.join(changed)}"
    return ""


def asked(line: Line) -> list[str]:
    """Everyone in the long run. Otherwise those on either side of each border of the ordinary
    state, and in another state those to whom it makes a difference.
    """
    if IS_LONG:
        return list(ACTORS)
    usual = ORDINARY.get((line.route, line.method))
    if usual is None or usual is line:
        told = line.expected
        pairs = [pair for pair in pairwise(ACTORS) if told[pair[0]] != told[pair[1]]]
        found = [actor for actor in ACTORS if any(actor in pair for pair in pairs)]
        # An operator is asked where they may do more than anybody outside the project.
        if told["operator"] == told["outsider"]:
            found = [actor for actor in found if actor != "operator"]
    else:
        found = [actor for actor in ACTORS if usual.expected[actor] != line.expected[actor]]
    return found or ["reviewer"]


# Of what a state changes, the short run looks at an eighth.
ASKED = [one for one in LINES if one.state == "ordinary"]
ASKED += sample((one for one in LINES if one.state != "ordinary"), 8)


@pytest.mark.parametrize("line", ASKED, ids=str)
def test_everyone_is_answered_as_the_table_says(
    scene: Scene, untouched: Stored, line: Line
) -> None:
    complaints = [
        complaint(line, actor, *answer(scene, untouched, line, actor)) for actor in asked(line)
    ]
    assert not any(complaints), [one for one in complaints if one]


def test_every_route_has_a_line() -> None:
    known = {line.route for line in LINES}
    assert [route.name for route in all_routes() if route.name not in known] == []


def test_every_line_has_a_route_and_stands_once() -> None:
    names = {route.name for route in all_routes()}
    assert [str(line) for line in LINES if line.address not in names] == []
    keys = [str(line) for line in LINES]
    assert len(keys) == len(set(keys))


def test_every_action_of_the_desk_has_a_line(scene: Scene) -> None:
    request, known = RequestFactory().get("/"), {line.route for line in LINES}
    request.user = scene.people["operator"]
    for model, page in admin.site._registry.items():
        name = str(model._meta.model_name)
        # That one is what the list's own line sends.
        actions = set(page.get_actions(request)) - {ACTIONS.get(name, "hide_rows")}
        routes = {f"admin:annotations_{name}_changelist#{action}" for action in actions}
        assert routes <= known, sorted(routes - known)


@pytest.mark.parametrize("route", sample(all_routes()), ids=lambda route: route.name)
def test_a_method_without_a_line_is_refused(scene: Scene, untouched: Stored, route: Any) -> None:
    offered = {line.method for line in LINES if line.route == route.name}
    ask = next(ASKS[route.name, method] for method in METHODS if (route.name, method) in ASKS)
    for method in METHODS:
        if method in offered:
            continue
        with undone():
            # An admin of projects who is an operator too: nobody is refused less.
            client = scene.client("admin")
            response = ask.send(client, method, ask.address(route.name, scene.desk), scene.desk)
            assert changed_tables(untouched) == []
            if route.is_strict:
                assert response.status_code == 405, method
            else:
                assert response.status_code < 500, method
