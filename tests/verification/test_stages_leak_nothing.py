"""What others have said of a claim shows in no answer to whoever it is not revealed to.

The same desk is read in several worlds, which differ only in reviews that are not revealed: every
answer has to be the same to the byte.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from annotations.accounts.roles import Role
from annotations.audit.context import context
from annotations.models import Claim, Project
from annotations.verification.models import Review
from annotations.verification.stages import Stage
from tests.factories import make_member, make_user
from tests.long import some
from tests.material import make_claim, make_review
from tests.matrix.asks_api import API
from tests.matrix.asks_pages import PAGES
from tests.matrix.scene import Scene, make_scene, undone
from tests.ruling import adjudicate

# What is new in every answer, whatever it says: tokens of forms, keys of forms sent once.
FRESH = re.compile(
    rb'name="csrfmiddlewaretoken" value="[^"]+"|name="(?:form_)?key" value="[^"]+"|"csrf[^"]*"'
    # The link that ends mail is signed anew with every second.
    rb"|(?<=notifications/stop/)[\w:%-]+|(?<=notifications%2Fstop%2F)[\w:%-]+"
)
SIGNED = re.compile("(?<=/notifications/stop/)[^/]+")
ORDERS = ("-created", "-updated", "-number", "-priority", "updated", "priority")


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    with django_db_blocker.unblock(), undone():
        scene = make_scene()
        need(scene, 3)
        scene.people["second"] = make_user("second")
        make_member(scene.desk.project, scene.people["second"], Role.REVIEWER)
        make_claim(scene.desk.project, scene.author, text="Another claim")
        yield scene


def need(scene: Scene, reviews: int) -> None:
    with context(actor=scene.author, action="test.worlds"):
        Project.objects.filter(pk=scene.desk.project.pk).update(reviews_needed=reviews)


def one_agrees(scene: Scene, claim: Claim) -> None:
    make_review(claim, scene.people["second"], "supported")


def one_differs(scene: Scene, claim: Claim) -> None:
    make_review(claim, scene.people["second"], "refuted")


def adjudicated(scene: Scene, claim: Claim) -> None:
    one_differs(scene, claim)
    adjudicate(claim, scene.desk.chair)


def one_took_back(scene: Scene, claim: Claim) -> None:
    one_differs(scene, claim)
    Review.objects.filter(reviewer=scene.people["second"]).update(discarded_at=claim.created_at)


World = Callable[[Scene, Claim], None]


def addresses(scene: Scene) -> Iterator[str]:
    """Every route that is read, and every stage and order of the lists."""
    for (name, method), ask in {**PAGES, **API}.items():
        if method == "GET" and name not in ("readyz", "api-schema", "api-docs"):
            yield ask.address(name, scene.desk)
    pages, api = "/p/desk/claims/", "/api/v1/projects/desk/claims/"
    yield f"/api/v1/projects/desk/adjudications/?claim={scene.desk.claim.uid}"
    for stage in Stage.values:
        yield f"{pages}?stage={stage}"
        yield f"{api}?stage={stage}"
    for order in ORDERS:
        yield f"{api}?ordering={order}"


def answers(scene: Scene, actor: str) -> dict[str, tuple[int, str, bytes]]:
    """Everything the actor is answered, with what caches compare it by."""
    client = scene.client(actor)
    found = {}
    for address in addresses(scene):
        with undone():
            response = client.get(address)
            # Exports read what was committed, by a connection of their own, and have their tests.
            body = b"" if response.streaming else response.content
        found[SIGNED.sub("", address)] = (
            response.status_code,
            response.headers.get("ETag", ""),
            FRESH.sub(b"", body),
        )
    return found


def differing(scene: Scene, actor: str, *worlds: World) -> list[tuple[str, str]]:
    """The worlds and addresses whose answer tells them from the desk as it is."""
    plain = answers(scene, actor)
    found = []
    for world in worlds:
        with undone():
            world(scene, scene.desk.claim)
            told = answers(scene, actor)
        found += [(world.__name__, at) for at, answer in told.items() if answer != plain[at]]
    return found


@pytest.mark.parametrize("actor", ["reader", "reviewer"])
def test_who_has_not_judged_learns_nothing(scene: Scene, actor: str) -> None:
    with undone():
        assert differing(scene, actor, *some(adjudicated, one_differs, one_agrees)) == []


def test_who_has_judged_learns_nothing_more(scene: Scene) -> None:
    with undone():
        make_review(scene.desk.claim, scene.people["reviewer"], "supported")
        need(scene, 4)
        assert differing(scene, "reviewer", *some(one_differs, adjudicated, one_took_back)) == []


def test_moderators_tell_the_worlds_apart(scene: Scene) -> None:
    """Else the tests above would find nothing because nothing is there to find."""
    with undone():
        found = {at for _world, at in differing(scene, "moderator", one_differs)}
    assert "/p/desk/claims/?stage=disputed" in found
    assert "/p/desk/claims/1/" in found


def test_once_enough_are_in_everybody_sees_the_stage(scene: Scene) -> None:
    with undone():
        for person in ("second", "reviewer"):
            make_review(scene.desk.claim, scene.people[person], "refuted")
        client = scene.client("reader")
        shown = client.get("/api/v1/projects/desk/claims/?stage=disputed").json()["results"]
        assert [(one["number"], one["stage"]) for one in shown] == [(1, "disputed")]
        assert 'data-stage="disputed"' in client.get("/p/desk/claims/1/").content.decode()
