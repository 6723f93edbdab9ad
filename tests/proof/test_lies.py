"""Bundles whose list was made anew over lies: what is described has to be what is in the files."""

import json

import pytest

from tests.proof.packing import failures, files_of, pack, relisted, trusted

pytestmark = pytest.mark.django_db


def lied(files, name, change):
    """The files with one of their JSON documents changed, and a list that agrees."""
    document = json.loads(files[name])
    change(document)
    return relisted(files | {name: json.dumps(document).encode()})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"final_url": "https://other.example/", "url": "https://other.example/"}, "record is of"),
        ({"status": 404}, "the record has status 200"),
        ({"taken_at": "1999-03-02T10:00:00Z"}, "the record is from"),
    ],
    ids=["address", "status", "time"],
)
def test_a_capture_described_as_another_is_seen(write, tmp_path, change, said):
    files = files_of(write(tmp_path / "plain.zip"))
    changed = lied(files, "captures.json", lambda one: one["captures"][0].update(change))
    told = failures(pack(tmp_path / "lied.zip", changed))
    assert any(said in one for one in told)
    assert "prov.json against event.json and captures.json: it says something else" in told


def test_provenance_of_something_else_is_seen(write, tmp_path):
    files = files_of(write(tmp_path / "plain.zip"))
    changed = relisted(files | {"prov.json": b'{"any": "thing"}'})
    assert failures(pack(tmp_path / "lied.zip", changed)) == [
        "prov.json against event.json and captures.json: it says something else"
    ]


def test_a_text_that_no_capture_has_is_seen(write, tmp_path):
    files = files_of(write(tmp_path / "plain.zip"))
    changed = relisted(files | {"texts/009-before.txt": b"Nobody died."})
    assert failures(pack(tmp_path / "more.zip", changed)) == [
        "texts/009-before.txt: captures.json does not name it"
    ]


def test_tokens_that_were_taken_out_are_missed(bundle, authority, tmp_path):
    files = files_of(bundle)
    kept = {one: content for one, content in files.items() if not one.startswith("timestamps/")}
    told = failures(pack(tmp_path / "1.zip", relisted(kept)))
    assert "timestamps/001-before.tsr: captures.json names it, and it is not there" in told
    rest = {one: content for one, content in files.items() if "MANIFEST.sha256.ts" not in one}
    assert failures(pack(tmp_path / "2.zip", relisted(rest)), trusted=trusted(authority)) == [
        "time stamp of MANIFEST.sha256: no authority has signed the list of files"
    ]
