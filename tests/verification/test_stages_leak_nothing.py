"""What others have said of a claim shows in no answer to whoever it is not revealed to.

The same desk is read in several worlds, which differ only in reviews that are not revealed: every
answer has to be the same to the byte.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone

from annotations.accounts.roles import Role
from annotations.audit.context import context
from annotations.inbox.shown import notifications_shown
from annotations.models import Claim, Project
from annotations.notifications.kinds import Kind
from annotations.notifications.services import notify
from annotations.projects.models import QueuePolicy
from annotations.verification.assignments.queue import queue_next
from annotations.verification.models import Review
from tests.factories import make_member, make_user
from tests.leaks import Answers, answers, differences, exported, lists, refusals, routes, told_of
from tests.long import IS_LONG, sample, some
from tests.material import make_claim, make_review
from tests.matrix.scene import Scene, make_scene
from tests.proofs import undone
from tests.ruling import adjudicate

# The lists that judgements decide.
TELLING = re.compile(
    r"/reviews/\?|/adjudications/\?(claim|label)|/claims/\?ordering|[?&](stage|label|under)="
)


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
    """With all that a judgement can hold, and changed once."""
    for words in ("Bilby", "Bilby again"):
        make_review(
            claim,
            scene.people["second"],
            "refuted",
            justification=words,
            confidence=3,
            evidence=list(claim.evidence_links.all()),
            rating=scene.desk.scale.values.last(),
        )


def adjudicated(scene: Scene, claim: Claim) -> None:
    one_differs(scene, claim)
    adjudicate(claim, scene.desk.chair)


def one_took_back(scene: Scene, claim: Claim) -> None:
    one_differs(scene, claim)
    Review.objects.filter(reviewer=scene.people["second"]).update(discarded_at=claim.created_at)


World = Callable[[Scene, Claim], None]


def addresses(scene: Scene) -> list[str]:
    """Every route that is read, the lists by stage; in the long run every filter and order."""
    person = str(scene.people["second"].uid)
    every = list(lists(scene.desk, person))
    if not IS_LONG:
        every = [one for one in every if TELLING.search(one)]
    # All that ask for a stage, and in the short run a part of the others.
    by_stage = [one for one in every if "stage=" in one]
    return list(dict.fromkeys([*routes(scene.desk), *by_stage, *sample(every, 2)]))


def told(scene: Scene, actor: str) -> Answers:
    """Everything the actor is answered, asks for and takes away."""
    return {
        **answers(scene.client(actor), addresses(scene)),
        **exported(scene, actor),
        **(refusals(scene, actor, scene.desk) if IS_LONG else {}),
    }


def differing(scene: Scene, actor: str, *worlds: World) -> list[tuple[str, str]]:
    """The worlds and addresses whose answer tells them from the desk as it is."""
    with undone():
        plain = told(scene, actor)
    found = []
    for world in worlds:
        with undone():
            world(scene, scene.desk.claim)
            other = told(scene, actor)
            # After all that was done in this world.
            moment = timezone.now()
            past = told_of(scene, actor, moment)
        found += [(world.__name__, at) for at in differences(plain, other)]
        with undone():
            plain_past = told_of(scene, actor, moment)
        found += [(world.__name__, at) for at in differences(plain_past, past)]
    return found


@pytest.mark.parametrize("actor", [pytest.param("reader", marks=pytest.mark.long), "reviewer"])
def test_who_has_not_judged_learns_nothing(scene: Scene, actor: str) -> None:
    with undone():
        assert differing(scene, actor, *some(adjudicated, one_differs, one_agrees)) == []


@pytest.mark.long
def test_who_has_judged_learns_nothing_more(scene: Scene) -> None:
    with undone():
        make_review(scene.desk.claim, scene.people["reviewer"], "supported")
        need(scene, 4)
        assert differing(scene, "reviewer", *some(one_differs, adjudicated, one_took_back)) == []


def test_the_queue_hands_out_the_same_whatever_others_say(scene: Scene) -> None:
    project, reviewer = scene.desk.project, scene.people["reviewer"]
    for policy in QueuePolicy:
        handed = set()
        for world in (one_agrees, one_differs):
            with undone():
                world(scene, scene.desk.claim)
                project.queue_policy = policy
                found = queue_next(actor=reviewer, project=project)
                handed.add(found and found.claim_id)
        assert len(handed) == 1, policy


def test_that_a_dispute_was_decided_is_told_once_it_may_be_read(scene: Scene) -> None:
    reviewer = scene.people["reviewer"]
    with undone():
        make_review(scene.desk.claim, reviewer, "supported")
        need(scene, 4)
        adjudicated(scene, scene.desk.claim)
        notify(
            project=scene.desk.project,
            recipients=[reviewer],
            kind=Kind.ADJUDICATED,
            actor=scene.desk.chair,
            target=scene.desk.claim,
        )
        told = notifications_shown(reviewer).filter(kind=Kind.ADJUDICATED)
        assert not told.exists()
        need(scene, 3)
        assert told.exists()


def test_moderators_tell_the_worlds_apart(scene: Scene) -> None:
    """Else the tests above would find nothing because nothing is there to find."""
    at = ["/p/desk/claims/?stage=disputed", "/p/desk/claims/1/", "/api/v1/projects/desk/reviews/"]
    client = scene.client("moderator")
    with undone():
        plain = {**answers(client, at), **exported(scene, "moderator")}
        one_differs(scene, scene.desk.claim)
        found = differences(plain, {**answers(client, at), **exported(scene, "moderator")})
    assert {*at, "export jsonl"} <= set(found)


def test_once_enough_are_in_everybody_sees_the_stage(scene: Scene) -> None:
    with undone():
        for person in ("second", "reviewer"):
            make_review(scene.desk.claim, scene.people[person], "refuted")
        client = scene.client("reader")
        shown = client.get("/api/v1/projects/desk/claims/?stage=disputed").json()["results"]
        assert [(one["number"], one["stage"]) for one in shown] == [(1, "disputed")]
        assert 'data-stage="disputed"' in client.get("/p/desk/claims/1/").content.decode()
