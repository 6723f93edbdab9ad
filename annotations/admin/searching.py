"""Searching the desk's lists by what the database has an index for."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import BooleanField, CharField, F, Func, QuerySet, TextField, Value

WORD = re.compile(r"\w+")


class IndexedWords(Func):
    """The expression that the full-text indexes are made of, written as they write it."""

    template = "to_tsvector('simple', factcheck_unaccent(%(expressions)s))"
    output_field = SearchVectorField()


class PrefixQuery(Func):
    """A query for the words, the beginning of a word being enough."""

    template = "to_tsquery('simple', factcheck_unaccent(%(expressions)s))"
    output_field = CharField()


class Matches(Func):
    """The full-text match of a vector and a query."""

    template = "(%(expressions)s)"
    arg_joiner = " @@ "
    output_field = BooleanField()


def with_words(rows: QuerySet[Any], term: str, *columns: str) -> QuerySet[Any]:
    """Keep the rows whose column (or columns, joined as their index joins them) has the words."""
    words = WORD.findall(term)
    if not words:
        return rows.none()
    query = " & ".join(f"{word}:*" for word in words)
    return rows.filter(Matches(_vector(columns), PrefixQuery(Value(query))))


def _vector(columns: tuple[str, ...]) -> IndexedWords:
    return IndexedWords(F(columns[0]) if len(columns) == 1 else _Joined(*map(F, columns)))


class _Joined(Func):
    """Columns with a space between them."""

    template = "%(expressions)s"
    arg_joiner = " || ' ' || "
    output_field = TextField()
