"""How far the reviewers of a project agree."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.accounts.models import User
from annotations.api.errors import QueryInvalid
from annotations.api.filters import check_parameters, first_problem
from annotations.api.schema import asking
from annotations.api.serializers.agreement import AgreementOut, AgreementQuery
from annotations.api.views.base import ProjectViewSet
from annotations.lib.errors import InvalidInput
from annotations.projects.models import Project
from annotations.verification.agreement_words import Stated, stated
from annotations.verification.permissions import check_see_agreement
from annotations.verification.project_agreement import (
    Asked,
    ProjectAgreement,
    agreement_of,
    reviewers_of,
)
from annotations.verification.standards.models import RatingScale


class AgreementView(ProjectViewSet):
    """Numbers of all judgements, for who sees them all."""

    tag = "reviews"
    queryset = Project.objects.none()
    serializer_class = AgreementOut

    @asking(AgreementQuery, AgreementOut)
    def agreement(self, request: Request, **kwargs: Any) -> Response:
        """Read how far the project's reviewers agree; for moderators and admins."""
        check_see_agreement(self.user, self.project)
        people = reviewers_of(self.project, self.user)
        asked = _asked(request, self.project, people)
        found = agreement_of(self.project, self.user, people, asked)
        return Response(AgreementOut(_shown(found, asked)).data)


def _asked(request: Request, project: Project, people: Sequence[User]) -> Asked:
    """Return what the query string asks for. Raises QueryInvalid."""
    query = AgreementQuery(data=request.query_params)
    check_parameters(request, set(query.fields))
    if not query.is_valid():
        raise first_problem(query.errors)
    values = query.validated_data
    by_uid = {one.uid: one for one in people}
    pair = {name: _person(name, values.get(name), by_uid) for name in ("first", "second")}
    scale = _scale(project, values.get("scale"))
    asked = Asked(**pair, since=values.get("since"), until=values.get("until"), scale=scale)
    try:
        asked.check()
    except InvalidInput as error:
        raise QueryInvalid(error.msgid, field=error.field, params=error.params) from error
    return asked


def _person(name: str, uid: UUID | None, by_uid: dict[UUID, User]) -> User | None:
    if uid is not None and uid not in by_uid:
        raise QueryInvalid(_("Nobody with this uid has judged a claim here."), field=name)
    return by_uid.get(uid) if uid else None


def _scale(project: Project, version: int | None) -> RatingScale | None:
    if version is None:
        return None
    scale = RatingScale.objects.filter(project=project, version=version).first()
    if scale is None:
        raise QueryInvalid(_("The project has no such version of a scale."), field="scale")
    return scale


def _shown(found: ProjectAgreement, asked: Asked) -> dict[str, Any]:
    rated = asked.scale is not None
    pairs = [
        {
            "first": one.first,
            "second": one.second,
            "claims": one.claims,
            "percentage": stated(one.percentage, of_ratings=rated),
            "kappa": stated(one.kappa, of_ratings=rated),
        }
        for one in found.pairs
    ]
    kappa: Stated | None = None
    if found.kappa is not None:
        kappa = stated(found.kappa, of_ratings=rated)
    return {
        "scale": asked.scale.version if asked.scale else None,
        "is_ordinal": found.is_ordinal,
        "claims": found.claims,
        "alpha": stated(found.alpha, of_ratings=rated),
        "percentage": stated(found.percentage, of_ratings=rated),
        "kappa": kappa,
        "matrix": {"labels": found.values, "rows": found.matrix},
        "pairs": pairs,
    }
