"""Rounds of independent marking: who marks what, handing in, and bringing together."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.accounts.roles import Permission
from annotations.api.filters_judging import RoundFilters
from annotations.api.idempotency import idempotent
from annotations.api.schema import changing, creating, listing, reading, retrieving, turning
from annotations.api.serializers.rounds import (
    AcceptIn,
    CallOffIn,
    FinishIn,
    GroupsOut,
    NothingIn,
    RejectIn,
    RoundIn,
    RoundOut,
    RoundPersonIn,
    RoundWithdrawIn,
    SpanAgreementOut,
)
from annotations.api.serializers.trees import represent
from annotations.api.views.base import ProjectViewSet
from annotations.claims.rounds import MarkingRound
from annotations.projects.models import Project
from annotations.verification.agreement_words import stated
from annotations.verification.permissions import check_see_agreement
from annotations.verification.rounds import merge, services
from annotations.verification.rounds.originals import Originals, originals_of
from annotations.verification.rounds.people import people_of
from annotations.verification.rounds.permissions import (
    check_manage_round,
    check_mark_in_round,
    check_merge_round,
    check_open_round,
)
from annotations.verification.rounds.scores import SpanAgreement, span_agreement_of


class RoundViewSet(ProjectViewSet):
    """The rounds of a project."""

    tag = "rounds"
    queryset = MarkingRound.objects.none()
    serializer_class = RoundOut
    filterset_class = RoundFilters

    def rows(self) -> QuerySet:
        """Return the rounds of articles the caller may see."""
        return (
            MarkingRound.objects.visible_to(self.user)
            .filter(project=self.project)
            .select_related("article", "version", "created_by")
            .defer("version__text")
        )

    def show(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Return the rounds with who takes part."""
        moderates = self.allows(Permission.SEE_ALL_REVIEWS)
        people = people_of(rows, self.user, moderates=moderates)
        for row in rows:
            row.people_shown = people[row.pk]
        return represent(RoundOut, rows, self.get_serializer_context())

    @listing(RoundOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List rounds."""
        return super().list(request, **kwargs)

    @retrieving(RoundOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read a round."""
        return super().retrieve(request, **kwargs)

    @creating(RoundIn, RoundOut)
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Give an article's current text to several people, to mark each without the others."""
        # The role first: without it, nobody learns what of a body is acceptable.
        check_see_agreement(self.user, self.project)
        fields = self.checked(RoundIn)
        check_open_round(self.user, fields["article"])
        found = services.round_open(actor=self.user, **fields)
        row = self.rows().get(pk=found.pk)
        return self.created(row, "api-round", {"slug": self.project.slug, "uid": row.uid})

    @changing(RoundPersonIn, RoundOut)
    def add_person(self, request: Request, **kwargs: Any) -> Response:
        """Let one more person mark the text, while the round is open."""
        return self._manage(RoundPersonIn, services.round_add_person)

    @changing(RoundWithdrawIn, RoundOut)
    def withdraw_person(self, request: Request, **kwargs: Any) -> Response:
        """Take one person out, while the round is open; what they marked stays theirs."""
        return self._manage(RoundWithdrawIn, services.round_withdraw_person)

    @changing(CallOffIn, RoundOut)
    def call_off(self, request: Request, **kwargs: Any) -> Response:
        """End the round without bringing anything together."""
        return self._manage(CallOffIn, services.round_call_off)

    @turning(NothingIn, RoundOut)
    def hand_in(self, request: Request, **kwargs: Any) -> Response:
        """Say that you are done; with the last one, everybody who took part sees everything."""
        return self._own(services.round_hand_in)

    @turning(NothingIn, RoundOut)
    def take_back(self, request: Request, **kwargs: Any) -> Response:
        """Go on marking, as long as not everybody has handed in."""
        return self._own(services.round_take_back)

    @reading(GroupsOut)
    def groups(self, request: Request, **kwargs: Any) -> Response:
        """Read what was marked side by side, as far as you may see it."""
        there = originals_of(self.find(), self.user)
        return Response(GroupsOut({"groups": _groups(there)}).data)

    @turning(AcceptIn, GroupsOut)
    def accept(self, request: Request, **kwargs: Any) -> Response:
        """Put originals into the shared set as one claim; they are kept."""
        return self._merge(AcceptIn, merge.originals_accept)

    @turning(NothingIn, GroupsOut)
    def accept_same(self, request: Request, **kwargs: Any) -> Response:
        """Accept every plain group that nothing was decided of."""
        return self._merge(NothingIn, merge.originals_accept_same)

    @turning(RejectIn, GroupsOut)
    def reject(self, request: Request, **kwargs: Any) -> Response:
        """Leave an original out of the shared set, and say why."""
        return self._merge(RejectIn, merge.original_reject)

    @changing(FinishIn, RoundOut)
    def finish(self, request: Request, **kwargs: Any) -> Response:
        """Close the merging: every member may read the originals from now on."""
        found = self.find()
        check_merge_round(self.user, found)
        revision = self.revision_seen(found)
        fields = self.checked(FinishIn)
        merge.round_finish(actor=self.user, found=found, revision=revision, **fields)
        return self.answer(self.find())

    def _manage(self, taken: Any, service: Callable[..., object]) -> Response:
        found = self.find()
        check_manage_round(self.user, found)
        fields = self.checked(taken)
        revision = self.revision_seen(found)
        service(actor=self.user, found=found, revision=revision, **fields)
        return self.answer(self.find())

    def _own(self, service: Callable[..., object]) -> Response:
        found = self.find()
        check_mark_in_round(self.user, found)
        self.checked(NothingIn)
        service(actor=self.user, found=found)
        return self.answer(self.find())

    def _merge(self, taken: Any, service: Callable[..., object]) -> Response:
        found = self.find()
        check_merge_round(self.user, found)
        service(actor=self.user, found=found, **self.checked(taken))
        there = originals_of(found, self.user)
        return Response(GroupsOut({"groups": _groups(there)}).data)


class SpanAgreementView(ProjectViewSet):
    """Numbers of all rounds, for who sees them all."""

    tag = "rounds"
    queryset = Project.objects.none()
    serializer_class = SpanAgreementOut

    @reading(SpanAgreementOut)
    def agreement(self, request: Request, **kwargs: Any) -> Response:
        """Read how far people agree on what to mark; for moderators and admins."""
        check_see_agreement(self.user, self.project)
        found = span_agreement_of(self.project, self.user)
        return Response(SpanAgreementOut(_measured(found)).data)


def _groups(there: Originals) -> list[dict[str, Any]]:
    return [
        {
            "kind": group.kind.value,
            "plain": group.is_plain,
            "originals": [
                {
                    "claim": claim.uid,
                    "number": claim.number,
                    "text": claim.text,
                    "found_by": claim.created_by,
                    "ranges": [list(one) for one in member.ranges],
                    "decision": merge.decision_of(claim),
                }
                for member in group.members
                for claim in [there.claims[member.claim]]
            ],
        }
        for group in there.groups
    ]


def _measured(found: SpanAgreement) -> dict[str, Any]:
    return {
        "rounds": found.rounds,
        "marks": found.marks,
        "token_alpha": stated(found.alpha),
        "pairs": [
            {
                "first": one.first,
                "second": one.second,
                "rounds": one.rounds,
                "marks": one.marks,
                "exact_f1": stated(one.exact),
                "overlap_f1": stated(one.overlap),
            }
            for one in found.pairs
        ],
    }
