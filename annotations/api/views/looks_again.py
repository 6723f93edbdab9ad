"""Verdicts to be looked at again, since what they rest on was withdrawn."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.filters_events import LookAgainFilters
from annotations.api.pagination import BY_ID, BY_ID_DOWN
from annotations.api.schema import changing, listing, retrieving
from annotations.api.serializers.looks_again import KeepIn, LookAgainOut
from annotations.api.views.base import ProjectViewSet
from annotations.lifecycle.knock_on import look_again_keep
from annotations.lifecycle.models import LookAgain
from annotations.lifecycle.permissions import check_decide_look_again


class LookAgainViewSet(ProjectViewSet):
    """Verdicts that rest on a statement which was withdrawn or removed."""

    tag = "verdicts"
    queryset = LookAgain.objects.none()
    serializer_class = LookAgainOut
    filterset_class = LookAgainFilters
    orders = {"-created": BY_ID_DOWN, "created": BY_ID}

    def rows(self) -> QuerySet:
        """Return those of which the caller may see both the event and the claim."""
        rows = LookAgain.objects.visible_to(self.user).filter(project=self.project)
        return rows.select_related(
            "event", "claim", "verdict__ended_by", "assignee", "kept_by", "created_by"
        )

    @listing(LookAgainOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List verdicts to be looked at again."""
        return super().list(request, **kwargs)

    @retrieving(LookAgainOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read one, and what became of it."""
        return super().retrieve(request, **kwargs)

    @changing(KeepIn, LookAgainOut)
    def keep(self, request: Request, **kwargs: Any) -> Response:
        """Keep the verdict as it is, and say why. To correct or rescind it, do so."""
        row = self.find()
        check_decide_look_again(self.user, row)
        revision = self.revision_seen(row)
        fields = self.checked(KeepIn)
        look_again_keep(actor=self.user, look_again=row, revision=revision, **fields)
        return self.answer(self.find())
