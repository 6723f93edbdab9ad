"""What a project judges by: versions of its rating scale and of its guidelines."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.idempotency import idempotent
from annotations.api.schema import creating, listing, retrieving, turning
from annotations.api.serializers.standards import (
    GuidelineIn,
    GuidelineOut,
    ScaleIn,
    ScaleOut,
    ScaleStopOut,
    ScaleUseIn,
)
from annotations.api.views.base import ProjectViewSet
from annotations.verification.standards.models import Guideline, RatingScale
from annotations.verification.standards.permissions import check_manage_standards
from annotations.verification.standards.services import (
    guideline_publish,
    scale_choose,
    scale_create,
)
from annotations.verification.standards.shipped import Value


class ScaleViewSet(ProjectViewSet):
    """Every version of the project's rating scale; one holds, or none."""

    tag = "scales and guidelines"
    queryset = RatingScale.objects.none()
    serializer_class = ScaleOut

    def rows(self) -> QuerySet:
        """Return the project's scales with their values."""
        rows = RatingScale.objects.visible_to(self.user).filter(project=self.project)
        return rows.select_related("created_by").prefetch_related("values")

    @listing(ScaleOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List every version of the scale."""
        return super().list(request, **kwargs)

    @retrieving(ScaleOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read one version of the scale."""
        return super().retrieve(request, **kwargs)

    @creating(ScaleIn, ScaleOut)
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Make the next version, on which claims are rated from now on."""
        check_manage_standards(self.user, self.project)
        fields = self.checked(ScaleIn)
        values = [Value(**value) for value in fields.pop("values")]
        scale = scale_create(actor=self.user, project=self.project, values=values, **fields)
        return self._made(scale)

    @turning(ScaleUseIn, ScaleOut)
    def use(self, request: Request, **kwargs: Any) -> Response:
        """Rate on this version again; already so changes nothing."""
        check_manage_standards(self.user, self.project)
        scale = self.find()
        fields = self.checked(ScaleUseIn)
        scale_choose(actor=self.user, project=self.project, scale=scale, **fields)
        self.project.rating_scale = scale
        return self.answer(scale)

    @turning(ScaleUseIn, ScaleStopOut)
    def stop(self, request: Request, **kwargs: Any) -> Response:
        """Go on with the five labels and no rating; already so changes nothing."""
        check_manage_standards(self.user, self.project)
        fields = self.checked(ScaleUseIn)
        scale_choose(actor=self.user, project=self.project, scale=None, **fields)
        return Response(ScaleStopOut({"current": None}).data)

    def _made(self, scale: RatingScale) -> Response:
        self.project.rating_scale = scale
        names = {"slug": self.project.slug, "uid": scale.uid}
        return self.created(self.rows().get(pk=scale.pk), "api-scale", names)


class GuidelineViewSet(ProjectViewSet):
    """Every version of the project's guidelines; the last one holds."""

    tag = "scales and guidelines"
    queryset = Guideline.objects.none()
    serializer_class = GuidelineOut

    def rows(self) -> QuerySet:
        """Return the project's guidelines."""
        rows = Guideline.objects.visible_to(self.user).filter(project=self.project)
        return rows.select_related("created_by")

    @listing(GuidelineOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List every version of the guidelines."""
        return super().list(request, **kwargs)

    @retrieving(GuidelineOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read one version of the guidelines."""
        return super().retrieve(request, **kwargs)

    @creating(GuidelineIn, GuidelineOut)
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Publish the next version; 200 where these very words hold already."""
        check_manage_standards(self.user, self.project)
        before = self.project.guideline_id
        fields = self.checked(GuidelineIn)
        guideline = guideline_publish(actor=self.user, project=self.project, **fields)
        self.project.guideline = guideline
        names = {"slug": self.project.slug, "uid": guideline.uid}
        row = self.rows().get(pk=guideline.pk)
        return self.created(row, "api-guideline", names, 200 if row.pk == before else 201)
