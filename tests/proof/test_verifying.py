"""`verify_bundle` sees every change, and no archive of a stranger's makes it do anything."""

import hashlib
import io
import json
import random
import shutil
import stat
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from annotations.captures.tokens import read_certificates
from annotations.exchange.proof.texts import text_again
from annotations.exchange.proof.verifying import Outcome, verify_bundle
from tests.authority import Authority
from tests.proof.test_manifest import HOSTILE_NAMES

pytestmark = pytest.mark.django_db
CHECKOUT = Path(__file__).resolve().parents[2]


def failures(path, **more):
    checks = verify_bundle(path, read_text=text_again, **more)
    return [f"{one.about}: {one.detail}" for one in checks if one.outcome == Outcome.FAILED]


def files_of(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(path, files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def relisted(files):
    """The same files with a list that fits them: what somebody does who means to deceive."""
    beside = ("MANIFEST.sha256", "timestamps/MANIFEST.sha256.tsr", "timestamps/MANIFEST.sha256.tsq")
    lines = [
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in sorted(files.items())
        if name not in beside
    ]
    return files | {"MANIFEST.sha256": "".join(lines).encode()}


@pytest.fixture
def bundle(write, authority, tmp_path):
    return write(tmp_path / "bundle.zip", stamped=True)


def trusted(authority):
    return read_certificates(authority.ca.read_bytes())


def test_a_bundle_as_it_was_made_passes_every_check(bundle, authority):
    checks = list(verify_bundle(bundle, trusted=trusted(authority), read_text=text_again))
    assert {one.outcome for one in checks} == {Outcome.OK}
    told = [one.about for one in checks]
    for said in ("payload", "body", "text", "text read anew"):
        assert f"001-before of https://gov.example/statement: {said}" in told
    assert sum(one.startswith("time stamp of") for one in told) == 3


def test_a_change_of_any_file_is_seen(bundle, authority, tmp_path):
    files = files_of(bundle)
    for name, content in files.items():
        middle = len(content) // 2
        flipped = content[:middle] + bytes([content[middle] ^ 0xFF]) + content[middle + 1 :]
        for changed in (content + b" ", content[:-1], flipped):
            path = pack(tmp_path / "changed.zip", files | {name: changed})
            assert failures(path, trusted=trusted(authority)), name


def test_a_file_that_is_missing_or_too_many_is_seen(bundle, tmp_path):
    files = files_of(bundle)
    for name in files:
        rest = {one: content for one, content in files.items() if one != name}
        assert failures(pack(tmp_path / "less.zip", rest)), name
    assert failures(pack(tmp_path / "more.zip", files | {"notes.txt": b"and this"})) == [
        "notes.txt: the list of files does not name it"
    ]


def test_a_list_made_anew_is_seen_by_its_token(bundle, authority, tmp_path):
    files = files_of(bundle)
    event = json.loads(files["event.json"])
    event["event"]["standing"] = "proven"
    changed = relisted(files | {"event.json": json.dumps(event).encode()})
    path = pack(tmp_path / "changed.zip", changed)
    said = failures(path, trusted=trusted(authority))
    assert "time stamp of MANIFEST.sha256: it is over other bytes" in said


def test_a_page_or_a_text_put_in_its_place_is_seen(write, tmp_path):
    files = files_of(write(tmp_path / "plain.zip"))
    swapped = files | {"warc/001-before.warc.gz": files["warc/002-after.warc.gz"]}
    assert failures(pack(tmp_path / "1.zip", relisted(swapped)))
    other = files | {"texts/001-before.txt": b"Nobody died."}
    assert failures(pack(tmp_path / "2.zip", relisted(other))) == [
        "001-before of https://gov.example/statement: text: it has another digest"
    ]
    described = json.loads(files["captures.json"])
    described["captures"][0]["text"]["sha256"] = hashlib.sha256(b"Nobody died.").hexdigest()
    lied = other | {"captures.json": json.dumps(described).encode()}
    assert failures(pack(tmp_path / "3.zip", relisted(lied))) == [
        "001-before of https://gov.example/statement: text read anew: it has another digest"
    ]


def test_another_authoritys_token_is_not_good(bundle, tmp_path):
    other = Authority(tmp_path / "other", name="Somebody else")
    try:
        said = failures(bundle, trusted=trusted(other))
    finally:
        other.close()
    assert len(said) == 3
    assert all("its signature is not the authority's" in one for one in said)


def test_what_cannot_be_checked_is_told_as_that(bundle, write, tmp_path):
    checks = list(verify_bundle(bundle, read_text=lambda *args, **names: None))
    left = [one.about for one in checks if one.outcome == Outcome.NOT_CHECKED]
    assert "001-before of https://gov.example/statement: text read anew" in left
    assert "time stamp of MANIFEST.sha256" in left
    assert not [one for one in checks if one.outcome == Outcome.FAILED]
    plain = verify_bundle(write(tmp_path / "plain.zip", of=[]))
    assert "time stamps" in [one.about for one in plain if one.outcome == Outcome.NOT_CHECKED]


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
    pack(path, {f"f{n}": b"" for n in range(2001)})
    assert failures(path) == ["archive: it holds more than 2000 files"]
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


def test_the_command_says_how_it_went(bundle, authority, tmp_path, capsys):
    call_command("verify_bundle", str(bundle), "--ca-file", str(authority.ca))
    out = capsys.readouterr().out
    assert "OK: time stamp of MANIFEST.sha256" in out
    assert "0 failed" in out
    files = files_of(bundle) | {"README.txt": b"trust me"}
    with pytest.raises(CommandError, match="1 failed"):
        call_command("verify_bundle", str(pack(tmp_path / "bad.zip", files)))
    assert "FAILED: README.txt (it was changed)" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no certificate"):
        call_command("verify_bundle", str(bundle), "--ca-file", __file__)


def test_the_command_needs_no_database(bundle, authority):
    environment = {
        "PATH": "/usr/bin:/bin",
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "SECRET_KEY": "x" * 50,
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "verify_bundle", bundle, "--ca-file", authority.ca],
        cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    bundle.write_bytes(bundle.read_bytes()[:-40])
    done = subprocess.run(
        [sys.executable, "manage.py", "verify_bundle", bundle],
        cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1


def changed_at_random(content, chance):
    """The same bytes with a few of them changed, left out, or put in twice."""
    made = bytearray(content)
    for _n in range(chance.randint(1, 4)):
        at = chance.randrange(len(made))
        kind = chance.randrange(3)
        if kind == 0:
            made[at] = chance.randrange(256)
        elif kind == 1:
            del made[at : at + chance.randint(1, 40)]
        else:
            made[at:at] = made[at : at + chance.randint(1, 40)]
        if not made:
            return b"x"
    return bytes(made)


def test_whatever_is_changed_nothing_is_raised(bundle, authority, tmp_path):
    chance, path = random.Random(3161), tmp_path / "changed.zip"
    content, files, known = bundle.read_bytes(), files_of(bundle), trusted(authority)
    for _n in range(150):
        path.write_bytes(changed_at_random(content, chance))
        failures(path, trusted=known)
    for _n in range(150):
        name = chance.choice(sorted(files.keys() - {"MANIFEST.sha256"}))
        other = files | {name: changed_at_random(files[name], chance)}
        # Some bytes of an answer are signed by nobody.
        said = failures(pack(path, relisted(other)), trusted=known)
        assert said or other == files or name == "timestamps/MANIFEST.sha256.tsr", name
