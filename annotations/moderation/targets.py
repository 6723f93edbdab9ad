"""The things a flag can be about: found for one person, and for many flags at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model, QuerySet

from annotations.accounts.models import User
from annotations.moderation.choices import FlagKind
from annotations.moderation.models import Flag
from annotations.projects.models import Project

# The model of each kind, by name: what is not installed cannot be flagged.
MODELS: dict[str, str] = {
    FlagKind.ARTICLE: "Article",
    FlagKind.CLAIM: "Claim",
    FlagKind.EVIDENCE: "Evidence",
    FlagKind.COMMENT: "Comment",
    FlagKind.EVENT: "LifecycleEvent",
}
# What the name of a thing reads beside it.
_NAMED_WITH: dict[str, tuple[str, ...]] = {
    FlagKind.COMMENT: ("claim",),
    FlagKind.EVENT: ("statement__source", "article", "moderation"),
}


def model_of(kind: str) -> type[Model] | None:
    """Return the model of what a flag of this kind is about; None where there is none."""
    name = MODELS.get(kind, "").lower()
    return apps.get_app_config("annotations").models.get(name) if name else None


def find_target(user: User | None, project: Project, kind: str, uid: UUID) -> Any:
    """Return the thing in the project, as the person may see it (None: a moderator); or None."""
    rows = _rows(kind, user)
    row: Any = None if rows is None else rows.filter(project=project.pk, uid=uid).first()
    if row is not None:
        row.project = project
    return row


def targets_of(flags: Iterable[Flag], viewer: User | None) -> dict[UUID, Any]:
    """Return the things that flags are about and that the viewer may see; one query a kind."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for flag in flags:
        wanted[flag.kind].add(flag.target)
    found: dict[UUID, Any] = {}
    for kind, uids in wanted.items():
        rows = _rows(kind, viewer)
        if rows is not None:
            found |= {row.uid: row for row in rows.filter(uid__in=uids)}
    return found


def _rows(kind: str, viewer: User | None) -> QuerySet[Any] | None:
    model = model_of(kind)
    if model is None:
        return None
    manager: Any = model._default_manager
    rows = manager.all() if viewer is None else manager.visible_to(viewer)
    return rows.select_related("project", *_NAMED_WITH.get(kind, ()))
