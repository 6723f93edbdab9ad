"""One moment, whatever happens meanwhile; and what remains when reading fails or stops."""

import io
import time

import psycopg
import pytest
from django.db import connection

from annotations.exchange import services
from annotations.exchange.formats import FORMATS, find_format
from annotations.exchange.formats.base import CutFile
from annotations.exchange.models import ExportRelease
from annotations.exchange.services import UnknownFormat, export_open
from annotations.exchange.snapshot import open_snapshot
from annotations.sources.services import source_create
from tests import material
from tests.exchange.conftest import export, native

pytestmark = pytest.mark.django_db(transaction=True)


def connections_open() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND application_name = 'factcheck export'"
        )
        return cursor.fetchone()[0]


def none_left_open() -> bool:
    """A server process ends a moment after its client has gone."""
    patience = time.monotonic() + 10
    while connections_open() and time.monotonic() < patience:
        time.sleep(0.02)
    return connections_open() == 0


def test_what_others_write_meanwhile_is_not_seen(scene, reviewer):
    with open_snapshot() as snapshot:
        rows = snapshot.rows("SELECT name::text FROM annotations_source ORDER BY id")
        seen = [next(rows)]
        source_create(actor=reviewer, project=scene.project, name="Latecomer")
        material.make_claim(scene.project, reviewer, text="Late claim")
        seen += rows
        claims = list(snapshot.rows("SELECT text FROM annotations_claim ORDER BY id"))
    assert b"Latecomer" not in seen
    assert b"Late claim" not in claims
    assert b"Late claim" in export(scene.project)


def test_an_export_is_of_the_moment_it_was_begun(scene, reviewer):
    chosen = find_format("json")
    began = services.Reading(project=scene.project, sections=chosen.sections)
    with open_snapshot() as snapshot:
        records = services.read_records(snapshot, began)
        project = next(records)
        material.make_claim(scene.project, reviewer, text="Late claim")
        content = b"".join(chosen.write(iter([project, *records])))
    assert b"Late claim" not in content
    assert chosen.check(io.BytesIO(content)).counts["claims"] == 6


def test_a_snapshot_cannot_write(scene):
    with (
        open_snapshot() as snapshot,
        pytest.raises(psycopg.errors.ReadOnlySqlTransaction),
    ):
        list(
            snapshot.rows(
                "INSERT INTO annotations_formerslug (slug, project_id, created_at)"
                f" VALUES ('x', {scene.project.pk}, now()) RETURNING slug::text"
            )
        )


def test_the_connection_is_closed_when_the_reader_goes_away(scene):
    for form in FORMATS:
        made = export_open(actor=None, project=scene.project, format=form.name)
        next(made.content)
        made.content.close()
    assert none_left_open()


def test_a_reader_who_goes_away_leaves_the_release_unfinished(scene, monkeypatch):
    monkeypatch.setattr("annotations.exchange.formats.jsonl.CHUNK", 100)
    made = export_open(actor=None, project=scene.project, format="jsonl")
    next(made.content)
    assert connections_open() == 1
    made.content.close()
    assert none_left_open()
    made.release.refresh_from_db()
    assert made.release.finished_at is None
    assert made.release.sha256 == ""
    assert made.release.size > 0


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_an_error_on_the_way_leaves_no_closing_record(scene, monkeypatch, form):
    def broken(eyes, **options):
        return "SELECT (1 / 0)::text"

    monkeypatch.setattr("annotations.exchange.read.sql_claims.claims", broken)
    monkeypatch.setattr(f"annotations.exchange.formats.{module_of(form)}.CHUNK", 1)
    made = export_open(actor=None, project=scene.project, format=form.name)
    chunks = []
    with pytest.raises(psycopg.errors.DivisionByZero):
        chunks.extend(made.content)
    with pytest.raises(CutFile):
        form.check(io.BytesIO(b"".join(chunks)))
    made.release.refresh_from_db()
    assert made.release.finished_at is None
    assert none_left_open()


def module_of(form) -> str:
    return type(form).__module__.rsplit(".", 1)[1]


def test_a_finished_release_knows_counts_size_and_hash(scene, reader):
    content = export(scene.project, reader)
    release = ExportRelease.objects.get()
    assert release.finished_at is not None
    assert release.size == len(content)
    assert release.counts == native(scene.project, reader).closing.counts
    assert (release.created_by, release.seen_by) == (reader, reader)


def test_an_unknown_format_is_refused_before_anything_is_kept(scene):
    with pytest.raises(UnknownFormat, match="xml"):
        export_open(actor=None, project=scene.project, format="xml")
    assert not ExportRelease.objects.exists()
