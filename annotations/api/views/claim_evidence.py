"""What evidence says of a claim, and what to be warned of in it."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.idempotency import idempotent
from annotations.api.known_at import READING
from annotations.api.pagination import BY_ID, BY_ID_DOWN
from annotations.api.schema import (
    changing,
    creating,
    discarding,
    listing,
    reading,
    restoring,
    retrieving,
)
from annotations.api.serializers.claims import ReasonIn
from annotations.api.serializers.evidence import (
    ClaimEvidenceChange,
    ClaimEvidenceIn,
    ClaimEvidenceOut,
    WarningsOut,
)
from annotations.api.views.base import ProjectViewSet
from annotations.claims.models import Claim
from annotations.verification.evidence import links
from annotations.verification.evidence.models import ClaimEvidence
from annotations.verification.evidence.permissions import (
    check_attach_evidence,
    check_discard_link,
    check_edit_link,
    check_use_evidence,
)
from annotations.verification.evidence.reading import evidence_of_claim


class ClaimEvidenceViewSet(ProjectViewSet):
    """The evidence of a claim: each row ties a piece to it and holds its stance."""

    tag = "evidence"
    past_of = READING
    queryset = ClaimEvidence.objects.none()
    serializer_class = ClaimEvidenceOut
    orders = {"created": BY_ID, "-created": BY_ID_DOWN}
    default_order = "created"

    @cached_property
    def claim(self) -> Claim:
        """Return the claim of the address, or raise Http404."""
        rows = Claim.objects.visible_to(self.user).filter(project=self.project)
        uid = self.kwargs["claim_uid"]
        claim = rows.select_related("statement").filter(uid=uid).first()
        if claim is None:
            raise Http404
        claim.project = self.project
        return claim

    def under(self) -> Any:
        """Return the claim of the address."""
        return self.claim

    def rows(self) -> QuerySet:
        """Return the claim's links to evidence the caller may see."""
        return (
            ClaimEvidence.objects.visible_to(self.user)
            .filter(claim=self.claim)
            .select_related("evidence", "created_by", "discarded_by")
        )

    def find(self) -> Any:
        """Return the link of the address; both its ends know the project."""
        link = super().find()
        link.claim = self.claim
        link.evidence.project = self.project
        return link

    @listing(ClaimEvidenceOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List the evidence of a claim."""
        return super().list(request, **kwargs)

    @retrieving(ClaimEvidenceOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read what a piece says of the claim."""
        return super().retrieve(request, **kwargs)

    @creating(ClaimEvidenceIn, ClaimEvidenceOut)
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Put a piece of the project on the claim; 200 where it stands there so already."""
        check_attach_evidence(self.user, self.claim)
        fields = self.checked(ClaimEvidenceIn)
        check_use_evidence(self.user, fields["evidence"])
        link, is_new = links.evidence_attach(actor=self.user, claim=self.claim, **fields)
        row = self.rows().get(pk=link.pk)
        names = {"slug": self.project.slug, "claim_uid": self.claim.uid, "uid": row.uid}
        return self.created(row, "api-claim-evidence", names, 201 if is_new else 200)

    @changing(ClaimEvidenceChange, ClaimEvidenceOut)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change what the piece says of the claim."""
        link = self.find()
        check_edit_link(self.user, link)
        revision = self.revision_seen(link)
        changes = self.checked(ClaimEvidenceChange)
        links.link_update(actor=self.user, link=link, revision=revision, **changes)
        return self.answer(self.find())

    @discarding(ClaimEvidenceOut)
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Take the piece off the claim: it stays readable there, with a mark."""
        link = self.find()
        check_discard_link(self.user, link)
        revision = self.revision_seen(link)
        reason = request.query_params.get("reason", "")
        links.link_discard(actor=self.user, link=link, reason=reason, revision=revision)
        return self.answer(self.find())

    @restoring(ReasonIn, ClaimEvidenceOut)
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Put the piece back on the claim; one that is there stays as it is."""
        link = self.find()
        check_discard_link(self.user, link)
        reason = self.checked(ReasonIn).get("reason", "")
        links.link_restore(actor=self.user, link=link, reason=reason)
        return self.answer(self.find())

    @reading(WarningsOut)
    def warn(self, request: Request, **kwargs: Any) -> Response:
        """Say what to be warned of in the claim's evidence."""
        view = evidence_of_claim(self.claim, self.user, self.sight)
        pieces = [
            {"evidence": line.evidence.uid, "dated_after_claim": line.dated_after.value}
            for line in view.kept
        ]
        twice = [[line.evidence.uid for line in group] for group in view.twice]
        body = {
            "one_origin": view.one_origin.value,
            "links_used_twice": twice,
            "pieces": pieces,
        }
        return Response(WarningsOut(body).data)
