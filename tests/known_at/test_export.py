"""What was exported at a moment is exported again, byte for byte, once everything has changed."""

import json
import random

import pytest
from django.utils import timezone

from annotations.exchange.services import export_open
from tests.api.conftest import api
from tests.exchange.conftest import scene
from tests.known_at.changes import MODERATION, PLAIN

pytestmark = pytest.mark.django_db(transaction=True)

__all__ = ["api", "scene"]
PATH = "/api/v1/projects/desk/export/"


def lines(content: bytes) -> list[bytes]:
    """The records of an export but for what its first line says of its making."""
    first, *rest = content.splitlines()
    head = json.loads(first)
    for name in ("exported_at", "known_at"):
        head.pop(name, None)
    return [json.dumps(head).encode(), *rest]


def exported(project, viewer, moment=None, *, history=True) -> list[bytes]:
    made = export_open(
        actor=viewer,
        project=project,
        format="jsonl",
        with_history=history,
        seen_by=viewer,
        known_at=moment,
    )
    return lines(b"".join(made.content))


@pytest.mark.parametrize(("viewer", "seed"), [(None, 1), ("admin", 2), ("second_reviewer", 3)])
def test_each_moment_is_told_as_it_was_told_then(scene, viewer, seed, actor, reviewer, moderator):
    """In any order of changes. What is hidden meanwhile is told again to whoever sees it still."""
    who = actor(viewer) if viewer else None
    changes = [*PLAIN, *PLAIN, *(MODERATION * 3 if viewer != "second_reviewer" else ())]
    random.Random(seed).shuffle(changes)
    told = []
    for n, change in enumerate(changes):
        if n % 3 == 0:
            told.append((timezone.now(), change, exported(scene.project, who)))
        change(scene, reviewer, moderator)
    assert exported(scene.project, who) != told[0][2]
    for moment, change, then in told:
        again = exported(scene.project, who, moment)
        assert again == then, f"before {change.__name__}"
