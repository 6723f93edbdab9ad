"""Requests about comments, notifications and what is followed, each acceptable to the product."""

from typing import Any

from django.utils import timezone

from annotations.comments.models import Comment
from annotations.inbox.mail import stop_token
from tests.matrix.asks import Ask, fixed, form_key, nothing, number, slug, uid_of
from tests.matrix.rows import Rows


def new_comment(rows: Rows) -> dict[str, Any]:
    return {"text": "Whose count?", "thread": rows.comment.uid, "form_key": form_key()}


def other_words(rows: Rows) -> dict[str, Any]:
    return {"text": "Other words", "revision": rows.comment.revision}


def settle(rows: Rows, actor: Any) -> None:
    """Let the thread be resolved already."""
    Comment.objects.filter(pk=rows.comment.pk).update(
        resolved_at=timezone.now(), resolved_by=rows.claim.created_by
    )


def followed(name: str) -> Any:
    return lambda rows: {"kind": name, "uid": getattr(rows, name).uid}


def of_follow(rows: Rows) -> dict[str, Any]:
    return {"kind": rows.follow.target_kind, "uid": rows.follow.target_uid}


def no_slug(name: str) -> Any:
    return lambda rows: {"uid": getattr(rows, name).uid}


def stopping(rows: Rows) -> dict[str, Any]:
    return {"token": stop_token(rows.claim.created_by)}


def of_claim(rows: Rows) -> dict[str, Any]:
    return {"slug": rows.project.slug, "claim_uid": rows.claim.uid}


def on_claim(rows: Rows) -> dict[str, Any]:
    return {**of_claim(rows), "uid": rows.comment.uid}


TALK = {
    ("comment-create", "GET"): Ask("claim", number),
    ("comment-create", "POST"): Ask("claim", number, new_comment),
    ("comment-edit", "GET"): Ask("comment", uid_of("comment")),
    ("comment-edit", "POST"): Ask("comment", uid_of("comment"), other_words),
    ("comment-resolve", "POST"): Ask("comment", uid_of("comment")),
    ("comment-reopen", "POST"): Ask("comment", uid_of("comment"), before=settle),
    ("comment-discard", "POST"): Ask("comment", uid_of("comment"), fixed(reason="Wrong.")),
    ("comment-restore", "POST"): Ask("comment", uid_of("comment")),
    ("member-names", "GET"): Ask(),
    ("follow-start", "POST"): Ask("claim", slug, followed("claim")),
    ("follow-stop", "POST"): Ask("follow", slug, of_follow),
    ("notification-list", "GET"): Ask(names=nothing),
    ("notification-count", "GET"): Ask(names=nothing),
    ("notification-open", "POST"): Ask("notification", no_slug("notification")),
    ("notifications-read", "POST"): Ask("notification", nothing),
    ("mail-choose", "GET"): Ask(names=nothing),
    ("mail-choose", "POST"): Ask(names=nothing, body=fixed(by_mail=["commented"])),
    ("mail-stop", "GET"): Ask(names=stopping),
    ("mail-stop", "POST"): Ask(names=stopping, body=fixed(**{"List-Unsubscribe": "One-Click"})),
}
TALK_API = {
    ("api-comments", "GET"): Ask("claim", of_claim),
    ("api-comments", "POST"): Ask("claim", of_claim, fixed(text="Whose count?")),
    ("api-comment", "GET"): Ask("comment", on_claim),
    ("api-comment", "PATCH"): Ask("comment", on_claim, fixed(text="Other"), match="comment"),
    ("api-comment", "DELETE"): Ask("comment", on_claim, match="comment"),
    ("api-comment-restore", "POST"): Ask("comment", on_claim, fixed(reason="")),
    ("api-comment-resolve", "POST"): Ask("comment", on_claim),
    ("api-comment-reopen", "POST"): Ask("comment", on_claim, before=settle),
    ("api-notifications", "GET"): Ask(),
    ("api-notification", "GET"): Ask("notification", uid_of("notification")),
    ("api-notification-read", "POST"): Ask("notification", uid_of("notification")),
    ("api-notifications-read", "POST"): Ask("notification", slug),
    ("api-follows", "GET"): Ask(),
    ("api-follows", "POST"): Ask("claim", slug, followed("claim")),
    ("api-follow", "GET"): Ask("follow", uid_of("follow")),
    ("api-follow", "DELETE"): Ask("follow", uid_of("follow")),
}
