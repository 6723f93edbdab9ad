"""Keyset pagination both ways: a page is a place in an order, not a count of rows to skip.

Rows added or removed elsewhere never make a page repeat or lose one.
"""

import base64
import binascii
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.errors import QueryInvalid
from annotations.planned import planned_for_its_values

DEFAULT_SIZE = 25
LARGEST_SIZE = 200
PARAMETERS = frozenset({"cursor", "page_size", "ordering"})
_LARGEST_ID = 2**63 - 1

_Read = Callable[[object], object]
ReadByKey = Callable[[list[int]], Iterable[models.Model]]


def _as_time(value: object) -> datetime:
    return datetime.fromtimestamp(_as_number(value) / 1_000_000, UTC)


def _as_text(value: object) -> str:
    if not isinstance(value, str) or "\x00" in value:
        raise ValueError(value)
    return value


def _as_number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _LARGEST_ID:
        raise ValueError(value)
    return value


@dataclass(frozen=True, slots=True)
class Order:
    """One allowed order: by a column, then by id. `nullable` rows come last."""

    column: str
    descending: bool = False
    read: _Read = _as_number
    nullable: bool = False

    def by(self, *, backwards: bool) -> list[Any]:
        """Return what `order_by` takes, for one direction of reading."""
        down = self.descending != backwards
        id_order = F("id").desc() if down else F("id").asc()
        if self.column == "id":
            return [id_order]
        column = F(self.column)
        if not self.nullable:
            return [column.desc() if down else column.asc(), id_order]
        last = {"nulls_first": True} if backwards else {"nulls_last": True}
        return [column.desc(**last) if down else column.asc(**last), id_order]

    def after(self, value: object, row_id: int, *, backwards: bool) -> Q:
        """Return the condition for rows beyond (value, id) in the direction of reading."""
        further = "lt" if self.descending != backwards else "gt"
        beyond_id = Q(**{f"id__{further}": row_id})
        if self.column == "id":
            return beyond_id
        empty = Q(**{f"{self.column}__isnull": True})
        if value is None:
            return (empty & beyond_id) | ~empty if backwards else empty & beyond_id
        # The first condition alone bounds the index scan; the second cuts within equal values.
        beyond = Q(**{f"{self.column}__{further}e": value}) & (
            Q(**{f"{self.column}__{further}": value}) | beyond_id
        )
        return beyond | empty if self.nullable and not backwards else beyond

    def place(self, row: models.Model) -> list[object]:
        """Return what a cursor remembers of a row."""
        value = getattr(row, self.column)
        if isinstance(value, datetime):
            value = int(value.timestamp()) * 1_000_000 + value.microsecond
        return [value, row.pk]


BY_ID = Order("id")
BY_ID_DOWN = Order("id", descending=True)


def by_text(column: str, *, descending: bool = False) -> Order:
    """Order by a text column."""
    return Order(column, descending, _as_text)


def by_time(column: str, *, descending: bool = False, nullable: bool = False) -> Order:
    """Order by a column of instants, to the microsecond."""
    return Order(column, descending, _as_time, nullable)


BY_TIMES = {
    "-created": BY_ID_DOWN,
    "created": BY_ID,
    "-updated": by_time("updated_at", descending=True),
    "updated": by_time("updated_at"),
}


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in an order, and which way to read from there."""

    ordering: str
    backwards: bool
    value: object
    row_id: int

    def encode(self) -> str:
        """Return the opaque text for a link."""
        packed = msgspec.json.encode([self.ordering, self.backwards, self.value, self.row_id])
        return base64.urlsafe_b64encode(packed).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, ordering: str) -> "Cursor":
        """Read a cursor made for the same order. Raises QueryInvalid for anything else."""
        try:
            packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            made_for, backwards, value, row_id = msgspec.json.decode(packed)
            if made_for != ordering or not isinstance(backwards, bool):
                raise ValueError(text)
            return cls(ordering, backwards, value, _as_number(row_id))
        except (ValueError, TypeError, binascii.Error, msgspec.DecodeError) as error:
            raise QueryInvalid(
                _("This cursor does not belong to this list and order."), field="cursor"
            ) from error


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and the links to those before and after them."""

    rows: list[Any]
    next: str | None
    previous: str | None


def read_page(
    request: Request,
    rows: QuerySet,
    read: ReadByKey | None,
    orders: Mapping[str, Order],
    default: str,
) -> Page:
    """Return the page that `cursor`, `page_size` and `ordering` of the query ask for.

    One query; with `read` the keys are found first, and the rows read by them. `orders` is the
    allow-list by name; a name with "-" reads down. Raises QueryInvalid.
    """
    name = request.query_params.get("ordering", default)
    if name not in orders:
        raise QueryInvalid(
            _("Order by one of: %(names)s."),
            field="ordering",
            params={"names": ", ".join(orders)},
        )
    size = _page_size(request)
    text = request.query_params.get("cursor")
    cursor = Cursor.decode(text, name) if text is not None else None
    backwards = cursor is not None and cursor.backwards
    order = orders[name]
    if cursor is not None:
        rows = rows.filter(_beyond(order, cursor))
    found = _find(request, rows.order_by(*order.by(backwards=backwards)), read, size + 1)
    has_more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    # Whoever came by a cursor left rows behind on the other side.
    has_next = cursor is not None if backwards else has_more
    has_previous = has_more if backwards else cursor is not None
    return Page(
        found,
        _link(request, name, order, found[-1:] if has_next else [], backwards=False),
        _link(request, name, order, found[:1] if has_previous else [], backwards=True),
    )


def is_narrowed(request: Request) -> bool:
    """Say whether the query asks for a part of the list."""
    return bool(request.query_params.keys() - PARAMETERS)


def _find(request: Request, rows: QuerySet, read: ReadByKey | None, count: int) -> list[Any]:
    if read is None:
        return list(rows[:count])
    with planned_for_its_values() if is_narrowed(request) else nullcontext():
        keys = list(rows.values_list("pk", flat=True)[:count])
    found = {one.pk: one for one in read(keys)} if keys else {}
    return [found[key] for key in keys if key in found]


def _beyond(order: Order, cursor: Cursor) -> Q:
    try:
        value = None if cursor.value is None and order.nullable else order.read(cursor.value)
    except (ValueError, OverflowError, OSError) as error:
        raise QueryInvalid(
            _("This cursor does not belong to this list and order."), field="cursor"
        ) from error
    return order.after(value, cursor.row_id, backwards=cursor.backwards)


def _page_size(request: Request) -> int:
    text = request.query_params.get("page_size", str(DEFAULT_SIZE))
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= LARGEST_SIZE):
        raise QueryInvalid(
            _("A page has 1 to %(most)d rows."), field="page_size", params={"most": LARGEST_SIZE}
        )
    return int(text)


def _link(
    request: Request, name: str, order: Order, edge: Sequence[models.Model], *, backwards: bool
) -> str | None:
    if not edge:
        return None
    value, row_id = order.place(edge[0])
    query = request._request.GET.copy()
    query["cursor"] = Cursor(name, backwards, value, int(str(row_id))).encode()
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


class KeysetPagination(BasePagination):
    """REST framework's door to `read_page`, with the orders the view allows."""

    page: Page

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Return the rows of the page that the query asks for."""
        # What rows are shown with takes the server longer to plan than to find those of a filter.
        by_key = view.finds_keys_first or is_narrowed(request)
        read = view.rows_by_key if by_key else None
        self.page = read_page(request, queryset, read, view.orders, view.default_order)
        return self.page.rows

    def get_paginated_response(self, data: Any) -> Response:
        """Answer the page's rows and its links."""
        links = {"next": self.page.next, "previous": self.page.previous}
        return Response({"results": data, **links})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe a page in OpenAPI."""
        link = {"type": "string", "format": "uri", "nullable": True}
        return {
            "type": "object",
            "required": ["results", "next", "previous"],
            "properties": {"results": schema, "next": link, "previous": link},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Describe the parameters in OpenAPI."""
        size = {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": DEFAULT_SIZE}
        names = {"type": "string", "enum": list(view.orders), "default": view.default_order}
        described = {
            "cursor": ({"type": "string"}, "A place in the list; follow `next` and `previous`."),
            "page_size": (size, "Rows of a page."),
            "ordering": (names, "A name with - reads down."),
        }
        return [
            {"name": name, "in": "query", "required": False, "schema": one, "description": words}
            for name, (one, words) in described.items()
        ]
