"""Columns of a time as entered: its text, UTC bounds and the zone a bare date was meant in."""

from collections.abc import Mapping
from typing import Any

from annotations.lib.dates import InvalidTime, parse_event_time
from annotations.projects.models import Project


def time_columns(project: Project, text: str, prefix: str, field: str) -> dict[str, Any]:
    """Return `field` and `<prefix>_earliest`, `_latest` and `_zone` for the text as entered.

    The project's zone is the one a bare date is meant in. Raises InvalidTime naming `field`.
    """
    text = text.strip()
    if not text:
        return {
            field: "",
            f"{prefix}_earliest": None,
            f"{prefix}_latest": None,
            f"{prefix}_zone": "",
        }
    try:
        time = parse_event_time(text, project.time_zone)
    except InvalidTime as error:
        raise InvalidTime(error.msgid, field=field, params=error.params) from error
    return {
        field: time.edtf,
        f"{prefix}_earliest": time.earliest,
        f"{prefix}_latest": time.latest,
        f"{prefix}_zone": project.time_zone,
    }


def changed_columns(row: object, columns: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the columns whose value differs from the row's."""
    return {name: value for name, value in columns.items() if getattr(row, name) != value}
