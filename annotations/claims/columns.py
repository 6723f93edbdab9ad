"""How what is entered about a claim is checked before it is stored."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from annotations.claims import choices
from annotations.lib.errors import InvalidInput
from annotations.lib.text import normalise
from annotations.projects.editing import check_choice

# In code points.
TEXT_LENGTH = 5000


def claim_columns(fields: dict[str, Any]) -> dict[str, Any]:
    """Check and tidy the given fields only. Raises InvalidInput."""
    columns = dict(fields)
    if "text" in columns:
        columns["text"] = normalise(columns["text"]).strip()
        if not columns["text"]:
            raise InvalidInput(_("Say what is claimed."), field="text")
        if len(columns["text"]) > TEXT_LENGTH:
            raise InvalidInput(
                _("A claim has at most %(limit)d characters."),
                field="text",
                params={"limit": TEXT_LENGTH},
            )
    if "types" in columns:
        columns["types"] = list(dict.fromkeys(columns["types"]))
        for one in columns["types"]:
            check_choice(one, choices.ClaimType.values, "types")
    if "checkability" in columns:
        check_choice(columns["checkability"], choices.Checkability.values, "checkability")
    if "priority" in columns:
        check_choice(columns["priority"], choices.Priority.values, "priority")
    return columns
