"""The drafts of forms on plain pages: what they are called, and that they have served."""

from annotations.projects.models import Project
from annotations.verification.drafts import draft_forget
from annotations.web.access import SignedInRequest


def draft_served(request: SignedInRequest, project: Project, about: str) -> None:
    """Drop the draft of a form that was saved from a page of its own.

    The workbench drops its own: more may have been typed there since the form was sent.
    """
    if not request.htmx:
        draft_forget(actor=request.user, project=project, about=about)
