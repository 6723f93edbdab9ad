"""Captures to be saved: WARC and WACZ files that other programs accept."""

import gzip
import hashlib
import io
import json
import zipfile

import pytest
from warcio.archiveiterator import ArchiveIterator

from annotations.captures.download import capture_warc, wacz_response, warc_response
from annotations.captures.models import Capture
from annotations.captures.storage import file_storage
from annotations.captures.taking import capture_take
from annotations.captures.uploading import captures_read, captures_upload
from annotations.captures.wacz import sort_key
from annotations.lib.errors import Conflict
from tests.captures import pages
from tests.captures.server import page, to
from tests.captures.test_elsewhere import numbered
from tests.captures.test_warc import accepted_by_warcio

pytestmark = pytest.mark.django_db


@pytest.fixture
def take(project, reviewer, border):
    def make(url):
        return capture_take(actor=reviewer, project=project, url=url, border=border)

    return make


@pytest.fixture
def uploaded(project, reviewer):
    content = numbered(1) + numbered(2, b"<p>secret</p>", url="http://gov.test/hidden")
    stored = captures_upload(actor=reviewer, project=project, content=content, name="a.warc").file
    captures_read(file_uid=str(stored.uid), actor_uid=str(reviewer.uid))
    return Capture.objects.get(canonical_url="http://gov.test/statement")


def opened(response):
    """The archive a response brings, as a server sends and closes it."""
    content = b"".join(response)
    response.close()
    return zipfile.ZipFile(io.BytesIO(content))


def test_a_warc_file_is_saved_and_never_shown(server, take):
    capture = take(server.on("/xss", page(b"<script>alert(1)</script>")))
    response = warc_response(capture)
    assert response["Content-Type"] == "application/warc"
    assert response["Content-Disposition"].startswith('attachment; filename="news.test-20')
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, no-store"
    assert b"".join(response).startswith(b"\x1f\x8b")


def test_of_an_upload_only_this_answer_is_given(uploaded, tmp_path):
    content = capture_warc(uploaded)
    assert accepted_by_warcio(content, tmp_path) is False  # It had no digests: none are made up.
    plain = gzip.decompress(content)
    assert pages.ARTICLE.encode() in plain
    assert b"secret" not in plain


def test_where_nothing_is_archived_there_is_nothing_to_save(take):
    capture = take("http://127.0.0.1/")
    with pytest.raises(Conflict):
        warc_response(capture)
    with pytest.raises(Conflict):
        wacz_response([capture], title="x", name="x")


def test_a_file_that_was_lost_is_said_to_be(server, take):
    capture = take(server.on("/lost", page(b"<p>x</p>")))
    file_storage().delete(capture.file.sha256)
    with pytest.raises(Conflict, match="missing"):
        warc_response(capture)


def test_an_archive_holds_every_capture_and_its_own_proofs(server, take, uploaded):
    server.on("/old", to("/tolls"))
    server.on("/tolls", page(pages.UKRAINIAN.encode()))
    captures = [take(server.url("/old")), take("http://127.0.0.1/"), uploaded]
    response = wacz_response(captures, title="Втрати різняться", name="tolls")
    assert response["Content-Type"] == "application/wacz"
    assert response["X-Content-Type-Options"] == "nosniff"
    archive = opened(response)
    assert {one.compress_type for one in archive.infolist() if "archive" in one.filename} == {0}
    package = json.loads(archive.read("datapackage.json"))
    assert (package["wacz_version"], package["title"]) == ("1.1.1", "Втрати різняться")
    for resource in package["resources"]:
        content = archive.read(resource["path"])
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)
    listed = {one["path"] for one in package["resources"]}
    assert set(archive.namelist()) - listed == {"datapackage.json", "datapackage-digest.json"}
    digest = json.loads(archive.read("datapackage-digest.json"))["hash"]
    assert digest == f"sha256:{hashlib.sha256(archive.read('datapackage.json')).hexdigest()}"
    lines = archive.read("pages/pages.jsonl").decode().splitlines()
    assert [json.loads(one)["url"] for one in lines[1:]] == [
        captures[0].final_url,
        "http://gov.test/statement",
    ]


def test_every_line_of_the_index_leads_to_its_answer(server, take, uploaded):
    server.on("/old", to("/tolls?b=2&a=1"))
    server.on("/tolls", page(pages.UKRAINIAN.encode()))
    response = wacz_response([take(server.url("/old")), uploaded], title="x", name="x")
    archive = opened(response)
    lines = gzip.decompress(archive.read("indexes/index.cdx.gz")).decode().splitlines()
    assert len(lines) == 3
    assert lines == sorted(lines)
    for line in lines:
        key, _moment, about = line.split(" ", 2)
        about = json.loads(about)
        assert key == sort_key(about["url"])
        file = archive.read(f"archive/{about['filename']}")
        start = int(about["offset"])
        piece = file[start : start + int(about["length"])]
        (record,) = ArchiveIterator(io.BytesIO(piece))
        assert record.rec_headers.get_header("WARC-Target-URI").strip("<>") == about["url"]


def test_the_same_captures_make_the_same_archive(uploaded):
    first, second = (b"".join(wacz_response([uploaded], title="x", name="x")) for _n in range(2))
    assert first == second
    package = json.loads(zipfile.ZipFile(io.BytesIO(first)).read("datapackage.json"))
    assert package["created"] == "2022-03-02T10:00:00Z"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.News.test/A/b?z=1&a=2", "test,news)/a/b?a=2&z=1"),
        ("http://news.test:8080", "test,news:8080)/"),
        ("http://127.0.0.1/x", "127.0.0.1)/x"),
        ("https://news.test:443/", "test,news)/"),
    ],
)
def test_addresses_are_indexed_from_their_end(url, key):
    assert sort_key(url) == key
