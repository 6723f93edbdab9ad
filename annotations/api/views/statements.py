"""Statements: who said what, when and where."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.filters import StatementFilters
from annotations.api.idempotency import idempotent
from annotations.api.known_at import READING
from annotations.api.pagination import BY_ID, BY_ID_DOWN, by_time
from annotations.api.schema import changing, creating, listing, retrieving
from annotations.api.serializers.statements import StatementIn, StatementOut
from annotations.api.views.base import ProjectViewSet
from annotations.statements.models import Statement
from annotations.statements.permissions import check_add_statement, check_edit_statement
from annotations.statements.services import statement_create, statement_update


class StatementViewSet(ProjectViewSet):
    """The statements of a project; confidential ones from reviewers up."""

    tag = "statements"
    past_of = READING
    queryset = Statement.objects.none()
    serializer_class = StatementOut
    filterset_class = StatementFilters
    can_be_hidden = True
    orders = {
        "-created": BY_ID_DOWN,
        "created": BY_ID,
        "-said": by_time("said_earliest", descending=True, nullable=True),
        "said": by_time("said_earliest", nullable=True),
    }

    def rows(self) -> QuerySet:
        """Return the statements the caller may see."""
        return (
            Statement.objects.visible_to(self.user)
            .filter(project=self.project)
            .select_related("created_by", "source")
        )

    @listing(StatementOut)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List statements."""
        return super().list(request, **kwargs)

    @retrieving(StatementOut, hideable=True)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Read a statement."""
        return super().retrieve(request, **kwargs)

    @creating(StatementIn, StatementOut)
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Add a statement."""
        check_add_statement(self.user, self.project)
        fields = self.checked(StatementIn)
        statement = statement_create(actor=self.user, project=self.project, **fields)
        row = self.rows().get(pk=statement.pk)
        return self.created(row, "api-statement", {"slug": self.project.slug, "uid": row.uid})

    @changing(StatementIn, StatementOut)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change what was entered about a statement; what became of it is said by events."""
        statement = self.find()
        check_edit_statement(self.user, statement)
        revision = self.revision_seen(statement)
        changes = self.checked(StatementIn)
        statement_update(actor=self.user, statement=statement, revision=revision, **changes)
        return self.answer(self.find())
