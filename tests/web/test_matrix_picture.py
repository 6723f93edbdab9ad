"""The matrix of labels as a picture: everything inside it, mirrored where pages are."""

import pytest

from annotations.web.matrix_picture import DARKEST, matrix_picture

NAMES = ["Supported", "Not enough evidence"]
COUNTS = [[8, 2], [0, 4]]


@pytest.fixture(params=[False, True], ids=["from the left", "from the right"])
def from_right(request):
    return request.param


def test_every_count_stands_inside_with_its_shade(from_right):
    picture = matrix_picture(COUNTS, NAMES, from_right=from_right)
    assert [one.count for one in picture.squares] == [8, 2, 0, 4]
    assert [one.is_alike for one in picture.squares] == [True, False, False, True]
    assert [float(one.shade) for one in picture.squares] == [DARKEST, DARKEST / 4, 0, DARKEST / 2]
    for one in picture.squares:
        assert 0 <= one.x <= picture.width - picture.side
        assert 0 <= one.y <= picture.height - picture.side


def test_columns_begin_where_reading_does(from_right):
    picture = matrix_picture(COUNTS, NAMES, from_right=from_right)
    first, second = picture.columns
    assert (first.x > second.x) == from_right
    assert [one.middle[0] for one in picture.squares[:2]] == [first.x, second.x]


def test_words_end_beside_the_squares(from_right):
    picture = matrix_picture(COUNTS, NAMES, from_right=from_right)
    edges = [one.x + (picture.side if from_right else 0) for one in picture.squares[::2]]
    words = {one.x for one in picture.rows}
    assert len(words) == 1
    assert all(0 < (word - edge if from_right else edge - word) < 12
               for word in words for edge in edges)  # fmt: skip


def test_a_long_word_takes_two_lines_about_the_middle_of_its_row():
    picture = matrix_picture(COUNTS, NAMES, from_right=False)
    assert [(one.text, one.number) for one in picture.rows] == [
        ("Supported", 1),
        ("Not enough", None),
        ("evidence", 2),
    ]
    middle = picture.squares[2].middle[1]
    assert [one.y - middle for one in picture.rows[1:]] == [-8, 8]


def test_nothing_counted_is_no_division_by_nought():
    picture = matrix_picture([[0, 0], [0, 0]], NAMES, from_right=False)
    assert {one.shade for one in picture.squares} == {"0.000"}
