"""Small changes in seven languages: what changes a number, a name or a denial is told as that, and
what is only written otherwise as nothing.
"""

import unicodedata

import pytest

from annotations.spans.differences import compare_words, telling_changes
from annotations.spans.weights import Weight

NUMBERS = [
    ("It was -5 degrees.", "It was 5 degrees."),
    ("It was −5 degrees.", "It was 5 degrees."),
    ("It was ± 5.", "It was 5."),
    ("It cost $5 then.", "It cost €5 then."),
    ("It cost 5 € then.", "It cost 5 ₴ then."),
    ("Up 5 % now.", "Up 5 now."),
    ("At 5‰ now.", "At 5 now."),
    (">5 died.", "<5 died."),
    ("From 10-20 died.", "From 10 20 died."),
    ("Some ½ of it.", "Some ¼ of it."),
    ("قتل ٥ جنود", "قتل ٦ جنود"),
]
# Any of these against any other of its language.
NUMBER_WORDS = {
    "It took {} days.": "one thirteen fourteen forty twenty-one twenty-two ninety third trillion",
    "Es starben {} Leute.": "zwei fünf zwölf einundzwanzig zweihundert dreißig Milliarden",
    "Il y a {} morts.": "deux trois onze vingt-deux soixante cent mille millions milliards",
    "Hubo {} muertos.": "dos siete once veintidós treinta doscientos mil millones",
    "Було {} людей.": "два двох двадцять двоє пʼять пʼятнадцять сорок двісті тисяч мільйонів",
    "Погибли {} человек.": "два двух двадцать двое пять пятнадцать сорок двести тысяч миллионов",
    "قتل {} جنود.": "خمسة ستة عشرون مئة ألف مليون",
}
NAMES = [
    ("said Gen. Koval today", "said Gen. Bondar today"),
    ("when Mr. Smith came", "when Mr. Jones came"),
    ("by J. Doe then", "by J. Roe then"),
    ("у м. Київ учора", "у м. Львів учора"),
    ("à l'Ukraine hier", "à l’Allemagne hier"),
    ("L'Ukraine a perdu.", "L'Allemagne a perdu."),
    ("of al-Assad then", "of al-Sisi then"),
    ("Jean-Pierre came.", "Jean-Marie came."),
    ("said @kim so", "said @lee so"),
]
DENIALS = [
    ("He cant go.", "He can go."),
    ("He dont go.", "He do go."),
    ("Il n' est venu.", "Il est venu."),
    ("Він навряд чи був.", "Він був."),
    ("Hat keinerlei Beweise.", "Hat Beweise."),
    ("There no-one came.", "There someone came."),
    ("ما قال ذلك", "قال ذلك"),
    ("لم يذهب أحد", "يذهب أحد"),
    ("لَم يذهب أحد", "يذهب أحد"),
    ("кількість не-членів тут", "кількість членів тут"),
    ("він не́ був", "він був"),
]
SAME = [
    *(
        (unicodedata.normalize("NFC", words), unicodedata.normalize("NFD", words))
        for words in ("У Києві й Їжакевич був", "à Évreux où", "in Zürich für", "en Ávila será")
    ),
    ("at Ky\u00adiv now", "at Kyiv now"),
    ("at Ky\u200biv now", "at Kyiv now"),
    ("at \u202bKyiv\u202c now", "at Kyiv now"),
    ("to co-operate so", "to co‑operate so"),
    ("some 10-20 men", "some 10–20 men"),
    ("at −5 now", "at -5 now"),
    ("the п'ять then", "the пʼять then"),
    ("він не́ був", "він не був"),
]


@pytest.mark.parametrize(("before", "after"), NUMBERS)
def test_a_changed_number_is_told_as_one(before, after):
    for one, other in ((before, after), (after, before)):
        assert Weight.NUMBER in telling_changes(compare_words(one, other))


@pytest.mark.parametrize("sentence", NUMBER_WORDS)
def test_a_number_in_words_is_told_as_one(sentence):
    words = NUMBER_WORDS[sentence].split()
    for one in words:
        for other in words:
            if one != other:
                runs = compare_words(sentence.format(one), sentence.format(other))
                assert telling_changes(runs) == [Weight.NUMBER], (one, other)


@pytest.mark.parametrize(
    "words", ["ein Mann", "und er", "einzig er", "the dosage", "п'ятниця була", "друг був", "trial"]
)
def test_other_words_are_no_number(words):
    runs = compare_words(f"so {words} so", "so so")
    assert Weight.NUMBER not in telling_changes(runs)


@pytest.mark.parametrize(("before", "after"), NAMES)
def test_a_changed_name_is_told_as_one(before, after):
    assert telling_changes(compare_words(before, after)) == [Weight.NAME]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("He was in Kyiv. The mayor left.", "He was in Kyiv. A mayor left."),
        ("— Так було.", "— Те було."),
        ("It ended. (Later it rained.)", "It ended. (Then it rained.)"),
    ],
)
def test_a_capital_that_begins_a_sentence_makes_no_name(before, after):
    assert telling_changes(compare_words(before, after)) == []


@pytest.mark.parametrize(("before", "after"), DENIALS)
def test_a_denial_is_told_as_one(before, after):
    for one, other in ((before, after), (after, before)):
        assert Weight.NEGATION in telling_changes(compare_words(one, other))


@pytest.mark.parametrize(("before", "after"), SAME)
def test_what_is_only_written_otherwise_says_nothing(before, after):
    for one, other in ((before, after), (after, before)):
        runs = compare_words(one, other)
        assert {run.weight for run in runs} == {Weight.COSMETIC}


def test_a_changed_vowel_mark_is_no_cosmetic_change():
    """He killed, he was killed: the marks alone tell."""
    runs = compare_words("قَتَل الجندي", "قُتِل الجندي")
    assert Weight.WORDS in {run.weight for run in runs}
