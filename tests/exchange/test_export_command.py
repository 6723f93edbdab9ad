"""manage.py export_data: everything, or what one person may see, to a file or to a pipe."""

import io

import pytest
from django.core.management import CommandError, call_command

from annotations.accounts.models import User
from annotations.exchange.formats import FORMATS, find_format
from annotations.exchange.models import ExportRelease

pytestmark = pytest.mark.django_db(transaction=True)


def run(*arguments: str) -> str:
    stderr = io.StringIO()
    call_command("export_data", "--project=desk", *arguments, stderr=stderr)
    return stderr.getvalue()


def test_a_file_of_every_format_holds_everything(scene, tmp_path):
    for form in FORMATS:
        target = tmp_path / f"desk.{form.extension}"
        report = run(f"--format={form.name}", f"--output={target}")
        with target.open("rb") as stream:
            assert form.check(stream).counts["claims"] == 6
        assert "6 claims" in report
    release = ExportRelease.objects.first()
    assert (release.created_by, release.seen_by) == (User.objects.system(), None)


def test_as_someone_is_what_that_person_sees(scene, tmp_path, reader):
    target = tmp_path / "desk.json"
    run("--as", reader.email.upper(), f"--output={target}")
    assert b"SECRET" not in target.read_bytes()
    assert ExportRelease.objects.get().seen_by == reader


def test_history_is_asked_for(scene, tmp_path):
    target = tmp_path / "desk.json"
    run(f"--output={target}")
    assert b'"history":[],' in target.read_bytes()
    run("--with-history", f"--output={target}")
    assert b'"history":[],' not in target.read_bytes()


def test_a_format_without_history_refuses_it(scene, tmp_path):
    target = tmp_path / "desk.csv"
    with pytest.raises(CommandError, match="json, jsonl"):
        run("--with-history", "--format=csv", f"--output={target}")
    assert not target.exists()
    assert not ExportRelease.objects.exists()


def test_without_a_file_it_goes_to_standard_output(scene, capfdbinary):
    run("--format=csv")
    find_format("csv").check(io.BytesIO(capfdbinary.readouterr().out))


def test_a_broken_export_leaves_no_file_of_that_name(scene, tmp_path, monkeypatch):
    def broken(eyes, **options):
        return "SELECT (1 / 0)::text"

    monkeypatch.setattr("annotations.exchange.read.sql_claims.claims", broken)
    target = tmp_path / "desk.json"
    with pytest.raises(CommandError, match="broke off"):
        run(f"--output={target}")
    assert not target.exists()
    assert ExportRelease.objects.get().finished_at is None


@pytest.mark.parametrize(
    "arguments",
    [
        ("--as", "nobody@example.org"),
        ("--as", "outsider@example.org"),
        ("--output", "/nowhere/desk.json"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(scene, outsider, arguments):
    with pytest.raises(CommandError, match=r"\.$"):
        run(*arguments)


def test_an_unknown_project_is_said(scene):
    with pytest.raises(CommandError, match="no project"):
        call_command("export_data", "--project=other")
