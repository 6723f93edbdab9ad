"""The network client against a server that misbehaves, within bounds a test can wait for."""

import gzip
import socket
import ssl
import zlib

import pytest

from annotations.captures.answers import Conditions
from annotations.captures.failures import FailureCode
from annotations.captures.fetching import fetch
from tests.captures.outcome import failure_of
from tests.captures.server import page, to

ARTICLE = "<h1>Втрати</h1><p>Служба каже: понад 2000.</p>".encode()


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


def test_that_nothing_has_changed_is_not_believed_where_nobody_asked(server, border):
    """Else a page that has gone would be there as it was, at an address that was never seen."""
    url = server.on("/same", page(b"", 304))
    assert failure_of(fetch(url, border=border)) == FailureCode.PROTOCOL
    conditions = Conditions('"a1"', url=server.on("/moved", to("/same")))
    assert failure_of(fetch(conditions.url, border=border, conditions=conditions)) == "protocol"


@pytest.mark.parametrize("behind", [" \u00e9", " \u0436x", " \x01", " \u2028"])
def test_a_date_with_odd_letters_behind_it_is_not_sent_back(server, border, behind):
    """Readers of dates pass them by, but no header may have them: the page was never asked for."""
    header = f"Last-Modified: Wed, 02 Mar 2022 10:00:00 GMT{behind}"
    url = server.on("/odd", page(ARTICLE, 200, header))
    said = fetch(url, border=border).header("Last-Modified")
    again = fetch(url, border=border, conditions=Conditions(last_modified=said, url=url))
    assert again.body == ARTICLE
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
