"""Archives of strangers: what is not safe to open is refused, and nothing is raised."""

import hashlib
import io
import shutil
import stat
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from annotations.exchange.proof.texts import text_again
from annotations.exchange.proof.verifying import Outcome, verify_bundle
from tests.proof.packing import failures, files_of, pack, relisted, trusted
from tests.proof.test_manifest import HOSTILE_NAMES

pytestmark = pytest.mark.django_db
CHECKOUT = Path(__file__).resolve().parents[2]


def hostile(name, content=b"x"):
    out = io.BytesIO()
    about = zipfile.ZipInfo("a")
    about.filename = about.orig_filename = name
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(about, content)
    return out.getvalue()


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_name_that_is_not_safe_is_refused(name, tmp_path):
    path = tmp_path / "hostile.zip"
    path.write_bytes(hostile(name))
    (said,) = failures(path)
    assert said.startswith("archive: ")
    assert "\x1b" not in said


def with_entries(bundle, path, *entries):
    """The bundle packed anew, with entries of their own kind before its files."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, mode, content in entries:
            about = zipfile.ZipInfo(name)
            about.external_attr = mode << 16
            archive.writestr(about, content)
        for name, content in files_of(bundle).items():
            archive.writestr(name, content)
    return path


def test_a_bundle_packed_anew_with_its_folders_is_as_it_was_made(bundle, authority, tmp_path):
    unpacked = tmp_path / "unpacked"
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(unpacked)
    again = shutil.make_archive(str(tmp_path / "again"), "zip", unpacked)
    with zipfile.ZipFile(again) as archive:
        assert "warc/" in archive.namelist()
    assert failures(Path(again), trusted=trusted(authority)) == []
    checks = list(verify_bundle(Path(again), read_text=text_again))
    assert checks[0].detail == f"{len(files_of(bundle))} files"


@pytest.mark.parametrize(
    ("name", "mode", "content", "said"),
    [
        ("/", stat.S_IFDIR, b"", "not safe"),
        ("../", stat.S_IFDIR, b"", "not safe"),
        ("/etc/", stat.S_IFDIR, b"", "not safe"),
        ("warc/../../etc/", stat.S_IFDIR, b"", "not safe"),
        ("warc//", stat.S_IFDIR, b"", "not safe"),
        (".hidden/", stat.S_IFDIR, b"", "not safe"),
        ("other/", stat.S_IFDIR, b"bytes", "holds bytes"),
        ("link", stat.S_IFLNK, b"/etc/passwd", "a link"),
        ("link/", stat.S_IFLNK, b"/etc", "a link"),
    ],
)
def test_a_folder_that_is_not_safe_and_a_link_are_refused(
    name, mode, content, said, bundle, tmp_path
):
    (found,) = failures(with_entries(bundle, tmp_path / "x.zip", (name, mode, content)))
    assert found.startswith("archive: ")
    assert said in found


def test_doubled_names_floods_and_nonsense_are_refused(tmp_path):
    path = tmp_path / "hostile.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("event.json", b"{}")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("event.json", b"{}")
    assert failures(path) == ["archive: two files are called event.json"]
    pack(path, {f"f{n}": b"" for n in range(20_001)})
    assert failures(path) == ["archive: it holds more than 20000 files"]
    for content in (b"", b"PK", b"PK\x05\x06" + b"\0" * 18, b"not a zip" * 100):
        path.write_bytes(content)
        assert failures(path)
    assert failures(tmp_path / "nowhere.zip")


@pytest.mark.parametrize(
    "described",
    [b"[]", b"{}", b'{"captures": 3}', b'{"captures": [3]}', b'{"captures": [{}]}', b"[" * 100_000,
     b'{"captures": [{"name": "a", "url": "b", "file": {}, "file_sha256": []}]}', b"\xff"],
)  # fmt: skip
def test_descriptions_that_are_none_fail_and_raise_nothing(described, bundle, tmp_path):
    files = files_of(bundle) | {"captures.json": described}
    assert failures(pack(tmp_path / "odd.zip", relisted(files)))


def test_a_packed_flood_and_a_broken_member_are_refused(bundle, tmp_path):
    path = tmp_path / "flood.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files_of(bundle).items():
            archive.writestr(name, b"0" * 90_000_000 if name.startswith("warc/001") else content)
    assert failures(path)
    content = bytearray(bundle.read_bytes())
    at = content.find(b'"format": "factcheck-event')
    content[at : at + 4] = b"\0\0\0\0"
    path.write_bytes(content)
    assert failures(path)


def test_it_holds_no_more_than_a_file_however_large_the_bundle(tmp_path):
    path = tmp_path / "large.zip"
    piece = b"\0" * (16 * 1024 * 1024)
    digest = hashlib.sha256()
    with zipfile.ZipFile(path, "w") as archive:
        with archive.open("warc/001-before.warc.gz", "w", force_zip64=True) as file:
            for _n in range(12):
                file.write(piece)
                digest.update(piece)
        lines = f"{digest.hexdigest()}  warc/001-before.warc.gz\n"
        archive.writestr("MANIFEST.sha256", lines)
    tracemalloc.start()
    told = list(verify_bundle(path))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8 * 1024 * 1024
    assert "warc/001-before.warc.gz" in [one.about for one in told if one.outcome == Outcome.OK]
