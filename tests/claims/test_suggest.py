from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.claims.suggest import quote_type, suggest_speaker
from annotations.spans.selectors import TextRange

ENGLISH = (
    "Acknowledging casualties for the first time, the Russian defence ministry said that 498 of its"
    " personnel have been killed. However, Ukrainian President Volodymyr Zelenskyy on Wednesday"
    " claimed that Russia has lost around 9,000 soldiers, a day after he said that the 'enemy' lost"
    " 6,000 of its personnel.\n\n"
    'According to CNN, before the services removed the statement, it also said, "Children and our'
    ' defense forces are losing their lives". Hospitals were destroyed.\n\n'
    "“Wherever they go, they will be destroyed. The invaders will get their answer,” Zelenskyy"
    " said, adding this is a “Patriotic War” for Ukrainians.\n\n"
    "Broke Russia's ‘sneaky plans in a week’, says Zelenskyy\n\n"
    "He said that his country had blocked Russia’s 'sneaky' plans. The soldiers' plan and the"
    " enemy's failed."
)
UKRAINIAN = (
    "«Вони будуть знищені», — сказав Зеленський у середу. За словами президента України, загинуло"
    " 9 тисяч. Міноборони заявило, що втрати склали 498 осіб.\nВін назвав план „геніальним“."
)


def place(text: str, words: str) -> TextRange:
    start = text.index(words)
    return TextRange(start, start + len(words))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("498 of its personnel have been killed", "indirect"),
        ("the 'enemy' lost 6,000 of its personnel", "scare"),
        ("Children and our defense forces are losing their lives", "direct"),
        ('"Children and our defense forces are losing their lives"', "direct"),
        ("Hospitals were destroyed", "indirect"),
        ("The invaders will get their answer", "direct"),
        ("this is a “Patriotic War” for Ukrainians", "scare"),
        ("Broke Russia's ‘sneaky plans in a week’", "mixed"),
        ("sneaky' plans", "scare"),
        ("The soldiers' plan and the enemy's failed", "indirect"),
    ],
)
def test_the_quote_type_follows_the_marks(words: str, expected: str) -> None:
    assert quote_type(ENGLISH, [place(ENGLISH, words)]) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (UKRAINIAN, "Вони будуть знищені", "direct"),
        (UKRAINIAN, "загинуло 9 тисяч", "indirect"),
        (UKRAINIAN, "Він назвав план „геніальним“", "scare"),
        ("»Niemals«, sagte er.", "Niemals", "direct"),
        ("„Wir geben nicht auf“, sagte er.", "Wir geben nicht auf", "direct"),
        ("« Nous tiendrons bon », dit-il.", "Nous tiendrons bon", "direct"),
        ("“One paragraph of it.\n“And another of it.”", "One paragraph of it", "direct"),
        ("It was 9\" long and 5' wide.", "long and 5' wide", "indirect"),
        ("‘Don’t shoot the soldiers,’ he said.", "Don’t shoot the soldiers", "direct"),
        ("Rock 'n' roll isn't dead", "roll isn't dead", "indirect"),
        ("“Never,” he said.", "Never", "direct"),
    ],
)
def test_marks_of_other_languages_and_apostrophes(text: str, words: str, expected: str) -> None:
    assert quote_type(text, [place(text, words)]) == expected


def test_a_claim_of_two_ranges_is_judged_as_a_whole() -> None:
    said = [place(ENGLISH, "Wherever they go"), place(ENGLISH, "The invaders will get")]
    assert quote_type(ENGLISH, said) == "direct"
    assert quote_type(ENGLISH, [said[0], place(ENGLISH, "adding this is")]) == "mixed"


@pytest.mark.parametrize(
    ("text", "words", "source", "cue"),
    [
        (ENGLISH, "498 of its personnel", "the Russian defence ministry", "said"),
        (ENGLISH, "Russia has lost", "Ukrainian President Volodymyr Zelenskyy", "claimed"),
        (ENGLISH, "6,000 of its personnel", "he", "said"),
        (ENGLISH, "Children and our defense", "it", "said"),
        (ENGLISH, "The invaders will get", "Zelenskyy", "said"),
        (ENGLISH, "sneaky plans in a week", "Zelenskyy", "says"),
        (UKRAINIAN, "Вони будуть знищені", "Зеленський", "сказав"),
        (UKRAINIAN, "загинуло 9 тисяч", "президента України", "За словами"),
        (UKRAINIAN, "втрати склали 498", "Міноборони", "заявило"),
        ("The toll is 136, according to the UN.", "The toll is 136", "the UN", "according to"),
    ],
)  # fmt: skip
def test_the_speaker_is_read_off_the_cue(text: str, words: str, source: str, cue: str) -> None:
    found = suggest_speaker(text, place(text, words))
    assert found is not None
    assert text[found.source.start : found.source.end] == source
    assert text[found.cue.start : found.cue.end] == cue


@pytest.mark.parametrize("text", ["The toll is 136 today.", "It rained. Nothing was heard.", "…"])
def test_without_a_cue_nobody_is_suggested(text: str) -> None:
    assert suggest_speaker(text, TextRange(0, len(text))) is None


messy = st.lists(
    st.sampled_from(["“", "”", "‘", "’", "'", '"', "«", "»", "„", " ", ". ", "\n", "said", "Anna",
                     "he", "according to ", "👨‍👩‍👧", "قال", "e\u0301", "що", ",", "сказав", "7"]),
    max_size=40,
).map("".join)  # fmt: skip


@given(messy, st.data())
def test_any_text_gets_an_answer_inside_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    one = TextRange(start, data.draw(st.integers(start, len(text))))
    assert quote_type(text, [one]) in {"direct", "indirect", "mixed", "scare"}
    found = suggest_speaker(text, one)
    if found:
        assert 0 <= found.source.start < found.source.end <= len(text)
        assert 0 <= found.cue.start < found.cue.end <= len(text)
        assert found.source.end <= found.cue.start or found.cue.end <= found.source.start
