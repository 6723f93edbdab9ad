"""Sources and their aliases."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.filters import SourceFilters
from annotations.api.idempotency import idempotent
from annotations.api.known_at import READING
from annotations.api.pagination import BY_ID, BY_ID_DOWN, by_text
from annotations.api.schema import changing, creating, listing, removing, retrieving
from annotations.api.serializers.sources import (
    AliasIn,
    AliasOut,
    SourceChange,
    SourceIn,
    SourceOut,
)
from annotations.api.views.base import ProjectViewSet
from annotations.lib.errors import Conflict
from annotations.sources.models import Source, SourceAlias
from annotations.sources.permissions import check_add_source, check_edit_source
from annotations.sources.services import (
    NameTaken,
    alias_add,
    alias_remove,
    source_create,
    source_update,
)


class _NamesViewSet(ProjectViewSet):
    """A view where a name can be taken already."""

    def name_conflicting(self, error: Conflict) -> dict[str, Any]:
        """Name the source that goes by the name, where the caller may see it."""
        if not isinstance(error, NameTaken) or not self.sight.shows(error.source):
            return {}
        names = {"slug": self.project.slug, "uid": error.source.uid}
        url = self.request.build_absolute_uri(reverse("api-source", kwargs=names))
        return {"conflicts_with": {"uid": str(error.source.uid), "url": url}}


class SourceViewSet(_NamesViewSet):
    """The sources of a project."""

    tag = "sources"
    past_of = READING
    queryset = Source.objects.none()
    serializer_class = SourceOut
    filterset_class = SourceFilters
    can_be_hidden = True
    orders = {
        "name": by_text("name"),
        "-name": by_text("name", descending=True),
        "-created": BY_ID_DOWN,
        "created": BY_ID,
    }
    default_order = "name"

    def rows(self) -> QuerySet:
        """Return the sources the caller may see, with their aliases."""
        return (
            Source.objects.visible_to(self.user)
            .filter(project=self.project)
            .select_related("created_by", "outlet", "merged_into")
            .prefetch_related("aliases")
        )

    @listing(SourceOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List sources."""
        return super().list(request, **kwargs)

    @retrieving(SourceOut, hideable=True)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read a source."""
        return super().retrieve(request, **kwargs)

    @creating(SourceIn, SourceOut)
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Add a source with the names it goes by."""
        check_add_source(self.user, self.project)
        fields = self.checked(SourceIn)
        source = source_create(actor=self.user, project=self.project, **fields)
        row = self.rows().get(pk=source.pk)
        return self.created(row, "api-source", {"slug": self.project.slug, "uid": row.uid})

    @changing(SourceChange, SourceOut)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change a source; its former name stays an alias."""
        source = self.find()
        check_edit_source(self.user, source)
        revision = self.revision_seen(source)
        changes = self.checked(SourceChange)
        source_update(actor=self.user, source=source, revision=revision, **changes)
        return self.answer(self.find())


class AliasViewSet(_NamesViewSet):
    """The names a source goes by."""

    tag = "sources"
    queryset = SourceAlias.objects.none()
    serializer_class = AliasOut
    orders = {"name": by_text("name"), "-name": by_text("name", descending=True)}
    default_order = "name"

    @cached_property
    def source(self) -> Source:
        """Return the source of the address, or raise Http404."""
        rows = Source.objects.visible_to(self.user).filter(project=self.project)
        source = rows.filter(uid=self.kwargs["source_uid"]).first()
        if source is None:
            raise Http404
        source.project = self.project
        return source

    def rows(self) -> QuerySet:
        """Return the source's aliases."""
        return SourceAlias.objects.filter(source=self.source)

    @listing(AliasOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List the names a source goes by."""
        return super().list(request, **kwargs)

    @retrieving(AliasOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read an alias."""
        return super().retrieve(request, **kwargs)

    @creating(AliasIn, AliasOut)
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Let another spelling mean this source; one it has already changes nothing."""
        check_edit_source(self.user, self.source)
        name = self.checked(AliasIn)["name"]
        alias = alias_add(actor=self.user, source=self.source, name=name)
        names = {"slug": self.project.slug, "source_uid": self.source.uid, "uid": alias.uid}
        return self.created(alias, "api-alias", names)

    @removing()
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Take a spelling away; history keeps that it was there."""
        alias = self.find()
        check_edit_source(self.user, self.source)
        self.revision_seen(alias)
        alias_remove(actor=self.user, source=self.source, name=alias.name)
        return Response(status=204)
