"""Planned queries give what their querysets give; planned inserts what `bulk_create` stores."""

import gc
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Model, Value
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations import planned
from annotations.accounts import sessions, tokens
from annotations.accounts.models import User
from annotations.api import shown, shown_placements
from annotations.api.views import claims as api_claims
from annotations.articles.models import Article, ArticleVersion
from annotations.claims import chains, summaries
from annotations.claims.models import Attribution, Mention
from annotations.lifecycle import marks
from annotations.planned import Planned, PlannedValues, Slot, insert
from annotations.projects import marking
from annotations.projects.models import Project
from annotations.search import claims as search_claims
from annotations.sources import services as sources
from annotations.sources.models import Source, SourceAlias
from annotations.verification import labels, stage_queries
from annotations.verification.assignments import at_work
from annotations.web import access
from annotations.web.views import claims_find
from tests import factories
from tests.material import TEXT, make_claim, make_event, make_review, make_statement
from tests.placing import make_placed

pytestmark = pytest.mark.django_db


def _seen(row: Model, depth: int = 2) -> dict[str, Any]:
    """Return all that was read of a row and of its related rows."""
    seen: dict[str, Any] = {
        name: value for name, value in vars(row).items() if not name.startswith("_")
    }
    seen["deferred"] = row.get_deferred_fields()
    for name, related in row._state.fields_cache.items():
        seen[name] = _seen(related, depth - 1) if related is not None and depth else related
    return seen


def _agree(query: Planned[Any] | PlannedValues, *values: object) -> int:
    """Compare with the queryset itself, twice: made and kept. Return how many rows there are."""
    if isinstance(query, PlannedValues):
        rows = list(query.make(*values))
        assert query(*values) == query(*values) == rows
        return len(rows)
    expected = [_seen(row) for row in query.make(*values)]
    assert [_seen(row) for row in query(*values)] == expected
    assert [_seen(row) for row in query(*values)] == expected
    return len(expected)


def test_every_planned_query_gives_what_its_queryset_gives(admin: User, project: Project) -> None:
    version = factories.make_article(project, TEXT).versions.get()
    sources.source_create(actor=admin, project=project, name="The Ministry", aliases=["Ministry"])
    later = timezone.now() + timedelta(hours=1)
    Session.objects.create(session_key="k" * 32, session_data="x", expire_date=later)
    now = timezone.now()
    assert _agree(sessions._session, "k" * 32, now) == 1
    assert _agree(sessions._session, "k" * 32, later) == 0
    assert _agree(marking.membership_at, admin.pk, project.slug) == 1
    assert _agree(marking.membership_at, admin.pk, "another") == 0
    token, _raw = tokens.token_create(actor=admin, user=admin, name="Monitor")
    assert _agree(tokens._of_hash, token.token_hash) == 1
    assert _agree(access._memberships, admin.pk, project.slug) == 1
    assert _agree(claims_find._version, project.pk, version.uid) == 1
    assert _agree(claims_find._version, project.pk, project.uid) == 0
    claim = make_claim(project, admin)
    assert _agree(claims_find._claim, project.pk, claim.number) == 1
    assert _agree(claims_find._claim, project.pk, claim.number + 1) == 0
    assert _agree(sources._alias, project.pk, "ministry") == 1
    assert _agree(sources._alias, project.pk, "nobody") == 0
    judged = make_claim(project, admin, article=version.article)
    claim = make_claim(project, admin, article=version.article)
    make_review(judged, admin)
    ids = [judged.pk, claim.pk]
    assert _agree(labels._current, claim.pk) == 0
    assert _agree(labels._current_of, ids) == 0
    assert _agree(labels._latest_own, ids, admin.pk) == 1
    assert _agree(labels._latest_own, [], admin.pk) == 0
    assert _agree(stage_queries._stage_rows, ids, admin.pk) == 2
    assert _agree(summaries._hops, list(Mention.objects.values_list("pk", flat=True))) == 2
    assert _agree(summaries._places, ids) == 2
    assert _agree(summaries._places_in_shown_articles, ids) == 2
    assert _agree(at_work._on_claims, ids, admin.pk, now) == 0
    assert _agree(at_work._on_articles, [version.article_id], admin.pk, now) == 0
    statement = make_statement(project, admin)
    Attribution.objects.update(statement=statement)
    marked = list(Mention.objects.values_list("pk", flat=True))
    assert _agree(chains._hops_of_mentions, marked) == 2
    event = make_event(statement, admin, reported_by_name="Agency")
    assert _agree(chains._hops_of_events, [event.pk]) == 1
    assert _agree(api_claims._claims, ids) == 2
    assert _agree(search_claims._of_keys, ids) == 2
    assert _agree(shown._mentions, ids) == 2
    assert _agree(shown._mentions_in_shown_articles, ids) == 2
    assert _agree(shown._ranges, list(Mention.objects.values_list("span", flat=True))) == 2
    assert _agree(marks._hops, ids) == 2
    assert _agree(marks._hops_in_shown_articles, ids) == 2
    placed = make_placed(project, admin)
    mentions = Mention.objects.filter(article=placed.article).values_list("pk", flat=True)
    assert _agree(shown_placements._placements, list(mentions)) == 4
    compared = {
        chains._hops_of_events,
        chains._hops_of_mentions,
        api_claims._claims,
        search_claims._of_keys,
        shown._mentions,
        shown._mentions_in_shown_articles,
        shown._ranges,
        shown_placements._placements,
        labels._current,
        labels._current_of,
        labels._latest_own,
        marks._hops,
        marks._hops_in_shown_articles,
        stage_queries._stage_rows,
        at_work._on_articles,
        at_work._on_claims,
        summaries._hops,
        summaries._places,
        summaries._places_in_shown_articles,
        sessions._session,
        marking.membership_at,
        tokens._of_hash,
        access._memberships,
        claims_find._version,
        claims_find._claim,
        sources._alias,
    }
    # What was made before the first test is frozen, and not among these otherwise.
    gc.unfreeze()
    known = [one for one in gc.get_objects() if type(one) in (Planned, PlannedValues)]
    gc.freeze()
    assert {one for one in known if one.make.__module__.startswith("annotations.")} == compared


def test_rows_come_with_related_rows_deferred_columns_and_annotations(
    admin: User, project: Project
) -> None:
    for words in ("One.", "Two.", "Three."):
        factories.make_article(project, words)

    @Planned
    def versions(project_id: Slot, least: Slot) -> Any:
        rows = ArticleVersion.objects.select_related("article__outlet", "created_by", "file")
        found = rows.filter(project=project_id, length__gte=least).defer("text")
        return found.annotate(twice=F("length") * Value(2)).order_by("-id")

    assert _agree(versions, project.pk, 5) == 1
    assert _agree(versions, project.pk, 1) == 3
    assert _agree(versions, None, 1) == 0


def test_the_sql_is_written_once(project: Project) -> None:
    made = []

    @Planned
    def projects(slug: Slot) -> Any:
        made.append(slug)
        return Project.objects.filter(slug=slug)

    with CaptureQueriesContext(connection) as asked:
        assert [projects(project.slug), projects("another"), projects(project.slug)] == [
            [project],
            [],
            [project],
        ]
    assert len(made) == 1
    assert len(asked) == 3


@pytest.mark.parametrize("count", [1, 3, planned.FEW + 1])
def test_rows_are_inserted_as_bulk_create_inserts_them(
    admin: User, project: Project, count: int
) -> None:
    rows = [Source(project=project, name=f"Source {n}", created_by=admin) for n in range(count)]
    before = timezone.now()
    assert insert(rows) == rows
    stored = list(Source.objects.order_by("id"))
    assert [one.pk for one in rows] == [one.pk for one in stored]
    assert [one.name for one in stored] == [f"Source {n}" for n in range(count)]
    for row, one in zip(rows, stored, strict=True):
        assert not row._state.adding
        assert one.created_at == row.created_at >= before
        assert _seen(one).keys() <= _seen(row).keys()


def test_a_row_may_name_one_that_was_stored_after_it_was_made(
    admin: User, project: Project
) -> None:
    source = Source(project=project, name="The Ministry", created_by=admin)
    alias = SourceAlias(
        project=project, source=source, name="Ministry", name_key="ministry", created_by=admin
    )
    insert([source])
    insert([alias])
    assert SourceAlias.objects.get().source == source


def test_what_the_database_refuses_is_refused(admin: User, project: Project) -> None:
    key = {"project": project, "name": "A", "name_key": "a", "created_by": admin}
    (source,) = insert([Source(project=project, name="A", created_by=admin)])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([SourceAlias(source=source, **key), SourceAlias(source=source, **key)])
    assert not SourceAlias.objects.exists()
    with pytest.raises(ValueError, match="unsaved"):
        insert([SourceAlias(source=Source(project=project, name="B"), **key)])


def test_nothing_is_inserted_of_nothing() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert insert([]) == []
    assert not asked.captured_queries
    assert not Article.objects.exists()
