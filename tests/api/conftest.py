"""Callers of the API: programs with a token, each acting for a named person."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from annotations.accounts.models import User
from annotations.accounts.tokens import token_create
from annotations.projects.models import Project
from tests.api.material import Desk, fill
from tests.quick_client import quick_client

ALL_SCOPES = ("read", "write", "export")


class Caller:
    """A program; `json` bodies in, REST answers out."""

    def __init__(self, token: str | None) -> None:
        headers = {"host": "localhost"}
        if token is not None:
            headers["authorization"] = f"Bearer {token}"
        self.client = quick_client(headers=headers)

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(path, headers=_names(headers))

    def post(self, path: str, body: object = None, **headers: str) -> Any:
        return self._send("post", path, body, headers)

    def patch(self, path: str, body: object = None, **headers: str) -> Any:
        return self._send("patch", path, body, headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self.client.delete(path, headers=_names(headers))

    def put(self, path: str, body: object = None, **headers: str) -> Any:
        return self._send("put", path, body, headers)

    def _send(self, method: str, path: str, body: object, headers: dict[str, str]) -> Any:
        call = getattr(self.client, method)
        return call(
            path,
            {} if body is None else body,
            content_type="application/json",
            headers=_names(headers),
        )


def _names(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


@pytest.fixture
def api(db: None) -> Callable[..., Caller]:
    """`api(reviewer)`: a program with a token of that person; anonymous callers send none."""

    def make(user: User | AnonymousUser, scopes: tuple[str, ...] = ALL_SCOPES) -> Caller:
        if not user.is_authenticated:
            return Caller(None)
        _token, raw = token_create(actor=user, user=user, name="test", scopes=scopes)
        return Caller(raw)

    return make


@pytest.fixture
def desk(project: Project, reviewer: User) -> Desk:
    """The shared project with one row of every kind, all by the reviewer."""
    return fill(project, reviewer)


@pytest.fixture
def other_desk(other_project: Project, outsider: User) -> Desk:
    """The outsider's project, with rows of its own."""
    return fill(other_project, outsider)
