"""Holding a turn for as long as the worker lives: renewed from a thread of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from django.db import DatabaseError, connection

from annotations.lifecycle.watches.models import WatchTurn
from annotations.lifecycle.watches.turns import turn_renew

# Three times within a lease, so that one renewal may be lost.
SECONDS = 6.0


@contextmanager
def held(turn: WatchTurn) -> Iterator[None]:
    """Renew the lease until the work within is done; a killed process renews nothing."""
    done = Event()
    thread = Thread(target=_renew, args=(turn, done), daemon=True, name="watch-lease")
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _renew(turn: WatchTurn, done: Event) -> None:
    try:
        while not done.wait(SECONDS):
            try:
                if not turn_renew(turn):
                    return
            except DatabaseError:
                # The next one may get through, by a connection of its own.
                connection.close()
    finally:
        connection.close()
