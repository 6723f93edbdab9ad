"""Serializers built once per thread: building one copies every field, which for a claim with its
mentions and chains costs more than using it."""

import threading
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any

from django.db.models.manager import BaseManager
from rest_framework.fields import Field, SerializerMethodField, SkipField
from rest_framework.serializers import ListSerializer, Serializer

_Show = Callable[[Any], Any]


class _Trees(threading.local):
    def __init__(self) -> None:
        self.built: dict[type[Serializer], Any] = {}
        self.shown: dict[type[Serializer], _Show] = {}

    def find(self, kind: type[Serializer]) -> Any:
        if kind not in self.built:
            self.built[kind] = kind()
            self.shown[kind] = _of_serializer(self.built[kind])
        return self.built[kind]


_trees = _Trees()


def represent(
    kind: type[Serializer], rows: Iterable[Any], context: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return the rows as `kind` shows them; `context` is what its fields may ask for."""
    tree = _trees.find(kind)
    show = _trees.shown[kind]
    tree._context = dict(context)
    try:
        return [show(row) for row in rows]
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


def _of_serializer(serializer: Any) -> _Show:
    """Return what gives the same as the serializer's `to_representation`, in a third of the time:
    where each field is read from is found once, not for every row.
    """
    if type(serializer).to_representation is not Serializer.to_representation:
        show: _Show = serializer.to_representation
        return show
    shown = [(name, _of_field(field)) for name, field in _readable(serializer)]

    def as_dict(row: Any) -> dict[str, Any]:
        found = {}
        for name, show in shown:
            try:
                found[name] = show(row)
            except SkipField:
                continue
        return found

    return as_dict


def _readable(serializer: Any) -> Iterable[tuple[str, Field]]:
    return [(one.field_name, one) for one in serializer._readable_fields]


def _of_field(field: Any) -> _Show:
    """Return what shows a field of a row."""
    if isinstance(field, SerializerMethodField):
        method: _Show = getattr(field.parent, field.method_name)
        return method
    read = _reader(field)
    show = _of_value(field)

    def value_of(row: Any) -> Any:
        value = read(row)
        return None if value is None else show(value)

    return value_of


def _of_value(field: Any) -> _Show:
    if isinstance(field, ListSerializer):
        if type(field).to_representation is ListSerializer.to_representation:
            one = _of_serializer(field.child)
            return lambda rows: [one(row) for row in _listed(rows)]
    elif isinstance(field, Serializer):
        return _of_serializer(field)
    show: _Show = field.to_representation
    return show


def _listed(rows: Any) -> Iterable[Any]:
    # Asked anew, a queryset would forget what was read ahead.
    return rows.all() if isinstance(rows, BaseManager) else rows


def _reader(field: Any) -> _Show:
    """Return what reads the field's value; whatever is not a plain attribute, the field itself."""
    has_own_way = type(field).get_attribute not in (
        Field.get_attribute,
        ListSerializer.get_attribute,
    )
    if has_own_way or not field.source_attrs:
        own: _Show = field.get_attribute
        return own
    read = attrgetter(field.source)
    key = field.source_attrs[0] if len(field.source_attrs) == 1 else None

    def value_of(row: Any) -> Any:
        try:
            value = row[key] if isinstance(row, dict) else read(row)
        except (AttributeError, KeyError):
            # Where a row on the way is missing, or the field has a default.
            return field.get_attribute(row)
        return field.get_attribute(row) if callable(value) else value

    return value_of
