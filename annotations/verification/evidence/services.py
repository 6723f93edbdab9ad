"""Every change to a piece of evidence itself; what it says of a claim is in links.py."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.audit.context import context
from annotations.claims.models import Claim
from annotations.lib.errors import Conflict
from annotations.notifications.kinds import Kind
from annotations.notifications.services import notify
from annotations.projects.editing import (
    RESTORED,
    check_fields,
    discard_row,
    lock_row,
    write_changes,
)
from annotations.projects.models import Project
from annotations.sources.models import Source
from annotations.sources.services import source_get_or_create
from annotations.statements.services import check_is_known
from annotations.verification.evidence.columns import FIELDS, check_whole, read_columns
from annotations.verification.evidence.files import NO_FILE, GivenFile, check_file, keep_file
from annotations.verification.evidence.links import check_stance, lock_claim, write_link
from annotations.verification.evidence.models import Evidence

EDITABLE = FIELDS | {"source", "source_name"}


def evidence_create(
    *,
    actor: User,
    project: Project,
    claim: Claim | None = None,
    stance: str = "",
    source: Source | None = None,
    source_name: str = "",
    file: GivenFile | None = None,
    **fields: Any,
) -> Evidence:
    """Add a piece of evidence; with `claim`, put it on that claim with the given stance.

    `fields` are those of columns.FIELDS, times as EDTF. `source_name` resolves aliases and makes
    an unknown source, unless the evidence is confidential. Raises InvalidInput.
    """
    check_fields(fields, EDITABLE)
    columns = read_columns(project, fields)
    if claim is not None:
        check_stance(stance)
    if file is not None:
        check_file(file)
    with context(actor=actor, action="evidence.create"):
        current = None if claim is None else lock_claim(claim)
        evidence = Evidence(project=project, source=source, created_by=actor, **columns)
        check_whole(evidence, has_file=file is not None)
        if source is None and source_name.strip():
            evidence.source = _named(actor, evidence, source_name)
        # Last, as bytes are not taken back with what was stored beside them.
        if file is not None:
            for name, value in keep_file(actor, project, file).items():
                setattr(evidence, name, value)
        evidence.save(force_insert=True)
        if current is not None:
            write_link(actor, current, evidence, stance)
    return evidence


def evidence_update(
    *,
    actor: User,
    evidence: Evidence,
    revision: int,
    file: GivenFile | None = None,
    remove_file: bool = False,
    **changes: Any,
) -> Evidence:
    """Change what was entered; `revision` is the one the person saw (StaleVersion otherwise).

    A new `file` takes the place of the old one, which history still names. Raises InvalidInput,
    and Conflict where the evidence is discarded.
    """
    check_fields(changes, EDITABLE)
    if file is not None:
        check_file(file)
    with context(actor=actor, action="evidence.update"):
        current = lock_row(evidence, revision)
        check_kept(current)
        columns = read_columns(current.project, changes)
        if remove_file and file is None:
            columns |= NO_FILE
        has_file = file is not None or (current.file_id is not None and not remove_file)
        _check_changed(current, columns, has_file=has_file)
        if "source" in changes:
            columns["source"] = changes["source"]
        if changes.get("source_name", "").strip():
            beside = Evidence(
                project=current.project,
                confidential=columns.get("confidential", current.confidential),
            )
            columns["source"] = _named(actor, beside, changes["source_name"])
        if file is not None:
            columns |= keep_file(actor, current.project, file)
        if write_changes(current, columns):
            _tell_author(actor, current)
    return current


def evidence_discard(
    *, actor: User, evidence: Evidence, reason: str = "", revision: int | None = None
) -> Evidence:
    """Take the evidence back, on every claim; it stays readable with a mark and counts nowhere.

    Already so changes nothing. `revision`, here and below, is given by who undoes an action of
    theirs: StaleVersion when the evidence has changed since.
    """
    with context(actor=actor, action="evidence.discard", reason=reason):
        current = lock_row(evidence, revision)
        if current.discarded_at is None:
            discard_row(current, actor, reason)
            _tell_author(actor, current)
    return current


def evidence_restore(
    *, actor: User, evidence: Evidence, reason: str = "", revision: int | None = None
) -> Evidence:
    """Let discarded evidence count again. Already so changes nothing."""
    with context(actor=actor, action="evidence.restore", reason=reason):
        current = lock_row(evidence, revision)
        if write_changes(current, RESTORED):
            _tell_author(actor, current)
    return current


def _tell_author(actor: User, evidence: Evidence) -> None:
    """Tell whose evidence somebody else has changed; nobody where it is their own."""
    notify(
        project=evidence.project_id,
        recipients=[evidence.created_by_id],
        kind=Kind.EVIDENCE_EDITED,
        actor=actor,
        target=evidence,
    )


def check_kept(evidence: Evidence) -> None:
    """Raise Conflict where the evidence is discarded."""
    if evidence.discarded_at is not None:
        raise Conflict(_("This evidence is discarded. Restore it before changing it."))


def _check_changed(current: Evidence, columns: dict[str, Any], *, has_file: bool) -> None:
    """Check the whole as it would be after the change."""
    names = ("question", "answer", "quote", "url", "response", "asked_on", "medium")
    wanted = Evidence(**{name: columns.get(name, getattr(current, name)) for name in names})
    check_whole(wanted, has_file=has_file)


def _named(actor: User, evidence: Evidence, name: str) -> Source:
    """Resolve the name; what is confidential must not make a source that every member reads."""
    if evidence.confidential:
        check_is_known(evidence.project, name)
    return source_get_or_create(actor=actor, project=evidence.project, name=name)
