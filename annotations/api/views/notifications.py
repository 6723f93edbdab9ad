"""What the caller was told in a project, and what they follow in it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.idempotency import idempotent
from annotations.api.pagination import BY_ID, BY_ID_DOWN, by_time
from annotations.api.schema import creating, listing, retrieving, turning, unfollowing
from annotations.api.serializers.talk import (
    AllReadOut,
    FollowIn,
    FollowOut,
    NothingIn,
    NotificationOut,
)
from annotations.api.views.base import ProjectViewSet
from annotations.inbox.shown import follows_shown, notifications_shown, target_find
from annotations.lib.errors import InvalidInput
from annotations.notifications import services
from annotations.notifications.models import Follow, Notification


class NotificationViewSet(ProjectViewSet):
    """What the caller was told in the project, as far as they may still see what it is about."""

    tag = "notifications"
    queryset = Notification.objects.none()
    serializer_class = NotificationOut
    orders = {
        "-latest": by_time("latest_at", descending=True),
        "latest": by_time("latest_at"),
        "-created": BY_ID_DOWN,
        "created": BY_ID,
    }
    default_order = "-latest"

    def rows(self) -> QuerySet:
        """Return the caller's own."""
        return notifications_shown(self.user).filter(project=self.project)

    @listing(NotificationOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List what I was told."""
        return super().list(request, **kwargs)

    @retrieving(NotificationOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read one thing I was told; that does not count as read."""
        return super().retrieve(request, **kwargs)

    @turning(NothingIn, NotificationOut)
    def read(self, request: Request, **kwargs: Any) -> Response:
        """Count one as read; one that is stays as it is."""
        row = self.find()
        self.checked(NothingIn)
        services.notifications_read(actor=self.user, uids=[row.uid])
        return self.answer(self.find())

    @turning(NothingIn, AllReadOut)
    def read_all(self, request: Request, **kwargs: Any) -> Response:
        """Count everything I was told in the project as read."""
        self.checked(NothingIn)
        count = services.notifications_read_all(actor=self.user, project=self.project)
        return Response({"read": count})


class FollowViewSet(ProjectViewSet):
    """What the caller follows in the project."""

    tag = "notifications"
    queryset = Follow.objects.none()
    serializer_class = FollowOut

    def rows(self) -> QuerySet:
        """Return the caller's own."""
        return follows_shown(self.user).filter(project=self.project)

    @listing(FollowOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List what I follow."""
        return super().list(request, **kwargs)

    @retrieving(FollowOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read one thing I follow."""
        return super().retrieve(request, **kwargs)

    @creating(FollowIn, FollowOut)
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Follow an article, claim, source or statement; 200 where it is followed already."""
        fields = self.checked(FollowIn)
        target = target_find(self.user, self.project, fields["kind"], fields["uid"])
        if target is None:
            raise InvalidInput(_("There is nothing with this uid in the project."), field="uid")
        made, is_new = services.follow_start(actor=self.user, project=self.project, target=target)
        row = self.rows().get(pk=made.pk)
        names = {"slug": self.project.slug, "uid": row.uid}
        return self.created(row, "api-follow", names, 201 if is_new else 200)

    @unfollowing()
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Follow something no longer."""
        row = self.find()
        services.follow_stop(actor=self.user, kind=row.target_kind, uid=row.target_uid)
        return Response(status=204)
