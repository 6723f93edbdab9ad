"""How the addresses of the API are put together: what is done where, and its names."""

from typing import Any

from django.urls import URLPattern, path

Actions = dict[str, Any]
LIST: Actions = {"get": "list"}
ADD: Actions = {**LIST, "post": "create"}
READ: Actions = {"get": "retrieve"}
CHANGE: Actions = {**READ, "patch": "partial_update"}
DISCARD: Actions = {**CHANGE, "delete": "destroy"}
RESTORE: Actions = {"post": "restore"}
FILE: Actions = {"get": "fetch", "post": "put_file", "delete": "drop_file"}
_PLURALS = {
    "alias": "aliases",
    "watch": "watches",
    "look-again": "looks-again",
    "evidence": "evidence-pieces",
    "claim-evidence": "claim-evidence-pieces",
}


def rows(
    route: str, name: str, view: Any, *, on_list: Actions, on_row: Actions
) -> list[URLPattern]:
    """Return the two addresses of a kind of row: `api-<name>s` and `api-<name>`."""
    plural = _PLURALS.get(name, f"{name}s")
    return [
        path(route, view.as_view(on_list), name=f"api-{plural}"),
        path(f"{route}<uuid:uid>/", view.as_view(on_row), name=f"api-{name}"),
    ]
