"""Markdown as it is shown: what it makes, and what nobody gets past it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.lib.markdown import as_html

REL = 'rel="nofollow noopener noreferrer ugc"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**sure** and *so*", "<p><strong>sure</strong> and <em>so</em></p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("# Title", "<p>Title</p>"),
        ("<b>5 < 6</b>", "<p>&lt;b&gt;5 &lt; 6&lt;/b&gt;</p>"),
        ("[UN](https://un.example/)", f'<p><a href="https://un.example/" {REL}>UN</a></p>'),
        ("ДСНС **підтвердила** 👍", "<p>ДСНС <strong>підтвердила</strong> 👍</p>"),
    ],
)
def test_what_it_makes(text, html):
    assert as_html(text).strip() == html


def test_headings_stand_below_the_pages_own():
    assert as_html("# One\n\n###### Six", headings_below=2).split() == [
        "<h3>One</h3>",
        "<h6>Six</h6>",
    ]


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&#58;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](https://tracker.example/pixel.png)",
    "[x](//evil.example)",
    '[x](https://a.example "onmouseover=alert(1)")',
    "<a href='https://a.example' onclick='alert(1)'>x</a>",
    "<style>*{display:none}</style>",
    "`<svg/onload=alert(1)>`",
    "| <iframe src=//x> |\n|---|\n| <object> |",
]


def check(html: str) -> None:
    tags = re.findall(r"<([^>]*)>", html)
    for tag in tags:
        assert not re.match(r"(?i)/?(script|img|style|iframe|object|svg|form|input)\b", tag), html
        assert not re.search(r"(?i)\son\w+=", re.sub(r'"[^"]*"', '""', tag)), html
        for address in re.findall(r'href="([^"]*)"', tag):
            assert re.match(r"(https?|mailto):", address), html
            assert REL in tag


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_gets_past(text):
    check(as_html(text))


@given(st.lists(st.sampled_from([*HOSTILE, "\n", "> ", "- ", "`", "**", "[", "](", ")"])))
def test_nothing_gets_past_in_any_mixture(parts):
    check(as_html("".join(parts)))
