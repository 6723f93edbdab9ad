"""Proof bundles of events, and their files: each person's own."""

from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.accounts.models import Scope
from annotations.api.idempotency import idempotent
from annotations.api.pagination import BY_ID, BY_ID_DOWN
from annotations.api.schema import creating, fetching, listing, retrieving
from annotations.api.serializers.bundles import BundleIn, BundleOut
from annotations.api.views.events import OfEventViewSet
from annotations.api.views.export import WhateverIsAccepted
from annotations.exchange.models import ProofBundle
from annotations.exchange.permissions import check_make_bundle
from annotations.exchange.proof.download import MEDIA_TYPE, bundle_response
from annotations.exchange.proof.services import bundle_ask


class BundleViewSet(OfEventViewSet):
    """The caller's proof bundles of an event."""

    tag = "export"
    token_scope = Scope.EXPORT
    queryset = ProofBundle.objects.none()
    serializer_class = BundleOut
    orders = {"-created": BY_ID_DOWN, "created": BY_ID}
    default_order = "-created"

    def rows(self) -> QuerySet:
        """Return the caller's own bundles of the event."""
        rows = ProofBundle.objects.of(self.event, self.user)
        return rows.select_related("event", "file", "created_by")

    @listing(BundleOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List your proof bundles of an event, the latest first."""
        return super().list(request, **kwargs)

    @retrieving(BundleOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read how far a proof bundle is."""
        return super().retrieve(request, **kwargs)

    @creating(BundleIn, BundleOut)
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Have a proof bundle made of what you may see; 200 for one that is being made already."""
        check_make_bundle(self.user, self.event)
        self.checked(BundleIn)
        bundle, is_new = bundle_ask(actor=self.user, event=self.event)
        names = {"slug": self.project.slug, "event_uid": self.event.uid, "uid": bundle.uid}
        row = self.rows().get(pk=bundle.pk)
        return self.created(row, "api-event-bundle", names, status=201 if is_new else 200)


class BundleFileView(BundleViewSet):
    """The file of a proof bundle."""

    content_negotiation_class = WhateverIsAccepted

    @fetching([MEDIA_TYPE])
    def fetch(self, request: Request, **kwargs: Any) -> StreamingHttpResponse:
        """Download the archive; 409 while there is none."""
        return bundle_response(self.find(), self.user)
