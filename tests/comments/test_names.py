"""Whom a comment addresses."""

import pytest

from annotations.comments.names import people_named

PEOPLE = {"Anna": [1], "Anna Maria": [2], "Ірина Коваль": [3], "Two": [4, 5], "C++": [6]}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@Anna, see this", [1]),
        ("@anna maria: see this", [2]),
        ("ask @ІРИНА   Коваль and @Anna", [3, 1]),
        ("write to desk@Anna.example", []),
        ("@Annabel is nobody here", []),
        ("@Two of you", [4, 5]),
        ("(@C++)", [6]),
        ("@Anna @anna", [1]),
        ("@ Anna", []),
    ],
)
def test_the_longest_name_behind_an_at_sign_is_meant(text, named):
    assert people_named(text, PEOPLE) == named
