"""Mail about what is unread: one for a person, some minutes after it happened, and its way out."""

from datetime import timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from annotations import jobs
from annotations.accounts.models import User
from annotations.inbox.shown import notifications_shown, path_of
from annotations.inbox.watched import watched_said
from annotations.inbox.words import line
from annotations.notifications.kinds import Kind
from annotations.notifications.models import MailChoice, Notification

# What happens within this time comes in one mail; the job that looks runs as often.
SETTLES = timedelta(minutes=5)
# Lines of one mail; the page has the rest.
MOST_LINES = 30
_SALT = "annotations.inbox.mail"


def mail_due(timestamp: int = 0) -> None:
    """Queue a mail to everybody whose first unmailed notification is some minutes old."""
    unsettled = Notification.objects.filter(
        read_at__isnull=True,
        mail_settled_at__isnull=True,
        created_at__lte=timezone.now() - SETTLES,
    )
    people = User.objects.filter(pk__in=unsettled.values("recipient_id"))
    for uid in people.values_list("uid", flat=True):
        jobs.enqueue("inbox.mail_person", user_uid=str(uid))


def mail_person(*, user_uid: str) -> None:
    """Mail one person what they have not read, and settle all of it: mailed, or not wanted.

    Whether they may still see a thing is asked now. Nothing is settled where sending fails: the
    worker tries again.
    """
    user = User.objects.get(uid=user_uid)
    with transaction.atomic():
        waiting = Notification.objects.select_for_update(skip_locked=True).filter(
            recipient=user, read_at__isnull=True, mail_settled_at__isnull=True
        )
        ids = list(waiting.values_list("pk", flat=True))
        Notification.objects.filter(pk__in=ids).update(mail_settled_at=timezone.now())
        wanted = _wanted(user)
        if ids and wanted and user.is_active:
            told = list(notifications_shown(user).filter(pk__in=ids, kind__in=wanted))
            if told:
                _send(user, told)


def _wanted(user: User) -> list[str]:
    """Return the kinds that the person wants by mail."""
    choice = MailChoice.objects.filter(user=user).first()
    if choice is None:
        return list(Kind.values)
    return [] if choice.no_mail else [k for k in Kind.values if k not in choice.not_by_mail]


def _send(user: User, told: list[Notification]) -> None:
    stop = absolute(reverse("mail-stop", kwargs={"token": stop_token(user)}))
    with translation.override(user.language or settings.LANGUAGE_CODE):
        shown = told[:MOST_LINES]
        of_pages = watched_said(shown, user, by_mail=True)
        values = {
            "user": user,
            "lines": [
                (line(one, of_pages.get(one.pk, "")), one.project, absolute(path_of(one)))
                for one in shown
            ],
            "more": max(len(told) - MOST_LINES, 0),
            "all": absolute(reverse("notification-list")),
            "choose": absolute(reverse("mail-choose")),
            "stop": stop,
        }
        subject = ngettext(
            "Factcheck: %(n)s thing you have not read",
            "Factcheck: %(n)s things you have not read",
            len(told),
        ) % {"n": len(told)}
        body = render_to_string("notifications/mail.txt", values)
    # RFC 8058: the mail program shows a button that sends "List-Unsubscribe=One-Click" there.
    headers = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    EmailMessage(subject, body, None, [user.email], headers=headers).send()


def absolute(path: str) -> str:
    """Return a page's address on SITE_URL."""
    return urljoin(settings.SITE_URL, path)


def stop_token(user: User) -> str:
    """Return what the link that ends mail carries: it names the person and does nothing else."""
    return signing.dumps(str(user.uid), salt=_SALT)


def user_of_stop_token(token: str) -> User | None:
    """Return whose mail the link ends; None for one that nobody made."""
    try:
        uid = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return User.objects.filter(uid=uid).first()
