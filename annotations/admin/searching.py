"""Searching the desk's lists by the words that the database has an index for."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Func, QuerySet, TextField

from annotations.admin.base import MOST_COUNTED
from annotations.search.matching import Matches
from annotations.search.words import read_terms


class Joined(Func):
    """Columns with a space between them, as statement_text_search joins them."""

    template = "%(expressions)s"
    arg_joiner = " || ' ' || "
    output_field = TextField()


def with_words(rows: QuerySet[Any], query: str, *columns: str) -> QuerySet[Any]:
    """Keep the rows whose column (or columns, joined) holds every term of the query.

    The matching rows are found first, by themselves: with the list's order and limit beside the
    match, the planner reads the list in order and compares every row on the way.
    """
    terms = read_terms(query)
    if not terms:
        return rows.none()
    text = F(columns[0]) if len(columns) == 1 else Joined(*map(F, columns))
    found = rows
    for term in terms:
        found = found.filter(Matches(text, term))
    return rows.filter(pk__in=found.order_by().values("pk")[:MOST_COUNTED])
