"""One unchanging view of the database on a connection of its own, read row by row."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection as default_connection

# Times are written in UTC. A slow reader may take its time. What is looked up row by row is soon in
# memory, and an index finds it sooner than a scan even in a small table; compiling so long a query
# takes longer than running it.
_SESSION = """
    BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY;
    SET LOCAL TimeZone = 'UTC';
    SET LOCAL random_page_cost = 0.1;
    SET LOCAL jit = off;
    SET LOCAL statement_timeout = 0
"""


class Snapshot:
    """Reads JSON texts that the server writes, one per row, without holding more than one."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self.queries = 0

    def literal(self, query: str, params: tuple[object, ...]) -> str:
        """Return `query` with its parameters written into it, safely quoted."""
        return psycopg.ClientCursor(self._connection).mogrify(query, params)

    def rows(self, query: str) -> Iterator[bytes]:
        """Yield the single text column of each row.

        Through COPY, because the server then goes on writing while we work on what it wrote.
        """
        self.queries += 1
        with (
            self._connection.cursor() as cursor,
            cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT binary)".encode()) as copy,
        ):
            for row in copy.rows():
                yield row[0]


@contextmanager
def open_snapshot() -> Iterator[Snapshot]:
    """Open the view on a new connection; it is closed on the way out, whatever happened."""
    settings = default_connection.get_connection_params()
    settings["cursor_factory"] = psycopg.Cursor
    settings["application_name"] = "factcheck export"
    connection = psycopg.connect(**settings, autocommit=True)
    try:
        connection.execute(_SESSION)
        yield Snapshot(connection)
    finally:
        connection.close()
