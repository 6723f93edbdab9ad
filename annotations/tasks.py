"""Job name -> service call, nothing else."""

import procrastinate

from annotations.articles.reading import upload_read
from annotations.articles.tidying import uploads_forget
from annotations.moderation.redactions.running import (
    redaction_look,
    redaction_run,
    redactions_resume,
)
from annotations.projects.invitations import invitation_mail


def register(app: procrastinate.App) -> None:
    """Register every job on the queue's app, once Django is ready."""
    app.task(name="articles.read_upload", retry=3)(upload_read)
    app.periodic(cron="17 3 * * *")(app.task(name="articles.forget_uploads")(uploads_forget))
    app.task(name="projects.mail_invitation")(invitation_mail)
    # Nothing is half done when one stops: what was confirmed is done whole or anew.
    app.task(name="redactions.look", retry=5)(redaction_look)
    app.task(name="redactions.run", retry=5)(redaction_run)
    app.periodic(cron="*/10 * * * *")(app.task(name="redactions.resume")(redactions_resume))
