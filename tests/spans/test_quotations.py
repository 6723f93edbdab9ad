"""Words between quotation marks are told from those around them, and so are their changes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.spans.differences import Kind, compare_words, telling_changes
from annotations.spans.quotations import LONGEST, quoted_ranges
from annotations.spans.weights import Weight


def quoted(text: str) -> list[str]:
    return [text[start:end] for start, end in quoted_ranges(text)]


QUOTED = [
    ("He said “any warning” twice.", ["any warning"]),
    ('He said "any warning" and "no".', ["any warning", "no"]),
    ("He said 'any warning' twice.", ["any warning"]),
    ("He said ‘any warning’ twice.", ["any warning"]),
    ("Er sagte: „Ein Wort“, und ging.", ["Ein Wort"]),
    ("Er sagte: ‚Ein Wort‘, und ging.", ["Ein Wort"]),
    ("Er sagte: »Ein Wort«, und ging.", ["Ein Wort"]),
    ("Il a dit « un mot » hier.", [" un mot "]),
    ("Він сказав «одне слово» вчора.", ["одне слово"]),
    ("Він сказав „одне слово” вчора.", ["одне слово"]),
    ("彼は「言葉」と言った。", ["言葉"]),
    ("彼は『言葉』と言った。", ["言葉"]),
    ("Hän sanoi: ”Yksi sana”, ja lähti.", ["Yksi sana"]),
    ("“One. Two. Three,” he said. “Four.”", ["One. Two. Three,", "Four."]),
    ("“He told me ‘no’ twice,” she said.", ["He told me ‘no’ twice,"]),
    ("«Фільм «Дім» гарний», — каже він.", ["Фільм «Дім» гарний"]),
    ("«Фільм «Дім», — каже він.", ["Фільм «Дім"]),
    # Not closed: to the end of the paragraph.
    ("He said: “One. Two.\nThree.", ["One. Two."]),
    # Closed only: from the beginning of the paragraph.
    ("First.\nThird,” he said.", ["Third,"]),
    ('First.\nThird," he said.', ["Third,"]),
    ("The soldiers’ homes don’t count.", []),
    ("The soldiers' homes don't count.", []),
    ("Rock in the '90s, the soldiers' songs.", []),
    ('A man of 5\'10" and a gun of 9" came.', []),
    ("O’Neil's and l’été.", []),
]


@pytest.mark.parametrize(("text", "expected"), QUOTED)
def test_what_stands_between_the_marks_is_quoted(text, expected):
    assert quoted(text) == expected


def test_a_quotation_that_is_never_closed_is_bounded():
    ((start, end),) = quoted_ranges("“" + "word " * 4000)
    assert end - start == LONGEST
    ((start, end),) = quoted_ranges("word " * 4000 + "word,” he said.")
    assert end - start == LONGEST


@pytest.mark.parametrize("mark", [*"“”„«»'‘‚\"「"])
def test_many_marks_that_open_nothing_take_no_longer(mark):
    text = f"{mark}a " * 50_000
    ranges = quoted_ranges(text)
    assert all(end <= start for (_, end), (start, _) in pairwise(ranges))


texts = st.lists(st.sampled_from([*"“”„«»'‘’‚\"「」\n .", "word", "5", "don’t"]), max_size=40)


@given(texts)
def test_quotations_are_in_order_apart_and_within_a_paragraph(pieces):
    text = "".join(pieces)
    last = -1
    for start, end in quoted_ranges(text):
        assert last < start <= end <= len(text)
        assert "\n" not in text[start:end]
        last = end


CHANGED = [
    ("He said “any warning” twice.", "He said “any signal” twice.", [Weight.QUOTATION]),
    ("Er sagte „Ein Wort“ und ging.", "Er sagte „Ein Satz“ und ging.", [Weight.NAME]),
    (
        "Він сказав «два слова» тут.",
        "Він сказав «наші слова» тут.",
        [Weight.NUMBER, Weight.QUOTATION],
    ),
    ("Він сказав «наше слово» тут.", "Він сказав «ваше слово» тут.", [Weight.QUOTATION]),
    ("“One. A warning. Three.”", "“One. A signal. Three.”", [Weight.QUOTATION]),
    ("He said “any warning” twice.", "He told “any warning” twice.", []),
    ("He said “any warning”.", "He said any warning.", [Weight.QUOTATION]),
    # Another form of the same marks says nothing new.
    ('He said "any warning".', "He said “any warning”.", []),
    ("They don't go.", "They don’t go.", []),
    ("The soldiers homes.", "The soldiers’ homes.", []),
    ("He said “42 died”.", "He said “43 died”.", [Weight.NUMBER]),
    ("He said “it is so”.", "He said “it is not so”.", [Weight.NEGATION]),
]


@pytest.mark.parametrize(("before", "after", "telling"), CHANGED)
def test_a_word_changed_in_a_quotation_is_a_changed_quotation(before, after, telling):
    assert telling_changes(compare_words(before, after)) == telling


def test_only_the_changed_words_of_a_quotation_are_marked():
    runs = compare_words("She said “any warning” then.", "She spoke of “any signal” then.")
    assert [(one.text, one.weight) for one in runs if one.kind is Kind.COME] == [
        ("spoke of", Weight.WORDS),
        ("signal", Weight.QUOTATION),
    ]
