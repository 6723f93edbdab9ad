"""Merging a claim or a source into another, for moderators."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.schema import changing
from annotations.api.serializers.claims import ClaimOut
from annotations.api.serializers.flags import ClaimMergeIn, SourceMergeIn
from annotations.api.serializers.sources import SourceOut
from annotations.api.views.claims import ClaimViewSet
from annotations.api.views.sources import SourceViewSet
from annotations.moderation.merge_claims import claim_merge
from annotations.moderation.merge_sources import source_merge
from annotations.moderation.permissions import check_merge_rows


class ClaimMergeView(ClaimViewSet):
    """Merging claims."""

    @changing(ClaimMergeIn, ClaimOut)
    def merge(self, request: Request, **kwargs: Any) -> Response:
        """Merge the claim into another that says the same. It cannot be undone.

        Places, evidence and comments move; reviews stay; the claim keeps its number, and
        `merged_into` says where it went. Already so changes nothing.
        """
        claim = self.find()
        check_merge_rows(self.user, claim)
        fields = self.checked(ClaimMergeIn)
        if claim.merged_into_id != fields["into"].pk:
            revision = self.revision_seen(claim)
            claim_merge(actor=self.user, claim=claim, revision=revision, **fields)
        return self.answer(self.find())


class SourceMergeView(SourceViewSet):
    """Merging sources."""

    @changing(SourceMergeIn, SourceOut)
    def merge(self, request: Request, **kwargs: Any) -> Response:
        """Merge the source into another that is the same speaker. It cannot be undone.

        Its names and everything it said are the other's from then on; `merged_into` says so.
        Already so changes nothing.
        """
        source = self.find()
        check_merge_rows(self.user, source)
        fields = self.checked(SourceMergeIn)
        if source.merged_into_id != fields["into"].pk:
            revision = self.revision_seen(source)
            source_merge(actor=self.user, source=source, revision=revision, **fields)
        return self.answer(self.find())
