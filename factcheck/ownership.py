"""Lets a command act as the database's owner; everything else connects as the application."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.utils import load_backend

from factcheck.database import DatabaseRole, database_settings


@contextmanager
def connected_as_owner() -> Iterator[None]:
    """Replace this thread's default connection by one of the owner's, and put it back after."""
    application = connections[DEFAULT_DB_ALIAS]
    application.close()
    settings = {
        **application.settings_dict,
        **database_settings(os.environ, DatabaseRole.OWNER),
    }
    backend = load_backend(settings["ENGINE"])
    owner = backend.DatabaseWrapper(settings, DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS] = owner
    try:
        yield
    finally:
        owner.close()
        connections[DEFAULT_DB_ALIAS] = application
