"""Redaction is held against a dump of the whole database, and against every column there is."""

import subprocess

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from annotations.articles.models import ArticleVersion
from annotations.audit.wordless import wordless_columns
from annotations.exchange.formats import FORMATS
from annotations.exchange.services import export_open
from annotations.moderation.redactions.running import (
    redaction_look,
    redaction_run,
)
from annotations.moderation.redactions.services import (
    redaction_ask,
    redaction_confirm,
)
from annotations.spans.models import SpanRange
from factcheck.dumps import dump_database, tool
from tests.factories import make_user
from tests.moderation import redaction_world
from tests.moderation.redaction_world import (
    FIRST,
    LAST,
    ORDER,
    make_world,
    redact,
)

# Of these no value can be words.
HOLD_NO_WORDS = {
    "_int8",
    "bool",
    "date",
    "float8",
    "int2",
    "int4",
    "int8",
    "numeric",
    "timestamptz",
    "uuid",
}
TABLES = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    " AND relname LIKE 'annotations%' AND relname !~ 'redaction'"
)


def dumped(url, folder) -> bytes:
    """The whole database as the text that pg_dump writes."""
    dump_database(url, folder / "dump")
    command = [tool("pg_restore"), "--file=-", str(folder / "dump")]
    return subprocess.run(command, capture_output=True, check=True).stdout


def traces(content: bytes) -> list[bytes]:
    """Every stretch around one of the two words, however it is written, hex included."""
    low = content.lower()
    found = []
    for word in (b"quokka", b"wallaby", b"quokka".hex().encode(), b"wallaby".hex().encode()):
        at = low.find(word)
        while at != -1:
            found.append(content[max(0, at - 60) : at + 60])
            at = low.find(word, at + 1)
    return found


def counted() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        parts = [f"SELECT '{one}', count(*) FROM {one}" for (one,) in cursor.fetchall()]
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())


@pytest.mark.django_db(transaction=True)
def test_the_words_are_gone_from_a_dump_and_from_the_files(test_database, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "FILES_DIR", tmp_path / "files")
    world = make_world()
    assert len(traces(dumped(test_database.owner_url, tmp_path))) > 60
    assert traces(redaction_world.stored_bytes())
    rows, versions = counted(), list(ArticleVersion.objects.values_list("content_hash", "length"))

    redaction = redact(world)

    assert redaction.state == "done"
    assert traces(dumped(test_database.owner_url, tmp_path)) == []
    assert traces(redaction_world.stored_bytes()) == []
    # The two, and who might be the second, were told of it.
    assert {**counted(), "annotations_notification": 0} == rows
    assert list(ArticleVersion.objects.values_list("content_hash", "length")) == versions
    version = world.article.versions.get()
    assert "".join(version.blocks.values_list("text", flat=True)) == version.text
    assert version.text.startswith(f"{FIRST}It was [redacted]████ who")
    assert version.text.endswith(LAST)
    for one in SpanRange.objects.all():
        assert version.text[one.start : one.end] == one.exact
        assert version.text[max(0, one.start - 32) : one.start] == one.prefix
        assert version.text[one.end : one.end + 32] == one.suffix
    for one in FORMATS:
        history = {"with_history": "history" in one.sections}
        made = export_open(actor=None, project=world.project, format=one.name, **history)
        content = b"".join(made.content)
        assert traces(content) == []
        assert b"[redacted]" in content
    with psycopg.connect(test_database.owner_url) as owner:
        for table in ("claim", "claimhistory", "articleversion", "eventassessment"):
            with pytest.raises(psycopg.errors.RaiseException), owner.transaction():
                owner.execute(f"DELETE FROM annotations_{table}")


def test_every_column_is_searched_or_known_to_hold_no_words(db):
    """A table that is added later is searched without being named; a new type has to be."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tab, col FROM factcheck_columns_of_words('words')")
        searched = set(cursor.fetchall())
        cursor.execute(
            "SELECT c.relname, a.attname, t.typname FROM pg_attribute a"
            " JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p', 'm')"
            " JOIN pg_type t ON t.oid = a.atttypid AND t.typtype <> 'e'"
            " WHERE a.attnum > 0 AND NOT a.attisdropped"
            " AND c.relnamespace = 'public'::regnamespace"
        )
        columns = cursor.fetchall()
    wordless = {(table, column) for table, column, _kind, _why in wordless_columns()}
    unknown = [
        (table, column, kind)
        for table, column, kind in columns
        if kind not in HOLD_NO_WORDS
        and (table, column) not in searched
        and not wordless & {(table, "*"), (table, column)}
    ]
    assert unknown == []
    assert ("annotations_claimhistory", "text") in searched
    assert ("annotations_claimhistory", "pgh_context") in searched
    assert ("annotations_idempotencykey", "response_body") in searched
    assert len(searched) > 120


def test_the_words_are_found_in_a_table_added_later(project, admin, owner_connection):
    owner_connection.execute(
        "CREATE TABLE annotations_later (id int PRIMARY KEY, project_id bigint, words jsonb,"
        " names varchar(12)[], raw bytea, code varchar(10) UNIQUE)"
    )
    app = connection.settings_dict["USER"]
    owner_connection.execute(f"GRANT SELECT ON annotations_later TO {app}")
    owner_connection.execute(
        "INSERT INTO annotations_later VALUES (7, %s, %s, %s, %s, 'quokka')",
        [project.pk, '{"a": ["Quokka", {"b": "a quokka"}], "n": 1}', ["Quokka", "x"], b"Quokka!"],
    )
    operator = make_user("operator", is_superuser=True)
    redaction = redaction_ask(actor=admin, project=project, words="Quokka", **ORDER)
    redaction_look(uid=str(redaction.uid))
    redaction.refresh_from_db()
    redaction_confirm(actor=operator, redaction=redaction, revision=redaction.revision)
    redaction_run(uid=str(redaction.uid))
    row = owner_connection.execute("SELECT words, names, raw, code FROM annotations_later")
    assert row.fetchone() == (
        {"a": ["[redacted]", {"b": "a [redacted]"}], "n": 1},
        ["[redacted]", "x"],
        b"[redacted]!",
        "redacted-7",
    )
