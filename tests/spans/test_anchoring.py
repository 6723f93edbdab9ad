"""Where spans stand in a later version, case by case."""

from __future__ import annotations

import pytest

from annotations.spans.anchoring import Comparison, Placement, PlacementState, Why, locate
from annotations.spans.selectors import TextRange

SAME, MOVED = PlacementState.SAME, PlacementState.MOVED
REVIEW, ORPHANED = PlacementState.NEEDS_REVIEW, PlacementState.ORPHANED

OLD = (
    "Envoys talk at the border\n\n"
    "The minister denied that he had met the envoy in March. Reporters asked twice.\n\n"
    "His office counted 498 soldiers killed. The mayor of “Stari Lypky” said little.\n\n"
    "Nobody else was named, and the talks go on."
)


def _place(new: str, quote: str, old: str = OLD, nth: int = 0) -> tuple[Placement, str]:
    """Place the quote's nth occurrence; also return the words it is placed on."""
    start = -1
    for _n in range(nth + 1):
        start = old.index(quote, start + 1)
    placement = locate([TextRange(start, start + len(quote))], old, new)
    return placement, " … ".join(new[one.start : one.end] for one in placement.ranges)


def _changed(here: str, there: str) -> str:
    assert here in OLD
    return OLD.replace(here, there, 1)


@pytest.mark.parametrize(
    ("new", "quote", "state"),
    [
        (OLD, "he had met the envoy", SAME),
        (_changed("go on.", "go on. More later."), "he had met the envoy", SAME),
        (_changed("\n\nThe minister", "\n\nA new day.\n\nThe minister"), "denied", MOVED),
        (_changed("\n\nHis office", "\n\nA new day.\n\nHis office"), "498 soldiers", MOVED),
        (_changed("\n\nHis office", "\n\nA new day.\n\nHis office"), "Reporters asked twice", SAME),
        ("Updated.\n\n" + OLD, "Envoys talk", MOVED),
        (OLD + "\n\nUpdated.", "the talks go on", SAME),
    ],
    ids=range(7),
)
def test_words_left_as_they_were_are_found(new: str, quote: str, state: PlacementState) -> None:
    placement, words = _place(new, quote)
    assert (placement.state, placement.why, words) == (state, Why.IDENTICAL, quote)


@pytest.mark.parametrize(
    ("new", "quote", "proposed"),
    [
        (_changed("denied", "confirmed"), "he had met the envoy", "he had met the envoy"),
        (_changed("denied that", "denied not that"), "he had met", "he had met"),
        (_changed("498", "489"), "498 soldiers killed", "489 soldiers killed"),
        (_changed("498", "498"[::-1]), "soldiers killed", "soldiers killed"),
        (_changed("“Stari Lypky”", "«Stari Lypky»"), "Stari Lypky", "Stari Lypky"),
        (_changed("“Stari Lypky”", "Stari Lypky"), "Stari Lypky", "Stari Lypky"),
        (_changed("killed.", "killed?"), "498 soldiers", "498 soldiers"),
        (_changed("The minister", "It is false that the minister"), "had met", "had met"),
    ],
    ids=range(8),
)
def test_a_changed_sentence_is_for_a_person(new: str, quote: str, proposed: str) -> None:
    placement, words = _place(new, quote)
    assert placement.state is REVIEW
    assert placement.why is Why.SENTENCE_CHANGED
    assert words == proposed


@pytest.mark.parametrize(
    ("new", "why"),
    [
        # A colon ends no sentence.
        (_changed("\n\nThe min", "\n\nThis was wrong:\n\nThe min"), Why.SENTENCE_CHANGED),
        (_changed("\n\nThe min", "\n\nThis was wrong…\n\nThe min"), Why.CONTEXT_CHANGED),
        (_changed("the border", "the river"), Why.CONTEXT_CHANGED),
        (_changed("Reporters asked twice.", "Reporters asked once."), Why.CONTEXT_CHANGED),
    ],
    ids=["a lead-in", "one with dots", "the words before", "the words after"],
)
def test_words_that_stand_differently_are_for_a_person(new: str, why: Why) -> None:
    whole = "The minister denied that he had met the envoy in March."
    placement, words = _place(new, whole)
    assert (placement.state, placement.why, words) == (REVIEW, why, whole)


def test_a_dropped_not_is_for_a_person() -> None:
    old = "Mr. Koval did not sign it. He left at noon."
    placement, _words = _place(old.replace("not ", ""), "sign it", old)
    assert placement.state is REVIEW


def test_an_abbreviation_ends_no_sentence() -> None:
    old = "It was denied by Gen. Koval that the town was lost. He left at noon."
    new = old.replace("denied", "confirmed")
    assert _place(new, "the town was lost", old)[0].state is REVIEW


def test_a_line_that_is_only_wrapped_ends_no_sentence() -> None:
    old = "He denied in front of all the reporters who came\nthat the town had been lost by him."
    new = old.replace("denied", "confirmed")
    assert _place(new, "been lost by him", old)[0].state is REVIEW


def test_the_same_quote_twice_in_equal_surroundings_is_for_a_person() -> None:
    lines = "The weather stays fine all this week. He said yes. It rained in the hills all night."
    old = f"{lines}\n\n{lines}"
    new = f"Updated.\n\n{lines}\n\n{lines}"
    for nth in (0, 1):
        placement, _words = _place(new, "said yes", old, nth)
        assert (placement.state, placement.why) == (REVIEW, Why.REPEATED)


def test_a_twin_that_came_or_went_is_for_a_person() -> None:
    once = "First things first here. He said yes. Then it rained."
    twice = once + "\n\nLater on he spoke again. He said yes. Then it snowed."
    assert _place(twice, "said yes", once)[0].state is REVIEW
    assert _place(once, "said yes", twice, 0)[0].state is REVIEW


def test_words_copied_away_from_an_edited_sentence_are_for_a_person() -> None:
    sentence = "The ministry counted 498 soldiers killed in the first long week of the war."
    old = f"Headline of the day\n\n{sentence}\n\nThe end of it."
    edited = sentence.replace("498", "489")
    new = f"Headline of the day\n\n{edited}\n\nThe end of it.\n\n{sentence}"
    assert _place(new, "soldiers", old)[0].state is REVIEW


def test_words_that_are_gone_are_orphaned() -> None:
    new = "Envoys talk at the border\n\nNobody else was named, and the talks go on."
    assert _place(new, "498 soldiers killed")[0] == Placement(ORPHANED, (), Why.NOT_FOUND)


@pytest.mark.parametrize(
    "old",
    [
        "Міністр заперечив, що зустрічався з послом. Його спитали двічі.\n\nПерелік: 498 загиблих.",
        "نفى الوزير أنه التقى المبعوث في آذار. سأله الصحفيون مرتين.\n\nأحصى مكتبه 498 جنديا.",
        "部长否认他见过特使。记者问了两次。\n\n他的办公室统计了四百九十八名士兵。",
    ],
    ids=["uk", "ar", "zh"],
)
def test_every_script_is_cut_into_sentences(old: str) -> None:
    first = old[:12]
    moved = _place("498.\n\n" + old, first, old)
    assert (moved[0].state, moved[1]) == (MOVED, first)
    turned = old[:8] + "x" + old[8:]
    assert _place(turned, first[:6], old)[0].state is REVIEW
    assert _place(turned, old[-9:], old)[0].state is MOVED


def test_a_discontinuous_span_is_as_sure_as_its_least_sure_range() -> None:
    ranges = [_range("had met"), _range("498 soldiers")]
    new = "Updated.\n\n" + OLD
    placement = locate(ranges, OLD, new)
    assert placement.state is MOVED
    assert [new[one.start : one.end] for one in placement.ranges] == ["had met", "498 soldiers"]
    assert locate(ranges, OLD, _changed("498", "489")).state is REVIEW


def test_ranges_that_changed_places_are_for_a_person() -> None:
    head, first, second, end = OLD.split("\n\n")
    new = "\n\n".join((head, second, first, end))
    placement = locate([_range("asked twice"), _range("498 soldiers")], OLD, new)
    assert placement.state is REVIEW
    assert placement.ranges == ()


def _range(quote: str) -> TextRange:
    return TextRange(OLD.index(quote), OLD.index(quote) + len(quote))


def test_boilerplate_repeated_more_than_can_be_told_apart_is_for_a_person() -> None:
    old = "Read more here.\n\n" * 60 + "The end."
    assert _place("Updated.\n\n" + old, "more here", old)[0].why is Why.REPEATED


@pytest.mark.parametrize(
    "old",
    ["a" * 50_000, "a. " * 20_000, "." * 50_000, "\n" * 30_000 + "x" * 30_000, "x y " * 12_000],
)
def test_no_text_is_too_much(old: str) -> None:
    comparison = Comparison(old, "b" + old)
    for start in range(40_000, 40_200):
        assert comparison.locate([TextRange(start, start + 100)]).state is not ORPHANED


@pytest.mark.parametrize(
    ("before", "after"), [("A wholly new one here. ", ""), ("", " And so on."), ("One. Two. ", "")]
)
def test_a_copy_is_told_from_an_edited_sentence_that_was_shifted(before: str, after: str) -> None:
    sentence = "The ministry counted 498 soldiers killed in the first long week of the war."
    old = f"Headline of the day\n\n{sentence}\n\nThe end of it."
    edited = f"{before}{sentence.replace('498', '489')}{after}"
    new = f"Headline of the day\n\n{edited}\n\nThe end of it.\n\n{sentence}"
    assert _place(new, "soldiers", old)[0].state is REVIEW
