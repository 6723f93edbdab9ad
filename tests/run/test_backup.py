"""A backup, restored into an empty place, is the same installation."""

import io
import json
import tarfile

import psycopg
import pytest
from django.conf import settings

from factcheck.archive import MANIFEST, unpacked, write_archive
from factcheck.errors import StartRefused
from tests import postgres
from tests.run.installation import Installation

PRIVILEGES = (
    "SELECT relname, relacl::text FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
    " WHERE nspname = 'public' AND relkind IN ('r', 'S', 'v') ORDER BY relname"
)
TRIGGERS = (
    "SELECT tgrelid::regclass::text, tgname, tgenabled, pg_get_triggerdef(oid) FROM pg_trigger"
    " WHERE NOT tgisinternal ORDER BY 1, 2"
)


def installation_on(var, owner_url, app_url):
    """Return an installation of this folder on a real server."""
    urls = {"DATABASE_URL": app_url, "MIGRATION_DATABASE_URL": owner_url}
    return Installation(var, {**urls, "SECRET_KEY": settings.SECRET_KEY})


@pytest.fixture
def original(transactional_db, test_database, tmp_path):
    """An installation with the demo, a stored file and a key."""
    installed = installation_on(
        tmp_path / "original", test_database.owner_url, test_database.app_url
    )
    code, output = installed.manage("create_demo")
    assert code == 0, output
    for folder in ("files", "keys"):
        (installed.var / folder / "ab").mkdir(parents=True, exist_ok=True)
        (installed.var / folder / "ab" / "content").write_bytes(folder.encode())
    return installed


@pytest.fixture
def empty(test_database, tmp_path):
    """An installation on a database without tables."""
    name = f"{test_database.name}_empty"
    urls = [postgres.address(test_database.owner_url, name)]
    urls.append(postgres.address(test_database.app_url, name))
    with psycopg.connect(test_database.owner_url, autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {name} TEMPLATE template0 LOCALE 'C.UTF-8' ENCODING 'UTF8'")
    yield installation_on(tmp_path / "empty", *urls)
    with psycopg.connect(test_database.owner_url, autocommit=True) as owner:
        owner.execute(f"DROP DATABASE {name}")


def describe(installation, query):
    with psycopg.connect(installation.environment["MIGRATION_DATABASE_URL"]) as connection:
        return connection.execute(query).fetchall()


def counts(installation):
    tables = describe(
        installation,
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '^annotations_'",
    )
    return {
        name: describe(installation, f'SELECT count(*) FROM "{name}"')[0][0] for (name,) in tables
    }


def export(installation, slug, target):
    options = ["--project", slug, "--format", "json", "--with-history", "--output", str(target)]
    code, output = installation.manage("export_data", *options)
    assert code == 0, output
    content = json.loads(target.read_text())
    del content["project"]["exported_at"]
    return content


def test_a_restored_installation_is_the_same(original, empty, tmp_path):
    backup = tmp_path / "backup.tar"
    code, output = original.manage("backup", str(backup))
    assert code == 0, output
    assert backup.stat().st_mode & 0o777 == 0o600
    code, output = original.manage("backup", str(backup))
    assert code == 1
    assert "exists; say --force" in output
    code, output = empty.manage("restore", str(backup))
    assert code == 0, output
    for query in (PRIVILEGES, TRIGGERS):
        assert describe(empty, query) == describe(original, query)
    assert counts(empty) == counts(original)
    for folder in ("files", "keys"):
        copy = empty.var / folder / "ab" / "content"
        assert copy.read_bytes() == folder.encode()
        assert copy.stat().st_mode & 0o777 == 0o600
    ((slug,),) = describe(original, "SELECT slug FROM annotations_project")
    before = export(original, slug, tmp_path / "before.json")
    assert before["claims"]
    assert before["history"]
    assert export(empty, slug, tmp_path / "after.json") == before


@pytest.mark.long
def test_what_is_there_is_replaced_by_force_only_and_while_nothing_runs(original, empty, tmp_path):
    backup = tmp_path / "backup.tar"
    for installed, deed in ((original, "backup"), (empty, "restore")):
        code, output = installed.manage(deed, str(backup))
        assert code == 0, output
    code, output = empty.manage("restore", str(backup))
    assert (code, output) == (
        1,
        "CommandError: There are accounts or files here already; say --force to delete them.\n",
    )
    with psycopg.connect(empty.environment["DATABASE_URL"]):
        code, output = empty.manage("restore", "--force", str(backup))
    assert code == 1
    assert "stop the web server and workers first" in output
    code, output = empty.manage("restore", "--force", str(backup))
    assert code == 0, output


def rewritten(backup, target, change):
    """Copy a backup with one member changed; a member that becomes None is left out."""
    with tarfile.open(backup) as source, tarfile.open(target, "w") as copy:
        for member in source.getmembers():
            content = change(member.name, source.extractfile(member).read())
            if content is not None:
                member.size = len(content)
                part = target.with_name("part")
                part.write_bytes(content)
                with part.open("rb") as stream:
                    copy.addfile(member, stream)
    return target


@pytest.fixture
def small_backup(tmp_path):
    """A backup whose database is a few bytes; nothing of it is ever restored."""
    dump = tmp_path / "dump"
    dump.write_bytes(b"database" * 1000)
    files = tmp_path / "var" / "files"
    files.mkdir(parents=True)
    (files / "content").write_bytes(b"stored")
    target = tmp_path / "backup.tar"
    write_archive(target, dump, tmp_path / "var", ["annotations.0001_initial"])
    return target


def test_a_whole_backup_unpacks(small_backup):
    with unpacked(small_backup) as (folder, manifest):
        assert (folder / "files" / "content").read_bytes() == b"stored"
        assert manifest.migrations == ["annotations.0001_initial"]
        assert folder.stat().st_mode & 0o777 == 0o700
    assert not folder.exists()


@pytest.mark.parametrize("length", [0, 1, 600, 5000, 9000, 10000])
def test_a_cut_backup_is_refused(small_backup, length):
    content = small_backup.read_bytes()
    small_backup.write_bytes(content[:length])
    with pytest.raises(StartRefused, match="whole backup"), unpacked(small_backup):
        pass


def test_a_backup_without_manifest_is_refused(small_backup, tmp_path):
    path = rewritten(
        small_backup, tmp_path / "open.tar", lambda name, data: None if name == MANIFEST else data
    )
    with pytest.raises(StartRefused, match="its manifest is missing"), unpacked(path):
        pass


def test_a_backup_with_a_changed_file_is_refused(small_backup, tmp_path):
    path = rewritten(
        small_backup,
        tmp_path / "changed.tar",
        lambda name, data: b"x" if name == "files/content" else data,
    )
    with pytest.raises(StartRefused, match="files/content is not what was"), unpacked(path):
        pass


def test_a_backup_of_a_newer_release_is_refused(small_backup, empty, tmp_path):
    path = rewritten(
        small_backup,
        tmp_path / "newer.tar",
        lambda name, data: with_migration(data) if name == MANIFEST else data,
    )
    assert empty.manage("restore", str(path)) == (
        1,
        "CommandError: The backup comes from a newer release: annotations.9999_later is not known "
        "here.\n",
    )
    assert describe(empty, PRIVILEGES) == []


def with_migration(manifest):
    content = json.loads(manifest)
    content["migrations"].append("annotations.9999_later")
    return json.dumps(content).encode()


@pytest.mark.long
def test_files_that_cannot_be_replaced_leave_the_database_alone(original, empty, tmp_path):
    archive = tmp_path / "backup.tar"
    assert original.manage("backup", str(archive))[0] == 0
    # A file where the folder should go stops root too.
    empty.var.parent.mkdir(exist_ok=True)
    (empty.var).mkdir(exist_ok=True)
    (empty.var / ".keys.restored").touch()
    code, output = empty.manage("restore", str(archive))
    assert code == 1
    assert "Nothing was restored" in output
    assert "Traceback" not in output
    tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    assert describe(empty, tables) == [(0,)]


@pytest.mark.parametrize("manifest", [b"{", b"[]", b'{"format": 1, "odd": true}'])
def test_a_manifest_that_cannot_be_read_is_said(tmp_path, manifest):
    archive = tmp_path / "backup.tar"
    with tarfile.open(archive, "w") as written:
        member = tarfile.TarInfo(MANIFEST)
        member.size = len(manifest)
        written.addfile(member, io.BytesIO(manifest))
    with pytest.raises(StartRefused, match=r"manifest|another release"), unpacked(archive):
        pass


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside-factcheck"])
def test_nothing_is_unpacked_outside_its_folder(tmp_path, name):
    archive = tmp_path / "backup.tar"
    with tarfile.open(archive, "w") as written:
        written.addfile(tarfile.TarInfo(name))
    with pytest.raises(StartRefused, match="does not belong"), unpacked(archive):
        pass
