"""The small form by which anybody in the project asks moderators to look at a thing."""

from typing import Any
from uuid import UUID

from django import template

from annotations.moderation.choices import FlagReason

register = template.Library()


@register.inclusion_tag("moderation/_flag.html", takes_context=True)
def flag_form(context: dict[str, Any], kind: str, uid: UUID) -> dict[str, Any]:
    """Offer to flag the thing; nothing in an archived project, which stays as it is."""
    return {
        "access": context["access"],
        "csrf_token": context.get("csrf_token"),
        "kind": kind,
        "uid": uid,
        "reasons": FlagReason.choices,
    }
