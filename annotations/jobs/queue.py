"""Putting work on the queue by name, so that lower rooms need not know who does it."""

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue


def enqueue(name: str, **arguments: JSONValue) -> None:
    """Queue the job `name` (see annotations/tasks.py) once the transaction has committed.

    Arguments must be JSON values: uids as text, not rows. A job that acts for a person carries
    their uid; the machine's own work carries none.
    """
    transaction.on_commit(lambda: app.configure_task(name).defer(**arguments))
