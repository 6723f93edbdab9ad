"""Job name -> service call, nothing else."""

import procrastinate

from annotations.articles.reading import upload_read
from annotations.projects.invitations import invitation_mail


def register(app: procrastinate.App) -> None:
    """Register every job on the queue's app, once Django is ready."""
    app.task(name="articles.read_upload", retry=3)(upload_read)
    app.task(name="projects.mail_invitation")(invitation_mail)
