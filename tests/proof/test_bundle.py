"""A bundle holds what it promises, and other programs find it in order."""

import json
import os
import subprocess
import tracemalloc
import zipfile

import pytest
from django.utils import timezone

from annotations.captures.models import Capture
from annotations.captures.services import file_read
from annotations.captures.storage import file_storage
from annotations.captures.uploading import captures_read, captures_upload
from annotations.captures.warc_reading import read_answers
from annotations.exchange.proof.archive import Archive
from annotations.exchange.proof.bundle import Packing, Placed, TooLarge, write_bundle
from annotations.exchange.proof.documents import event_document
from annotations.exchange.proof.services import stamp_if_answered
from annotations.exchange.proof.texts import text_again
from annotations.exchange.proof.verifying import Outcome, verify_bundle
from tests.authority import openssl
from tests.captures.test_elsewhere import numbered
from tests.material import make_capture

pytestmark = pytest.mark.django_db


def unpacked(path, folder):
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    return folder


def json_of(path, name):
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read(name))


def summed(folder):
    return subprocess.run(
        ["sha256sum", "--strict", "-c", "MANIFEST.sha256"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_sha256sum_finds_every_file_as_it_was(write, tmp_path):
    path = write(tmp_path / "b.zip")
    folder = unpacked(path, tmp_path / "unpacked")
    done = summed(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    files = {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()}
    listed = {line.split(": ")[0] for line in done.stdout.splitlines()}
    assert files - listed == {"MANIFEST.sha256"}
    assert {"README.txt", "event.json", "prov.json", "captures.json"} <= listed
    assert {"warc/001-before.warc.gz", "warc/002-after.warc.gz", "texts/001-before.txt"} <= listed
    (folder / "event.json").write_bytes(b"{}")
    assert summed(folder).returncode == 1


def test_openssl_finds_every_token_good(write, authority, tmp_path):
    path = write(tmp_path / "b.zip", stamped=True)
    folder = unpacked(path, tmp_path / "unpacked")
    replies = sorted(one.name for one in (folder / "timestamps").glob("*.tsr"))
    assert replies == ["001-before.tsr", "002-after.tsr", "MANIFEST.sha256.tsr"]
    readme = (folder / "README.txt").read_text()
    for name in replies:
        stem = name.removesuffix(".tsr")
        data = stem if stem == "MANIFEST.sha256" else f"warc/{stem}.warc.gz"
        reply = folder / "timestamps" / name
        said = openssl(
            "ts", "-verify", "-data", folder / data, "-in", reply, "-CAfile", authority.ca
        )
        assert b"Verification: OK" in said
        query = reply.with_suffix(".tsq") if stem != "MANIFEST.sha256" else f"{reply}"[:-1] + "q"
        openssl("ts", "-verify", "-queryfile", query, "-in", reply, "-CAfile", authority.ca)
        # What the README tells to type is what was typed here.
        assert f"-data {data} \\\n       -in timestamps/{name} -CAfile ca.pem" in readme
    assert (folder / "timestamps/authority.pem").read_bytes() == authority.ca.read_bytes()
    assert json_of(path, "captures.json")["captures"][0]["time_stamp"]["authority"] == authority.url


def test_the_same_rows_make_the_same_bytes(write, tmp_path):
    first, second = write(tmp_path / "1.zip"), write(tmp_path / "2.zip")
    assert first.read_bytes() == second.read_bytes()


def test_without_captures_there_is_the_event_and_the_readme_says_so(write, tmp_path):
    path = write(tmp_path / "b.zip", of=[])
    with zipfile.ZipFile(path) as archive:
        assert sorted(archive.namelist()) == [
            "MANIFEST.sha256", "README.txt", "captures.json", "event.json", "prov.json",
        ]  # fmt: skip
        readme = archive.read("README.txt").decode()
    assert "No pages were captured for this event" in readme
    assert "No time-stamp authority has signed anything" in readme
    assert "openssl" not in readme
    assert summed(unpacked(path, tmp_path / "unpacked")).returncode == 0


def test_the_captured_file_is_the_stored_one_byte_for_byte(write, captures, tmp_path):
    path = write(tmp_path / "b.zip")
    with zipfile.ZipFile(path) as archive:
        stored = file_read(captures[0].capture.file)
        assert archive.read("warc/001-before.warc.gz") == stored
        text = archive.read("texts/001-before.txt").decode()
    assert "2,000" in text
    first, second = json_of(path, "captures.json")["captures"]
    assert first["text"]["sha256"] == captures[0].capture.text_sha256
    assert (first["status"], second["status"]) == (200, 404)
    assert second["quality"]["kind"] == "not_found"


def test_people_are_named_by_uid_and_display_name_only(write, reviewer, tmp_path):
    path = write(tmp_path / "b.zip")
    assert json_of(path, "event.json")["people"] == [
        {"uid": str(reviewer.uid), "name": reviewer.display_name}
    ]
    with zipfile.ZipFile(path) as archive:
        for name in ("event.json", "prov.json", "captures.json", "README.txt"):
            assert b"@" not in archive.read(name), name


def test_the_event_is_told_with_its_assessments_and_who_reports_it(write, event, tmp_path):
    told = json_of(write(tmp_path / "b.zip"), "event.json")
    assert told["event"]["uid"] == str(event.uid)
    assert told["event"]["type"] == "deleted_by_author"
    assert told["event"]["standing"] == "reported"
    assert [one["standing"] for one in told["assessments"]] == ["reported"]
    names = {one["uid"]: one["name"] for one in told["sources"]}
    assert [names[hop["source"]] for hop in told["attributions"]] == ["CNN"]
    assert told["subject"]["text"] == "More than 2,000 died."


def test_an_authority_that_fails_keeps_no_bundle_back(
    authority, event, captures, reviewer, tmp_path
):
    authority.instead = (500, b"")
    path = tmp_path / "b.zip"
    with path.open("w+b") as stream:
        written = write_bundle(
            stream,
            event=event_document(event, reviewer).json,
            captures=captures,
            stamping=stamp_if_answered,
        )
    assert written.stamped_at is None
    checks = list(verify_bundle(path, read_text=text_again))
    assert [one for one in checks if one.outcome == Outcome.FAILED] == []
    with zipfile.ZipFile(path) as archive:
        assert b"MANIFEST.sha256.tsr is over" not in archive.read("README.txt")


def test_of_an_uploaded_file_only_the_captures_own_records_are_given(
    write, project, reviewer, authority, tmp_path
):
    content = numbered(1) + numbered(2, b"<p>secret</p>", url="http://gov.test/hidden")
    stored = captures_upload(actor=reviewer, project=project, content=content, name="a.warc").file
    captures_read(file_uid=str(stored.uid), actor_uid=str(reviewer.uid))
    one = Capture.objects.get(canonical_url="http://gov.test/statement")
    path = write(tmp_path / "b.zip", of=[Placed("before", one)], stamped=True)
    with zipfile.ZipFile(path) as archive:
        warc = archive.read("warc/001-before.warc.gz")
    assert [each.url for each in read_answers(warc, limit=10**6)] == ["http://gov.test/statement"]
    checks = list(verify_bundle(path, read_text=text_again))
    assert not [each for each in checks if each.outcome == Outcome.FAILED]
    # The token is over what is given, so that openssl is given what is in the bundle.
    folder = unpacked(path, tmp_path / "unpacked")
    reply = folder / "timestamps/001-before.tsr"
    data = folder / "warc/001-before.warc.gz"
    openssl("ts", "-verify", "-data", data, "-in", reply, "-CAfile", authority.ca)


def test_a_capture_without_a_file_is_told_with_why(write, captures, project, reviewer, tmp_path):
    failed = Capture.objects.create(
        project=project, created_by=reviewer, url="https://gov.example/", origin="fetched",
        canonical_url="https://gov.example/", final_url="https://gov.example/", failure="timeout",
        taken_at=timezone.now(), quality_score=0, quality_kind="unreachable",
    )  # fmt: skip
    file_storage().delete(captures[1].capture.file.sha256)
    path = write(tmp_path / "b.zip", of=[*captures, Placed("after", failed)])
    told = json_of(path, "captures.json")["captures"]
    assert [one["file_note"] for one in told] == ["", "not_kept", "nothing_archived"]
    checks = list(verify_bundle(path, read_text=text_again))
    assert not [each for each in checks if each.outcome == Outcome.FAILED]
    left = [each.detail for each in checks if each.outcome == Outcome.NOT_CHECKED]
    assert left == ["no file: not_kept", "no file: nothing_archived",
                    "no authority has signed anything"]  # fmt: skip


def test_a_text_that_is_read_otherwise_now_is_not_given_out(write, captures, tmp_path):
    kept = [one.capture for one in captures]
    kept[0].extractor, kept[0].text_file = "article/0", None
    kept[1].text_sha256 = "0" * 64
    told = json_of(write(tmp_path / "b.zip"), "captures.json")["captures"]
    assert [one["text_note"] for one in told] == [
        "read_by_another_version", "reads_differently_now",
    ]  # fmt: skip
    assert [one["text"]["file"] for one in told] == [None, None]


def test_a_kept_text_is_given_out_whatever_reads_pages_now(write, captures, tmp_path):
    captures[0].capture.extractor = "article/0"
    path = write(tmp_path / "b.zip")
    with zipfile.ZipFile(path) as archive:
        assert b"2,000" in archive.read("texts/001-before.txt")
    checks = list(verify_bundle(path, read_text=text_again))
    left = [one.detail for one in checks if one.outcome == Outcome.NOT_CHECKED]
    assert "no article/0 here to read it anew" in left
    assert not [one for one in checks if one.outcome == Outcome.FAILED]


def test_a_bundle_holds_one_captured_file_at_a_time(event, project, reviewer, tmp_path):
    body = os.urandom(1024 * 1024)
    many = [
        Placed("after", make_capture(project, reviewer, body=body + bytes([n]))) for n in range(8)
    ]
    document = event_document(event, reviewer).json

    def most_held(captures):
        with (tmp_path / "b.zip").open("w+b") as stream:
            tracemalloc.start()
            write_bundle(stream, event=document, captures=captures)
            _now, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        return most

    few = most_held(many[:1])
    assert most_held(many) < few * 1.2
    assert (tmp_path / "b.zip").stat().st_size > 8 * 1024 * 1024


def test_as_many_files_as_are_written_are_read(tmp_path):
    """A page that was gone for months, looked at every six hours, has a thousand captures."""
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        packing = Packing(archive)
        for n in range(19_992):
            packing.add(f"warc/{n}", b"")
        with pytest.raises(TooLarge):
            packing.add("warc/more", b"")
        packing.store("README.txt", b"")
        packing.store("MANIFEST.sha256", b"")
        for one in ("tsq", "tsr"):
            packing.store(f"timestamps/MANIFEST.sha256.{one}", b"")
    with Archive(path) as opened:
        assert len(opened.names) == len(packing.digests) + 4
