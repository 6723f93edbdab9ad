"""Queries that are put into words once: for what every page or every save asks for.

Django writes a query's SQL anew each time it is asked, which takes longer than PostgreSQL needs to
answer one about a single row. The rows are the same objects that the queryset itself would give.
"""

import inspect
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connection
from django.db.models import (
    BooleanField,
    Expression,
    F,
    Func,
    Model,
    QuerySet,
    Subquery,
    query,
)

M = TypeVar("M", bound=Model)
# More rows than this are a bulk, whose making takes most of the time however it is sent.
FEW = 8
# What fills the related objects of a row; the type stubs are of another version of Django.
_related: Any = query.get_related_populators


class Slot(Expression):
    """The place of a value that is known only when the query is asked."""

    def __init__(self, n: int) -> None:
        super().__init__()
        self.n = n

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return a placeholder and, for its value, this object; `Planned` replaces it."""
        return "%s", [self]


class _Keys(Expression):
    """Many keys as one value. A `Value` would look at each of them again and again.

    As text they are an array in PostgreSQL's own words, which nobody here reads.
    """

    def __init__(self, keys: Sequence[int] | str) -> None:
        super().__init__()
        self.keys = keys if isinstance(keys, str) else list(keys)

    # Two are one only if they are the same object, as for any object that says nothing of it.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return a placeholder and the list."""
        return "%s", [self.keys]


class IsOneOf(Func):
    """Whether a column of keys holds one of these: one value for all, however many they are."""

    template = "(%(expressions)s::bigint[]))"
    arg_joiner = " = ANY("
    output_field = BooleanField()

    def __init__(self, column: str, keys: "Sequence[int] | str | Slot | Subquery") -> None:
        super().__init__(F(column), keys if isinstance(keys, Slot | Subquery) else _Keys(keys))


class _Plan(NamedTuple):
    sql: str
    params: Sequence[Any]
    model: Any
    names: Sequence[str]
    own: slice
    related: Sequence[Any]
    annotations: dict[str, int]
    convert: Callable[[list[Any]], Any]


class Planned(Generic[M]):
    """A query of whole rows that differs from one time to the next by a few values alone.

    `make` takes one argument for each value and returns the queryset, which may select related
    rows, defer and annotate, but not prefetch. A value is a column's own: a key, not the object.
    None never matches, as in SQL.
    """

    def __init__(self, make: Callable[..., QuerySet[M]]) -> None:
        self.make = make
        self._plan: _Plan | None = None

    def __call__(self, *values: object) -> list[M]:
        """Ask with these values; the rows come in the queryset's order."""
        plan = self._plan = self._plan or self._planned()
        filled: Any = [values[one.n] if isinstance(one, Slot) else one for one in plan.params]
        with connection.cursor() as cursor:
            cursor.execute(plan.sql, filled)
            rows = cursor.fetchall()
        found = []
        for row in plan.convert(rows):
            made = plan.model.from_db(connection.alias, plan.names, row[plan.own])
            for populator in plan.related:
                populator.populate(row, made)
            for name, column in plan.annotations.items():
                setattr(made, name, row[column])
            found.append(made)
        return found

    def _planned(self) -> _Plan:
        slots = [Slot(n) for n in range(len(inspect.signature(self.make).parameters))]
        compiler: Any = self.make(*slots).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        rows = compiler.klass_info
        own = slice(rows["select_fields"][0], rows["select_fields"][-1] + 1)
        converters = compiler.get_converters([one for one, _sql, _alias in compiler.select])
        return _Plan(
            sql,
            params,
            rows["model"],
            [one.target.attname for one, _sql, _alias in compiler.select[own]],
            own,
            _related(rows, compiler.select, connection.alias),
            compiler.annotation_col_map,
            lambda found: compiler.apply_converters(found, converters) if converters else found,
        )


class PlannedValues:
    """The same for `values_list`: rows are tuples, in the order in which columns are named."""

    def __init__(self, make: Callable[..., QuerySet[Any, Any]]) -> None:
        self.make = make
        self._plan: tuple[str, Sequence[Any], Any, Any] | None = None

    def __call__(self, *values: object) -> list[tuple[Any, ...]]:
        """Ask with these values; the rows come in the queryset's order."""
        self._plan = self._plan or self._planned()
        sql, params, compiler, converters = self._plan
        filled: Any = [values[one.n] if isinstance(one, Slot) else one for one in params]
        with connection.cursor() as cursor:
            cursor.execute(sql, filled)
            rows = cursor.fetchall()
        return list(map(tuple, compiler.apply_converters(rows, converters))) if converters else rows

    def _planned(self) -> tuple[str, Sequence[Any], Any, Any]:
        slots = [Slot(n) for n in range(len(inspect.signature(self.make).parameters))]
        compiler: Any = self.make(*slots).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        return sql, params, compiler, compiler.get_converters([one[0] for one in compiler.select])


@contextmanager
def planned_for_its_values() -> Iterator[None]:
    """Let the server plan each query inside for the values it has.

    The plan that a connection keeps for a query asked again and again fits what is usual: a filter
    that nothing passes would be looked for among all rows.
    """
    connection.ensure_connection()
    server = connection.connection
    before, server.prepare_threshold = server.prepare_threshold, None
    try:
        yield
    finally:
        server.prepare_threshold = before


def insert(rows: Sequence[M]) -> list[M]:
    """Insert new rows of one model in the order given, as `bulk_create` does; return them.

    No signals are sent. For a few rows the statement is put into words once.
    """
    if not rows:
        return []
    model = type(rows[0])
    if len(rows) > FEW:
        return model._default_manager.bulk_create(rows)
    values: list[Any] = []
    for row in rows:
        row._prepare_related_fields_for_save(operation_name="insert")  # type: ignore[attr-defined]
        for field in _columns(model):
            values.append(field.get_db_prep_save(field.pre_save(row, add=True), connection))
    with connection.cursor() as cursor:
        cursor.execute(_insert(model, len(rows)), values)
        for row, (pk,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = pk
            row._state.adding, row._state.db = False, connection.alias
    return list(rows)


@cache
def _columns(model: type[Model]) -> list[Any]:
    """Return the fields that a new row is given: all but the key that PostgreSQL counts up."""
    fields = [one for one in model._meta.local_concrete_fields if not one.primary_key]
    assert not any(one.generated or one.has_db_default() for one in fields), model
    return fields


@cache
def _insert(model: type[Model], count: int) -> str:
    quote = connection.ops.quote_name
    fields = _columns(model)
    one = f"({', '.join(['%s'] * len(fields))})"
    names = ", ".join(quote(field.column) for field in fields)
    values = ", ".join([one] * count)
    key = quote(str(model._meta.pk.column))
    return f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES {values} RETURNING {key}"
