"""Watched pages: starting, pausing, resuming and checking; and what their checks came to."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.accounts.roles import Permission
from annotations.api.filters_watches import CheckFilters, WatchFilters
from annotations.api.idempotency import idempotent
from annotations.api.schema import changing, creating, listing, retrieving, turning
from annotations.api.serializers.talk import NothingIn
from annotations.api.serializers.trees import represent
from annotations.api.serializers.watches import (
    LookedIn,
    PauseIn,
    WatchCheckOut,
    WatchIn,
    WatchOut,
)
from annotations.api.views.base import ProjectViewSet
from annotations.lib.errors import InvalidInput
from annotations.lifecycle.watches import services
from annotations.lifecycle.watches.looking import check_looked_at
from annotations.lifecycle.watches.models import Watch, WatchCheck
from annotations.lifecycle.watches.permissions import check_change_watch, check_watch_page
from annotations.lifecycle.watches.reading import check_lines, checks_of, watches_of
from annotations.projects.permissions import check_role


class WatchViewSet(ProjectViewSet):
    """The watched pages of a project."""

    tag = "watches"
    queryset = Watch.objects.none()
    serializer_class = WatchOut
    filterset_class = WatchFilters

    def rows(self) -> QuerySet:
        """Return the watches the caller may see."""
        return watches_of(self.project, self.user).select_related(
            "created_by", "article", "statement", "turn__to_look", "paused_by", "looked_by"
        )

    @listing(WatchOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List watched pages."""
        return super().list(request, **kwargs)

    @retrieving(WatchOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read a watched page, and where its checks are."""
        return super().retrieve(request, **kwargs)

    @creating(WatchIn, WatchOut)
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Watch the page of an article or a statement; 200 where it is watched already."""
        check_role(self.role, self.project, Permission.ANNOTATE)
        fields = self.checked(WatchIn)
        given = [one for one in (fields.get("article"), fields.get("statement")) if one]
        if len(given) != 1:
            raise InvalidInput(_("Name one article or one statement."), field="article")
        subject = given[0]
        subject.project = self.project
        check_watch_page(self.user, subject)
        made, is_new = services.watch_start(actor=self.user, subject=subject)
        row = self.rows().get(pk=made.pk)
        names = {"slug": self.project.slug, "uid": row.uid}
        return self.created(row, "api-watch", names, 201 if is_new else 200)

    @changing(PauseIn, WatchOut)
    def pause(self, request: Request, **kwargs: Any) -> Response:
        """Look at the page no more until it is resumed, and say why."""
        row = self._changeable()
        revision = self.revision_seen(row)
        fields = self.checked(PauseIn)
        services.watch_pause(actor=self.user, watch=row, revision=revision, **fields)
        return self.answer(self.find())

    @changing(NothingIn, WatchOut)
    def resume(self, request: Request, **kwargs: Any) -> Response:
        """Look at the page again, at the address that its article or statement has now."""
        row = self._changeable()
        revision = self.revision_seen(row)
        self.checked(NothingIn)
        services.watch_resume(actor=self.user, watch=row, revision=revision)
        return self.answer(self.find())

    @turning(NothingIn, WatchOut)
    def check_now(self, request: Request, **kwargs: Any) -> Response:
        """Have the page looked at as soon as its site may be asked; 409 where it is paused."""
        row = self._changeable()
        self.checked(NothingIn)
        services.watch_check_now(actor=self.user, watch=row)
        return self.answer(self.find())

    @turning(LookedIn, WatchOut)
    def looked_at(self, request: Request, **kwargs: Any) -> Response:
        """Say that a check was looked at; 409 where another waits that came since."""
        row = self._changeable()
        seen = self.checked(LookedIn)["check"]
        check_looked_at(actor=self.user, watch=row, check=seen)
        return self.answer(self.find())

    def _changeable(self) -> Watch:
        row: Watch = self.find()
        check_change_watch(self.user, row)
        return row


class WatchCheckViewSet(ProjectViewSet):
    """What the checks of one watched page came to."""

    tag = "watches"
    queryset = WatchCheck.objects.none()
    serializer_class = WatchCheckOut
    filterset_class = CheckFilters

    @cached_property
    def watch(self) -> Watch:
        """Return the watch of the address, or raise Http404."""
        found = watches_of(self.project, self.user).filter(uid=self.kwargs["watch_uid"]).first()
        if found is None:
            raise Http404
        return found

    def rows(self) -> QuerySet:
        """Return the checks the caller may see."""
        return checks_of(self.watch, self.user)

    def show(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Return the checks with what the caller sees of their captures, events and claims."""
        lines = check_lines(self.watch, rows, self.user)
        return represent(WatchCheckOut, lines, self.get_serializer_context())

    @listing(WatchCheckOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List the checks of a watched page."""
        return super().list(request, **kwargs)

    @retrieving(WatchCheckOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read a check."""
        return super().retrieve(request, **kwargs)
