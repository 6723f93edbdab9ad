"""Mentions of a claim: where it stands in articles, and who is said to have said it there."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.errors import within
from annotations.api.idempotency import idempotent
from annotations.api.known_at import READING
from annotations.api.pagination import BY_ID, BY_ID_DOWN
from annotations.api.quotes import check_exact
from annotations.api.schema import changing, creating, discarding, listing, restoring, retrieving
from annotations.api.serializers.claims import MentionChange, MentionIn, MentionOut, ReasonIn
from annotations.api.serializers.hops import IN_HOPS, read_hops
from annotations.api.serializers.trees import represent
from annotations.api.shown import mention_rows, show_mentions
from annotations.api.views.base import ProjectViewSet
from annotations.api.views.claims import mention_arguments
from annotations.claims.chains import chains_of_mentions
from annotations.claims.models import Claim, Mention
from annotations.claims.permissions import check_add_mention, check_edit_mention, check_mark_text
from annotations.claims.services import (
    mention_add,
    mention_discard,
    mention_restore,
    mention_update,
)
from annotations.lib.errors import Refused
from annotations.projects.editing import lock_row


class MentionViewSet(ProjectViewSet):
    """The mentions of a claim. Their ETags count the claim's revision, which they change."""

    tag = "claims"
    past_of = READING
    queryset = Mention.objects.none()
    serializer_class = MentionOut
    orders = {"created": BY_ID, "-created": BY_ID_DOWN}
    default_order = "created"

    @cached_property
    def claim(self) -> Claim:
        """Return the claim of the address, or raise Http404."""
        rows = Claim.objects.visible_to(self.user).filter(project=self.project)
        claim = rows.filter(uid=self.kwargs["claim_uid"]).first()
        if claim is None:
            raise Http404
        claim.project = self.project
        return claim

    def under(self) -> Any:
        """Return the claim of the address."""
        return self.claim

    def rows(self) -> QuerySet:
        """Return the claim's mentions in articles the caller may see."""
        return mention_rows(self.user).filter(claim=self.claim)

    def find(self) -> Any:
        """Return the mention of the address, with its claim."""
        mention = super().find()
        mention.claim = self.claim
        mention.article.project = self.project
        return mention

    def revision_of(self, row: Any) -> int:
        """Return the claim's revision, as it was read with the mention."""
        return int(row.claim.revision if isinstance(row, Mention) else row.revision)

    def show(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Return the mentions with their ranges and chains."""
        shown = show_mentions(rows, self.sight)
        return represent(MentionOut, shown, self.get_serializer_context())

    def describe(self, row: Any) -> tuple[dict[str, Any], str]:
        """Return the mention as it is now, also where its claim turned out to be newer."""
        if isinstance(row, Claim):
            del self.claim
            row = self.find()
        return super().describe(row)

    @listing(MentionOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List the mentions of a claim."""
        return super().list(request, **kwargs)

    @retrieving(MentionOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read a mention."""
        return super().retrieve(request, **kwargs)

    @creating(MentionIn, MentionOut)
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Add a further appearance of the claim, in any article of the project."""
        check_add_mention(self.user, self.claim)
        fields = self.checked(MentionIn)
        check_mark_text(self.user, fields["version"])
        arguments = mention_arguments(fields)
        with within(parts=IN_HOPS):
            mention = mention_add(actor=self.user, claim=self.claim, **arguments)
        names = {"slug": self.project.slug, "claim_uid": self.claim.uid, "uid": mention.uid}
        return self.created(mention, "api-mention", names)

    @changing(MentionChange, MentionOut)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Move a mention's ranges, replace its chain, or both."""
        mention = self.find()
        check_edit_mention(self.user, mention)
        revision = self.revision_seen(mention)
        changes = self.checked(MentionChange)
        hops = changes.get("attributions")
        if hops is not None:
            self._check_whole(mention)
        if "exact" in changes:
            check_exact(mention.version, changes.get("ranges", []), changes["exact"])
        with within(parts=IN_HOPS):
            mention_update(
                actor=self.user,
                mention=mention,
                revision=revision,
                ranges=changes.get("ranges"),
                hops=None if hops is None else read_hops(hops),
                exact=not changes.get("snap", True),
            )
        return self._fresh()

    @discarding(MentionOut)
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Discard a mention; the claim stays."""
        mention = self.find()
        check_edit_mention(self.user, mention)
        revision = self.revision_seen(mention)
        with transaction.atomic():
            lock_row(self.claim, revision)
            reason = request.query_params.get("reason", "")
            mention_discard(actor=self.user, mention=mention, reason=reason)
        return self._fresh()

    @restoring(ReasonIn, MentionOut)
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Restore a discarded mention; one that stands stays as it is."""
        mention = self.find()
        check_edit_mention(self.user, mention)
        reason = self.checked(ReasonIn).get("reason", "")
        mention_restore(actor=self.user, mention=mention, reason=reason)
        return self._fresh()

    def _check_whole(self, mention: Mention) -> None:
        """Refuse to replace a chain of which the caller sees a part: the rest would be lost."""
        chain = chains_of_mentions([mention.pk], self.sight).get(mention.pk, ())
        if not all(hop.is_whole for hop in chain):
            raise Refused(
                _("This chain names what a moderator has hidden: only moderators replace it whole.")
            )

    def _fresh(self) -> Response:
        del self.claim
        return self.answer(self.find())
