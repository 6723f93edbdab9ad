"""Two versions of a text: what stayed, what changed, and whether that matters."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.spans.changes import compare_texts, cut_paragraphs
from annotations.spans.differences import Kind
from annotations.spans.weights import Weight

OLD = "Bridge closed\n\nThe mayor said 42 families had left.\n\nBuses ran.\n\nUpdated at 9:00\n"


def changed(old, new):
    return [one for one in compare_texts(old, new) if one.is_changed]


def test_only_what_changed_is_compared_word_by_word():
    new = OLD.replace("42", "43")
    same, different, rest = compare_texts(OLD, new)
    assert (same.is_changed, different.is_changed, rest.is_changed) == (False, True, False)
    assert different.telling == [Weight.NUMBER]
    assert [run.text for run in different.new_runs if run.is_telling] == ["43"]


@pytest.mark.parametrize(
    ("before", "after", "is_cosmetic"),
    [
        ("Updated at 9:00", "Updated at 11:30", True),
        ("Buses ran.", "Buses  ran", True),
        ("Buses ran.\n\nUpdated at 9:00", "Buses ran.\n\n\nUpdated at 9:00", True),
        ("Updated at 9:00", "Updated at 9:00\n\n1,204 views", True),
        ("42 families", "41 families", False),
        ("Buses ran.", "Buses did not run.", False),
        ("Buses ran.\n\n", "", False),
    ],
)
def test_counters_dates_of_an_update_and_spaces_are_cosmetic(before, after, is_cosmetic):
    assert before in OLD
    found = changed(OLD, OLD.replace(before, after))
    assert found
    assert all(one.is_cosmetic for one in found) == is_cosmetic
    assert any(one.telling for one in found) == (not is_cosmetic and before != "Buses ran.\n\n")


def test_a_paragraph_put_in_changes_no_other():
    new = OLD.replace("Buses ran.", "Nobody was hurt.\n\nBuses ran.")
    (one,) = changed(OLD, new)
    assert (one.old, one.new) == ("", "Nobody was hurt.\n\n")


def test_a_paragraph_is_held_against_the_one_that_it_was():
    """One is put in above it and one below, the next one goes: none of them is an edit of it."""
    first = "The mayor said 42 families had left the town by the river."
    old = f"{first}\n\nBuses ran late in the night.\n\nThe end.\n"
    edited = first.replace("42", "43")
    new = f"An opening was put in this morning.\n\n{edited}\n\nThe port is closed.\n\nThe end.\n"
    put_in, one, other = changed(old, new)
    assert (put_in.old, put_in.new) == ("", "An opening was put in this morning.\n\n")
    assert (one.old.strip(), one.new.strip()) == (first, edited)
    assert [run.text.strip() for run in one.runs if run.kind is not Kind.EQUAL] == ["42", "43"]
    assert (other.old.strip(), other.new.strip()) == (
        "Buses ran late in the night.",
        "The port is closed.",
    )


def test_empty_lines_around_a_paragraph_are_cosmetic():
    same, one, other = compare_texts("One.\n\nTwo.\n", "One.\n\nTwo.\n\n\nUpdated at 9:00\n")
    assert (same.is_changed, one.is_cosmetic, other.is_cosmetic) == (False, True, True)
    assert (other.old, other.new) == ("", "Updated at 9:00\n")


paragraphs = st.lists(st.sampled_from(["One.", "Two two.", "", " ", "\n", "Three 3."]), max_size=12)


@given(paragraphs, paragraphs)
def test_the_stretches_make_up_both_texts(one, other):
    old, new = "\n".join(one), "\n".join(other)
    found = compare_texts(old, new)
    assert "".join(each.old for each in found) == old
    assert "".join(each.new for each in found) == new
    assert "".join(cut_paragraphs(old)) == old


numbers = st.integers(0, 99_999)
# Each as the page has it with one number or another.
OWN = (
    "Updated: 3 March 2022, 14:{}. 12 comments",
    "{} views",
    "Read more: {} storms that shook the coast",
    "Sign up for our {} newsletters",
)
SENTENCES = (
    "Updated figures show that {} died.",
    "Share prices fell by {}.",
    "He told {} people to read more: it was time.",
    "“Sign up for our {} lists,” he said.",
    "Published reports speak of {} dead",
    "It was shared {} times on Facebook, the mayor said",
)


@given(st.permutations([*OWN, *SENTENCES]), st.data())
def test_what_a_page_writes_anew_is_cosmetic_and_hides_no_other_number(lines, data):
    old, new = ([data.draw(numbers) for _line in lines] for _side in range(2))
    texts = ["\n\n".join(map(str.format, lines, side)) for side in (old, new)]
    found = changed(*texts)
    changing = [line for n, line in enumerate(lines) if old[n] != new[n]]
    assert [one.is_cosmetic for one in found] == [line in OWN for line in changing]
    assert all((Weight.NUMBER in one.telling) != one.is_cosmetic for one in found)


def test_long_texts_are_compared_in_good_time():
    lines = [
        f"{n} people left on day {n % 7}, the mayor of town {n * 31} said." for n in range(4000)
    ]
    new = [line.replace("left", "came") if n % 5 == 0 else line for n, line in enumerate(lines)]
    began = time.perf_counter()
    found = compare_texts("\n\n".join(lines), "\n\n".join(["New.", *new]))
    assert sum(bool(one.runs) for one in found if one.is_changed) == 801
    compare_texts("again\n" * 50_000, "again\nand\n" * 25_000)
    assert time.perf_counter() - began < 3
