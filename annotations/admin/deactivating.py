"""What the desk says before somebody is deactivated: what ends, and what is left alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.accounts.models import User
from annotations.accounts.roles import Role
from annotations.admin.decisions import ReasonForm
from annotations.projects.models import Membership
from annotations.verification.assignments.models import UNFINISHED, Assignment


class DeactivateForm(ReasonForm):
    """Why; it knows of each person what would change, in as many queries for one as for many."""

    @cached_property
    def unfinished(self) -> dict[int, int]:
        """Return how many assignments would be withdrawn, by person."""
        rows = Assignment.objects.filter(
            assignee__in=[row.pk for row in self.rows], state__in=UNFINISHED
        )
        counted = rows.order_by().values("assignee").annotate(count=Count("pk"))
        return dict(counted.values_list("assignee", "count"))

    @cached_property
    def left_alone(self) -> dict[int, list[str]]:
        """Return the projects that would have no admin who can sign in, by person."""
        going = [row.pk for row in self.rows]
        admins = Membership.objects.filter(role=Role.ADMIN, user__is_active=True)
        others = admins.filter(project=OuterRef("project")).exclude(user__in=going)
        last = admins.filter(~Exists(others), user__in=going, project__archived_at__isnull=True)
        found: dict[int, list[str]] = defaultdict(list)
        for user, name in last.order_by("project__name").values_list("user", "project__name"):
            found[user].append(name)
        return found


def deactivation_effects(row: User, form: Any) -> Sequence[str]:
    """Say what would change, in sentences; `form` is a DeactivateForm."""
    if not row.is_active:
        return [_("Deactivated already; the account stays as it is.")]
    said = []
    count = form.unfinished.get(row.pk, 0)
    if count:
        said.append(
            ngettext(
                "%(count)d unfinished assignment is withdrawn.",
                "%(count)d unfinished assignments are withdrawn.",
                count,
            )
            % {"count": count}
        )
    for name in form.left_alone.get(row.pk, []):
        said.append(_("“%(project)s” is left without an admin.") % {"project": name})
    return said
