"""What others mark in a round shows in no answer to whoever marks beside them.

The same desk is read in two worlds, which differ only in what others have marked: every answer has
to be the same to the byte. Built as tests/verification/test_stages_leak_nothing.py.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from django.db import connection

from annotations.accounts.roles import Role
from annotations.claims.models import Claim
from annotations.claims.rounds import MarkingRound
from annotations.claims.services import claim_discard, claim_update, mention_add
from annotations.exchange.read import Reading, read_records
from annotations.exchange.records import ClaimRecord, OriginalRecord
from annotations.exchange.snapshot import Snapshot
from annotations.verification.rounds.services import round_open
from tests.factories import make_member, make_user
from tests.long import IS_LONG
from tests.material import make_review
from tests.matrix.asks_api import API
from tests.matrix.asks_pages import PAGES
from tests.matrix.scene import Rows, Scene, make_scene, undone
from tests.verification.rounds.material import CIVILIANS, MINISTRY, mark
from tests.verification.test_stages_leak_nothing import FRESH, ORDERS

LISTS = (
    "?q=civilians",
    "?q=Claimed",
    "?source=1",
    "?mine=1",
    "?label=none",
    "?discarded=1",
    "?discarded=true",
    "?stage=unreviewed",
    "?stage=in_review",
    "?page=2",
)


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    with django_db_blocker.unblock(), undone():
        scene = make_scene()
        scene.people["second"] = make_user("second")
        make_member(scene.desk.project, scene.people["second"], Role.REVIEWER)
        yield scene


def open_round(scene: Scene) -> tuple[MarkingRound, dict[str, Claim]]:
    """The desk's article, marked by three; two have marked something already."""
    people = [scene.people[one] for one in ("reviewer", "second", "moderator")]
    found = round_open(actor=scene.people["admin"], article=scene.desk.article, people=people)
    own = {one: mark(found, scene.people[one], CIVILIANS) for one in ("reviewer", "moderator")}
    return found, own


def others_mark(scene: Scene, found: MarkingRound, but: str) -> list[Claim]:
    """All that somebody can do in a round, by everybody but one."""
    made = []
    for name in ("reviewer", "second", "moderator"):
        person = scene.people[name]
        if name == but:
            continue
        same = mark(found, person, CIVILIANS, text="Claimed by another civilians")
        gone = mark(found, person, MINISTRY)
        claim_discard(actor=person, claim=gone, reason="Twice")
        changed = claim_update(actor=person, claim=same, revision=1, text="Claimed otherwise")
        mention_add(actor=person, claim=changed, version=found.version, ranges=[MINISTRY])
        make_review(Claim.objects.get(pk=same.pk), person)
        made += [same, gone]
    return made


def rows_of(scene: Scene, own: Claim) -> Rows:
    """The desk, with what one has marked in the place of its claim."""
    return replace(scene.desk, claim=own, mention=own.mentions.get())


def addresses(scene: Scene, own: Claim, *, every: bool) -> Iterator[str]:
    """Every route that is read, for the desk's claim and for one's own, or pages of one's own
    claim only; lists in every way.
    """
    seen = {f"/p/desk/claims/{own.number}/", f"/api/v1/projects/desk/claims/{own.uid}/"}
    for rows in (scene.desk, rows_of(scene, own)) if every else ():
        for (name, method), ask in {**PAGES, **API}.items():
            if method == "GET" and name not in ("readyz", "api-schema", "api-docs"):
                seen.add(ask.address(name, rows))
    api = "/api/v1/projects/desk/"
    article = scene.desk.article.uid
    for query in LISTS:
        seen |= {f"/p/desk/claims/{query}", f"/p/desk/articles/{article}/{query}"}
        seen |= {f"/p/desk/{query}", f"{api}articles/{query}", f"{api}claims/{query}"}
    for order in ORDERS:
        seen.add(f"{api}claims/?ordering={order}")
    seen |= {f"{api}claims/?article={article}", f"{api}claims/?source={scene.desk.source.uid}"}
    seen |= {"/p/desk/?has_claims=yes", "/p/desk/?sort=title", f"{api}sources/?q=Emergency"}
    yield from sorted(seen)


def answers(scene: Scene, actor: str, at: list[str]) -> dict[str, tuple[int, str, bytes]]:
    client = scene.client(actor)
    found = {}
    for address in at:
        with undone():
            response = client.get(address)
            body = b"" if response.streaming else response.content
            tag = response.headers.get("ETag", "")
        found[address] = (response.status_code, tag, FRESH.sub(b"", body))
    return found


@pytest.mark.parametrize("actor", ["reviewer", "moderator"])
def test_who_takes_part_learns_nothing_of_the_others(scene: Scene, actor: str) -> None:
    with undone():
        found, own = open_round(scene)
        at = list(addresses(scene, own[actor], every=IS_LONG or actor == "reviewer"))
        plain = answers(scene, actor, at)
        made = others_mark(scene, found, actor)
        told = answers(scene, actor, at)
        assert [one for one in at if told[one] != plain[one]] == []
        assert sum(status == 200 for status, _tag, _body in plain.values()) > len(at) / 2
        refused = answers(scene, actor, [*own_addresses(scene, made), *admin_addresses(made)])
        assert {status for status, _tag, _body in refused.values()} <= {404, 302, 403}
        assert exported(scene, actor, found) == {own[actor].number}


def test_who_does_not_take_part_sees_the_shared_set_as_before(scene: Scene) -> None:
    with undone():
        found, _own = open_round(scene)
        at = [
            one
            for one in addresses(scene, scene.desk.claim, every=IS_LONG)
            if "sources/" not in one
        ]
        plain = answers(scene, "reader", at)
        others_mark(scene, found, "nobody")
        told = answers(scene, "reader", at)
        assert [one for one in at if told[one] != plain[one]] == []


def test_admins_who_do_not_take_part_tell_the_worlds_apart(scene: Scene) -> None:
    """Else the tests above would find nothing because nothing is there to find."""
    with undone():
        found, _own = open_round(scene)
        made = others_mark(scene, found, "nobody")
        at = own_addresses(scene, made)
        statuses = {status for status, _tag, _body in answers(scene, "admin", at).values()}
        assert statuses == {200}
        assert len(exported(scene, "admin", found)) == 8


def own_addresses(scene: Scene, made: list[Claim]) -> list[str]:
    """Where others' claims would be read by who knows their numbers."""
    version = scene.desk.version.uid
    return [
        address
        for one in made
        for address in (
            f"/p/desk/claims/{one.number}/",
            f"/p/desk/claims/{one.number}/card/?in={version}",
            f"/api/v1/projects/desk/claims/{one.uid}/",
            f"/api/v1/projects/desk/claims/{one.uid}/mentions/",
            f"/api/v1/projects/desk/claims/{one.uid}/evidence/",
        )
    ]


def admin_addresses(made: list[Claim]) -> list[str]:
    return [f"/admin/annotations/claim/{one.pk}/change/" for one in made]


def exported(scene: Scene, actor: str, marked: MarkingRound) -> set[int]:
    """The numbers of the round's originals in the actor's own export."""
    connection.ensure_connection()
    # The test's own transaction, as what it did is not committed.
    snapshot = Snapshot(connection.connection)
    wanted = Reading(scene.desk.project, scene.people[actor], with_history=True)
    found = list(read_records(snapshot, wanted))
    uid = str(marked.uid)
    originals = {
        one.number for one in found if isinstance(one, OriginalRecord) and one.round == uid
    }
    assert all(one.number < 10_000_000 for one in found if type(one) is ClaimRecord)
    words = msgspec.json.encode(found).decode()
    assert ("Claimed otherwise" in words) is (actor == "admin")
    return originals
