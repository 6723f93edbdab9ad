"""How much of a page changed, and which passages are shown of it."""

from annotations.lifecycle.watches.texts import (
    LONGEST_PASSAGE,
    changed_passages,
    counted_changes,
    holds_words,
    is_cosmetic,
)

FILLING = "What everybody knew stayed as it was, and so did the rest of it. " * 40


def test_changes_are_counted_by_what_they_say():
    old = "He denied it.\n\n498 were killed.\n\nIt rained.\n\n1,204 views"
    new = "He did not deny it.\n\n499 were killed.\n\nIt rained hard.\n\n1,377 views"
    found = counted_changes(old, new)
    assert (found["weighty"], found["plain"], found["cosmetic"]) == (2, 1, 1)
    assert found["kinds"] == ["negation", "number"]
    assert not is_cosmetic(found)
    assert is_cosmetic(counted_changes("1,204 views", "1,377 views"))
    assert not is_cosmetic(counted_changes(old, old))


def test_changed_quotations_are_counted_and_what_a_page_writes_anew_says_nothing():
    old = "“We had no word. We saw any warning. It was late,” he said.\n\nRead more: Five storms"
    found = counted_changes(old, old.replace("any warning", "any signal").replace("Five", "Six"))
    assert (found["weighty"], found["plain"], found["cosmetic"]) == (1, 0, 1)
    assert found["kinds"] == ["quotation"]
    # A paragraph put in beside such a line leaves the line what it is.
    added = old.replace("Read more: Five", "It rained.\n\nRead more: Six")
    assert counted_changes(old, added)["kinds"] == []
    assert not is_cosmetic(counted_changes(old, added))


def test_a_passage_begins_a_little_before_its_change():
    ((old, new),) = changed_passages(f"{FILLING}498 were killed.", f"{FILLING}499 were killed.")
    assert (old[-16:], new[-16:]) == ("498 were killed.", "499 were killed.")
    assert len(old) < LONGEST_PASSAGE


def test_what_was_added_or_taken_away_is_a_passage_too():
    assert changed_passages("One.\n\nTwo.", "One.\n\nTwo.\n\n498 died.") == [["", "498 died."]]


def test_words_are_found_whatever_the_case_and_white_space():
    assert holds_words("More  than\n2,000 People", "than 2,000 people")
    assert not holds_words("More than 1,900 people", "than 2,000 people")
