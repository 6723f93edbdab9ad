"""What the network client lets nobody exceed: time, bytes, and what unpacks to more."""

import gzip
import socket
import threading
import time
from dataclasses import replace

import pytest

from annotations.captures.failures import FailureCode
from annotations.captures.fetching import Bounds, fetch
from tests.captures.outcome import failure_of
from tests.captures.server import page, to

ARTICLE = "<h1>Втрати</h1><p>Служба каже: понад 2000.</p>".encode()


def drip(server, path):
    yield b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"
    for _n in range(5000):
        yield b"x"
        yield 0.02


def test_a_slow_drip_ends_at_the_deadline(server, border):
    began = time.monotonic()
    border = replace(border, bounds=replace(border.bounds, seconds=0.3))
    fetched = fetch(server.on_call("/drip", drip), border=border)
    assert failure_of(fetched) == FailureCode.TIMEOUT
    assert time.monotonic() - began < 0.8
    assert fetched.hops[0].truncated == "time"
    assert fetched.hops[0].status == 200


def drip_headers(server, path):
    yield b"HTTP/1.1 200 OK\r\n"
    for n in range(5000):
        yield b"X-%d: y\r\n" % n
        yield 0.02


def redirect_slowly(server, path):
    yield 0.15
    yield to(f"/slowly?{path.count('x') * 'x'}x")


@pytest.mark.parametrize("how", [drip_headers, redirect_slowly, lambda server, path: iter([9.0])])
def test_the_deadline_is_for_everything_together(server, border, how):
    began = time.monotonic()
    border = replace(border, bounds=replace(border.bounds, seconds=0.4))
    fetched = fetch(server.on_call("/slowly", how), border=border)
    assert failure_of(fetched) == FailureCode.TIMEOUT
    assert time.monotonic() - began < 0.9


def test_a_look_up_that_hangs_ends_at_the_deadline(border, monkeypatch):
    release = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: release.wait(5))
    border = replace(border, bounds=replace(border.bounds, seconds=0.2))
    began = time.monotonic()
    assert failure_of(fetch("http://hanging.example/", border=border)) == FailureCode.TIMEOUT
    assert time.monotonic() - began < 0.7
    release.set()


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_server_that_says_nothing_ends_at_the_deadline(border, scheme):
    border = replace(border, bounds=replace(border.bounds, seconds=0.3))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        fetched = fetch(f"{scheme}://news.test:{silent.getsockname()[1]}/", border=border)
        assert failure_of(fetched) == FailureCode.TIMEOUT
        assert time.monotonic() - began < 0.8


def endless(server, path):
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    while True:
        yield b"<p>more</p>" * 5000


def endless_pieces(server, path):
    yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    while True:
        yield b"1\r\nx\r\n" * 5000


@pytest.mark.parametrize("how", [endless, endless_pieces])
def test_an_endless_body_is_cut_off(server, border, how):
    before = server.sent
    border = replace(border, bounds=Bounds(seconds=3, body_bytes=50_000, wire_bytes=60_000))
    fetched = fetch(server.on_call("/endless", how), border=border)
    assert failure_of(fetched) == FailureCode.TOO_LARGE
    assert fetched.hops[0].truncated == "length"
    assert len(fetched.hops[0].response) < border.bounds.wire_bytes + 70_000
    assert server.sent - before < 8_000_000


def test_what_redirects_carry_counts_as_well(server, border):
    border = replace(border, bounds=replace(border.bounds, wire_bytes=5000))
    for n in range(4):
        server.on(f"/fat{n}", to(f"/fat{n + 1}").replace(b"h: 0", b"h: 2000") + b"x" * 2000)
    assert failure_of(fetch(server.url("/fat0"), border=border)) == FailureCode.TOO_LARGE
    assert fetch(server.url("/fat2"), border=border).status == 404


def test_twenty_megabytes_and_thirty_seconds_are_what_holds():
    assert Bounds() == Bounds(30.0, 20 * 2**20, 20 * 2**20 + 512 * 1024, 5)


def test_a_bomb_does_not_go_off(server, border):
    bomb = gzip.compress(bytes(20_000_000), mtime=0)
    assert len(bomb) < 20_000
    url = server.on("/bomb", page(bomb, 200, "Content-Encoding: gzip"))
    assert failure_of(fetch(url, border=border)) == FailureCode.BOMB
    url = server.on(
        "/bomb", page(gzip.compress(bomb, mtime=0), 200, "Content-Encoding: gzip, gzip")
    )
    assert failure_of(fetch(url, border=border)) == FailureCode.BOMB


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("br", b"\x0b\x02\x80hello\x03"),
        ("zstd", b"\x28\xb5\x2f\xfd"),
        ("compress", b"x"),
        ("gzip", b"this is not gzip"),
        ("gzip", gzip.compress(ARTICLE, mtime=0)[:-12]),
        ("deflate", b"\xff\xff\xff"),
        ("gzip, gzip, gzip", gzip.compress(ARTICLE, mtime=0)),
        ("gzip", gzip.compress(b"x", mtime=0) * 200),
    ],
)
def test_what_cannot_be_unpacked_says_so(server, border, encoding, body):
    fetched = fetch(
        server.on("/br", page(body, 200, f"Content-Encoding: {encoding}")), border=border
    )
    assert failure_of(fetched) == FailureCode.BAD_ENCODING
    assert fetched.status == 200
