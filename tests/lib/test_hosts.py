"""Whose a web address is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.lib.hosts import origin_of, registrable_host

CASES = {
    "bbc.co.uk": "bbc.co.uk",
    "www.bbc.co.uk": "bbc.co.uk",
    "news.bbc.co.uk": "bbc.co.uk",
    "a.b.un.org": "un.org",
    "mod.gov.ua": "mod.gov.ua",
    "www.mod.gov.ua": "mod.gov.ua",
    "www.pravda.com.ua": "pravda.com.ua",
    "pravda.ua": "pravda.ua",
    "one.substack.com": "one.substack.com",
    "two.substack.com": "two.substack.com",
    "www.city.kawasaki.jp": "city.kawasaki.jp",
    "a.desk.github.io": "desk.github.io",
    "localhost": "localhost",
    "192.168.0.1": "192.168.0.1",
    "[2001:db8::1]": "[2001:db8::1]",
    "EXAMPLE.org.": "example.org",
    "": "",
}


@pytest.mark.parametrize(("host", "registered"), CASES.items())
def test_the_registered_part_of_a_host_name(host, registered):
    assert registrable_host(host) == registered


@pytest.mark.parametrize(
    "url",
    [
        "https://www.facebook.com/ministry/posts/1",
        "https://t.me/channel/1",
        "https://web.archive.org/web/2022/https://cnn.com/",
        "https://x.com/someone/status/1",
        "",
    ],
)
def test_a_host_that_many_share_says_nothing_of_the_origin(url):
    assert origin_of(url) == ""


def test_two_pages_of_a_publisher_have_one_origin():
    assert origin_of("https://edition.cnn.com/a") == origin_of("https://www.cnn.com/b") == "cnn.com"


@given(st.from_regex(r"([a-z0-9]{1,8}\.){0,5}[a-z]{2,6}", fullmatch=True))
def test_the_registered_part_is_the_end_of_the_name_and_its_own(host):
    registered = registrable_host(host)
    assert host == registered or host.endswith(f".{registered}")
    assert registrable_host(registered) == registered
    assert registrable_host(f"www.{host}") in (registered, f"www.{host}")
