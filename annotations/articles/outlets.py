"""Outlets: made when an article first names them, one per project however the name is written."""

from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.articles.fields import clean_line
from annotations.articles.models import Outlet
from annotations.lib.errors import InvalidInput
from annotations.lib.names import fold_name
from annotations.lib.urls import host_of
from annotations.projects.models import Project


def outlet_get_or_create(
    *, actor: User, project: Project, name: str, canonical_url: str = ""
) -> Outlet | None:
    """Return the project's outlet of that name, made if new; None for an empty name.

    The database makes its Source. Call it inside the audit context of what needs the outlet.
    """
    clean = clean_line(name, field="outlet_name", limit=200)
    if not clean:
        return None
    key = fold_name(clean)[:200]
    if not key:
        raise InvalidInput(_("An outlet's name needs a letter or a digit."), field="outlet_name")
    outlet, _made = Outlet.objects.get_or_create(
        project=project,
        name_key=key,
        defaults={"name": clean, "host": host_of(canonical_url), "created_by": actor},
    )
    return outlet
