"""Before and after, word by word."""

import time

from annotations.web.views.claims_history import word_difference


def test_words_that_stayed_came_and_went_are_told_apart():
    found = word_difference("More than 2,000 were killed.", "More than 2,100 were killed there.")
    assert [(one.kind, one.text) for one in found] == [
        ("equal", "More than 2,"),
        ("delete", "000"),
        ("insert", "100"),
        ("equal", " were killed"),
        ("insert", " there"),
        ("equal", "."),
    ]


def test_texts_made_to_be_slow_are_not_compared():
    began = time.monotonic()
    assert word_difference("ab " * 1000, "ba ab " * 500) == []
    assert time.monotonic() - began < 1


def test_texts_of_a_usual_length_are_compared():
    text = " ".join(f"word{n}, the" for n in range(50))
    assert len(word_difference(text, text + " end")) == 2
