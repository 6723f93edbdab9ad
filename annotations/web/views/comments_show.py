"""What a claim's page shows of its comments, and what the viewer may do about each."""

from dataclasses import dataclass

from annotations.accounts.models import User
from annotations.claims.models import Claim
from annotations.comments.models import Comment
from annotations.comments.permissions import (
    check_add_comment,
    check_edit_comment,
    check_reply_comment,
)
from annotations.comments.reading import ClaimComments, Thread, comments_of_claim
from annotations.moderation.permissions import check_flag
from annotations.projects.visibility import Sight
from annotations.web.forms.comments import NewCommentForm, comment_form
from annotations.web.views.claims_find import may


@dataclass(frozen=True, slots=True)
class ShownComment:
    """One comment, and whether the viewer may change it or take it back, or flag it."""

    comment: Comment
    may_edit: bool
    may_flag: bool


@dataclass(frozen=True, slots=True)
class ShownThread:
    """One thread; `form` is for a reply, where the viewer may give one."""

    begins: Comment
    comments: list[ShownComment]
    may_resolve: bool
    form: NewCommentForm | None

    @property
    def draft(self) -> str:
        """Return the name of the draft of a reply."""
        return f"reply:{self.begins.uid.hex}"


@dataclass(frozen=True, slots=True)
class ShownComments:
    """The comments of a claim's page."""

    found: ClaimComments
    open: list[ShownThread]
    settled: list[ShownThread]
    form: NewCommentForm | None


def show_comments(claim: Claim, viewer: User, sight: Sight) -> ShownComments:
    """Read what a claim's page shows of its comments; at most two queries."""
    found = comments_of_claim(claim, viewer, sees_hidden=sight.sees_hidden)
    return ShownComments(
        found=found,
        open=[_shown(one, viewer) for one in found.open],
        settled=[_shown(one, viewer) for one in found.settled],
        form=comment_form() if may(check_add_comment, viewer, claim) else None,
    )


def _shown(thread: Thread, viewer: User) -> ShownThread:
    begins = thread.begins
    may_write = may(check_reply_comment, viewer, begins) and begins.discarded_at is None
    return ShownThread(
        begins=begins,
        comments=[
            ShownComment(one, may(check_edit_comment, viewer, one), _may_flag(viewer, one))
            for one in thread.all
        ],
        may_resolve=may_write,
        form=comment_form(begins) if may_write and begins.resolved_at is None else None,
    )


def _may_flag(viewer: User, comment: Comment) -> bool:
    """Say whether to offer it: not for one's own, nor for what is gone from readers already."""
    stands = comment.discarded_at is None and comment.hidden_at is None
    return (
        stands and comment.created_by_id != viewer.pk and may(check_flag, viewer, comment.project)
    )
