"""Spans of a long article placed in its next version, beside finding their words by `str.find`."""

import random
import re
from collections.abc import Iterator, Sequence

from annotations.spans.anchoring import Comparison
from annotations.spans.selectors import TextRange
from bench.timing import Result, measure, timed

LENGTH = 200_000
# Milliseconds by the number of spans.
TARGETS = {1_000: 1_000, 5_000: 3_000}
WORDS = re.findall(
    r"\w+",
    "the a of in killed wounded civilians soldiers minister president said denied confirmed region "
    "report about more than week city near front army office people first never not had was were",
)


def placing(repeats: int) -> Iterator[Result]:
    """Measure a version with some edits, and one in which every sentence was written anew."""
    chance = random.Random(7)
    old = _article(chance)
    for name, new in (("edited", _edited(chance, old)), ("rewritten", _article(chance))):
        for count, target in TARGETS.items():
            spans = [_span(chance, old) for _n in range(count)]
            floor = measure(lambda: _find(old, new, spans), repeats, warm_up=1)  # noqa: B023
            found = measure(lambda: _place(old, new, spans), repeats, warm_up=1)  # noqa: B023
            yield timed(f"{count:,} spans placed in a version {name}", target, found, floor)


def _place(old: str, new: str, spans: Sequence[TextRange]) -> None:
    comparison = Comparison(old, new)
    for one in spans:
        comparison.locate([one])


def _find(old: str, new: str, spans: Sequence[TextRange]) -> None:
    for one in spans:
        new.find(old[one.start : one.end])


def _span(chance: random.Random, text: str) -> TextRange:
    start = chance.randrange(len(text) - 150)
    return TextRange(start, start + chance.randint(5, 150))


def _sentence(chance: random.Random) -> str:
    words = [chance.choice(WORDS) for _n in range(chance.randint(8, 25))]
    return f"{' '.join(words).capitalize()} {chance.randint(1, 9999)}."


def _article(chance: random.Random) -> str:
    paragraphs: list[str] = []
    length = 0
    while length < LENGTH:
        paragraphs.append(" ".join(_sentence(chance) for _n in range(4)))
        length += len(paragraphs[-1]) + 2
    return "\n\n".join(paragraphs)[:LENGTH]


def _edited(chance: random.Random, text: str) -> str:
    """Return the text with a fifth of its paragraphs changed, moved, left out or put in."""
    paragraphs = text.split("\n\n")
    for _n in range(len(paragraphs) // 5):
        at = chance.randrange(len(paragraphs))
        match chance.randrange(4):
            case 0:
                paragraphs.insert(at, _sentence(chance))
            case 1:
                paragraphs[at] = paragraphs[at].replace(" not ", " ", 1).replace("1", "7", 1)
            case 2:
                del paragraphs[at]
            case _:
                paragraphs.append(paragraphs.pop(at))
    return "\n\n".join(paragraphs)
