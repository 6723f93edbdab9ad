"""Making the database check now what it would check when the transaction ends, and undoing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction


def at_the_end() -> None:
    """Let the deferred checks happen now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def at_once(act: Callable[[], object]) -> None:
    """Do it in a savepoint of its own, with every deferred check at its end."""
    with transaction.atomic():
        act()
        at_the_end()


def execute(statement: str, *values: object) -> None:
    """Run SQL as the application's role."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@contextmanager
def undone() -> Iterator[None]:
    """Undo everything that is done inside, after checking what the database checks late."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def check_deferred() -> None:
    """Let the database check now what it checks at the end of a transaction, and later again."""
    at_the_end()
    execute("SET CONSTRAINTS ALL DEFERRED")
