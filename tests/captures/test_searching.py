"""Finding words in archives: what a redaction must not overlook."""

import gzip
import io
import json
import os
import subprocess
import sys
import zipfile

import pytest

from annotations.captures.reading import packed_texts
from annotations.captures.warc_reading import read_answers, record_of
from annotations.moderation.redactions.patterns import pattern_of, redact
from tests.captures.test_elsewhere import numbered, wacz
from tests.postgres import CHECKOUT

NAME = "Petrenko"
PATTERN = pattern_of([NAME], whole_words=True)


def packed(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return io.BytesIO(out.getvalue())


def peak_of(source: str) -> int:
    """Run a program of the product; the MiB that it prints."""
    source = f"import django\ndjango.setup()\n{source}"
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "factcheck.settings"}
    done = subprocess.run(
        [sys.executable, "-c", source], cwd=CHECKOUT, env=env, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return int(done.stdout)


def finds(archive) -> bool:
    return any(redact(text, PATTERN)[1] for text in packed_texts(archive))


def test_a_name_at_the_start_of_a_line_is_found_in_json():
    said = json.dumps({"text": f"He said:\n{NAME} is dead"})
    assert finds(packed(event_json=said))
    assert finds(packed(pages__pages_jsonl=f"{{}}\n{said}\n"))
    assert not finds(packed(event_json=json.dumps({"text": f"He said:\n{NAME}s are dead"})))


def test_a_name_in_a_page_of_a_packed_archive_is_found():
    body = f"<p>Seen: {NAME}.</p>".encode()
    assert finds(packed(archive__data_warc=numbered(1, body)))
    assert not finds(packed(archive__data_warc=numbered(1, b"<p>Seen: nobody.</p>")))


def test_a_page_that_uses_an_identity_again_is_not_handed_out_with_the_first():
    first, other = numbered(1, b"<p>Ours</p>"), numbered(1, b"<p>Hidden</p>", url="http://x.test/h")
    content = first + other
    answer = next(iter(list(read_answers(content, limit=10**6))))
    plain = gzip.decompress(record_of(content, answer.record_id, limit=10**6))
    assert b"Ours" in plain
    assert b"Hidden" not in plain


def test_a_name_behind_a_file_that_cannot_be_read_is_found():
    body = f"<p>Seen: {NAME}.</p>".encode()
    archive = packed(aaa_txt="x" * 100, archive__data_warc=numbered(1, body))
    content = archive.getvalue()
    broken = content.replace(b"PK\x03\x04", b"PK\x09\x09", 1)
    assert broken != content
    assert finds(io.BytesIO(broken))
    # The size an archive claims for a file is nothing to go by.
    member = content.index(b"archive/data.warc", content.index(b"PK\x01\x02")) - 46
    huge = (500_000_000).to_bytes(4, "little")
    assert finds(io.BytesIO(content[: member + 24] + huge + content[member + 28 :]))


@pytest.mark.parametrize("claimed", [0xFFFF_FFF0, 10])
def test_a_search_takes_no_more_memory_than_a_file_of_ours(claimed):
    """In a process of its own: what an archive unpacks to shows in its highest use of memory."""
    source = f"""
import io, resource, zipfile
from annotations.captures.reading import packed_texts
out = io.BytesIO()
with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.bin", "w") as file:
    for _n in range(1500):
        file.write(bytes(1 << 20))
content = out.getvalue()
at = content.index(b"PK\\x01\\x02") + 24
content = content[:at] + ({claimed}).to_bytes(4, "little") + content[at + 4:]
for _text in packed_texts(io.BytesIO(content)):
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)
"""
    assert peak_of(source) < 900


def beside(raw: bytes, kind: bytes, n: int) -> bytes:
    """The record under another identity, of a kind, said to belong to the first."""
    own = b"WARC-Record-ID: <urn:uuid:0190a5a0-0000-7000-8000-000000000001>"
    other = own.replace(b"000000000001>", b"%012d>" % n)
    to = own.replace(b"WARC-Record-ID", b"WARC-Concurrent-To")
    return raw.replace(own, other + b"\r\n" + to).replace(b"WARC-Type: response", kind)


def handed_out(content: bytes) -> bytes:
    """What is given out of an upload as its first answer."""
    answer = next(one for one in read_answers(content, limit=10**6) if not one.is_repeated)
    return gzip.decompress(record_of(content, answer.record_id, limit=10**6))


def test_nothing_of_another_page_is_handed_out_as_what_belongs_to_the_first():
    first = numbered(1, b"<p>Ours</p>")
    hidden = numbered(1, b"<p>Hidden</p>", url="http://x.test/h")
    request = beside(numbered(1, b"asked"), b"WARC-Type: request", 9)
    for content in (
        first + beside(hidden, b"WARC-Type: response", 2) + request,
        first + beside(hidden, b"WARC-Type: request", 2) + request,
        beside(hidden, b"WARC-Type: request", 2) + request + first,
    ):
        plain = handed_out(content)
        assert b"Ours" in plain
        assert b"asked" in plain
        assert b"Hidden" not in plain
    archive = wacz(("archive/a.warc", request), ("archive/b.warc", first))
    assert b"Ours" in handed_out(archive)


def test_what_is_handed_out_is_what_was_judged_whatever_the_records_are_called():
    """A redirect may have the name of a page that follows, and a name may be in any letters."""
    page_, odd = numbered(1, b"<p>Ours</p>"), "\u0436".encode()
    for called in (b"0000000\xff001>", odd * 3 + b">", b"0" * 300 + b">"):
        assert b"Ours" in handed_out(page_.replace(b"000000000001>", called))
    assert [one.is_repeated for one in read_answers(page_ + page_, limit=10**6)] == [False, True]
    for former in (b"WARC-Type: request", b"WARC-Type: metadata"):
        used = numbered(1, b"<p>Other</p>").replace(b"WARC-Type: response", former)
        assert [one.is_repeated for one in read_answers(used + page_, limit=10**6)] == [True]
