"""What is typed becomes terms; found terms are marked where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.search.marks import fold, pieces, snippet
from annotations.search.words import MOST_TERMS, Term, read_terms


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("", []),
        ("   ", []),
        ("!!! -- *", []),
        ("killed ", [Term("killed")]),
        ("killed", [Term("killed", is_prefix=True)]),
        ("a", [Term("a")]),
        ("kill* soldiers ", [Term("kill", is_prefix=True), Term("soldiers")]),
        ('"about 9,000"', [Term("about 9,000")]),
        ("«близько 9000» вбитих ", [Term("близько 9000"), Term("вбитих")]),
        ('"unclosed phrase', [Term("unclosed"), Term("phrase", is_prefix=True)]),
        ("(tolls) & | ! <-> ", [Term("tolls")]),
        ("https://cnn.com/a?b=1", [Term("https://cnn.com/a?b=1", is_prefix=True)]),
        ("nul\x00byte ", [Term("nul"), Term("byte")]),
    ],
)
def test_a_query_is_read_as_terms(query, terms):
    assert list(read_terms(query)) == terms


def test_a_query_has_a_bounded_number_of_terms():
    assert len(read_terms("a1 " * 500)) == MOST_TERMS


def hits(text: str, query: str) -> list[str]:
    return [piece.text for piece in pieces(text, read_terms(query)) if piece.is_hit]


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("Killed, killing, skill", "kill", ["Killed", "killing"]),
        ("Killed, killing, kill", "kill ", ["kill"]),
        ("About 9,000 were; about  9,000", '"about 9,000"', ["About 9,000", "about  9,000"]),
        ("Élysée and e\u0301lyse\u0301e", "elysee ", ["Élysée", "e\u0301lyse\u0301e"]),
        ("п’ять, п'ять, п\u02bcять", "п'ять ", ["п’ять", "п'ять", "п\u02bcять"]),
        ("ЗЕЛЕНСЬКИЙ", "зеленськ", ["ЗЕЛЕНСЬКИЙ"]),
        ("قتل 498 جنديا", "498 ", ["498"]),
        ("👨‍👩‍👧 family", "family ", ["family"]),
    ],
)
def test_terms_are_found_again(text, query, found):
    assert hits(text, query) == found


@given(st.text(max_size=200), st.text(max_size=30))
def test_pieces_always_make_the_text_again(text, query):
    assert "".join(piece.text for piece in pieces(text, read_terms(query))) == text
    assert len(fold(text)) == len(text)


@given(st.text(max_size=2000), st.text(max_size=30))
def test_a_snippet_is_short_whatever_it_is_cut_from(text, query):
    assert len("".join(piece.text for piece in snippet(text, read_terms(query)))) <= 230


def test_a_snippet_stands_around_the_first_hit():
    text = "before " * 100 + "the needle stands here " + "after " * 100
    shown = snippet(text, read_terms("needle"))
    assert [piece.text for piece in shown if piece.is_hit] == ["needle"]
    assert shown[0].text == "… "
    assert shown[-1].text == " …"
