"""The network client against a server that misbehaves, within bounds a test can wait for."""

import gzip
import socket
import ssl
import threading
import time
import zlib
from dataclasses import replace

import pytest

from annotations.captures.answers import Conditions
from annotations.captures.failures import SENTENCES, FailureCode
from annotations.captures.fetching import Bounds, fetch
from tests.captures.server import page, to

ARTICLE = "<h1>Втрати</h1><p>Служба каже: понад 2000.</p>".encode()


def failure_of(fetched):
    """The code, with the proof that nothing of a failed page is passed on as its body."""
    assert fetched.failure is not None
    assert fetched.body == b""
    assert SENTENCES[fetched.failure.code]
    return fetched.failure.code


# What is well


def test_a_page_comes_home_with_all_that_went_over_the_wire(server, border):
    answer = page(ARTICLE, 200, 'ETag: "a1"', "Set-Cookie: who=you")
    fetched = fetch(server.on("/page", answer) + "?q=1#part", border=border)
    assert (fetched.failure, fetched.status, fetched.body) == (None, 200, ARTICLE)
    assert (fetched.media_type, fetched.charset) == ("text/html", "utf-8")
    (hop,) = fetched.hops
    assert hop.response == answer
    assert hop.request == server.asked[-1]
    assert hop.url == server.url("/page?q=1")
    assert hop.address == "127.0.0.1"
    assert hop.header("etag") == '"a1"'
    assert None not in (hop.timing.lookup, hop.timing.connect, hop.timing.first_byte)
    assert hop.timing.tls is None


def test_what_is_sent_names_us_and_nobody_else(server, border, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1/")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1/")
    server.on("/cookie", page(b"", 302, "Location: /after", "Set-Cookie: id=1"))
    server.on("/after", page(ARTICLE))
    assert fetch(server.url("/cookie"), border=border).status == 200
    lines = server.asked[-1].decode().split("\r\n")
    assert lines[0] == "GET /after HTTP/1.1"
    names = [line.partition(":")[0] for line in lines[1:] if line]
    assert names == ["Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"]
    assert f"Host: news.test:{server.port}" in lines
    assert "User-Agent: Factcheck/0.1 (+https://desk.test)" in lines


def test_a_page_that_has_not_changed_need_not_come_again(server, border):
    url = server.on_call("/same", lambda server, path: iter([page(b"", 304)]))
    conditions = Conditions('W/"a1"', "Wed, 02 Mar 2022 10:00:00 GMT")
    assert fetch(url, border=border, conditions=conditions).status == 304
    assert b'If-None-Match: W/"a1"\r\n' in server.asked[-1]
    assert b"If-Modified-Since: Wed, 02 Mar 2022 10:00:00 GMT\r\n" in server.asked[-1]
    fetch(url, border=border, conditions=Conditions('"a"\r\nCookie: x', "soon"))
    assert b"If-" not in server.asked[-1]


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        (
            "x-gzip",
            lambda body: (
                gzip.compress(body[:9], mtime=0) + gzip.compress(body[9:], mtime=0) + b"\0\0"
            ),
        ),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body, wbits=-15)),
        ("deflate, gzip", lambda body: gzip.compress(zlib.compress(body), mtime=0)),
        ("identity", bytes),
    ],
)
def test_packed_pages_are_unpacked(server, border, encoding, pack):
    url = server.on("/packed", page(pack(ARTICLE), 200, f"Content-Encoding: {encoding}"))
    assert fetch(url, border=border).body == ARTICLE


def test_a_page_in_pieces_is_joined_and_kept_as_it_was_sent(server, border):
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    raw = head + b"5;x=y\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: x\r\n\r\n"
    fetched = fetch(server.on("/pieces", raw[:60], 0.02, raw[60:]), border=border)
    assert fetched.body == b"hello world"
    assert fetched.hops[0].response == raw


def test_an_early_hint_is_no_answer(server, border):
    hint = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    assert fetch(server.on("/hint", hint, page(ARTICLE)), border=border).body == ARTICLE


# Where it leads


def test_redirects_are_followed_five_times_and_no_more(server, border):
    for n in range(8):
        server.on(f"/r{n}", to(f"/r{n + 1}", (301, 302, 303, 307, 308)[n % 5]))
    server.on("/r5", page(ARTICLE))
    fetched = fetch(server.url("/r0"), border=border)
    assert (fetched.status, fetched.redirects, fetched.final_url) == (200, 5, server.url("/r5"))
    server.on("/r5", to("/r6"))
    server.on("/r6", page(ARTICLE))
    fetched = fetch(server.url("/r0"), border=border)
    assert failure_of(fetched) == FailureCode.TOO_MANY_REDIRECTS
    assert len(fetched.hops) == 6


def test_a_redirect_loop_is_left_at_once(server, border):
    server.on("/ping", to("/pong"))
    server.on("/pong", to("/ping"))
    before = len(server.asked)
    fetched = fetch(server.url("/ping"), border=border)
    assert failure_of(fetched) == FailureCode.TOO_MANY_REDIRECTS
    assert len(server.asked) == before + 2


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1/",
        "http://127.0.0.1:{port}/secret",
        "http://2130706433:{port}/secret",
        "http://0x7f.1/secret",
        "http://[::1]:{port}/secret",
        "http://[::ffff:127.0.0.1]:{port}/secret",
        "//0177.0.0.1:{port}/secret",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.100.100.200/latest/meta-data/",
        "http://[fd00:ec2::254]/latest/meta-data/",
        "http://10.0.0.1/",
        "http://0.0.0.0:{port}/secret",
    ],
)
def test_a_redirect_into_a_private_network_is_refused(server, border, location):
    server.on("/secret", page(b"the secret"))
    url = server.on("/inside", to(location.format(port=server.port)))
    before = len(server.asked)
    fetched = fetch(url, border=border)
    assert failure_of(fetched) == FailureCode.ADDRESS_REFUSED
    assert len(server.asked) == before + 1
    assert fetched.hops[0].status == 302
    assert fetched.hops[-1].address == ""


@pytest.mark.parametrize(
    "location",
    ["", "ftp://news.test/", "file:///etc/passwd", "javascript:alert(1)", "http://u:p@news.test/",
     "http://[fe80::1%25eth0]/", "http://news.test\\@127.0.0.1/", "http://elsewhere.test:22/",
     "http://[", "http://" + "a" * 9000],
)  # fmt: skip
def test_a_redirect_to_what_is_no_web_address_is_an_end(server, border, location):
    fetched = fetch(server.on("/odd", to(location)), border=border)
    assert failure_of(fetched) == FailureCode.BAD_REDIRECT
    assert len(fetched.hops) == 1


def test_a_redirect_may_lead_to_another_site_and_back(server, border):
    server.on("/away", to(server.url("/there", "other.test")))
    server.on("/there", page(ARTICLE))
    fetched = fetch(server.url("/away"), border=border)
    assert fetched.final_url == server.url("/there", "other.test")
    assert f"Host: other.test:{server.port}".encode() in server.asked[-1]


# Names


@pytest.mark.parametrize(
    "found", [["127.0.0.1"], ["10.1.2.3", "fe80::1%2"], ["::ffff:127.0.0.1"], ["0.0.0.0", "::1"]]
)
def test_a_name_that_leads_inside_is_refused(resolving, found):
    border, asked = resolving(found)
    assert failure_of(fetch("http://rebind.example/", border=border)) == FailureCode.ADDRESS_REFUSED
    assert asked == ["rebind.example"]


def test_a_name_is_looked_up_once_for_each_hop_and_checked_each_time(server, resolving):
    """The first answer is harmless: what is connected to is what was checked, not a second one."""
    border, asked = resolving(["192.0.2.1", "1.1.1.1"], ["127.0.0.1"])
    connected = []

    def connect(address, timeout=None, source_address=None, **more):
        connected.append(address)
        raise ConnectionRefusedError

    # The border of our code: no test may reach a real address.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "create_connection", connect)
        first = fetch("http://changing.example/", border=border)
        second = fetch("http://changing.example/", border=border)
    assert failure_of(first) == FailureCode.REFUSED
    assert failure_of(second) == FailureCode.ADDRESS_REFUSED
    assert connected == [("1.1.1.1", 80)]
    assert asked == ["changing.example"] * 2


def test_a_name_that_changes_during_a_redirect_is_refused(server, resolving):
    border, asked = resolving(["127.0.0.1"], test_hosts=frozenset(("news.test",)))
    url = server.on("/rebind", to("http://changing.example/secret"))
    assert failure_of(fetch(url, border=border)) == FailureCode.ADDRESS_REFUSED
    assert asked == ["changing.example"]


@pytest.mark.parametrize("found", [[], ["nonsense"]])
def test_a_name_without_an_address_is_not_found(resolving, found):
    border, _asked = resolving(found)
    assert failure_of(fetch("http://nobody.example/", border=border)) == FailureCode.DNS


def test_a_name_nobody_has_is_not_found(border):
    assert failure_of(fetch("http://nobody.invalid/", border=border)) == FailureCode.DNS


def test_test_hosts_are_off_by_default(server, settings):
    assert settings.CAPTURE_TEST_HOSTS == []
    url = f"http://127.0.0.1:{server.port}/"
    assert failure_of(fetch(url)) == FailureCode.ADDRESS_REFUSED


@pytest.mark.parametrize(
    "url", ["", "news", "ftp://news.test/", "http://a:b@news.test/", "http://\0/"]
)
def test_what_is_no_web_address_is_not_asked_for(border, url):
    fetched = fetch(url, border=border)
    assert failure_of(fetched) == FailureCode.BAD_ADDRESS
    assert fetched.hops == ()


# Bounds


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


# Broken answers


def test_a_length_that_promises_more_is_a_page_that_broke_off(server, border):
    lie = page(ARTICLE).replace(b"Content-Length: ", b"Content-Length: 9")
    fetched = fetch(server.on("/long", lie), border=border)
    assert failure_of(fetched) == FailureCode.BROKEN_OFF
    assert fetched.hops[0].truncated == "disconnect"


def test_a_length_that_promises_less_is_believed(server, border):
    lie = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\n\r\nmore"
    assert fetch(server.on("/short", lie), border=border).body == b"hello"


def many_headers(server, path):
    yield b"HTTP/1.1 200 OK\r\n"
    while True:
        yield b"X-Flood: " + b"y" * 1000 + b"\r\n"


@pytest.mark.parametrize(
    "how",
    [
        many_headers,
        lambda server, path: iter([b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000]),
        lambda server, path: iter([b"SSH-2.0-OpenSSH_9.6\r\n\r\n"]),
        lambda server, path: iter([b"HTTP/1.1 two hundred\r\n\r\n"]),
        lambda server, path: iter([b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"
                                   b"Content-Length: 6\r\n\r\nhello"]),
        lambda server, path: iter([b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"]),
        lambda server, path: iter([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"]),
        lambda server, path: iter([b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n"]),
    ],
)  # fmt: skip
def test_what_is_no_http_says_so(server, border, how):
    fetched = fetch(server.on_call("/odd", how), border=border)
    assert failure_of(fetched) == FailureCode.PROTOCOL


@pytest.mark.parametrize(
    "parts", [[], [b"HTTP/1.1 200 OK\r\nContent-"], [page(ARTICLE)[:-5]], [b"HTTP/1.1"]]
)
def test_a_connection_that_breaks_says_so(server, border, parts):
    fetched = fetch(server.on("/broken", *parts), border=border)
    assert failure_of(fetched) == FailureCode.BROKEN_OFF


def test_a_port_where_nobody_listens_refuses(server, border):
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    fetched = fetch(f"http://news.test:{port}/", border=border)
    assert failure_of(fetched) == FailureCode.REFUSED
    assert fetched.hops[0].address == "127.0.0.1"


def test_no_secure_connection_comes_about_with_what_speaks_plainly(server, border):
    url = server.url("/plain").replace("http://", "https://")
    assert failure_of(fetch(url, border=border)) == FailureCode.TLS


def test_headers_in_letters_are_read_and_what_is_no_letter_is_marked(server, border):
    raw = b"HTTP/1.1 200 OK\r\nX-City: \xd0\x9a\xd0\xb8\xd1\x97\xd0\xb2\r\nX-Odd: \xff\r\n\r\nhi"
    fetched = fetch(server.on("/letters", raw), border=border)
    assert fetched.header("x-city") == "Київ"
    assert fetched.header("x-odd") == "ÿ"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120), ("99999999", 604800), ("soon", None), ("-5", None), ("", None),
     ("Wed, 02 Mar 2022 10:00:00 GMT", 0), ("Fri, 31 Dec 9999 23:59:59 GMT", 604800)],
)  # fmt: skip
def test_a_server_may_ask_to_be_left_alone(server, border, value, seconds):
    url = server.on("/busy", page(b"", 429, f"Retry-After: {value}"))
    assert fetch(url, border=border).retry_after == seconds


def test_certificates_are_checked_by_the_name_that_was_asked():
    from annotations.captures.fetching import public_tls

    assert public_tls().verify_mode == ssl.CERT_REQUIRED
    assert public_tls().check_hostname
