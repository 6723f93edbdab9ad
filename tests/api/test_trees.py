"""What trees show is what the serializers themselves show, to the order of the fields."""

import json
import sys
from typing import Any

import pytest
from rest_framework.serializers import Serializer

from annotations.accounts.models import User
from annotations.api import urls  # noqa: F401 -- which reads every view
from annotations.api.serializers import trees
from tests.api.material import LISTS, READS, Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> set[type]:
    """Compare whatever is shown with the serializer's own; return the kinds that were."""
    seen: set[type] = set()
    represent = trees.represent

    def both(kind: type[Serializer], rows: Any, context: Any) -> list[dict[str, Any]]:
        kept = list(rows)
        shown = represent(kind, kept, context)
        own = kind(context=dict(context))
        expected = [own.to_representation(row) for row in kept]
        assert json.dumps(shown, default=str) == json.dumps(expected, default=str)
        seen.add(kind)
        return shown

    for name, module in list(sys.modules.items()):
        if name.startswith("annotations.api.views"):
            monkeypatch.setattr(module, "represent", both, raising=False)
    return seen


def test_a_tree_shows_what_its_serializer_shows(
    api: Any, desk: Desk, reviewer: User, compared: set[type]
) -> None:
    caller = api(reviewer)
    for route in (*LISTS, *READS):
        assert caller.get(desk.path(route)).status_code == 200, route
    assert len(compared) > 10
