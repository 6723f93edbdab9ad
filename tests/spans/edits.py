"""Articles made sentence by sentence, and edits of them that know what they left as it was."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

SPEAKERS = (
    "The ministry",
    "Gen. Ostap Hrytsenko",
    "J. Doe of St. Brendan",
    "Міністр",
    "Речник ген. Коваль",
    "Служба м. Київ",
    "المتحدث باسم الوزارة",
    "An official who asked not to be named",
)
VERBS = (
    "denied that he had met",
    "confirmed that he had met",
    "said that it had not lost",
    "повідомив, що не втратив",
    "нарахував щонайменше",
    "قال إن عدد القتلى بلغ",
    "counted about",
    "“never” reported",
)
ENDS = (
    "soldiers in the first week",
    "civilians, 9.5 per cent more than before",
    "people at 5 p.m. on Tuesday",
    "цивільних осіб за перший тиждень",
    "із них троє дітей",
    "من المدنيين خلال أسبوع",
    "envoys “near the border”",
)
STOPS = (".", ".", ".", "!", "?", "…", ".”")


@dataclass(frozen=True)
class Said:
    """One sentence; `was` is its number in the old text, None once anything in it was changed."""

    words: str
    was: int | None


Paragraphs = list[list[Said]]


@dataclass(frozen=True)
class Edited:
    """An old text, what became of it, and where each sentence left as it was stands in both."""

    old: str
    new: str
    # By number: where it began, and where it begins now, for those left as they were. Of a copy
    # nobody can say that it is not the sentence itself.
    starts: dict[int, int]
    kept: dict[int, set[int]]
    lengths: dict[int, int]
    kind: str

    def words_of(self, number: int) -> str:
        """Return the words of a sentence of the old text."""
        return self.old[self.starts[number] :][: self.lengths[number]]


def make_edit(chance: random.Random) -> Edited:
    """Make an article, with some sentences in it more than once, and one to three edits of it."""
    paragraphs = _article(chance)
    old, places = _written(paragraphs)
    starts = {number: min(there) for number, there in places.items()}
    lengths = {
        one.was: len(one.words) for part in paragraphs for one in part if one.was is not None
    }
    kinds = [chance.choice(list(EDITS)) for _ in range(chance.randint(1, 3))]
    for kind in kinds:
        EDITS[kind](chance, paragraphs)
    new, kept = _written([part for part in paragraphs if part])
    return Edited(old, new, starts, kept, lengths, "+".join(kinds))


def _sentence(chance: random.Random) -> str:
    number = f"{chance.randint(1, 99)},{chance.randint(0, 999):03}"
    parts = (chance.choice(SPEAKERS), chance.choice(VERBS), number, chance.choice(ENDS))
    return " ".join(parts) + chance.choice(STOPS)


def _article(chance: random.Random) -> Paragraphs:
    paragraphs: Paragraphs = []
    number = 0
    known: list[str] = []
    for _paragraph in range(chance.randint(2, 6)):
        part = []
        for _n in range(chance.randint(1, 4)):
            repeats = known and chance.random() < 0.08
            words = chance.choice(known) if repeats else _sentence(chance)
            known.append(words)
            part.append(Said(words, number))
            number += 1
        paragraphs.append(part)
    return paragraphs


def _written(paragraphs: Paragraphs) -> tuple[str, dict[int, set[int]]]:
    """Return the text, and where the sentences with a number begin in it."""
    text = ""
    starts: dict[int, set[int]] = {}
    for part in paragraphs:
        text += "\n\n" if text else ""
        for n, one in enumerate(part):
            text += " " if n else ""
            if one.was is not None:
                starts.setdefault(one.was, set()).add(len(text))
            text += one.words
    return text, starts


def _place(chance: random.Random, paragraphs: Paragraphs) -> tuple[list[Said], int]:
    part = chance.choice([part for part in paragraphs if part] or [[Said("Empty.", None)]])
    return part, chance.randrange(len(part))


def _change(chance: random.Random, paragraphs: Paragraphs, change: Callable[[str], str]) -> None:
    part, n = _place(chance, paragraphs)
    words = change(part[n].words)
    if words != part[n].words:
        part[n] = replace(part[n], words=words, was=None)


def _retype(chance: random.Random, paragraphs: Paragraphs) -> None:
    """Turn the meaning: a denial, a negation, a digit, a name's marks, a stop, or any letter."""
    swaps: Sequence[tuple[str, str]] = (
        ("denied", "confirmed"),
        ("confirmed", "denied"),
        (" not ", " "),
        (" не ", " "),
        ("never", "always"),
        ("“", "«"),
        ("”", "»"),
        ("was", "wasn't"),
        (",", "."),
        ("1", "7"),
        ("9", "0"),
    )
    here, there = chance.choice(swaps)
    _change(chance, paragraphs, lambda words: words.replace(here, there, 1))


def _letter(chance: random.Random, paragraphs: Paragraphs) -> None:
    def changed(words: str) -> str:
        at = chance.randrange(len(words))
        return words[:at] + chance.choice(("", "x", "0", "не", " ")) + words[at + 1 :]

    _change(chance, paragraphs, changed)


def _lead_in(chance: random.Random, paragraphs: Paragraphs) -> None:
    """Put words before a sentence that turn it, or after it before its stop."""
    before = chance.choice(("It is not true that ", "Неправда, що ", "He denied: ", "No, "))
    if chance.random() < 0.7:
        _change(chance, paragraphs, lambda words: before + words)
    else:
        _change(chance, paragraphs, lambda words: words[:-1] + ", which is wrong" + words[-1])


def _insert(chance: random.Random, paragraphs: Paragraphs) -> None:
    part, n = _place(chance, paragraphs)
    part.insert(n + chance.randint(0, 1), Said(_sentence(chance), None))


def _insert_paragraph(chance: random.Random, paragraphs: Paragraphs) -> None:
    made = [Said(_sentence(chance), None) for _ in range(chance.randint(1, 3))]
    paragraphs.insert(chance.randint(0, len(paragraphs)), made)


def _delete(chance: random.Random, paragraphs: Paragraphs) -> None:
    part, n = _place(chance, paragraphs)
    del part[n]


def _delete_paragraph(chance: random.Random, paragraphs: Paragraphs) -> None:
    if len([part for part in paragraphs if part]) > 1:
        paragraphs.remove(chance.choice([part for part in paragraphs if part]))


def _move(chance: random.Random, paragraphs: Paragraphs) -> None:
    paragraphs.insert(chance.randint(0, len(paragraphs) - 1), paragraphs.pop())


def _move_sentence(chance: random.Random, paragraphs: Paragraphs) -> None:
    part, n = _place(chance, paragraphs)
    one = part.pop(n)
    into = chance.choice(paragraphs)
    into.insert(chance.randint(0, len(into)), one)


def _copy(chance: random.Random, paragraphs: Paragraphs) -> None:
    part, n = _place(chance, paragraphs)
    into = chance.choice(paragraphs)
    into.insert(chance.randint(0, len(into)), part[n])


def _join(chance: random.Random, paragraphs: Paragraphs) -> None:
    if len(paragraphs) > 1:
        paragraphs[-2:] = [paragraphs[-2] + paragraphs[-1]]


EDITS: dict[str, Callable[[random.Random, Paragraphs], None]] = {
    "retype": _retype,
    "letter": _letter,
    "lead in": _lead_in,
    "insert": _insert,
    "insert paragraph": _insert_paragraph,
    "delete": _delete,
    "delete paragraph": _delete_paragraph,
    "move": _move,
    "move sentence": _move_sentence,
    "copy": _copy,
    "join": _join,
}
