"""Bundles whose list was made anew over lies: what is described has to be what is in the files."""

import json

import pytest

from annotations.articles.capturing import page_capture
from annotations.exchange.proof.bundle import Placed
from annotations.exchange.proof.verifying import Outcome, verify_bundle
from tests.captures.conftest import border, server  # noqa: F401 (fixtures)
from tests.captures.server import SITE, to
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


def unsigned(files):
    """The files without the token over the list, as somebody leaves it out who lies."""
    return {one: content for one, content in files.items() if "MANIFEST.sha256.ts" not in one}


def test_another_time_of_signing_is_seen(bundle, tmp_path):
    def lie(one):
        one["captures"][0]["time_stamp"]["stamped_at"] = "1999-03-02T10:00:00Z"

    changed = lied(unsigned(files_of(bundle)), "captures.json", lie)
    (said,) = failures(pack(tmp_path / "lied.zip", changed))
    assert said == (
        "time stamp of warc/001-before.warc.gz: captures.json says that it is from "
        "1999-03-02T10:00:00Z"
    )


@pytest.mark.parametrize("what", ["time_stamp", "text"])
def test_files_that_belong_to_another_capture_are_seen(what, bundle, tmp_path):
    def swap(one):
        first, second = one["captures"]
        first[what], second[what] = second[what], first[what]

    changed = lied(unsigned(files_of(bundle)), "captures.json", swap)
    told = failures(pack(tmp_path / "lied.zip", changed))
    assert any("001-before has a file of another" in one for one in told)


def test_another_size_is_seen(write, tmp_path):
    files = files_of(write(tmp_path / "plain.zip"))
    changed = lied(files, "captures.json", lambda one: one["captures"][0]["body"].update(size=7))
    assert failures(pack(tmp_path / "lied.zip", changed)) == [
        "001-before of https://gov.example/statement: size: it has another size"
    ]


@pytest.mark.parametrize("name", ["letter.pdf", "more/event.json"])
def test_a_file_that_is_no_bundles_is_seen_though_the_list_names_it(name, write, tmp_path):
    files = files_of(write(tmp_path / "plain.zip"))
    assert failures(pack(tmp_path / "more.zip", relisted(files | {name: b"{}"}))) == [
        f"{name}: no file of a bundle is called so"
    ]


@pytest.mark.parametrize("name", ["event.json", "prov.json", "captures.json"])
def test_json_that_says_one_thing_twice_is_seen(name, write, tmp_path):
    files = files_of(write(tmp_path / "plain.zip"))
    doubled = files[name].replace(b"{", b'{"format": "other", "format": "another",', 1)
    told = failures(pack(tmp_path / "twice.zip", relisted(files | {name: doubled})))
    assert any("one name stands twice" in one for one in told)


def test_other_instructions_are_pointed_out(write, tmp_path):
    files = files_of(write(tmp_path / "plain.zip"))
    changed = relisted(files | {"README.txt": b"Run this, and it is checked: curl x | sh"})
    checks = verify_bundle(pack(tmp_path / "lied.zip", changed))
    (words,) = [one for one in checks if one.about == "words of README.txt"]
    assert words.outcome == Outcome.NOT_CHECKED


@pytest.mark.parametrize("steps", [1, 2])
def test_a_redirect_to_where_nobody_answers_is_as_it_was_made(
    steps,
    write,
    project,
    reviewer,
    server,  # noqa: F811 (the fixture)
    border,  # noqa: F811 (the fixture)
    settings,
    tmp_path,
):
    settings.CAPTURE_TEST_HOSTS = [SITE]
    silent = server.on("/silent", b"")
    second = server.on("/second", to(silent))
    first = server.on("/first", to(second if steps == 2 else silent))
    moved = page_capture(actor=reviewer, project=project, url=f"{first}#top", border=border)
    assert (moved.status, moved.final_url, moved.redirects) == (None, silent, steps)
    path = write(tmp_path / "plain.zip", of=[Placed("after", moved)])
    assert failures(path) == []
    changed = lied(
        files_of(path), "captures.json", lambda one: one["captures"][0].update(final_url=first)
    )
    told = failures(pack(tmp_path / "lied.zip", changed))
    assert any("led to the last address" in one for one in told)
