"""Every visible word of a template goes through gettext."""

import re
from pathlib import Path

import pytest

TEMPLATES = sorted((Path(__file__).resolve().parents[2] / "templates").rglob("*.html"))
_REMOVED = [
    re.compile(r"\{% comment %\}.*?\{% endcomment %\}", re.S),
    re.compile(r"\{% blocktrans(?:late)?\b.*?\{% endblocktrans(?:late)? %\}", re.S),
    re.compile(r"\{% block (?:main_class|body_?class|coltype) %\}.*?\{% endblock %\}", re.S),
    re.compile(r"&\w+;"),
    re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", re.S),
    re.compile(r"<!--.*?-->", re.S),
    re.compile(r"<(script|style|svg)\b.*?</\1>", re.S),
]
_SHOWN = re.compile(r"\b(?:alt|title|placeholder|aria-label|aria-description)=\"([^\"]*)\"")
_TAG = re.compile(r"<[^>]*>", re.S)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
# Names and marks that are the same in every language.
SAME_EVERYWHERE = {
    *("Factcheck", "SHA", "Esc", "Enter", "Ctrl", "Shift", "Alt"),
    *("Atom", "CSV", "JSON"),
}


def untranslated(source: str) -> list[str]:
    for pattern in _REMOVED:
        source = pattern.sub(" ", source)
    shown = " ".join(_SHOWN.findall(source)) + " " + _TAG.sub(" ", source)
    return [word for word in _LETTERS.findall(shown) if word not in SAME_EVERYWHERE]


def test_the_check_finds_a_bare_word():
    assert untranslated('<p title="Bare">{% translate "Words" %} naked</p>') == ["Bare", "naked"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(path.parents[1])))
def test_no_bare_word_stands_in_a_template(path):
    assert untranslated(path.read_text(encoding="utf-8")) == []
