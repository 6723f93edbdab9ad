"""Serializers built once per thread: building one copies every field, which for a claim with its
mentions and chains costs more than using it."""

import threading
from collections.abc import Iterable, Mapping
from typing import Any

from rest_framework.serializers import Serializer


class _Trees(threading.local):
    def __init__(self) -> None:
        self.built: dict[type[Serializer], Any] = {}

    def find(self, kind: type[Serializer]) -> Any:
        if kind not in self.built:
            self.built[kind] = kind()
        return self.built[kind]


_trees = _Trees()


def represent(
    kind: type[Serializer], rows: Iterable[Any], context: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return the rows as `kind` shows them; `context` is what its fields may ask for."""
    tree = _trees.find(kind)
    tree._context = dict(context)
    try:
        return [tree.to_representation(row) for row in rows]
    finally:
        tree._context = {}


def validate(kind: type[Serializer], body: object, context: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a body as `kind` reads them. Raises ValidationError."""
    tree = _trees.find(kind)
    tree._context = dict(context)
    try:
        return dict(tree.run_validation(body))
    finally:
        tree._context = {}
