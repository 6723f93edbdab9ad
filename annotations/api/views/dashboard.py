"""How a project is doing."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.schema import reading
from annotations.api.serializers.assignments import DashboardOut
from annotations.api.views.base import ProjectViewSet
from annotations.projects.models import Project
from annotations.verification.dashboard import dashboard_of


class DashboardView(ProjectViewSet):
    """Figures, as far as the caller may know them."""

    tag = "assignments"
    queryset = Project.objects.none()
    serializer_class = DashboardOut

    @reading(DashboardOut)
    def dashboard(self, request: Request, **kwargs: Any) -> Response:
        """Read the figures of the project."""
        found = dashboard_of(self.project, self.user)
        stages = [{"stage": stage, "claims": count} for stage, count in found.stages.items()]
        shown = {
            "claims": found.claims,
            "stages": stages,
            "ages": found.ages,
            "overdue": found.overdue,
            "weeks": found.weeks,
            "people": found.people,
        }
        return Response(DashboardOut(shown).data)
