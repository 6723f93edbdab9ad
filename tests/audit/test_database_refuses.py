"""What the database itself refuses, whatever the application asks of it."""

from functools import partial

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.utils import InternalError, ProgrammingError

from annotations.articles.models import ArticleVersion, Block
from annotations.lifecycle.models import EventAssessment, LifecycleEvent
from annotations.spans.models import Span, SpanRange
from tests.material import (
    TEXT,
    make_article,
    make_claim,
    make_event,
    make_review,
    make_source,
    make_statement,
)
from tests.proofs import at_once, at_the_end, execute

pytestmark = pytest.mark.django_db
NEVER = (IntegrityError, InternalError, ProgrammingError, DatabaseError)


# Words


@pytest.fixture
def version(project, reviewer):
    return make_article(project, reviewer).versions.get()


def add_range(version, actor, start, end, **fields):
    """Write a span and its one range as they come, checking nothing."""
    text = version.text
    values = {
        "exact": text[start:end],
        "prefix": text[max(0, start - 32) : start],
        "suffix": text[end : end + 32],
        **fields,
    }
    span = Span.objects.create(
        project=version.project, version=version, start=start, end=end, created_by=actor
    )
    SpanRange.objects.create(
        project=version.project, span=span, n=0, start=start, end=end, **values
    )
    at_the_end()
    return span


def test_a_range_that_is_its_text_is_taken(version, reviewer):
    assert add_range(version, reviewer, 4, 11).ranges.get().exact == "service"


@pytest.mark.parametrize(
    "wrong",
    [
        {"exact": "servicE"},
        {"exact": "service "},
        {"exact": ""},
        {"prefix": "the "},
        {"prefix": ""},
        {"suffix": " said less"},
    ],
)
def test_a_range_that_does_not_match_its_text_is_refused(version, reviewer, wrong):
    with pytest.raises(IntegrityError, match="match"):
        add_range(version, reviewer, 4, 11, **wrong)


@pytest.mark.parametrize(("start", "end"), [(11, 4), (4, 4), (4, len(TEXT) + 1)])
def test_a_range_outside_the_text_or_the_wrong_way_round_is_refused(version, reviewer, start, end):
    with pytest.raises(IntegrityError):
        add_range(version, reviewer, start, end)


def test_ranges_that_overlap_or_leave_their_span_are_refused(version, reviewer):
    span = add_range(version, reviewer, 4, 11)
    for start, end in ((8, 14), (0, 3)):
        text = version.text
        with pytest.raises(IntegrityError), transaction.atomic():
            SpanRange.objects.create(
                project=version.project,
                span=span,
                n=1,
                start=start,
                end=end,
                exact=text[start:end],
                prefix=text[max(0, start - 32) : start],
                suffix=text[end : end + 32],
            )


def test_a_span_without_ranges_is_refused(version, reviewer):
    Span.objects.create(
        project=version.project, version=version, start=0, end=3, created_by=reviewer
    )
    with pytest.raises(IntegrityError, match="first range"):
        at_the_end()


def write_version(article, actor, text, blocks, length=None):
    """Write a further version with blocks (start, end, text) as they come."""
    version = ArticleVersion.objects.create(
        project=article.project,
        article=article,
        number=2,
        text=text,
        length=len(text) if length is None else length,
        content_hash="0" * 64,
        origin="paste",
        created_by=actor,
    )
    for n, (start, end, words) in enumerate(blocks):
        Block.objects.create(
            project=article.project,
            version=version,
            n=n,
            kind="paragraph",
            start=start,
            end=end,
            text=words,
        )
    at_the_end()


def test_blocks_that_make_the_text_are_taken(project, reviewer):
    blocks = [(0, 2, "A\n"), (2, 4, "B\n")]
    write_version(make_article(project, reviewer), reviewer, "A\nB\n", blocks)


@pytest.mark.parametrize(
    "blocks",
    [
        [],
        [(0, 2, "A\n")],
        [(0, 2, "A\n"), (2, 4, "C\n")],
        [(0, 2, "A\n"), (3, 5, "B\n")],
        [(0, 2, "A\n"), (1, 3, "B\n")],
        [(0, 4, "A\nB\n"), (4, 5, "C")],
        [(1, 3, "A\n"), (3, 5, "B\n")],
    ],
)
def test_blocks_that_do_not_concatenate_to_the_text_are_refused(project, reviewer, blocks):
    with pytest.raises(IntegrityError):
        write_version(make_article(project, reviewer), reviewer, "A\nB\n", blocks)


def test_a_length_that_is_not_the_texts_is_refused(project, reviewer):
    with pytest.raises(IntegrityError):
        write_version(make_article(project, reviewer), reviewer, "A\n", [(0, 2, "A\n")], length=3)


def test_a_finished_version_takes_no_further_block(version):
    last = version.blocks.order_by("-n")[0]
    with pytest.raises(IntegrityError, match="inside the text"):
        Block.objects.create(
            project=version.project,
            version=version,
            n=last.n + 1,
            kind="paragraph",
            start=last.end,
            end=last.end + 1,
            text="x",
        )


# What never changes


@pytest.mark.parametrize(
    "table", ["articleversion", "block", "span", "spanrange", "lifecycleevent", "eventassessment"]
)
def test_what_never_changes_can_be_neither_changed_nor_deleted(project, reviewer, table):
    make_claim(project, reviewer, article=make_article(project, reviewer))
    make_event(make_statement(project, reviewer), reviewer)
    column = "created_by_id" if table not in ("block", "spanrange") else "n"
    for statement in (
        f"UPDATE annotations_{table} SET {column} = {column}",
        f"DELETE FROM annotations_{table}",
    ):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM annotations_{table}")
            assert cursor.fetchone()[0] > 0
            with pytest.raises(NEVER), transaction.atomic():
                cursor.execute(statement)


def test_the_text_of_a_version_stays(version):
    version.text = "Something else."
    with pytest.raises(NEVER):
        version.save()


def test_an_event_and_its_assessments_stay(project, reviewer):
    event = make_event(make_statement(project, reviewer), reviewer)
    for row in (event, event.assessments.get()):
        for act in (row.save, row.delete):
            with pytest.raises(NEVER), transaction.atomic():
                act()
    assert LifecycleEvent.objects.filter(pk=event.pk).exists()
    assert EventAssessment.objects.filter(event=event).exists()


def test_nothing_with_a_history_is_deleted(project, reviewer):
    article = make_article(project, reviewer, outlet_name="CNN")
    claim = make_claim(project, reviewer)
    kept = [
        claim,
        make_review(claim, reviewer),
        make_statement(project, reviewer),
        make_source(project, reviewer, "Alone"),
        article,
        article.outlet,
        project,
        reviewer,
        make_claim(project, reviewer, article=article).mentions.get(),
    ]
    for row in kept:
        delete = partial(execute, f"DELETE FROM {row._meta.db_table} WHERE id = %s", row.pk)
        with pytest.raises(DatabaseError):
            at_once(delete)
        assert type(row)._base_manager.filter(pk=row.pk).exists()
