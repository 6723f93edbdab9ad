"""The SQL of comments on claims."""

from annotations.comments.models import Comment
from annotations.exchange.eyes import Eyes
from annotations.exchange.json_sql import (
    discardable,
    edited,
    if_any,
    if_true,
    json_object,
    moderated,
    removal,
    word,
    words,
)


def comments(eyes: Eyes) -> str:
    """Write every comment in the order they were made; a reply is seen only with its thread."""
    record = json_object(
        [
            word("uid", "o.uid"),
            word("claim", "(SELECT uid FROM annotations_claim WHERE id = o.claim_id)"),
            words("text", "o.text"),
            edited("o"),
            if_any("thread", "(SELECT uid FROM annotations_comment WHERE id = o.thread_id)"),
            if_true("confidential", "o.confidential"),
            if_any("edited_at", "o.edited_at"),
            removal("resolved", "o", "resolved", reason=None),
            discardable("o"),
            moderated("o"),
        ]
    )
    return (
        f"SELECT {record} FROM annotations_comment o WHERE {eyes.rows(Comment, 'o')} ORDER BY o.id"
    )
