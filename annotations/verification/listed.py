"""Which claims stand in a viewer's lists, for statements that are written by hand."""

from typing import Any

from django.db import connection

from annotations.accounts.models import User
from annotations.claims.models import Claim
from annotations.projects.marking import claims_listed_to, marking_of
from annotations.projects.models import Project


def listed_condition(project: Project, viewer: User) -> str:
    """Return the condition that `claims_listed_to` is, of a row "c" of claims of the project.

    It is a part of a statement that has parameters: a percent sign in it is doubled.
    """
    if not marking_of(viewer.pk, project):
        return "c.round_id IS NULL"
    rows = Claim.objects.filter(claims_listed_to(viewer), project=project).order_by()
    operations: Any = connection.ops
    query = operations.compose_sql(*rows.values("pk").query.sql_with_params())
    return f"c.id IN ({query.replace('%', '%%')})"
