"""Commenting on a claim, and who is told of it."""

import pytest

from annotations.accounts.roles import Role
from annotations.comments import services
from annotations.comments.models import Comment
from annotations.inbox.shown import notifications_shown
from annotations.lib.errors import Conflict, InvalidInput, StaleVersion
from annotations.moderation.services import row_hide, row_restore
from annotations.notifications.models import Notification
from annotations.projects.models import Membership
from tests.material import make_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(project, reviewer):
    return make_claim(project, reviewer)


def told(user):
    return sorted(notifications_shown(user).values_list("kind", flat=True))


def test_a_comment_tells_the_claims_author_and_whom_it_names(
    claim, reviewer, second_reviewer, moderator
):
    text = f"@{moderator.display_name}: is that the own count?"
    comment = services.comment_create(actor=second_reviewer, claim=claim, text=text)
    assert comment.named == [moderator.pk]
    assert told(reviewer) == ["commented"]
    assert told(moderator) == ["mentioned"]
    assert told(second_reviewer) == []
    assert [row.pgh_label for row in comment.history.all()] == ["insert"]


def test_replies_to_a_thread_are_told_once_while_unread(claim, reviewer, second_reviewer):
    begins = services.comment_create(actor=reviewer, claim=claim, text="Whose count?")
    for text in ("Theirs.", "I think."):
        services.comment_create(actor=second_reviewer, claim=claim, text=text, thread=begins)
    notification = Notification.objects.get(recipient=reviewer)
    assert (notification.kind, notification.times) == ("commented", 2)
    assert notification.target_uid == begins.uid


def test_what_is_confidential_is_kept_from_readers_and_stays_so_in_replies(
    claim, reviewer, second_reviewer, reader
):
    text = f"@{reader.display_name} must not see this"
    begins = services.comment_create(actor=reviewer, claim=claim, text=text, confidential=True)
    reply = services.comment_create(actor=second_reviewer, claim=claim, text="No", thread=begins)
    assert reply.confidential
    assert told(reader) == []
    assert not Comment.objects.visible_to(reader).exists()
    assert Comment.objects.visible_to(second_reviewer).count() == 2
    # Nor does it show to somebody whose role was lowered since.
    Membership.objects.filter(user=reviewer).update(role=Role.READER)
    assert told(reviewer) == []
    assert list(Comment.objects.visible_to(reviewer)) == [begins]


def test_a_hidden_comment_takes_its_thread_along_and_tells_its_author_why(
    claim, reviewer, second_reviewer, moderator
):
    begins = services.comment_create(actor=second_reviewer, claim=claim, text="Rude")
    services.comment_create(actor=reviewer, claim=claim, text="Ruder", thread=begins)
    row_hide(actor=moderator, row=begins, reason="Rude")
    assert not Comment.objects.visible_to(reviewer).exists()
    # The reply and the first comment are told of no more; that it was hidden is.
    assert told(reviewer) == []
    assert told(second_reviewer) == ["hidden"]
    assert notifications_shown(second_reviewer).get().actor is None
    row_restore(actor=moderator, row=begins, reason="Not so rude")
    assert "restored" in told(second_reviewer)


def test_nothing_is_told_of_a_hidden_claim_or_a_project_that_was_left(
    claim, reviewer, second_reviewer, moderator
):
    services.comment_create(actor=second_reviewer, claim=claim, text="Why?")
    row_hide(actor=moderator, row=claim, reason="A private person")
    assert told(reviewer) == ["hidden"]
    Membership.objects.filter(user=reviewer).delete()
    assert told(reviewer) == []


def test_an_edit_is_marked_keeps_its_history_and_tells_whom_it_names_anew(
    claim, reviewer, second_reviewer, moderator
):
    text = f"@{moderator.display_name} look"
    comment = services.comment_create(actor=reviewer, claim=claim, text=text)
    edited = services.comment_update(
        actor=reviewer,
        comment=comment,
        revision=1,
        text=f"{text}, @{second_reviewer.display_name} too",
    )
    assert edited.edited_at is not None
    assert told(second_reviewer) == ["mentioned"]
    assert Notification.objects.get(recipient=moderator).times == 1
    assert [row.text for row in comment.history.order_by("pgh_id")] == [text, edited.text]
    with pytest.raises(StaleVersion):
        services.comment_update(actor=reviewer, comment=comment, revision=1, text="Other")


def test_a_resolved_thread_takes_no_reply_until_it_is_open_again(claim, reviewer, second_reviewer):
    begins = services.comment_create(actor=reviewer, claim=claim, text="Whose count?")
    services.thread_resolve(actor=second_reviewer, comment=begins)
    assert services.thread_resolve(actor=reviewer, comment=begins).resolved_by == second_reviewer
    with pytest.raises(Conflict):
        services.comment_create(actor=reviewer, claim=claim, text="Mine", thread=begins)
    services.thread_reopen(actor=reviewer, comment=begins)
    reply = services.comment_create(actor=reviewer, claim=claim, text="Mine", thread=begins)
    with pytest.raises(InvalidInput):
        services.thread_resolve(actor=reviewer, comment=reply)


def test_who_is_named_waits_until_they_answer_or_it_is_resolved(
    claim, reviewer, second_reviewer, moderator
):
    text = f"@{moderator.display_name} @{second_reviewer.display_name}?"
    comment = services.comment_create(actor=reviewer, claim=claim, text=text)
    for user in (moderator, second_reviewer):
        assert list(services.comments_waiting_for(user, claim.project)) == [comment]
    services.comment_create(actor=moderator, claim=claim, text="Yes", thread=comment)
    assert not services.comments_waiting_for(moderator)
    assert services.comments_waiting_for(second_reviewer)
    services.thread_resolve(actor=reviewer, comment=comment)
    assert not services.comments_waiting_for(second_reviewer)


def test_a_comment_that_was_taken_back_is_readable_and_waits_for_nobody(claim, reviewer, moderator):
    text = f"@{moderator.display_name}?"
    comment = services.comment_create(actor=reviewer, claim=claim, text=text)
    taken = services.comment_discard(actor=reviewer, comment=comment)
    assert services.comment_discard(actor=reviewer, comment=comment).revision == taken.revision
    assert not services.comments_waiting_for(moderator)
    assert list(Comment.objects.visible_to(moderator)) == [comment]
    with pytest.raises(Conflict):
        services.comment_create(actor=moderator, claim=claim, text="What?", thread=comment)
