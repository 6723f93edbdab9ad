"""Who may have a page watched."""

from annotations.accounts.models import User
from annotations.lifecycle.permissions import check_record_event
from annotations.lifecycle.services import Subject
from annotations.lifecycle.watches.models import Watch


def check_watch_page(user: User, subject: Subject) -> None:
    """Raise Refused unless the person may have the subject's page watched: whoever may record what
    happened to it.
    """
    check_record_event(user, subject)


def check_change_watch(user: User, watch: Watch) -> None:
    """Raise Refused unless the person may pause or resume the watch, or ask for a check."""
    subject = watch.subject
    subject.project = watch.project
    check_record_event(user, subject)
