"""`verify_bundle` sees every change, and no archive of a stranger's makes it do anything."""

import hashlib
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from annotations.exchange.proof.texts import text_again
from annotations.exchange.proof.verifying import Outcome, verify_bundle
from tests.authority import Authority
from tests.proof.packing import failures, files_of, pack, relisted, trusted

pytestmark = pytest.mark.django_db
CHECKOUT = Path(__file__).resolve().parents[2]


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
