"""The comments of a claim as one viewer sees them: threads, oldest first."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count

from annotations.accounts.models import User
from annotations.claims.models import Claim
from annotations.comments.models import Comment
from annotations.projects.visibility import hidden_by_moderation


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment that began a thread, and the replies to it."""

    begins: Comment
    replies: list[Comment] = field(default_factory=list)

    @property
    def all(self) -> list[Comment]:
        """Return every comment of it, in order."""
        return [self.begins, *self.replies]


@dataclass(frozen=True, slots=True)
class ClaimComments:
    """What a claim's page shows: open threads, settled ones, and why one's own are hidden."""

    open: list[Thread]
    settled: list[Thread]
    hidden: list[Comment]

    @property
    def count(self) -> int:
        """Return how many comments stand."""
        threads = [*self.open, *self.settled]
        return sum(1 for one in threads for row in one.all if row.discarded_at is None)


def comments_of_claim(claim: Claim, viewer: User, *, sees_hidden: bool) -> ClaimComments:
    """Read the comments of a claim in threads; two queries, one for who sees what is hidden."""
    rows = (
        Comment.objects.visible_to(viewer)
        .filter(claim=claim)
        .select_related("created_by", "resolved_by")
        .order_by("id")
    )
    threads: dict[int, Thread] = {}
    for row in rows:
        row.claim, row.project = claim, claim.project
        if row.thread_id is None:
            threads[row.pk] = Thread(row)
        elif row.thread_id in threads:
            row.thread = threads[row.thread_id].begins
            threads[row.thread_id].replies.append(row)
    hidden: list[Comment] = []
    if not sees_hidden:
        own = hidden_by_moderation(Comment.objects.filter(claim=claim), viewer)
        hidden = list(own.order_by("id"))
    return ClaimComments(
        open=[one for one in threads.values() if _is_open(one)],
        settled=[one for one in threads.values() if not _is_open(one)],
        hidden=hidden,
    )


def comment_counts(claims: Iterable[int], viewer: User) -> dict[int, int]:
    """Return how many comments the viewer sees on each of the claims; one query."""
    rows = Comment.objects.visible_to(viewer).kept().filter(claim__in=list(claims))
    return dict(rows.order_by().values_list("claim_id").annotate(n=Count("id")))


def _is_open(thread: Thread) -> bool:
    """Say whether anything is left to talk about: not resolved, and not taken back whole."""
    if thread.begins.resolved_at is not None:
        return False
    return any(row.discarded_at is None for row in thread.all)
