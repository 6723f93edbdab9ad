"""A reference from one project to another is refused by the database, for every foreign key."""

from functools import partial

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection
from django.db.models import ForeignKey

from annotations.claims.models import Claim, Mention
from annotations.lib.ids import uuid7
from annotations.lifecycle.models import EventAssessment, LifecycleEvent
from annotations.projects.models import InProject
from annotations.spans.models import Span
from annotations.spans.services import span_create
from tests.material import (
    make_article,
    make_claim,
    make_event,
    make_review,
    make_source,
    make_statement,
)
from tests.proofs import at_once

pytestmark = pytest.mark.django_db


def references():
    """Every foreign key from a row of a project to a row of a project."""
    return sorted(
        (
            (model, field)
            for model in apps.get_app_config("annotations").get_models()
            if issubclass(model, InProject)
            for field in model._meta.local_concrete_fields
            if isinstance(field, ForeignKey) and issubclass(field.related_model, InProject)
        ),
        key=lambda one: (one[0]._meta.model_name, one[1].name),
    )


def composite_keys():
    """(table, columns, referenced table) of every foreign key of two columns."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, confrelid::regclass::text,"
            " (SELECT array_agg(attname::text ORDER BY k.n) FROM unnest(conkey)"
            "  WITH ORDINALITY k(num, n) JOIN pg_attribute"
            "  ON attrelid = conrelid AND attnum = k.num),"
            " (SELECT array_agg(attname::text ORDER BY k.n) FROM unnest(confkey)"
            "  WITH ORDINALITY k(num, n) JOIN pg_attribute"
            "  ON attrelid = confrelid AND attnum = k.num), convalidated"
            " FROM pg_constraint WHERE contype = 'f' AND cardinality(conkey) = 2"
        )
        return {
            (table, target, tuple(columns), tuple(targets))
            for table, target, columns, targets, proved in cursor.fetchall()
            if proved
        }


@pytest.mark.parametrize(
    ("model", "field"), [pytest.param(m, f, id=f"{m.__name__}.{f.name}") for m, f in references()]
)
def test_every_reference_is_held_inside_its_project_by_a_key(model, field):
    expected = (
        model._meta.db_table,
        field.related_model._meta.db_table,
        ("project_id", field.column),
        ("project_id", "id"),
    )
    assert expected in composite_keys()


def test_there_are_references_to_prove():
    assert len(references()) >= 30


@pytest.fixture
def elsewhere(other_project, outsider):
    """One row of every kind in another project."""
    article = make_article(other_project, outsider, outlet_name="CNN", text="Another text.\n" * 9)
    claim = make_claim(other_project, outsider, article=article)
    event = make_event(make_statement(other_project, outsider), outsider)
    return {
        "article": article,
        "outlet": article.outlet,
        "articleversion": article.versions.get(),
        "claim": claim,
        "mention": claim.mentions.get(),
        "span": claim.mentions.get().span,
        "source": make_source(other_project, outsider, "Elsewhere's"),
        "statement": event.statement,
        "lifecycleevent": event,
    }


@pytest.fixture
def here(project, reviewer):
    """Rows of this project that can be changed, by model."""
    article = make_article(project, reviewer, outlet_name="BBC")
    claim = make_claim(project, reviewer, article=article)
    statement = make_statement(project, reviewer, source_name="Somebody")
    event = make_event(statement, reviewer)
    return {
        "article": article,
        "claim": claim,
        "mention": claim.mentions.get(),
        "attribution": claim.mentions.get().attributions.get(),
        "statement": statement,
        "source": article.outlet.source,
        "sourcealias": statement.source.aliases.get(),
        "review": make_review(claim, reviewer),
        "event": event,
    }


def test_the_database_refuses_every_reference_to_another_project(here, elsewhere):
    tried = 0
    for model, field in references():
        row = here.get(model._meta.model_name)
        target = elsewhere.get(field.related_model._meta.model_name)
        if row is None or target is None:
            continue
        rows = model._base_manager.filter(pk=row.pk)
        with pytest.raises(IntegrityError):
            at_once(partial(rows.update, **{field.attname: target.pk}))
        tried += 1
    assert tried >= 15


def test_new_rows_cannot_refer_to_another_project_either(project, reviewer, elsewhere):
    common = {"project": project, "created_by": reviewer}
    rows = [
        lambda: LifecycleEvent(statement=elsewhere["statement"], type="retracted", **common),
        lambda: EventAssessment(
            event=elsewhere["lifecycleevent"], standing="refuted", reason="x", **common
        ),
        lambda: Claim(number=99, text="x", statement=elsewhere["statement"], **common),
        lambda: Span(version=elsewhere["articleversion"], start=0, end=1, **common),
        lambda: Mention(
            claim=elsewhere["claim"],
            article=elsewhere["article"],
            version=elsewhere["articleversion"],
            span=elsewhere["span"],
            **common,
        ),
    ]
    for make in rows:
        row = make()
        row.uid = uuid7()
        with pytest.raises(IntegrityError):
            at_once(partial(row.save, force_insert=True))


def test_a_row_cannot_move_to_another_project(here, elsewhere, other_project):
    for row in (here["mention"], here["attribution"], here["review"], here["claim"]):
        rows = type(row)._base_manager.filter(pk=row.pk)
        with pytest.raises(DatabaseError):
            at_once(partial(rows.update, project=other_project))


def test_a_mention_stands_in_its_own_articles_version(here, project, reviewer):
    other = make_article(project, reviewer, text="Quite another text.\n")
    rows = Mention.objects.filter(pk=here["mention"].pk)
    for wrong in ({"version": other.versions.get()}, {"article": other}):
        with pytest.raises(IntegrityError):
            at_once(partial(rows.update, **wrong))


def test_cue_words_stand_in_the_version_of_their_mention(here, project, reviewer):
    version = make_article(project, reviewer, text="Quite another text.\n").versions.get()
    span = span_create(actor=reviewer, version=version, ranges=[(0, 5)])
    hop = here["attribution"]
    with pytest.raises(IntegrityError, match="cue and source words"):
        type(hop).objects.filter(pk=hop.pk).update(cue_span=span)
