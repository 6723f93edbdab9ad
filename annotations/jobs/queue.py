"""Putting work on the queue by name, so that lower rooms need not know who does it."""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.types import JSONValue


def enqueue(name: str, **arguments: JSONValue) -> None:
    """Queue the job `name` (see annotations/tasks.py) once the transaction has committed.

    Arguments must be JSON values: uids as text, not rows. A job that acts for a person carries
    their uid; the machine's own work carries none.
    """
    transaction.on_commit(lambda: app.configure_task(name).defer(**arguments))


def enqueue_once(name: str, *, lock: str, seconds: int = 0, **arguments: JSONValue) -> None:
    """Queue the job, to be begun in so many seconds, unless one under the same `lock` waits."""

    def defer() -> None:
        with suppress(AlreadyEnqueued):
            task = app.configure_task(
                name, queueing_lock=lock, schedule_in={"seconds": seconds} if seconds else None
            )
            task.defer(**arguments)

    transaction.on_commit(defer)
