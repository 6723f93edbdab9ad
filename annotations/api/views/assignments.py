"""Who works on what: the queue, giving work out, and what may become of it."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.filters_assignments import AssignmentFilters
from annotations.api.schema import listing, offering, retrieving, turning
from annotations.api.serializers.assignments import (
    AssignmentOut,
    GiveIn,
    GivenOut,
    HandBackIn,
    NextIn,
    ReassignIn,
    SendBackIn,
    WithdrawIn,
)
from annotations.api.views.base import ProjectViewSet
from annotations.verification.assignments import services
from annotations.verification.assignments.models import Assignment
from annotations.verification.assignments.permissions import (
    check_assign_work,
    check_take_work,
    check_work_on_assignment,
)
from annotations.verification.assignments.queue import assignment_renew, queue_next


class AssignmentViewSet(ProjectViewSet):
    """One's own assignments; all of them, for who sees every review."""

    tag = "assignments"
    queryset = Assignment.objects.none()
    serializer_class = AssignmentOut
    filterset_class = AssignmentFilters

    def rows(self) -> QuerySet:
        """Return the assignments the caller may see."""
        rows = Assignment.objects.visible_to(self.user).filter(project=self.project)
        return rows.select_related("claim", "article", "assignee", "created_by")

    @listing(AssignmentOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List assignments."""
        return super().list(request, **kwargs)

    @retrieving(AssignmentOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read an assignment."""
        return super().retrieve(request, **kwargs)

    @offering(NextIn, AssignmentOut)
    def take(self, request: Request, **kwargs: Any) -> Response:
        """Take the next claim or article from the queue; 204 where nothing is left for you."""
        check_take_work(self.user, self.project)
        kind = self.checked(NextIn).get("kind", "claim")
        assignment = queue_next(actor=self.user, project=self.project, kind=kind)
        if assignment is None:
            return Response(status=204)
        return self.answer(self.find_made(assignment.uid))

    @turning(GiveIn, GivenOut)
    def give(self, request: Request, **kwargs: Any) -> Response:
        """Give claims and articles to somebody; who has one already keeps it."""
        check_assign_work(self.user, self.project)
        fields = self.checked(GiveIn)
        subjects = [*fields.pop("claims", []), *fields.pop("articles", [])]
        given = services.assignments_give(
            actor=self.user, project=self.project, subjects=subjects, **fields
        )
        return self._given(given)

    @turning(ReassignIn, GivenOut)
    def reassign(self, request: Request, **kwargs: Any) -> Response:
        """Give what others have to somebody else."""
        check_assign_work(self.user, self.project)
        given = services.assignments_reassign(actor=self.user, **self.checked(ReassignIn))
        return self._given(given)

    @turning(WithdrawIn, AssignmentOut(many=True))
    def withdraw(self, request: Request, **kwargs: Any) -> Response:
        """Take work from those who have it; what they have saved stays."""
        check_assign_work(self.user, self.project)
        found = services.assignments_withdraw(actor=self.user, **self.checked(WithdrawIn))
        return Response(self.show(self._again(found)))

    @turning(None, AssignmentOut)
    def heartbeat(self, request: Request, **kwargs: Any) -> Response:
        """Say that you are still at it; 409 where the time ran out and others have taken it up."""
        assignment = self.find()
        check_work_on_assignment(self.user, assignment)
        assignment_renew(actor=self.user, assignment=assignment)
        return self.answer(self.find())

    @turning(HandBackIn, AssignmentOut)
    def hand_back(self, request: Request, **kwargs: Any) -> Response:
        """Hand your work back, and say why."""
        assignment = self.find()
        check_work_on_assignment(self.user, assignment)
        fields = self.checked(HandBackIn)
        services.assignment_hand_back(actor=self.user, assignment=assignment, **fields)
        return self.answer(self.find())

    @turning(SendBackIn, AssignmentOut)
    def send_back(self, request: Request, **kwargs: Any) -> Response:
        """Ask for another look at what was handed in, and say why."""
        assignment = self.find()
        check_assign_work(self.user, self.project)
        fields = self.checked(SendBackIn)
        services.assignment_send_back(actor=self.user, assignment=assignment, **fields)
        return self.answer(self.find())

    def _given(self, given: services.Given) -> Response:
        return Response(
            {
                "made": self.show(self._again(given.made)),
                "already": self.show(self._again(given.already)),
                "done": [one.uid for one in given.done],
            }
        )

    def _again(self, found: Any) -> Any:
        """Read rows with what showing them needs."""
        return list(self.rows().filter(pk__in=[one.pk for one in found]).order_by("pk"))
