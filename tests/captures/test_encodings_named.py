"""Encodings as answers and pages name them: read at once, whatever stands in their place."""

import time

import pytest

from annotations.articles import decoding
from annotations.captures import page
from annotations.captures.answers import charset_of


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("text/html; charset=KOI8-U", "koi8-u"),
        ('text/html;charset = " windows-1251 "', "windows-1251"),
        ("text/html; charset='utf-8'", "utf-8"),
        ("text/html; charset=", ""),
        ("text/html", ""),
    ],
)
def test_an_encoding_is_read_with_its_spaces_and_marks(named, found):
    assert charset_of(named) == found


@pytest.mark.parametrize("odd", ["!", '"!', ""])
def test_spaces_in_place_of_an_encoding_take_no_time(odd):
    """A server may send 100 kB of them, and nothing else would be done meanwhile."""
    began = time.perf_counter()
    assert charset_of(f"text/html; charset={' ' * 90_000}{odd}") == ""
    source = b"<meta " * 30 + b"charset=" + b" " * 3900 + odd.encode()
    for declared in (page._DECLARED, decoding._DECLARED):
        assert declared.search(source) is None
    assert time.perf_counter() - began < 0.5
