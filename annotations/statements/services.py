"""Every change to statements, but for what their events say (see lifecycle)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.audit.context import context
from annotations.lib.errors import InvalidInput
from annotations.lib.text import normalise
from annotations.lib.urls import canonical_url
from annotations.projects.editing import check_fields, check_length, lock_row, write_changes
from annotations.projects.models import Project
from annotations.projects.times import time_columns
from annotations.sources.models import Source
from annotations.sources.services import source_get_or_create, source_resolve
from annotations.statements.models import Statement

EDITABLE = frozenset(
    {"source", "source_name", "channel", "url", "said_on", "text", "language", "confidential"}
)


def statement_create(
    *,
    actor: User,
    project: Project,
    source: Source | None = None,
    source_name: str = "",
    **fields: Any,
) -> Statement:
    """Make a statement; `fields` are channel, url, said_on (EDTF), text, language, confidential.

    `source_name` resolves aliases and makes an unknown source. Raises InvalidInput.
    """
    check_fields(fields, EDITABLE)
    columns = _columns(project, fields)
    with context(actor=actor, action="statement.create"):
        if source is None and source_name.strip():
            source = _named(actor, project, source_name, bool(columns.get("confidential")))
        statement = Statement(project=project, source=source, created_by=actor, **columns)
        _check_says_something(statement)
        statement.save(force_insert=True)
    return statement


def statement_update(
    *, actor: User, statement: Statement, revision: int, **changes: Any
) -> Statement:
    """Change what was entered; `revision` is the one the person saw (StaleVersion otherwise)."""
    check_fields(changes, EDITABLE)
    with context(actor=actor, action="statement.update"):
        current = lock_row(statement, revision)
        columns = _columns(current.project, changes)
        if "source" in changes:
            columns["source"] = changes["source"]
        if changes.get("source_name", "").strip():
            confidential = bool(columns.get("confidential", current.confidential))
            columns["source"] = _named(actor, current.project, changes["source_name"], confidential)
        write_changes(current, columns)
        _check_says_something(current)
    return current


def _named(actor: User, project: Project, name: str, confidential: bool) -> Source:
    if confidential:
        check_is_known(project, name)
    return source_get_or_create(actor=actor, project=project, name=name)


def check_is_known(project: Project, name: str) -> None:
    """Raise InvalidInput for a name that nobody goes by yet.

    What is confidential must not make a source, as every member reads the list of sources.
    """
    if name.strip() and source_resolve(project=project, name=name) is None:
        raise InvalidInput(
            _(
                "Nobody goes by “%(name)s” here yet, and sources are listed for every member. Leave"
                " the name out, or add the source first if everybody may know of it."
            ),
            field="source_name",
            params={"name": name.strip()},
        )


def _columns(project: Project, fields: dict[str, Any]) -> dict[str, Any]:
    """Check and complete the given fields only."""
    columns: dict[str, Any] = {}
    if "channel" in fields:
        columns["channel"] = check_length(fields["channel"], 200, "channel")
    if "language" in fields:
        columns["language"] = check_length(fields["language"], 35, "language")
    if "confidential" in fields:
        columns["confidential"] = bool(fields["confidential"])
    if "text" in fields:
        columns["text"] = normalise(fields["text"]).strip()
    if "url" in fields:
        url = check_length(fields["url"], 2000, "url")
        columns["url"] = url
        columns["canonical_url"] = canonical_url(url) if url else ""
    if "said_on" in fields:
        columns |= time_columns(project, fields["said_on"], "said", "said_on")
    return columns


def _check_says_something(statement: Statement) -> None:
    if not (statement.source_id or statement.url or statement.text or statement.channel):
        raise InvalidInput(
            _("Say at least who made the statement, where, or what it says."), field="source_name"
        )
