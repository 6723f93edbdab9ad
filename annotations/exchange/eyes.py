"""Writes what a viewer may see into SQL: the `visible_to` of every concept, and nothing else."""

from contextlib import nullcontext
from datetime import datetime
from typing import Any

from django.db import models

from annotations.accounts.models import User
from annotations.accounts.roles import Permission, role_allows
from annotations.audit.known_at import Past, reading
from annotations.exchange.json_sql import if_true
from annotations.exchange.snapshot import Snapshot
from annotations.projects.marking import marking_of
from annotations.projects.models import Membership, Project
from annotations.projects.permissions import role_of

EVERYTHING = "true"
_NEEDED_TO_SEE_ALL = (
    Permission.READ,
    Permission.SEE_HIDDEN,
    Permission.SEE_CONFIDENTIAL,
    Permission.SEE_ALL_REVIEWS,
)


class Eyes:
    """One viewer looking at one project, as it is or as it was known; without a viewer,
    everything is seen.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        project: Project,
        viewer: User | None,
        known_at: datetime | None = None,
    ) -> None:
        self.project = project
        self.viewer = viewer
        self._sees_all = viewer is None or _sees_everything(viewer, project)
        self._snapshot = snapshot
        self._written: dict[type[models.Model], str] = {}
        self._past = None if known_at is None else self._looking_back(known_at)

    def asked(self, query: str) -> str:
        """Return the query as it is to be sent: of the present, or of the past."""
        return query if self._past is None else self._past.asked(query)

    def members(self) -> str:
        """Return what holds the memberships to tell of: a table, or a query of how they were."""
        if self._past is None:
            return Membership._meta.db_table
        return self._past.rows_of(Membership)

    def _looking_back(self, moment: datetime) -> Past:
        return Past(
            moment,
            self.project.pk,
            self.viewer,
            sees_everything=self._sees_all,
            # Whoever sees what is hidden reads whether it was hidden then.
            moderation_then=self._sees_all,
            literal=self._snapshot.literal,
        )

    def rows(self, model: type[models.Model], row: str) -> str:
        """Return the condition under which a row (its alias) is of the project and seen."""
        return f"{row}.project_id = {self.project.pk} AND {self.sees(model, f'{row}.id')}"

    def sees(self, model: type[models.Model], column: str) -> str:
        """Return the condition under which the row that `column` names by id is seen.

        The subquery does not depend on the row, so the server asks it once and keeps the answer.
        """
        if self.viewer is None or self._sees_all:
            return EVERYTHING
        if model not in self._written:
            self._written[model] = self._visible_ids(model, self.viewer)
        return f"{column} IN ({self._written[model]})"

    def refer(self, key: str, model: type[models.Model], column: str) -> str:
        """Write the uid of another entity, where there is one and it is seen."""
        table = model._meta.db_table
        there = f"{column} IS NOT NULL AND {self.sees(model, column)}"
        uid = f"(SELECT uid FROM {table} WHERE id = {column})"
        return f"""CASE WHEN {there} THEN concat(',"{key}":"', {uid}, '"') END"""

    def withheld(self, key: str, model: type[models.Model], column: str) -> str:
        """Write `"<key>_withheld": true` where there is one and it is not seen."""
        if self._sees_all:
            return "NULL"
        return if_true(f"{key}_withheld", self.hides(model, column))

    def hides(self, model: type[models.Model], column: str) -> str:
        """Return the condition under which there is one and it is not seen."""
        if self._sees_all:
            return "false"
        return f"{column} IS NOT NULL AND NOT ({self.sees(model, column)})"

    def _visible_ids(self, model: type[models.Model], viewer: User) -> str:
        manager: Any = model._default_manager
        with nullcontext() if self._past is None else reading(self._past):
            visible = manager.visible_to(viewer).filter(project_id=self.project.pk)
            query, params = visible.order_by().values("pk").query.sql_with_params()
        return self._snapshot.literal(query, params)


def _sees_everything(viewer: User, project: Project) -> bool:
    """Say whether the viewer's role has nothing withheld from it: `visible_to` would keep all.

    Asking the database of every row whether it is seen costs a third of an export.
    """
    role = role_of(viewer, project)
    if marking_of(viewer.pk, project):
        return False
    return all(role_allows(role, permission) for permission in _NEEDED_TO_SEE_ALL)
