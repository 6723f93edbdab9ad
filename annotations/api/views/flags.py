"""Flags: what people ask moderators to look at."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.filters_moderation import FlagFilters
from annotations.api.idempotency import idempotent
from annotations.api.pagination import BY_ID, BY_ID_DOWN
from annotations.api.schema import changing, creating, listing, retrieving
from annotations.api.serializers.flags import FlagDecisionIn, FlagIn, FlagOut
from annotations.api.views.base import ProjectViewSet
from annotations.lib.errors import InvalidInput
from annotations.moderation.choices import FlagOutcome, FlagState
from annotations.moderation.flags import flag_accept, flag_dismiss, flag_raise
from annotations.moderation.models import Flag
from annotations.moderation.permissions import check_decide_flag, check_flag
from annotations.moderation.targets import find_target


class FlagViewSet(ProjectViewSet):
    """Your own flags; moderators see those of everybody."""

    tag = "flags"
    queryset = Flag.objects.none()
    serializer_class = FlagOut
    filterset_class = FlagFilters
    orders = {"-created": BY_ID_DOWN, "created": BY_ID}

    def rows(self) -> QuerySet:
        """Return the flags the caller may see."""
        rows = Flag.objects.visible_to(self.user).filter(project=self.project)
        return rows.select_related("created_by", "decided_by")

    @listing(FlagOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List flags."""
        return super().list(request, **kwargs)

    @retrieving(FlagOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read a flag, and what became of it."""
        return super().retrieve(request, **kwargs)

    @creating(FlagIn, FlagOut)
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Ask moderators to look at a thing; your open flag on it is answered, if there is one."""
        check_flag(self.user, self.project)
        fields = self.checked(FlagIn)
        if find_target(self.user, self.project, fields["kind"], fields["target"]) is None:
            raise InvalidInput(_("There is nothing with this uid in the project."), field="target")
        flag, is_new = flag_raise(actor=self.user, project=self.project, **fields)
        row = self.rows().get(pk=flag.pk)
        names = {"slug": self.project.slug, "uid": row.uid}
        return self.created(row, "api-flag", names, 201 if is_new else 200)

    @changing(FlagDecisionIn, FlagOut)
    def decide(self, request: Request, **kwargs: Any) -> Response:
        """Accept or dismiss a flag; an accepted one may hide or lock the thing at once."""
        flag = self.find()
        check_decide_flag(self.user, flag)
        revision = self.revision_seen(flag)
        fields = self.checked(FlagDecisionIn)
        reason = fields["reason"]
        if fields["state"] == FlagState.DISMISSED:
            if "outcome" in fields:
                raise InvalidInput(_("Nothing is done when a flag is dismissed."), field="outcome")
            flag_dismiss(actor=self.user, flag=flag, reason=reason, revision=revision)
        else:
            outcome = fields.get("outcome", FlagOutcome.NOTHING)
            flag_accept(
                actor=self.user, flag=flag, outcome=outcome, reason=reason, revision=revision
            )
        return self.answer(self.find())
