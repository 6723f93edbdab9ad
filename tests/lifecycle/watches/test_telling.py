"""Who is told of a watched page is told of each thing, in the app and by mail."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db.models import F
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations.inbox.mail import mail_due, mail_person
from annotations.notifications.models import Notification
from annotations.notifications.services import notify
from tests.captures.server import page
from tests.lifecycle.watches.conftest import WORDS

pytestmark = pytest.mark.django_db
OTHER = WORDS.replace("More than 2,000", "About 1,900")
THIRD = WORDS.replace("More than 2,000", "Some 1,500")


@pytest.fixture
def mailed(reviewer):
    """Send what is to be mailed; return its text, "" for none."""

    def send() -> str:
        mail.outbox.clear()
        mail_person(user_uid=str(reviewer.uid))
        return "".join(one.body for one in mail.outbox)

    return send


@pytest.fixture
def changed(watch_of_statement, worker, site):
    worker.check(watch_of_statement)
    site.shows(OTHER, headers=())
    assert worker.check(watch_of_statement).outcome == "changed"


def test_a_page_that_is_back_with_other_words_is_told_though_it_was_never_suspected(
    watch_of_statement, worker, site, reviewer, mailed
):
    worker.check(watch_of_statement)
    # Nothing of the site is there: that says little of the page.
    for path in ("/tolls", "/", "/other"):
        site.answers(path, page(b"Not found", 404))
    assert worker.check(watch_of_statement).outcome == "unavailable"
    assert not Notification.objects.exists()
    site.shows(OTHER, headers=())
    back = worker.check(watch_of_statement)
    assert (back.outcome, back.changes["weighty"] > 0) == ("returned", True)
    assert Notification.objects.get().recipient == reviewer
    assert "A watched page is back, and has changed" in mailed()


def test_what_becomes_of_a_page_is_mailed_though_its_change_is_still_unread(
    watch_of_statement, worker, site, changed, mailed
):
    assert "has changed" in mailed()
    site.answers("/tolls", page(b"Not found", 404))
    assert worker.check(watch_of_statement).outcome == "suspected_removal"
    assert "removal of a watched page is suspected" in mailed()
    assert worker.check(watch_of_statement).outcome == "suspected_removal"
    assert mailed() == ""
    site.shows(OTHER, headers=())
    assert worker.check(watch_of_statement).outcome == "returned"
    assert "is back" in mailed()
    assert Notification.objects.get().times == 3


def test_a_page_that_changes_all_day_is_mailed_once_a_day(
    watch_of_statement, worker, site, changed, mailed
):
    assert mailed()
    site.shows(THIRD, headers=())
    assert worker.check(watch_of_statement).outcome == "changed"
    assert mailed() == ""
    day = timedelta(days=1)
    Notification.objects.update(mail_settled_at=F("mail_settled_at") - day)
    site.shows(OTHER, headers=())
    assert worker.check(watch_of_statement).outcome == "changed"
    assert mailed()


def test_what_else_is_counted_up_is_mailed_once(project, reviewer, moderator, statement, mailed):
    told = {"project": project, "recipients": [reviewer], "kind": "followed_changed"}
    for is_mailed in (True, False):
        notify(**told, actor=moderator, target=statement)
        assert bool(mailed()) is is_mailed


def test_a_mail_that_is_due_again_is_sent_by_the_next_job(
    watch_of_statement, worker, site, changed, mailed, django_capture_on_commit_callbacks
):
    def queued():
        with django_capture_on_commit_callbacks(execute=True):
            mail_due()
        return ProcrastinateJob.objects.filter(task_name="inbox.mail_person").count()

    assert mailed()
    Notification.objects.update(created_at=timezone.now() - timedelta(hours=1))
    assert queued() == 0
    site.answers("/tolls", page(b"Not found", 404))
    worker.check(watch_of_statement)
    assert queued() == 1


def test_a_page_that_comes_and_goes_with_other_words_is_mailed_once_a_day(
    watch_of_statement, worker, site, mailed
):
    worker.check(watch_of_statement)
    for words, is_mailed in ((OTHER, True), (THIRD, False)):
        for path in ("/tolls", "/", "/other"):
            site.answers(path, page(b"Not found", 404))
        assert worker.check(watch_of_statement).outcome == "unavailable"
        site.shows(words, headers=())
        assert worker.check(watch_of_statement).outcome == "returned"
        assert bool(mailed()) is is_mailed
    assert Notification.objects.get().times == 2
