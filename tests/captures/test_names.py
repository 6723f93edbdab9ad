"""Names are looked up once for each hop, and what they lead to is checked each time."""

import socket

import pytest

from annotations.captures.failures import FailureCode
from annotations.captures.fetching import fetch
from tests.captures.outcome import failure_of
from tests.captures.server import to


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
