from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.lib.urls import InvalidUrl, canonical_url, host_of

CASES = [
    ("https://Example.ORG", "https://example.org/"),
    ("HTTP://Example.org:80/a", "http://example.org/a"),
    ("https://example.org:443/a#part", "https://example.org/a"),
    ("https://example.org:8443/a", "https://example.org:8443/a"),
    ("https://example.org./a", "https://example.org/a"),
    ("https://example.org/a?utm_source=x&id=3&fbclid=y", "https://example.org/a?id=3"),
    ("https://example.org/a?UTM_Source=x", "https://example.org/a"),
    ("https://example.org/a?%75tm_source=x", "https://example.org/a"),
    ("https://example.org/a?b=1&a=2", "https://example.org/a?b=1&a=2"),
    ("https://example.org/?", "https://example.org/"),
    (
        "https://правда.укр/новини",
        "https://xn--80aafi6cg.xn--j1amh/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8",
    ),
    ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
    ("https://example.org/%d0%bd%7Euser", "https://example.org/%D0%BD~user"),
    ("https://example.org/100%", "https://example.org/100%25"),
    ("https://[2001:DB8::0:1]/x", "https://[2001:db8::1]/x"),
    ("  https://example.org/a\n", "https://example.org/a"),
    ("https://my_shop.example.org/a", "https://my_shop.example.org/a"),
    ("https://example.org/A/b;c?q=a+b", "https://example.org/A/b;c?q=a+b"),
]


@pytest.mark.parametrize(("given_url", "expected"), CASES)
def test_a_page_has_one_canonical_address(given_url: str, expected: str) -> None:
    assert canonical_url(given_url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "", "   ", "example.org/a", "ftp://example.org/", "javascript:alert(1)", "file:///etc/passwd",
        "https://", "https:///a", "https://user@example.org/", "https://user:pw@example.org/",
        "https://exa mple.org/", "https://example.org/a b", "https://example.org\\@evil.example/",
        "https://example.org:99999/", "https://example.org:port/", "https://[::1", "https://-a.org/",
        "https://a..b/", "https://exa\nmple.org/", "https://" + "a" * 300 + ".org/",
        "https://example.org/" + "a" * 2000, "https://\u0301.org/", "https://@example.org/",
    ],
)  # fmt: skip
def test_what_is_no_public_page_is_refused(url: str) -> None:
    with pytest.raises(InvalidUrl) as refusal:
        canonical_url(url)
    assert refusal.value.field == "url"
    assert refusal.value.message


def test_the_host_of_a_canonical_url() -> None:
    assert host_of("https://news.example.org:8443/a") == "news.example.org"


@given(
    st.sampled_from(["http", "https", "HTTPS"]),
    st.sampled_from(["example.org", "Пример.укр", "a.b:8080", "straße.de.", "[::1]:443", "☃.net"]),
    st.text(st.characters(codec="utf-8"), max_size=30),
)
def test_the_canonical_form_of_a_canonical_form_is_itself(
    scheme: str, host: str, rest: str
) -> None:
    try:
        once = canonical_url(f"{scheme}://{host}/{rest}")
    except InvalidUrl:
        return
    assert canonical_url(once) == once
    assert once.isascii()


@given(st.text(alphabet="%aAfF0137=&?/#utm_x~.é", max_size=30))
def test_escapes_settle_at_once(rest: str) -> None:
    once = canonical_url(f"https://example.org/{rest}")
    assert canonical_url(once) == once
