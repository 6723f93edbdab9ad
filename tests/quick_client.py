"""A test client that does not load all middleware anew: whitenoise reads every static file then."""

from typing import Any

from django.test import Client
from django.test.client import ClientHandler

_HANDLER = ClientHandler(enforce_csrf_checks=False)


def quick_client(**options: Any) -> Client:
    """Return a client on the one handler that all of them share."""
    client = Client(**options)
    client.handler = _HANDLER
    return client
