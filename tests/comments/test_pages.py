"""Comments and notifications on pages, as forms without scripts."""

import pytest
from django.urls import reverse

from annotations.comments.services import comment_create, comment_update
from annotations.inbox.mail import stop_token
from annotations.models import Comment, MailChoice, Notification
from annotations.moderation.services import row_hide
from tests.material import make_claim

pytestmark = pytest.mark.django_db
KEY = "0190c3a8-0000-7000-8000-000000000000"


@pytest.fixture
def claim(project, reviewer):
    return make_claim(project, reviewer)


def page(claim):
    return f"/p/{claim.project.slug}/claims/{claim.number}/"


def test_a_comment_that_is_sent_twice_is_stored_once_and_shown_as_it_is(
    claim, reviewer, client_for
):
    client = client_for(reviewer)
    sent = {"text": "<b>Whose</b>\nhttps://un.example/a?b=1&c", "form_key": KEY}
    for _time in range(2):
        answer = client.post(f"{page(claim)}comments/new/", sent)
        comment = Comment.objects.get()
        assert answer["Location"] == f"{page(claim)}#comment-{comment.uid}"
    content = client.get(page(claim)).content.decode()
    assert "&lt;b&gt;Whose&lt;/b&gt;<br>" in content
    assert 'href="https://un.example/a?b=1&amp;c' in content
    # Other words with the same key are not dropped, and not stored unasked.
    again = client.post(f"{page(claim)}comments/new/", {**sent, "text": "Other"})
    assert again.status_code == 400
    assert b"Other" in again.content


def test_a_stale_edit_shows_what_is_stored_and_keeps_my_words(claim, reviewer, client_for):
    comment = comment_create(actor=reviewer, claim=claim, text="First")
    comment_update(actor=reviewer, comment=comment, revision=1, text="Second")
    address = reverse("comment-edit", kwargs={"slug": claim.project.slug, "uid": comment.uid})
    answer = client_for(reviewer).post(address, {"text": "Mine", "revision": 1})
    assert answer.status_code == 412
    content = answer.content.decode()
    assert "Second" in content
    assert "Mine" in content
    again = client_for(reviewer).post(address, {"text": "Mine", "revision": 2})
    assert again.status_code == 302
    history = client_for(reviewer).get(page(claim)).content.decode()
    assert "First" in history


def test_the_author_of_a_hidden_comment_reads_why_and_others_nothing(
    claim, reviewer, second_reviewer, moderator, client_for
):
    comment = comment_create(actor=second_reviewer, claim=claim, text="Rude words")
    row_hide(actor=moderator, row=comment, reason="Be polite")
    mine = client_for(second_reviewer).get(page(claim)).content.decode()
    assert "Be polite" in mine
    assert "Rude words" not in mine
    others = client_for(reviewer).get(page(claim)).content.decode()
    assert "Be polite" not in others
    assert "Rude words" not in others


def test_a_notification_leads_to_what_it_is_about_and_counts_as_read(
    claim, reviewer, second_reviewer, client_for
):
    comment = comment_create(actor=second_reviewer, claim=claim, text="Why?")
    client = client_for(reviewer)
    assert client.get("/notifications/count/").json()["unread"] == 1
    told = Notification.objects.get()
    answer = client.post(f"/notifications/{told.uid}/open/")
    assert answer["Location"] == f"{page(claim)}#comment-{comment.uid}"
    assert client.get("/notifications/count/").json()["unread"] == 0
    assert b"commented on claim 1" in client.get("/notifications/").content
    assert b"commented on claim" not in client.get("/notifications/?unread=1").content


def test_one_click_ends_mail_without_signing_in_and_looking_does_not(reviewer, client):
    address = f"/notifications/stop/{stop_token(reviewer)}/"
    assert client.get(address).status_code == 200
    assert not MailChoice.objects.exists()
    answer = client.post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert MailChoice.objects.get().no_mail
    assert client.post(f"{address[:-2]}x/").status_code == 404


def test_what_is_followed_is_listed_and_let_go(claim, reader, client_for):
    client = client_for(reader)
    kind = {"kind": "claim", "uid": claim.uid}
    follow = f"/p/{claim.project.slug}/follow/"
    assert client.post(follow, kind)["Location"] == page(claim)
    assert claim.text in client.get("/notifications/").content.decode()
    assert b"Stop following" in client.get(page(claim)).content
    answer = client.post(f"{follow}stop/", {**kind, "back": "list"})
    assert answer["Location"].endswith("#follows")
    assert claim.text not in client.get("/notifications/").content.decode()
