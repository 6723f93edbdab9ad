"""Making the database check now what it would check when the transaction ends."""

from collections.abc import Callable

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
