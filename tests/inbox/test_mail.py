"""Mail about what is unread: bundled, without words, with a way out."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations.claims.services import claim_update
from annotations.comments.services import comment_create
from annotations.inbox.mail import mail_due, mail_person, stop_token, user_of_stop_token
from annotations.moderation.services import row_hide
from annotations.notifications.kinds import Kind
from annotations.notifications.models import Notification
from annotations.notifications.services import mail_choose, mail_stop
from tests.material import make_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(project, reviewer, second_reviewer):
    claim = make_claim(project, reviewer, text="Secret words of the claim")
    comment_create(actor=second_reviewer, claim=claim, text="Secret words of the comment")
    claim_update(actor=second_reviewer, claim=claim, revision=1, text="Other secret words")
    return claim


def queued():
    return ProcrastinateJob.objects.filter(task_name="inbox.mail_person").count()


def send(user):
    mail.outbox.clear()
    mail_person(user_uid=str(user.uid))
    return list(mail.outbox)


def test_one_mail_holds_all_that_is_unread_but_no_words_of_it(claim, reviewer, second_reviewer):
    (message,) = send(reviewer)
    assert message.to == [reviewer.email]
    assert "claim 1" in message.body
    assert second_reviewer.display_name in message.body
    assert "ecret words" not in message.body + message.subject
    assert f"/p/{claim.project.slug}/claims/1/" in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = message.extra_headers["List-Unsubscribe"]
    assert user_of_stop_token(stop.rsplit("/", 2)[1]) == reviewer
    assert send(reviewer) == []


def test_a_mail_waits_some_minutes_for_more(claim, reviewer, django_capture_on_commit_callbacks):
    def due():
        with django_capture_on_commit_callbacks(execute=True):
            mail_due()

    due()
    assert queued() == 0
    Notification.objects.update(created_at=timezone.now() - timedelta(minutes=6))
    due()
    assert queued() == 1


def test_what_was_hidden_meanwhile_is_mailed_to_nobody(claim, reviewer, second_reviewer, moderator):
    row_hide(actor=moderator, row=claim, reason="Secret reason")
    (message,) = send(reviewer)
    # That it is hidden is all its author learns, and nobody's name with it.
    assert message.body.count("/claims/1/") == 1
    for words in ("ecret", moderator.display_name, second_reviewer.display_name):
        assert words not in message.body


def test_people_choose_what_comes_by_mail(claim, reviewer):
    mail_choose(actor=reviewer, no_mail=False, by_mail=[Kind.COMMENTED])
    (message,) = send(reviewer)
    assert "/claims/1/#comment-" in message.body
    assert "changed" not in message.body


def test_who_stopped_mail_gets_none_and_reads_it_on_the_page(claim, reviewer):
    mail_stop(user=reviewer)
    mail_stop(user=reviewer)
    assert send(reviewer) == []
    assert Notification.objects.filter(recipient=reviewer, read_at__isnull=True).count() == 2


def test_only_a_link_that_we_made_ends_mail(reviewer):
    token = stop_token(reviewer)
    assert user_of_stop_token(token) == reviewer
    assert user_of_stop_token(f"{token}x") is None
    assert user_of_stop_token("") is None
