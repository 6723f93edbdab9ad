"""What others mark in a round shows in no answer to whoever marks beside them.

The same desk is read in two worlds, which differ only in what others have marked: every answer has
to be the same to the byte. Built as tests/verification/test_stages_leak_nothing.py.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import msgspec
import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from annotations.accounts.roles import Role
from annotations.audit.finding import trails
from annotations.claims.hops import HopInput
from annotations.claims.models import Claim
from annotations.claims.rounds import MarkingRound
from annotations.claims.services import claim_discard, claim_update, mention_add, mention_update
from annotations.comments.services import comment_create
from annotations.exchange.models import ExportRelease
from annotations.exchange.read import Reading, read_records
from annotations.exchange.records import ClaimRecord, OriginalRecord
from annotations.exchange.snapshot import Snapshot
from annotations.inbox.followers import happenings_tell
from annotations.moderation.flags import flag_raise
from annotations.notifications.models import FollowersTold
from annotations.verification.rounds.services import round_hand_in, round_open
from tests.factories import make_member, make_user
from tests.leaks import Answers, answers, differences, exported, lists, routes, told_of
from tests.long import IS_LONG, sample, some
from tests.material import make_review
from tests.matrix.asks_admin import ADMIN
from tests.matrix.rows import Rows
from tests.matrix.scene import Scene, make_scene
from tests.proofs import undone
from tests.verification.rounds.material import CIVILIANS, MINISTRY, mark

DAY = timedelta(days=1)
ORDERS = ("-created", "-updated", "-number", "-priority", "updated", "priority")
# The desk's pages that are new whenever they are asked for.
FRESH_AT_THE_DESK = ("admin:jsi18n",)
WRITTEN_IN_A_ROUND = {"claim", "mention", "attribution", "source", "sourcealias", "review"}
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
        current = Claim.objects.get(pk=same.pk)
        make_review(current, person)
        # Another chain, with somebody nobody has named before: the former hop is gone.
        hops = [HopInput(source_name=f"Bilby {name}")]
        mention_update(
            actor=person, mention=same.mentions.first(), revision=current.revision, hops=hops
        )
        others = " ".join(f"@{one.display_name}" for one in scene.people.values())
        comment_create(actor=person, claim=same, text=f"Bilby? {others}")
        flag_raise(
            actor=person, project=found.project, kind="claim", target=same.uid, reason="wrong"
        )
        ExportRelease.objects.create(
            project=found.project, created_by=person, seen_by=person, counts={"originals": 3}
        )
        made += [same, gone]
    if but != "moderator":
        # Who is done is told to moderators alone, until all are.
        round_hand_in(actor=scene.people["second"], found=found)
    FollowersTold.objects.update_or_create(defaults={"until": found.project.created_at - DAY})
    happenings_tell(clocks=timedelta(0))
    return made


def rows_of(scene: Scene, own: Claim) -> Rows:
    """The desk, with what one has marked in the place of its claim."""
    return replace(scene.desk, claim=own, mention=own.mentions.get())


def addresses(scene: Scene, own: Claim, *, every: bool) -> list[str]:
    """Every route that is read, for the desk's claim and for one's own, or pages of one's own
    claim only; lists in every way, in the long run by every filter.
    """
    seen = {f"/p/desk/claims/{own.number}/", f"/api/v1/projects/desk/claims/{own.uid}/"}
    for rows in (scene.desk, rows_of(scene, own)) if every else ():
        seen |= set(routes(rows))
    api = "/api/v1/projects/desk/"
    article = scene.desk.article.uid
    for query in LISTS:
        seen |= {f"/p/desk/claims/{query}", f"/p/desk/articles/{article}/{query}"}
        seen |= {f"/p/desk/{query}", f"{api}articles/{query}", f"{api}claims/{query}"}
    for order in ORDERS:
        seen.add(f"{api}claims/?ordering={order}")
    seen |= {f"{api}claims/?article={article}", f"{api}claims/?source={scene.desk.source.uid}"}
    merge = reverse("source-merge", kwargs={"slug": "desk", "uid": scene.desk.source.uid})
    seen.add(f"{merge}?into=Emergency+Service")
    seen |= {"/p/desk/?has_claims=yes", "/p/desk/?sort=title", f"{api}sources/?q=Emergency"}
    if IS_LONG:
        seen |= set(lists(scene.desk, str(scene.people["second"].uid)))
    return sorted(seen)


def desk_of(scene: Scene) -> list[str]:
    """What the moderation desk shows: its lists, searches, the audit narrowed in many ways; in the
    long run every page, and the audit by every kind of row.
    """
    seen = {
        ask.address(name, scene.desk)
        for (name, method), ask in ADMIN.items()
        if method == "GET"
        and name.startswith("admin:")
        and name not in FRESH_AT_THE_DESK
        and (IS_LONG or name.endswith(("_changelist", "audit", "audit_csv")))
    }
    other = "/admin/annotations/source/?into=Bilby+second"
    words = [f"/admin/annotations/{one}/?q=Bilby" for one in ("claim", "source", "comment")]
    names = urlencode({"app_label": "annotations", "model_name": "attribution"})
    offered = f"/admin/autocomplete/?{names}&field_name=source&term=Bilby"
    kinds = {one.kind for one in trails().values()} if IS_LONG else WRITTEN_IN_A_ROUND
    audit = [
        *(f"/admin/audit/?kind={one}" for one in kinds),
        *(f"/admin/audit/?who={one}" for one in ("Second", "Moderator", "Reviewer")),
        *(f"/admin/audit/?action={one}" for one in ("claim.create", "review.save", "flag.raise")),
    ]
    return sorted({*seen, *words, *audit, offered, other})


def merging_into(scene: Scene, number: int) -> bytes:
    """What the desk says to whoever would merge a claim into the one of this number."""
    sent = {
        "action": "merge_claims",
        "_selected_action": [scene.desk.other_claim.pk],
        "decided": "1",
        "into": number,
        "reason": "The same.",
    }
    body: bytes = scene.client("moderator").post("/admin/annotations/claim/", sent).content
    return body


def told(scene: Scene, actor: str, at: list[str]) -> Answers:
    """Everything the actor is answered, and takes away."""
    return {**answers(scene.client(actor), at), **exported(scene, actor)}


@pytest.mark.parametrize("actor", some("reviewer", "moderator"))
def test_who_takes_part_learns_nothing_of_the_others(scene: Scene, actor: str) -> None:
    with undone():
        found, own = open_round(scene)
        at = addresses(scene, own[actor], every=IS_LONG or actor == "reviewer")
        at = sample(at, 2)
        at += desk_of(scene) if actor == "moderator" else []
        plain = told(scene, actor, at)
        with undone():
            made = others_mark(scene, found, actor)
            other = told(scene, actor, at)
            moment = timezone.now()
            past = told_of(scene, actor, moment)
            gone = [*own_addresses(scene, made), *admin_addresses(made)]
            refused = answers(scene.client(actor), gone)
            assert numbers(scene, actor, found) == {own[actor].number}
            if actor == "moderator":
                assert b"none of that name" in merging_into(scene, made[0].number)
        assert differences(plain, other) == []
        assert differences(told_of(scene, actor, moment), past) == []
        assert {status for status, _tag, _body in refused.values()} <= {404, 302, 403}
        assert sum(status == 200 for status, _tag, _body in plain.values()) > len(at) / 2


def test_who_does_not_take_part_sees_the_shared_set_as_before(scene: Scene) -> None:
    with undone():
        found, _own = open_round(scene)
        # Who is named for the first time is known to all who do not mark beside.
        at = [
            one
            for one in addresses(scene, scene.desk.claim, every=IS_LONG)
            if not re.search("source|statements/new|evidence", one)
        ]
        plain = answers(scene.client("reader"), at)
        others_mark(scene, found, "nobody")
        assert differences(plain, answers(scene.client("reader"), at)) == []


def test_admins_who_do_not_take_part_tell_the_worlds_apart(scene: Scene) -> None:
    """Else the tests above would find nothing because nothing is there to find."""
    with undone():
        found, _own = open_round(scene)
        made = others_mark(scene, found, "nobody")
        at = own_addresses(scene, made)
        statuses = {status for status, _tag, _body in answers(scene.client("admin"), at).values()}
        assert statuses == {200}
        assert len(numbers(scene, "admin", found)) == 8


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


def numbers(scene: Scene, actor: str, marked: MarkingRound) -> set[int]:
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
