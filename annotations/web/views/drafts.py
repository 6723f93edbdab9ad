"""A script's way to what somebody has typed and not saved: theirs alone."""

import json
import re

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from annotations.accounts.roles import Permission
from annotations.lib.errors import InvalidInput
from annotations.projects.models import Project
from annotations.verification.drafts import (
    LONGEST,
    draft_forget,
    draft_keep,
    drafts_below,
    drafts_of,
)
from annotations.web.access import SignedInRequest, project_page

# The form, the row it is about and, where several may be open, which one: "claim:<uid>:<key>".
MOST_FAMILIES = 50
ABOUT = re.compile(r"[a-z-]{1,30}:[0-9a-f-]{1,40}(:[0-9a-f]{1,12})?")


@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
@project_page(Permission.ANNOTATE)
def draft(request: SignedInRequest, project: Project, about: str) -> HttpResponse:
    """Read (204 when there is none), keep or forget the draft of one form."""
    if not ABOUT.fullmatch(about):
        raise Http404
    if request.method == "DELETE":
        draft_forget(actor=request.user, project=project, about=about)
        return HttpResponse(status=204)
    if request.method == "POST":
        content = _content(request)
        kept = draft_keep(actor=request.user, project=project, about=about, content=content)
        return JsonResponse({"at": kept.updated_at.isoformat()})
    found = drafts_of(request.user, project, [about]).get(about)
    if found is None:
        return HttpResponse(status=204)
    return JsonResponse({"at": found.updated_at.isoformat(), "content": found.content})


@require_safe
@project_page(Permission.ANNOTATE)
def draft_list(request: SignedInRequest, project: Project) -> HttpResponse:
    """List the drafts of all forms about some rows, newest first: `?of=claim:<uid>`, any number."""
    families = request.GET.getlist("of")[:MOST_FAMILIES]
    if not families or not all(ABOUT.fullmatch(one) for one in families):
        raise Http404
    found = [
        {"about": one.about, "at": one.updated_at.isoformat(), "content": one.content}
        for one in drafts_below(request.user, project, families)
    ]
    return JsonResponse(found, safe=False)


def _content(request: SignedInRequest) -> dict[str, object]:
    problem = InvalidInput(_("A draft is sent as a JSON object."), field="content")
    try:
        content = json.loads(request.POST.get("content", "")[: 2 * LONGEST])
    except ValueError as error:
        raise problem from error
    if not isinstance(content, dict) or "\\u0000" in json.dumps(content):
        raise problem
    return content
