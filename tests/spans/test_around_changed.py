"""What is shown of the surroundings of a sentence that stayed: why a person has to look at it."""

import random

import pytest

from annotations.lib.text import context
from annotations.spans.anchoring import Comparison, PlacementState, Why
from annotations.spans.around_changed import LONGEST, AroundChange, Beside, changed_around
from annotations.spans.selectors import TextRange
from annotations.spans.sentences import Sentences
from tests.long import IS_LONG
from tests.spans.edits import Edited, make_edit

LEFT = "“We left at noon with all that we could carry away."
LIST = (
    "The ministry {} this:\n- The bridge was closed to all cars and people.\n"
    "- It was raining all that day and all night.\n- Nobody had been warned.\n"
)
SPOKEN = (
    f"The mayor {{}}: {LEFT} Nobody was hurt. We came back in the evening of the next day."
    " All of it stood,” he said {}."
)
PLAIN = "{} The bridge was closed. {}"

# The text, what it is filled in with before and after, the marked words, and what is shown.
TABLE = [
    (LIST, ["denied"], ["confirmed"], "Nobody had been warned.",
     [(Beside.OVER, "The ministry denied this", "The ministry confirmed this")]),
    (SPOKEN, ["said", "then"], ["denied", "then"], "All of it stood",
     [(Beside.OPENS, "The mayor said: “", "The mayor denied: “")]),
    (SPOKEN, ["said", "then"], ["said", "never"], "Nobody was hurt.",
     [(Beside.CLOSES, "” he said then.", "” he said never.")]),
    (SPOKEN, ["said", "then"], ["denied", "then"], "Nobody was hurt.",
     [(Beside.BEFORE, f"The mayor said: {LEFT}", f"The mayor denied: {LEFT}")]),
    (PLAIN, ["He lied.", "It rained."], ["He spoke.", "It rained."], "The bridge was closed.",
     [(Beside.BEFORE, "He lied.", "He spoke.")]),
    (PLAIN, ["He lied.", "It rained."], ["He lied.", "It was a lie."], "The bridge was closed.",
     [(Beside.AFTER, "It rained.", "It was a lie.")]),
    (PLAIN, ["He lied.", "It rained."], ["", "It rained."], "The bridge was closed.",
     [(Beside.BEFORE, "He lied.", "")]),
    (PLAIN, ["He lied.", "Rain."], ["He lied.\n", "Rain."], "The bridge was closed.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "was", "now", "words", "shown"), TABLE)
def test_what_changed_beside_the_words_is_shown(text, was, now, words, shown):
    old, new = text.format(*was), text.format(*now)
    found = changes(old, new, at(old, words), at(new, words))
    assert [(one.beside, one.old, one.new) for one in found] == shown


def test_a_long_sentence_beside_them_is_cut_to_what_is_nearest():
    long = " ".join(["and it rained"] * 60)
    old = f"He denied that {long} again. The bridge was closed."
    new = f"He denied that {long} at last. The bridge was closed."
    (one,) = changes(old, new, at(old, "The bridge"), at(new, "The bridge"))
    assert max(len(one.old), len(one.new)) <= LONGEST
    assert one.old.endswith("again.")
    assert one.new.endswith("at last.")


def test_whatever_was_edited_there_is_something_to_show():
    seen = 0
    for n in range(1_500 if IS_LONG else 400):
        edited = make_edit(random.Random(f"around.{n}"))
        comparison = Comparison(edited.old, edited.new)
        for number, start in edited.starts.items():
            one = TextRange(start, start + edited.lengths[number])
            placed = comparison.locate([one])
            if placed.state is not PlacementState.NEEDS_REVIEW or not placed.ranges:
                continue
            found = changes(edited.old, edited.new, one, placed.ranges[0])
            for change in found:
                assert change.old != change.new
                assert "\n" not in change.old + change.new
            if placed.why is Why.CONTEXT_CHANGED:
                is_blank = is_as_before(edited, one, placed.ranges[0])
                assert found or is_blank, (edited, one, placed)
                seen += bool(found)
    assert seen > 10


def changes(old: str, new: str, one: TextRange, place: TextRange) -> list[AroundChange]:
    return changed_around(Sentences(old), Sentences(new), one, place)


def is_as_before(edited: Edited, one: TextRange, place: TextRange) -> bool:
    """Say whether the same letters stand around both, whatever white space is between them."""
    old = context(edited.old, one.start, one.end)
    new = context(edited.new, place.start, place.end)
    before = sorted(("".join(side.prefix.split()) for side in (old, new)), key=len)
    after = sorted(("".join(side.suffix.split()) for side in (old, new)), key=len)
    return before[1].endswith(before[0]) and after[1].startswith(after[0])


def at(text: str, words: str) -> TextRange:
    start = text.index(words)
    return TextRange(start, start + len(words))
