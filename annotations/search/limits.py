"""A bound on how long one search may keep the database busy."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext_lazy as _
from psycopg.errors import QueryCanceled

from annotations.lib.errors import DomainError
from annotations.planned import planned_for_its_values

# Searching 20,000 articles for the commonest word takes 0.2 s; a phrase of two such words, which
# an index cannot answer alone, could take minutes.
LONGEST_SEARCH_SECONDS = 5

_BOUND = "SELECT set_config('statement_timeout', %s, true)"
# Whatever follows in the transaction is not to be cut off.
_UNBOUND = "SET LOCAL statement_timeout TO DEFAULT"


class SearchTooLong(DomainError):
    """The search was stopped: its words occur almost everywhere."""


@contextmanager
def bounded_search() -> Iterator[None]:
    """Run the queries inside for at most LONGEST_SEARCH_SECONDS each, else raise SearchTooLong.

    How rare a word is decides how it is best looked for, so none has a plan that was kept.
    """
    try:
        with (
            planned_for_its_values(),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(_BOUND, [str(int(LONGEST_SEARCH_SECONDS * 1000))])
            yield
            cursor.execute(_UNBOUND)
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise SearchTooLong(
                _("These words occur too often to be searched for together. Try rarer ones.")
            ) from error
        raise
