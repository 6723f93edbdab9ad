"""Pages of the desk that Django has none for."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


def show_link(
    admin: ModelAdmin, request: HttpRequest, *, title: str, explanation: object, link: str
) -> HttpResponse:
    """Show a secret link once, to be copied; no cache may keep it."""
    context: dict[str, Any] = {
        **admin.admin_site.each_context(request),
        "title": title,
        "explanation": explanation,
        "link": link,
        "opts": admin.opts,
    }
    response = TemplateResponse(request, "admin/link.html", context)
    response["Cache-Control"] = "no-store"
    return response
