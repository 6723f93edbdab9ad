"""Job name -> service call, nothing else."""

import procrastinate

from annotations.projects.invitations import invitation_mail


def register(app: procrastinate.App) -> None:
    """Register every job on the queue's app, once Django is ready."""
    app.task(name="projects.mail_invitation")(invitation_mail)
