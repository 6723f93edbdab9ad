"""A change that turns a statement round is told as a negation, in every language of the product."""

import pytest

from annotations.spans.differences import Kind, compare_words, telling_changes
from annotations.spans.weights import Weight

TURNED = [
    ("He denied that he had met her.", "He confirmed that he had met her.", "denied", "confirmed"),
    ("She was acquitted of it.", "She was convicted of it.", "acquitted", "convicted"),
    ("They were innocent.", "They were guilty.", "innocent", "guilty"),
    ("It rejected the plan.", "It accepted the plan.", "rejected", "accepted"),
    ("The bank failed to pay.", "The bank managed to pay.", "failed", "managed"),
    ("The talks are likely.", "The talks are unlikely.", "likely", "unlikely"),
    ("It was a legal order.", "It was an illegal order.", "legal", "illegal"),
    ("Er bestritt die Tat.", "Er bestätigte die Tat.", "bestritt", "bestätigte"),
    ("Er ist unschuldig.", "Er ist schuldig.", "unschuldig", "schuldig"),
    ("Sie wurde freigesprochen.", "Sie wurde verurteilt.", "freigesprochen", "verurteilt"),
    ("Le ministre a démenti.", "Le ministre a confirmé.", "démenti", "confirmé"),
    ("Il a été acquitté hier.", "Il a été condamné hier.", "acquitté", "condamné"),
    ("El juez rechazó el plan.", "El juez aceptó el plan.", "rechazó", "aceptó"),
    ("Ella negó los hechos.", "Ella confirmó los hechos.", "negó", "confirmó"),
    ("Міністр заперечив це.", "Міністр підтвердив це.", "заперечив", "підтвердив"),
    ("Його визнали невинним.", "Його визнали винним.", "невинним", "винним"),
    ("Суд відхилив позов.", "Суд прийняв позов.", "відхилив", "прийняв"),
    ("Он отрицал встречу.", "Он подтвердил встречу.", "отрицал", "подтвердил"),
    ("Суд оправдал его.", "Суд осудил его.", "оправдал", "осудил"),
    ("نفى الوزير ذلك.", "أكد الوزير ذلك.", "نفى", "أكد"),
]


@pytest.mark.parametrize(("before", "after", "gone", "come"), TURNED)
def test_a_denial_in_place_of_an_affirmation_is_a_negation(before, after, gone, come):
    for old, new, went, came in ((before, after, gone, come), (after, before, come, gone)):
        runs = compare_words(old, new)
        assert telling_changes(runs) == [Weight.NEGATION]
        told = {one.kind: one.text.strip() for one in runs if one.weight is Weight.NEGATION}
        assert told == {Kind.GONE: went, Kind.COME: came}


@pytest.mark.parametrize(
    ("without", "having"),
    [
        ("The police searched.", "The police refused and searched."),
        ("He left.", "He has not left."),
        ("They tried to pay.", "They failed to pay."),
        ("The report is here.", "The false report is here."),
        ("Il a parlé.", "Il n’a parlé."),
        ("Il a parlé.", "Il a jamais parlé."),
        ("Er kam.", "Er kam nicht."),
        ("Es gibt Beweise.", "Es gibt keine Beweise."),
        ("Habló ayer.", "Nunca habló ayer."),
        ("Він прийшов.", "Він не прийшов."),
        ("Он пришёл.", "Он никогда пришёл."),
        ("قال ذلك.", "لم قال ذلك."),
    ],
)
def test_a_denial_that_comes_or_goes_is_a_negation(without, having):
    assert Weight.NEGATION in telling_changes(compare_words(without, having))
    assert Weight.NEGATION in telling_changes(compare_words(having, without))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # Affirmed before and after.
        ("He said that he had met her.", "He confirmed that he had met her."),
        ("The court accepted it.", "The court approved it."),
        ("The bank failed in May.", "The bank collapsed in May."),
        ("The price declined again.", "The price dropped again."),
        ("He saw the innings.", "He saw the game."),
        ("Він підтвердив це.", "Він повідомив це."),
    ],
)
def test_other_words_are_no_negation(before, after):
    assert telling_changes(compare_words(before, after)) == []


def test_a_name_that_looks_like_a_negation_is_a_name():
    runs = compare_words("We saw Kanté play.", "We saw N’Golo play.")
    assert telling_changes(runs) == [Weight.NAME]
