"""What frames a sentence from afar: a word that is shortened, a line that is wrapped, the words
over a list, who is quoted. Where one of these changed, a person decides.
"""

import random
import time

import pytest

from annotations.spans.anchoring import Comparison, PlacementState, locate
from annotations.spans.selectors import TextRange

REVIEW, PLACED = PlacementState.NEEDS_REVIEW, {PlacementState.SAME, PlacementState.MOVED}

# The text, what is changed in it, what it becomes, and the words that were marked.
FRAMED = [
    (
        "It was denied in public by both of the lawyers, Messrs. Koval and Bondar, that the town"
        " had been lost to them.",
        ("denied", "confirmed", "the town had been lost"),
    ),
    (
        "Er bestritt im Gespräch mit allen Reportern, dass dort Soldaten bzw. Zivilisten der Stadt"
        " getötet worden waren.",
        ("bestritt", "bestätigte", "getötet worden waren"),
    ),
    (
        "Zelenski negó ante la prensa reunida allí que EE. UU. hubiera enviado soldados.",
        ("negó", "confirmó", "enviado soldados"),
    ),
    (
        "Il a été démenti devant la presse réunie par MM. Dupont et Durand que la ville avait été"
        " perdue.",
        ("démenti", "confirmé", "la ville avait été perdue"),
    ),
    (
        "Він заперечив перед усіма журналістами, що заст. Коваля бачили того дня у місті з послом.",
        ("заперечив", "підтвердив", "бачили того дня у місті"),
    ),
    (
        "He denied in front of all the reporters who came that General\nKoval had lost the town"
        " that evening.",
        ("denied", "confirmed", "lost the town"),
    ),
    (
        "It was denied in front of all the reporters who came by Gen.\nKoval that the town had been"
        " lost that evening.",
        ("denied", "confirmed", "the town had been lost"),
    ),
    (
        "He denied in front of all the reporters who came that over\n498 soldiers had been killed"
        " that evening.",
        ("denied", "confirmed", "killed that evening"),
    ),
    (
        "He denied in front of all the reporters who had come that “Kyiv”\nhad been lost to them"
        " that evening.",
        ("denied", "confirmed", "them that evening"),
    ),
    (
        "He denied in front of everybody who came to listen to him then that\nthe soldiers of\n"
        "General Hrytsenko had lost the town.",
        ("denied", "confirmed", "had lost the town"),
    ),
    (
        "The soldiers of General Hrytsenko had lost the town that evening, as\nKoval’s office has"
        " confirmed to us.",
        ("confirmed", "denied", "soldiers of General"),
    ),
    (
        "The ministry denied that:\n- it had lost the town to anybody on that day;\n"
        "- 498 soldiers were killed.",
        ("denied", "confirmed", "soldiers were killed"),
    ),
    (
        "The ministry denied this:\n- It had lost the town to anybody on that day.\n"
        "- In all 498 soldiers were killed.",
        ("denied", "confirmed", "soldiers were killed"),
    ),
    (
        "It was said:\n- of the town that it was lost;\n- the ministry denied this:\n"
        "- It had lost the town to anybody on that day.\n- In all 498 soldiers were killed.",
        ("denied", "confirmed", "soldiers were killed"),
    ),
    (
        "The ministry denied this:\n\n1. It had lost the town to anybody on that day.\n\n"
        "2. In all 498 soldiers were killed.",
        ("denied", "confirmed", "soldiers were killed"),
    ),
    (
        "The ministry did not at that time, nor at any time after\n\nit, say that 498 soldiers of"
        " its own were killed.",
        ("not", "also", "soldiers of its own"),
    ),
    (
        "The ministry denied the following to all the reporters there:\n\nThe town of Lypky on the"
        " river was lost to them.",
        ("denied", "confirmed", "lost to them"),
    ),
    (
        "Koval, who speaks for the ministry of defence:\n\nWe have lost the town of Lypky on the"
        " river to them.",
        ("Koval", "Bondar", "Lypky on the river"),
    ),
    (
        "The minister denied saying: “It rained on that day all the time. The town was lost to us"
        " all. Nobody at all came out to help us there.”",
        ("denied", "confirmed", "town was lost"),
    ),
    (
        "«На тому тижні дощило цілими днями без упину. Місто ми втратили. Ніхто так і не прийшов»,"
        " — сказав Коваль.",
        ("Коваль", "Бондар", "дощило цілими"),
    ),
]
AFTER = "\n\nOther things were said as well on that long day."


@pytest.mark.parametrize(("text", "changed"), FRAMED)
def test_words_whose_frame_changed_are_for_a_person(text, changed):
    here, there, quote = changed
    old, new = text + AFTER, text.replace(here, there, 1) + AFTER
    start = old.index(quote)
    placement = locate([TextRange(start, start + len(quote))], old, new)
    assert placement.state is REVIEW
    assert [new[one.start : one.end] for one in placement.ranges] == [quote]


@pytest.mark.parametrize(("text", "changed"), FRAMED)
def test_what_was_framed_and_left_as_it_was_is_found(text, changed):
    old, new = text + AFTER, f"Updated at noon.\n\n{text}\n\nMore came.{AFTER}"
    start = old.index(changed[2])
    placement = locate([TextRange(start, start + len(changed[2]))], old, new)
    assert placement.state is PlacementState.MOVED


@pytest.mark.parametrize(
    ("old", "new", "one"),
    [
        ("A one.\n\n\n\n\n\nB two.", "A one.\n\nNot true X.\n\nB two.", (0, 12)),
        ("\n\nHello world.", "Hello world.\n\nMore.", (0, 5)),
        ("B two.\n\nHello one.  \n", "Hello one.\n\nB two.", (8, 20)),
        ("A one.   B two.", "A one. B two.", (6, 9)),
        ("  A one.", "A one.", (0, 1)),
    ],
)
def test_white_space_around_sentences_is_no_way_to_other_words(old, new, one):
    """Imports and programs may mark white space at an edge."""
    placement = locate([TextRange(*one)], old, new)
    assert placement.state not in PLACED
    assert all(0 <= each.start < each.end <= len(new) for each in placement.ranges)


PIECES = ("He denied it", "it was so", "Koval", "498", "gen", "“", "”", "«", "»", "- ", "1. ")
JOINS = (
    " ",
    " ",
    " ",
    ". ",
    ".",
    ":\n",
    "\n",
    "\n\n",
    "; ",
    ";\n",
    ", ",
    "! ",
    "  ",
    "\u200b",
    "\u202b",
)


@pytest.mark.parametrize("part", range(4))
def test_a_placed_span_has_its_own_words_whatever_the_texts_are(part):
    for n in range(1_500):
        chance = random.Random(f"{part}:{n}")
        old, new = (
            "".join(
                chance.choice(PIECES) + chance.choice(JOINS) for _ in range(chance.randint(1, 14))
            )
            for _side in range(2)
        )
        if chance.random() < 0.5:
            cut = chance.randrange(len(old))
            new = (
                old[:cut]
                + chance.choice((*PIECES, *JOINS, ""))
                + old[cut + chance.choice((0, 1)) :]
            )
        if not new.strip() or not old.strip():
            continue
        comparison = Comparison(old, new)
        for _span in range(3):
            start = chance.randrange(len(old))
            one = TextRange(start, chance.randint(start + 1, len(old)))
            placement = comparison.locate([one])
            for each in placement.ranges:
                assert 0 <= each.start < each.end <= len(new)
                if placement.state in PLACED:
                    assert new[each.start : each.end] == old[one.start : one.end]


@pytest.mark.parametrize(
    "text",
    [
        "He said:\n" * 22_000,
        "- one;\n" * 28_000,
        "Denied:\n" + "- One two.\n" * 18_000,
        "“One. " * 33_000,
        "“One. Two. Three.” said K. " * 7_000,
        "a long line of thirty letters and more\n" * 5_000,
        "x, \n" * 50_000,
    ],
    ids=range(7),
)
def test_framed_texts_are_placed_in_good_time(text):
    began = time.perf_counter()
    comparison = Comparison(text, "B" + text)
    for n in range(1_000):
        start = n * 190
        comparison.locate([TextRange(start, start + 40)])
    assert time.perf_counter() - began < 5
