"""What is made of a capture once it is kept, also where whoever kept it was killed just then."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from annotations import jobs
from annotations.captures.models import Capture
from annotations.projects.models import Project


def capture_made(project: Project, uid: UUID | None) -> Capture | None:
    """Return the capture that was made under a uid before a crash; None where there is none.

    Whoever was killed once it was kept may not have come to queueing its stamp.
    """
    made = Capture.objects.filter(project=project, uid=uid).first() if uid else None
    if made is not None:
        stamp_queue(made)
    return made


def stamp_queue(capture: Capture) -> None:
    """Have a capture's file stamped where the operator named an authority and it is not yet."""
    if not settings.TIMESTAMP_AUTHORITY.url or capture.file_id is None:
        return
    if not capture.time_stamps.exists():
        jobs.enqueue("captures.stamp", capture_uid=str(capture.uid))
