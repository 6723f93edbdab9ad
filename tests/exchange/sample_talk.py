"""The sample's comments: a confidential thread that was settled, and a reply taken back."""

from annotations.exchange.records import CommentRecord, Removal
from tests.exchange.sample_parts import AT, EDITED, MODERATOR, REVIEWER, uid


def comments() -> list[CommentRecord]:
    """A question and its answer."""
    asked = CommentRecord(
        uid=uid(90),
        claim=uid(50),
        text="=Whose “count” is it?\n👨‍👩‍👧",
        confidential=True,
        edited_at=AT,
        resolved=Removal(at=AT, by=MODERATOR),
        locked=Removal(at=AT, by=MODERATOR),
        **EDITED,
    )
    answered = CommentRecord(
        uid=uid(91),
        claim=uid(50),
        text="Theirs.",
        thread=uid(90),
        confidential=True,
        discarded=Removal(at=AT, by=REVIEWER),
        hidden=Removal(at=AT, by=MODERATOR, reason="Off topic"),
        **EDITED,
    )
    return [asked, answered]
