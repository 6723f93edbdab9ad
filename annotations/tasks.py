"""Job name -> service call, nothing else."""

import procrastinate

from annotations.articles.by_address import JOB as FETCH_JOB
from annotations.articles.by_address import upload_fetch
from annotations.articles.capturing import (
    copy_capture,
    page_capture_queued,
    upload_captures_read,
)
from annotations.articles.reading import upload_read
from annotations.articles.tidying import uploads_forget
from annotations.captures.stamping import capture_stamp
from annotations.claims.placements.placing import (
    JOB,
    mentions_place,
    mentions_place_waiting,
)
from annotations.exchange.proof.services import (
    bundle_make,
    bundles_forget,
    bundles_forget_person,
)
from annotations.inbox.followers import happenings_tell
from annotations.inbox.mail import mail_due, mail_person
from annotations.inbox.tidying import notifications_forget
from annotations.jobs.killed import JOB as TAKE_UP_JOB
from annotations.jobs.killed import jobs_take_up
from annotations.lifecycle.watches.checking import check_step
from annotations.lifecycle.watches.tidying import hosts_forget
from annotations.lifecycle.watches.turns import HAND_OUT_JOB, STEP_JOB, turns_hand_out
from annotations.moderation.redactions.running import (
    redaction_look,
    redaction_run,
    redactions_resume,
)
from annotations.projects.invitations import invitation_mail
from annotations.verification.assignments.queue import work_settle
from annotations.verification.assignments.telling import overdue_tell

# A job of a lower number is taken later.
BEHIND = -10


def register(app: procrastinate.App) -> None:
    """Register every job on the queue's app, once Django is ready.

    What has a `retry` may be done twice: it is also done anew when its worker was killed.
    """
    app.periodic(cron="* * * * *")(app.task(name=TAKE_UP_JOB)(jobs_take_up))
    app.task(name="articles.read_upload", retry=3)(upload_read)
    app.task(name=FETCH_JOB, retry=3)(upload_fetch)
    app.task(name="captures.read", retry=3)(upload_captures_read)
    app.task(name="captures.take", retry=3)(page_capture_queued)
    app.task(name="captures.take_copy", retry=3)(copy_capture)
    # An authority may be out of reach for hours; the capture is there all the while.
    later = procrastinate.RetryStrategy(max_attempts=10, exponential_wait=4)
    app.task(name="captures.stamp", retry=later)(capture_stamp)
    soon = procrastinate.RetryStrategy(max_attempts=10, wait=10)
    app.task(name="exchange.make_bundle", retry=soon)(bundle_make)
    app.task(name="exchange.forget_person", retry=5)(bundles_forget_person)
    app.periodic(cron="27 3 * * *")(app.task(name="exchange.forget_bundles")(bundles_forget))
    app.periodic(cron="17 3 * * *")(app.task(name="articles.forget_uploads")(uploads_forget))
    app.task(name=JOB, retry=5)(mentions_place)
    waiting = app.task(name="spans.reanchor_waiting")(mentions_place_waiting)
    app.periodic(cron="*/5 * * * *")(waiting)
    app.periodic(cron="*/5 * * * *")(app.task(name="assignments.settle")(work_settle))
    app.periodic(cron="7 5 * * *")(app.task(name="assignments.tell_overdue")(overdue_tell))
    # After everything that a person waits for; a check goes on by itself where it was stopped.
    app.task(name=STEP_JOB, priority=BEHIND)(check_step)
    hand_out = app.task(name=HAND_OUT_JOB, priority=BEHIND)(turns_hand_out)
    app.periodic(cron="* * * * *")(hand_out)
    app.periodic(cron="47 3 * * *")(app.task(name="watches.forget_hosts")(hosts_forget))
    app.task(name="projects.mail_invitation")(invitation_mail)
    app.periodic(cron="* * * * *")(app.task(name="inbox.tell_happenings")(happenings_tell))
    app.periodic(cron="*/5 * * * *")(app.task(name="inbox.mail_due")(mail_due))
    app.task(name="inbox.mail_person", retry=3)(mail_person)
    app.periodic(cron="37 3 * * *")(app.task(name="inbox.forget")(notifications_forget))
    # Nothing is half done when one stops: what was confirmed is done whole or anew.
    app.task(name="redactions.look", retry=5)(redaction_look)
    app.task(name="redactions.run", retry=5)(redaction_run)
    app.periodic(cron="*/10 * * * *")(app.task(name="redactions.resume")(redactions_resume))
