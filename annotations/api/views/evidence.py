"""Evidence of a project, its files, and which pieces are independent of each other."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.encoding import read_file
from annotations.api.filters_judging import EvidenceFilters
from annotations.api.idempotency import idempotent
from annotations.api.known_at import READING
from annotations.api.pagination import BY_ID, BY_ID_DOWN, by_time
from annotations.api.schema import (
    changing,
    creating,
    discarding,
    fetching,
    filing,
    listing,
    restoring,
    retrieving,
    turning,
    unfiling,
)
from annotations.api.serializers.claims import ReasonIn
from annotations.api.serializers.evidence import (
    EvidenceChange,
    EvidenceIn,
    EvidenceOut,
    IndependenceIn,
)
from annotations.api.serializers.trees import represent
from annotations.api.shown_evidence import show_evidence
from annotations.api.views.base import ProjectViewSet
from annotations.api.views.export import WhateverIsAccepted
from annotations.lib.errors import InvalidInput
from annotations.lib.file_kinds import KINDS
from annotations.verification.evidence.download import file_response
from annotations.verification.evidence.files import GivenFile
from annotations.verification.evidence.independence import independence_set
from annotations.verification.evidence.models import Evidence
from annotations.verification.evidence.permissions import (
    check_add_evidence,
    check_attach_evidence,
    check_discard_evidence,
    check_edit_evidence,
    check_use_evidence,
)
from annotations.verification.evidence.services import (
    evidence_create,
    evidence_discard,
    evidence_restore,
    evidence_update,
)


class EvidenceViewSet(ProjectViewSet):
    """The evidence of a project; confidential pieces from reviewers up."""

    tag = "evidence"
    past_of = READING
    queryset = Evidence.objects.none()
    serializer_class = EvidenceOut
    filterset_class = EvidenceFilters
    can_be_hidden = True
    orders = {
        "-created": BY_ID_DOWN,
        "created": BY_ID,
        "-published": by_time("published_earliest", descending=True, nullable=True),
        "published": by_time("published_earliest", nullable=True),
    }

    def rows(self) -> QuerySet:
        """Return the evidence the caller may see."""
        return (
            Evidence.objects.visible_to(self.user)
            .filter(project=self.project)
            .select_related("created_by", "discarded_by", "source", "file")
        )

    def show(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Return the pieces with their claims and what they are independent of."""
        shown = show_evidence(rows, self.user)
        return represent(EvidenceOut, shown, self.get_serializer_context())

    @listing(EvidenceOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List evidence."""
        return super().list(request, **kwargs)

    @retrieving(EvidenceOut, hideable=True)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read a piece of evidence."""
        return super().retrieve(request, **kwargs)

    @creating(EvidenceIn, EvidenceOut)
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Add a piece of evidence, on a claim or for claims to come."""
        check_add_evidence(self.user, self.project)
        fields = self.checked(EvidenceIn)
        claim = fields.get("claim")
        if claim is not None:
            check_attach_evidence(self.user, claim)
        elif "stance" in fields:
            raise InvalidInput(_("A stance is towards a claim: name one."), field="claim")
        evidence = evidence_create(actor=self.user, project=self.project, **fields)
        row = self.rows().get(pk=evidence.pk)
        return self.created(row, "api-evidence", {"slug": self.project.slug, "uid": row.uid})

    @changing(EvidenceChange, EvidenceOut)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change what was entered, on every claim the piece is on."""
        evidence = self.find()
        check_edit_evidence(self.user, evidence)
        revision = self.revision_seen(evidence)
        changes = self.checked(EvidenceChange)
        evidence_update(actor=self.user, evidence=evidence, revision=revision, **changes)
        return self.answer(self.find())

    @discarding(EvidenceOut)
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Discard a piece: it stays readable, with a mark, and counts on no claim."""
        evidence = self.find()
        check_discard_evidence(self.user, evidence)
        revision = self.revision_seen(evidence)
        reason = request.query_params.get("reason", "")
        evidence_discard(actor=self.user, evidence=evidence, reason=reason, revision=revision)
        return self.answer(self.find())

    @restoring(ReasonIn, EvidenceOut)
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Restore a discarded piece; one that stands stays as it is."""
        evidence = self.find()
        check_discard_evidence(self.user, evidence)
        reason = self.checked(ReasonIn).get("reason", "")
        evidence_restore(actor=self.user, evidence=evidence, reason=reason)
        return self.answer(self.find())

    @turning(IndependenceIn, EvidenceOut)
    def compare(self, request: Request, **kwargs: Any) -> Response:
        """Say whether the piece is independent of another; the same for both of them."""
        evidence = self.find()
        check_use_evidence(self.user, evidence)
        fields = self.checked(IndependenceIn)
        said = {fields["evidence"]: fields["independent"]}
        independence_set(actor=self.user, evidence=evidence, others=said)
        return self.answer(self.find())


class EvidenceFileView(EvidenceViewSet):
    """The file of a piece of evidence."""

    content_negotiation_class = WhateverIsAccepted

    @fetching([kind.media_type for kind in KINDS])
    def fetch(self, request: Request, **kwargs: Any) -> HttpResponse:
        """Download the file."""
        evidence = self.find()
        if evidence.file is None:
            raise Http404
        return file_response(evidence)

    @filing(EvidenceOut)
    def put_file(self, request: Request, **kwargs: Any) -> Response:
        """Hand in the file, as the body; it takes the place of one that is there."""
        evidence = self.find()
        check_edit_evidence(self.user, evidence)
        revision = self.revision_seen(evidence)
        name = request.query_params.get("name", "")
        file = GivenFile(name, read_file(request))
        evidence_update(actor=self.user, evidence=evidence, revision=revision, file=file)
        return self.answer(self.find())

    @unfiling(EvidenceOut)
    def drop_file(self, request: Request, **kwargs: Any) -> Response:
        """Take the file away; history still names it."""
        evidence = self.find()
        check_edit_evidence(self.user, evidence)
        revision = self.revision_seen(evidence)
        evidence_update(actor=self.user, evidence=evidence, revision=revision, remove_file=True)
        return self.answer(self.find())
