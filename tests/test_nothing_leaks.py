"""Words of a hidden or confidential row stand on no page and in no answer for whoever may not read.

Every route that is read is asked, so a new page cannot forget.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from annotations.audit.context import context
from annotations.claims.models import Claim
from annotations.comments.services import comment_create
from annotations.inbox.mail import mail_person
from annotations.notifications.services import notify
from tests.leaks import READS, answers, differences, exported, lists, pasts, routes
from tests.long import IS_LONG, some
from tests.material import make_event, make_evidence, make_statement
from tests.matrix.scene import Scene, make_scene
from tests.matrix.states import put_in_state
from tests.proofs import undone
from tests.ruling import evidence_on

WORD = "Quokkawallaby"
# What the secret is written into, by row.
SECRETS: dict[str, dict[str, str]] = {
    "article": {"title": WORD, "byline": WORD},
    "claim": {"text": WORD},
    "statement": {"text": WORD, "channel": WORD, "url": f"https://example.org/{WORD}"},
    "source": {"name": WORD, "description": WORD},
    "evidence": {
        **dict.fromkeys(("question", "answer", "quote", "file_name"), WORD),
        "url": f"https://example.org/{WORD}",
    },
}


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    with django_db_blocker.unblock(), undone():
        yield make_scene()


def write_secret(scene: Scene, about: str, state: str) -> None:
    """Write the word into the row and into what is only part of it, and hide it."""
    row = getattr(scene.desk, about)
    with context(actor=scene.author, action="test.secret"):
        if SECRETS[about]:
            type(row)._base_manager.filter(pk=row.pk).update(**SECRETS[about])
        if about == "source":
            scene.desk.source.aliases.update(name=WORD)
        if about == "claim":
            scene.desk.claim.reviews.update(justification=WORD)
            scene.desk.claim.comments.update(text=WORD)
            tell(scene, "claim_edited", scene.desk.claim)
        others = beside_evidence(scene) if about == "evidence" else []
    for one in (row, *others):
        put_in_state(one, state, None, scene.people["moderator"])


def beside_evidence(scene: Scene) -> list[Any]:
    """Write the word into what is confidential as evidence is: what a verdict rests on, and a
    comment; and tell everybody of them.
    """
    pieces = evidence_on(scene.desk.ruled)
    for piece in pieces:
        # It has no file, which alone would have a name.
        words = {**SECRETS["evidence"], "file_name": ""}
        type(piece)._base_manager.filter(pk=piece.pk).update(**words)
    scene.desk.claim.comments.update(text=WORD)
    tell(scene, "evidence_edited", scene.desk.evidence)
    tell(scene, "mentioned", scene.desk.comment)
    return [*pieces, scene.desk.comment]


def tell(scene: Scene, kind: str, target: Any) -> None:
    people = scene.people.values()
    notify(project=scene.desk.project, recipients=people, kind=kind, actor=None, target=target)


def readable(scene: Scene, actor: str) -> Iterator[str]:
    """Yield the routes whose answer holds the word for this actor."""
    client = scene.client(actor)
    for name, ask in READS.items():
        with undone():
            url = ask.address(name, scene.desk)
            for address in (url, *searched(name, url)):
                response = client.get(address)
                content = b"" if response.streaming else response.content
                # What was searched for is repeated in the field.
                if content.replace(WORD.lower().encode(), b"").count(WORD.encode()):
                    yield f"{name} {address}"
    yield from elsewhere(scene, actor)


def searched(name: str, url: str) -> Iterator[str]:
    """Yield the address with the word searched for; in the short run of what is known to search."""
    if IS_LONG or name.endswith(("-list", "-suggest", "workbench", "-find", "-choose", "me")):
        yield f"{url}{'&' if '?' in url else '?'}q={WORD.lower()}"


def elsewhere(scene: Scene, actor: str) -> list[str]:
    """Return what else holds the word: what was known a moment ago, exports, mail."""
    moment = timezone.now()
    told = answers(scene.client(actor), list(pasts(scene.desk, moment)))
    if actor != "outsider":
        told |= {**exported(scene, actor), **exported(scene, actor, moment)}
    mail_person(user_uid=str(scene.people[actor].uid))
    found = [at for at, (_status, _tags, body) in told.items() if WORD.encode() in body]
    return found + [one.subject for one in mail.outbox if WORD in f"{one.subject} {one.body}"]


def one_by_one(*about: str) -> list[tuple[str, ...]]:
    """Return the secrets each alone; in the short run all together."""
    return [(one,) for one in about] if IS_LONG else [about]


# A reviewer reads all that a reader does, and who is of another project reads nothing at all.
@pytest.mark.parametrize("abouts", one_by_one(*SECRETS), ids="+".join)
@pytest.mark.parametrize("actor", ["reviewer", *some("reader", "outsider", count=0)])
def test_a_hidden_row_is_read_by_moderators_only(
    scene: Scene, abouts: tuple[str, ...], actor: str
) -> None:
    with undone():
        for about in abouts:
            write_secret(scene, about, "hidden")
        assert list(readable(scene, actor)) == []


@pytest.mark.parametrize("about", SECRETS)
def test_moderators_read_a_hidden_row(scene: Scene, about: str) -> None:
    with undone():
        write_secret(scene, about, "hidden")
        assert any(readable(scene, "moderator"))


def test_who_is_of_another_project_reads_no_row_whatever(scene: Scene) -> None:
    with undone():
        for about in SECRETS:
            write_secret(scene, about, "ordinary")
        assert list(readable(scene, "outsider")) == []


@pytest.mark.parametrize("abouts", one_by_one("statement", "evidence"), ids="+".join)
@pytest.mark.parametrize("actor", ["reader", *some("outsider", count=0)])
def test_a_confidential_row_is_kept_from_readers(
    scene: Scene, abouts: tuple[str, ...], actor: str
) -> None:
    with undone():
        for about in abouts:
            write_secret(scene, about, "confidential")
        assert list(readable(scene, actor)) == []


@pytest.mark.parametrize("about", ["statement", "evidence"])
def test_reviewers_read_a_confidential_row(scene: Scene, about: str) -> None:
    with undone():
        write_secret(scene, about, "confidential")
        assert any(readable(scene, "reviewer"))


@pytest.mark.long
def test_a_reader_is_answered_alike_whatever_is_told_in_confidence(scene: Scene) -> None:
    """Neither counts, nor orders, warnings, revisions or times say that there is any."""
    client, project, author = scene.client("reader"), scene.desk.project, scene.author
    at = list(dict.fromkeys([*routes(scene.desk), *lists(scene.desk, str(author.uid))]))
    with undone():
        plain = {**answers(client, at), **exported(scene, "reader")}
        claim = Claim.objects.get(pk=scene.desk.claim.pk)
        make_evidence(project, author, claim=claim, confidential=True)
        statement = make_statement(project, author, confidential=True)
        make_event(statement, author)
        begun = comment_create(actor=author, claim=claim, text="Who?", confidential=True)
        comment_create(actor=author, claim=claim, text="They.", thread=begun)
        told = {**answers(client, at), **exported(scene, "reader")}
        assert differences(plain, told) == []
