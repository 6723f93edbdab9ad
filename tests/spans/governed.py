"""Articles of clauses that know who says them, whether that is affirmed and how it is laid out."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

SPEAKERS = (
    "Koval",
    "Gen. Bondar",
    "the ministry",
    "міністр Гнатюк",
    "المتحدث",
    "Präsident Weber",
    "EE. UU.",
    "M. Dupont",
)
AFFIRMING = ("confirmed", "підтвердив", "أكد", "bestätigte")
DENYING = ("denied", "did not confirm", "заперечив", "نفى", "bestritt")
SAID = (
    "that {n} soldiers were killed near the old river bridge in the first week of the long war",
    "що загинуло {n} військових біля старого мосту через річку протягом першого тижня війни",
    "dass {n} Soldaten an der alten Brücke am Fluss in der ersten Woche getötet worden sind",
    "أن {n} جنديا قتلوا قرب الجسر القديم فوق النهر في الأسبوع الأول من الحرب",
)
# Who says it and that they do is far from what is said, or in another sentence.
LAYOUTS = (
    "{who} {what}.",
    "{who} the following, in front of everybody who came to listen there:\n\n{What}.",
    "{who}: “It was a cold and rainy day, as all of us remember it well. {What}. So it was.”",
    "“{What}. It was cold and rainy on that day too, as all of us remember,” {who}.",
    "{who} this:\n- the weather had been very cold and rainy on that day;\n- {what}.",
    "{who} this:\n- The weather had been very cold and rainy on that day.\n- {What}.",
    "{who} in front of everybody who came to listen there\nand so on, so that Friday's\n"
    "People heard {what}.",
    "{who} in front of everybody, as the house of Messrs. Kyi bzw. Sons says, {what}.",
)
FILLING = (
    "The bridge stands to this day.",
    "Rain fell all night long here.",
    "Weather: cold.",
    "Нічого більше не сталося.",
)


@dataclass(frozen=True)
class Clause:
    """One thing that somebody says or denies."""

    speaker: str
    is_affirmed: bool
    verb: int
    said: int
    count: int
    layout: int

    @property
    def meaning(self) -> tuple[str, bool, int, int]:
        """Return what must not change under a highlight."""
        return self.speaker, self.is_affirmed, self.said, self.count

    @property
    def words(self) -> str:
        """Return what is said."""
        return SAID[self.said].format(n=self.count)

    @property
    def text(self) -> str:
        """Return the clause laid out."""
        verbs = AFFIRMING if self.is_affirmed else DENYING
        who = f"{self.speaker} {verbs[self.verb % len(verbs)]}"
        capital = self.words[0].upper() + self.words[1:]
        return LAYOUTS[self.layout].format(who=who, what=self.words, What=capital)


Article = list[Clause | str]


def make_article(chance: random.Random) -> Article:
    """Make an article, in which the same words may be affirmed by one and denied by another."""
    made: Article = []
    for _ in range(chance.randint(2, 6)):
        one = Clause(
            chance.choice(SPEAKERS),
            chance.random() < 0.5,
            chance.randrange(5),
            chance.randrange(len(SAID)),
            chance.randint(2, 9_999),
            chance.randrange(len(LAYOUTS)),
        )
        made.append(one)
        if chance.random() < 0.2:
            made.append(replace(one, is_affirmed=not one.is_affirmed))
        if chance.random() < 0.4:
            made.append(chance.choice(FILLING))
    return made


def edit_article(chance: random.Random, article: Article) -> Article:
    """Return the article with one edit."""
    made = list(article)
    places = [n for n, one in enumerate(made) if isinstance(one, Clause)]
    if not places:
        return made
    n, other = chance.choice(places), chance.choice(places)
    one = made[n]
    assert isinstance(one, Clause)
    anywhere = chance.randint(0, len(made))
    turned = replace(one, is_affirmed=not one.is_affirmed)
    match chance.randrange(9):
        case 0:
            made[n] = turned
        case 1:
            made[n] = replace(one, speaker=chance.choice(SPEAKERS))
        case 2:
            made[n] = replace(one, count=one.count + 1)
        case 3:
            made[n] = replace(one, layout=chance.randrange(len(LAYOUTS)))
        case 4:
            made[n], made[other] = made[other], made[n]
        case 5:
            made.insert(anywhere, chance.choice((one, turned)))
        case 6:
            del made[n]
        case 7:
            made.insert(anywhere, chance.choice(FILLING))
        case _:
            made.insert(min(anywhere, len(made) - 1), made.pop())
    return made


def written(article: Article) -> tuple[str, list[tuple[Clause, int, int]]]:
    """Return the text, and each clause with where the words it says begin and end in it.

    Without their first letter, which may be a capital.
    """
    text = ""
    places = []
    for one in article:
        text += "\n\n" if text else ""
        if isinstance(one, Clause):
            laid = one.text
            start = len(text) + laid.index(one.words[1:])
            places.append((one, start, start + len(one.words) - 1))
            text += laid
        else:
            text += one
    return text, places
