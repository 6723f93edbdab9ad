"""Words of a hidden or confidential row stand on no page and in no answer for whoever may not read.

Every route that is read is asked, so a new page cannot forget.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from annotations.audit.context import context
from tests.matrix.asks import Ask
from tests.matrix.asks_api import API
from tests.matrix.asks_pages import PAGES
from tests.matrix.scene import Scene, make_scene, undone
from tests.matrix.states import put_in_state

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
READS: dict[str, Ask] = {
    name: ask for (name, method), ask in {**PAGES, **API}.items() if method == "GET"
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
    put_in_state(row, state, None, scene.people["moderator"])


def readable(scene: Scene, actor: str) -> list[str]:
    """Return the routes whose answer holds the word for this actor."""
    client = scene.client(actor)
    found = []
    for name, ask in READS.items():
        with undone():
            url = ask.address(name, scene.desk)
            for address in (url, f"{url}{'&' if '?' in url else '?'}q={WORD.lower()}"):
                response = client.get(address)
                content = b"" if response.streaming else response.content
                # What was searched for is repeated in the field.
                if content.replace(WORD.lower().encode(), b"").count(WORD.encode()):
                    found.append(f"{name} {address}")
    return found


@pytest.mark.parametrize("about", ["article", "claim", "statement", "source", "evidence"])
@pytest.mark.parametrize("actor", ["outsider", "reader", "reviewer"])
def test_a_hidden_row_is_read_by_moderators_only(scene: Scene, about: str, actor: str) -> None:
    with undone():
        write_secret(scene, about, "hidden")
        assert readable(scene, actor) == []


@pytest.mark.parametrize("about", ["article", "claim", "statement", "source", "evidence"])
def test_moderators_read_a_hidden_row(scene: Scene, about: str) -> None:
    with undone():
        write_secret(scene, about, "hidden")
        assert readable(scene, "moderator")


@pytest.mark.parametrize("about", ["statement", "evidence"])
@pytest.mark.parametrize("actor", ["outsider", "reader"])
def test_a_confidential_row_is_kept_from_readers(scene: Scene, about: str, actor: str) -> None:
    with undone():
        write_secret(scene, about, "confidential")
        assert readable(scene, actor) == []


@pytest.mark.parametrize("about", ["statement", "evidence"])
def test_reviewers_read_a_confidential_row(scene: Scene, about: str) -> None:
    with undone():
        write_secret(scene, about, "confidential")
        assert readable(scene, "reviewer")
