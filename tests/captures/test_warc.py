"""Captures as WARC: byte for byte what came over the wire, and hostile files within bounds."""

import gzip
import subprocess
import sys
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.captures.failures import FailureCode, FetchFailed
from annotations.captures.fetching import fetch
from annotations.captures.warc import write_warc
from annotations.captures.warc_reading import BadWarc, read_answers, record_of
from tests.captures.outcome import failure_of
from tests.captures.server import page, to

ARTICLE = "<h1>Втрати</h1>".encode()
LIMIT = 1_000_000
PIECES = (
    b"HTTP/1.1 200 OK\r\nX-ODD:  two  spaces \r\nTransfer-Encoding: chunked\r\n"
    b"Content-Encoding: gzip\r\nServer: \xd0\x9a\r\n\r\n"
)


def chunked(body):
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


def accepted_by_warcio(content, tmp_path):
    """What `warcio check` says of a file: nothing when all digests are right."""
    path = tmp_path / "capture.warc.gz"
    path.write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)],
        capture_output=True,
        check=False,
        text=True,
    )
    lines = [line.strip() for line in done.stdout.splitlines() if "digest" in line]
    return done.returncode == 0 and set(lines) == {"digest pass"}


def test_a_file_holds_every_hop_as_it_was_and_warcio_accepts_it(server, border, tmp_path):
    raw = PIECES + chunked(gzip.compress(ARTICLE, mtime=0))
    server.on("/start", b"HTTP/1.1 103 Early\r\nLink: x\r\n\r\n" + to("/end"))
    server.on("/end", raw)
    fetched = fetch(server.url("/start"), border=border)
    warc = write_warc(fetched, software="Factcheck/0.1")
    assert accepted_by_warcio(warc.content, tmp_path)
    first, last = read_answers(warc.content, limit=LIMIT)
    assert (first.url, first.status, first.header("location")) == (
        server.url("/start"),
        302,
        "/end",
    )
    assert (last.url, last.status, last.address) == (server.url("/end"), 200, "127.0.0.1")
    assert last.body(limit=LIMIT) == fetched.body == ARTICLE
    assert last.payload == raw[len(PIECES) :]
    assert (last.record_id, last.payload_digest) == (warc.record_id, warc.payload_digest)
    plain = gzip.decompress(warc.content)
    assert raw in plain
    assert fetched.hops[1].request in plain
    assert plain.count(b"WARC-Type: request") == plain.count(b"WARC-Concurrent-To") == 2


def test_what_came_of_a_page_that_broke_off_is_kept_and_marked(server, border, tmp_path):
    lie = page(ARTICLE).replace(b"Content-Length: ", b"Content-Length: 9")
    fetched = fetch(server.on("/long", lie), border=border)
    assert fetched.failure.code == FailureCode.BROKEN_OFF
    warc = write_warc(fetched, software="Factcheck")
    assert b"WARC-Truncated: disconnect" in gzip.decompress(warc.content)
    (answer,) = read_answers(warc.content, limit=LIMIT)
    assert answer.payload == ARTICLE
    assert accepted_by_warcio(warc.content, tmp_path)


def test_what_follows_an_answer_is_not_part_of_it(server, border):
    lie = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\n\r\nmore"
    warc = write_warc(fetch(server.on("/short", lie), border=border), software="Factcheck")
    (answer,) = read_answers(warc.content, limit=LIMIT)
    assert answer.payload == b"hello"


@pytest.mark.parametrize("parts", [[], [b"HTTP/1.1 200 OK\r\nContent-"]])
def test_where_no_answer_came_there_is_no_file(server, border, parts):
    fetched = fetch(server.on("/broken", *parts), border=border)
    assert write_warc(fetched, software="Factcheck").content == b""


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "raw",
    [
        CHUNKED + b"4;" + b"x" * 5000 + b"\r\nbody\r\n0\r\n\r\n",
        CHUNKED + b"04 \t\r\nbody\r\n000\r\nTrailer: x\r\n\r\nHTTP/1.1 200 OK",
        b"HTTP/1.1 200 OK\nContent-Length: 4, 4\n\nbodyguard",
        b"HTTP/1.1 204 No\r\nContent-Length: 4\r\n\r\nbody",
        b"HTTP/1.1 204 No\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n",
    ],
)
def test_what_is_read_back_is_what_was_judged_however_odd_the_answer(server, border, raw):
    fetched = fetch(server.on("/odd", raw), border=border)
    assert fetched.failure is None
    (answer,) = read_answers(write_warc(fetched, software="Factcheck").content, limit=LIMIT)
    assert answer.body(limit=LIMIT) == fetched.body


@pytest.mark.parametrize("blank", [b" ", b"\t ", b" \x85", b" \xc2\xa0"])
@pytest.mark.parametrize("before", [b"", b"HTTP/1.1 103 Early\r\nLink: x\r\n\r\n"])
def test_headers_that_a_reader_of_the_file_would_cut_short_are_no_answer(
    server, border, blank, before
):
    """What stands behind the line would be the page's, and every digest wrong."""
    head = before + b"HTTP/1.1 200 OK\r\nX-Odd: a\r\n" + blank + b"\r\n b\r\n\r\n"
    fetched = fetch(server.on("/odd", head + ARTICLE), border=border)
    assert failure_of(fetched) == FailureCode.PROTOCOL
    assert write_warc(fetched, software="Factcheck").content == b""
    spaced = head.replace(blank + b"\r\n b", b" b") + ARTICLE + b"\n \n"
    assert fetch(server.on("/well", spaced), border=border).failure is None


# Files made elsewhere


def record(body, kind="response", url="http://news.test/", date="2022-03-02T10:00:00Z", **headers):
    """A record as some other program writes it."""
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        "WARC-Record-ID: <urn:uuid:0190a5a0-0000-7000-8000-000000000001>",
        f"WARC-Target-URI: {url}",
        f"WARC-Date: {date}",
        "Content-Type: application/http; msgtype=response",
        *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body + b"\r\n\r\n"


def test_a_file_by_another_program_is_read_packed_or_not():
    plain = record(page(ARTICLE), url="<http://news.test/a>") + record(page(b"b", 404))
    for content in (
        plain,
        gzip.compress(plain[:700], mtime=0) + gzip.compress(plain[700:], mtime=0),
    ):
        answers = list(read_answers(content, limit=LIMIT))
        assert [(one.url, one.status) for one in answers] == [
            ("http://news.test/a", 200),
            ("http://news.test/", 404),
        ]
        assert answers[0].moment.isoformat() == "2022-03-02T10:00:00+00:00"
        assert answers[0].body(limit=LIMIT) == ARTICLE


@pytest.mark.parametrize(
    "content",
    [
        record(page(ARTICLE), kind="request"),
        record(page(ARTICLE), url="file:///etc/passwd"),
        record(page(ARTICLE), url="urn:x"),
        record(page(ARTICLE), date="yesterday"),
        record(b"HTTP/1.1 xxx\r\n\r\n"),
        record(page(ARTICLE)).replace(b"Content-Length: ", b"X-Length: ", 1),
        record(b""),
        b"WARC/1.0\r\n" * 10,
        b"WARC/1.0",
    ],
)
def test_records_that_are_no_answers_of_the_web_are_left_out(content):
    assert list(read_answers(content, limit=LIMIT)) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"<html>",
        b"\x1f\x8b\x08broken",
        gzip.compress(record(page(ARTICLE)), mtime=0)[:-9],
        gzip.compress(bytes(LIMIT + 1), mtime=0),
        record(b"x" * (LIMIT + 1)),
        record(page(ARTICLE)).replace(b"Content-Length: ", b"Content-Length: -"),
        record(page(ARTICLE)).replace(b"Content-Length: ", b"Content-Length: x"),
        record(b"x", kind="metadata") * 2500,
        b"".join(gzip.compress(b"WARC/1.0", mtime=0) for _ in range(4500)),
    ],
    ids=lambda content: f"{content[:12]!r}-{len(content)}",
)
def test_what_is_no_warc_or_too_much_of_one_is_refused(content):
    with pytest.raises(BadWarc):
        list(read_answers(content, limit=LIMIT))


def test_a_record_that_promises_more_than_there_is_ends_with_the_file():
    lie = record(page(ARTICLE)).replace(b"Content-Length: ", b"Content-Length: 9", 1)
    answers = list(read_answers(lie, limit=LIMIT))
    assert all(len(one.payload) < 1000 for one in answers)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(noise):
    for content in (noise, b"WARC/1.0\r\n" + noise, record(noise), record(page(noise)) + noise):
        try:
            for answer in read_answers(content, limit=LIMIT):
                answer.body(limit=LIMIT)
        except (BadWarc, FetchFailed):
            pass


@given(st.binary(max_size=2000), st.lists(st.integers(1, 700), max_size=6))
def test_pieces_are_joined_to_what_they_were(body, sizes):
    out, rest = BytesIO(), body
    for size in sizes:
        if rest:
            out.write(b"%X\r\n%s\r\n" % (len(rest[:size]), rest[:size]))
            rest = rest[size:]
    if rest:
        out.write(b"%x;name=value\r\n%s\r\n" % (len(rest), rest))
    out.write(b"0\r\n\r\n")
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    (answer,) = read_answers(record(head + out.getvalue()), limit=LIMIT)
    assert answer.body(limit=LIMIT) == body


def test_one_answer_is_taken_out_of_a_file_with_its_request_and_nothing_else(
    server, border, tmp_path
):
    server.on("/first", to("/second"))
    server.on("/second", PIECES + chunked(gzip.compress(ARTICLE, mtime=0)))
    fetched = fetch(server.url("/first"), border=border)
    warc = write_warc(fetched, software="Factcheck")
    one = record_of(warc.content, warc.record_id, limit=LIMIT)
    assert accepted_by_warcio(one, tmp_path)
    plain = gzip.decompress(one)
    assert fetched.hops[1].response in plain
    assert fetched.hops[1].request in plain
    assert b"/first" not in plain
    assert plain in gzip.decompress(warc.content)
    with pytest.raises(BadWarc):
        record_of(warc.content, "<urn:uuid:other>", limit=LIMIT)
