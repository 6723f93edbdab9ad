"""What a request is made of; the tables of requests are in the modules beside this one."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.matrix.rows import Rows

Names = Callable[[Rows], dict[str, Any]]
Body = Callable[[Rows], dict[str, Any]]


def slug(rows: Rows) -> dict[str, Any]:
    """The project's address alone."""
    return {"slug": rows.project.slug}


def nothing(rows: Rows) -> dict[str, Any]:
    return {}


def uid_of(name: str) -> Names:
    """The project and the uid of one of its rows."""
    return lambda rows: {"slug": rows.project.slug, "uid": getattr(rows, name).uid}


def number(rows: Rows) -> dict[str, Any]:
    """The project and the number of its claim."""
    return {"slug": rows.project.slug, "number": rows.claim.number}


def object_id(name: str) -> Names:
    """The id of a row, for the admin."""
    return lambda rows: {"object_id": getattr(rows, name).pk}


@dataclass(frozen=True)
class Ask:
    """One request: which row it is about, its address and what is sent."""

    # The row that states are about, by its name in Rows.
    about: str = "project"
    names: Names = slug
    body: Body = nothing
    query: str = ""
    # Address of a route without a name.
    path: str = ""
    # The row whose revision is sent as If-Match.
    match: str = ""
    # A write that leaves nothing behind, such as signing out.
    is_traceless: bool = False
    # Prepares what only this request needs, as (rows, actor).
    before: Callable[[Rows, Any], None] | None = None

    def address(self, route: str, rows: Rows, **changed: Any) -> str:
        """Return the URL, with `changed` parts of it exchanged."""
        if self.path:
            return self.path
        names = {**self.names(rows), **changed}
        try:
            return reverse(route, kwargs=names or None) + self.query
        except NoReverseMatch:
            return reverse(route, args=list(names.values())) + self.query

    def send(self, client: Client, method: str, url: str, rows: Rows) -> HttpResponse:
        """Send it, as JSON or a file to the API and as a form to pages."""
        headers = {}
        if self.match:
            row = getattr(rows, self.match)
            # A mention counts its claim's changes; a row that never changes stays at 1.
            counted = rows.claim if self.match == "mention" else row
            revision = getattr(counted, "revision", 1)
            headers["If-Match"] = f'"{row.uid}.{revision}"'
        call = getattr(client, method.lower())
        if method in ("GET", "HEAD"):
            return call(url, headers=headers)
        body = self.body(rows)
        if url.startswith("/api/") and isinstance(body.get("file"), SimpleUploadedFile):
            kind = "application/octet-stream"
            return call(url, data=body["file"].read(), content_type=kind, headers=headers)
        if url.startswith("/api/"):
            sent = json.dumps(body, default=str)
            return call(url, data=sent, content_type="application/json", headers=headers)
        if method == "POST":
            return call(url, data=body, headers=headers)
        return call(url, headers=headers)


def form_key() -> str:
    """A fresh key of a form that is sent once."""
    return str(uuid4())


def fixed(**fields: Any) -> Any:
    """A body that is the same whatever the rows."""
    return lambda rows: fields
