"""Comments on a claim."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.idempotency import idempotent
from annotations.api.pagination import BY_ID, BY_ID_DOWN
from annotations.api.schema import (
    changing,
    creating,
    discarding,
    listing,
    restoring,
    retrieving,
    turning,
)
from annotations.api.serializers.claims import ReasonIn
from annotations.api.serializers.talk import CommentChange, CommentIn, CommentOut, NothingIn
from annotations.api.views.base import ProjectViewSet
from annotations.claims.models import Claim
from annotations.comments import services
from annotations.comments.models import Comment
from annotations.comments.permissions import (
    check_add_comment,
    check_edit_comment,
    check_reply_comment,
    check_resolve_comment,
)
from annotations.lib.errors import InvalidInput


class CommentViewSet(ProjectViewSet):
    """The comments on a claim, oldest first; confidential ones from reviewers up."""

    tag = "comments"
    queryset = Comment.objects.none()
    serializer_class = CommentOut
    can_be_hidden = True
    orders = {"created": BY_ID, "-created": BY_ID_DOWN}
    default_order = "created"

    @cached_property
    def claim(self) -> Claim:
        """Return the claim of the address, or raise Http404."""
        rows = Claim.objects.visible_to(self.user).filter(project=self.project)
        claim: Claim | None = rows.filter(uid=self.kwargs["claim_uid"]).first()
        if claim is None:
            raise Http404
        claim.project = self.project
        return claim

    def rows(self) -> QuerySet:
        """Return the claim's comments that the caller may see."""
        return (
            Comment.objects.visible_to(self.user)
            .filter(claim=self.claim)
            .select_related("claim", "thread", "created_by", "resolved_by", "discarded_by")
        )

    def find(self) -> Any:
        """Return the comment of the address; all around it knows the project."""
        comment = super().find()
        comment.claim = self.claim
        comment.beginning.project = self.project
        return comment

    def hidden_reason(self, uid: UUID) -> str | None:
        """Return why the caller's own comment is hidden, if it is on this claim."""
        mine = Comment.objects.filter(claim=self.claim, uid=uid)
        return super().hidden_reason(uid) if mine.exists() else None

    @listing(CommentOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List the comments on a claim."""
        return super().list(request, **kwargs)

    @retrieving(CommentOut, hideable=True)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read a comment."""
        return super().retrieve(request, **kwargs)

    @creating(CommentIn, CommentOut)
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Comment on the claim, or reply; whom the text names with @ is told."""
        check_add_comment(self.user, self.claim)
        fields = self.checked(CommentIn)
        thread = None
        if fields.get("thread") is not None:
            thread = self._thread(fields["thread"])
            check_reply_comment(self.user, thread)
        fields["thread"] = thread
        made = services.comment_create(actor=self.user, claim=self.claim, **fields)
        row = self.rows().get(pk=made.pk)
        names = {"slug": self.project.slug, "claim_uid": self.claim.uid, "uid": row.uid}
        return self.created(row, "api-comment", names)

    @changing(CommentChange, CommentOut)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change a comment of one's own; what it said before stays in history."""
        comment = self.find()
        check_edit_comment(self.user, comment)
        revision = self.revision_seen(comment)
        changes = self.checked(CommentChange)
        services.comment_update(actor=self.user, comment=comment, revision=revision, **changes)
        return self.answer(self.find())

    @discarding(CommentOut)
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Take a comment of one's own back: it stays readable, with a mark."""
        comment = self.find()
        check_edit_comment(self.user, comment)
        services.comment_discard(
            actor=self.user,
            comment=comment,
            reason=request.query_params.get("reason", ""),
            revision=self.revision_seen(comment),
        )
        return self.answer(self.find())

    @restoring(ReasonIn, CommentOut)
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Bring a comment back that was taken back; one that stands stays as it is."""
        comment = self.find()
        check_edit_comment(self.user, comment)
        fields = self.checked(ReasonIn)
        services.comment_restore(actor=self.user, comment=comment, **fields)
        return self.answer(self.find())

    @turning(NothingIn, CommentOut)
    def resolve(self, request: Request, **kwargs: Any) -> Response:
        """Settle a thread, named by its first comment; a settled one stays as it is."""
        comment = self.find()
        check_resolve_comment(self.user, comment)
        self.checked(NothingIn)
        services.thread_resolve(actor=self.user, comment=comment)
        return self.answer(self.find())

    @turning(NothingIn, CommentOut)
    def reopen(self, request: Request, **kwargs: Any) -> Response:
        """Open a settled thread again; an open one stays as it is."""
        comment = self.find()
        check_resolve_comment(self.user, comment)
        self.checked(NothingIn)
        services.thread_reopen(actor=self.user, comment=comment)
        return self.answer(self.find())

    def _thread(self, uid: UUID) -> Comment:
        comment: Comment | None = self.rows().filter(uid=uid).first()
        if comment is None:
            raise InvalidInput(_("There is no such comment on this claim."), field="thread")
        comment.project = comment.beginning.project = self.project
        comment.claim = self.claim
        return comment
