"""Counts as bars: where each bar and each word of the SVG stands."""

from collections.abc import Sequence
from dataclasses import dataclass

# In units of the picture, which is as wide as a phone's page.
WIDTH, WORDS, ROW, THICK, GAP = 420, 130, 30, 18, 8
# Room for the number behind the longest bar.
NUMBER = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """One count; `x` and `width` of the bar, and where its words and its number stand."""

    name: str
    count: int
    x: float
    y: int
    width: float
    words_x: int
    number_x: float
    middle: int


@dataclass(frozen=True, slots=True)
class Bars:
    """The whole, in units of its view box."""

    width: int
    height: int
    thick: int
    bars: Sequence[Bar]


def bar_picture(counts: Sequence[tuple[str, int]], *, from_right: bool) -> Bars:
    """Lay the counts out, one below another; `from_right` for pages that are read from the right.

    A count of one is seen beside one of 100,000: no bar that stands for something is a hairline.
    """
    room = WIDTH - WORDS - GAP - NUMBER
    most = max((count for _name, count in counts), default=0) or 1

    def place(n: int, name: str, count: int) -> Bar:
        width = round(max(room * count / most, 2 if count else 0), 1)
        begins = WORDS + GAP
        return Bar(
            name=name,
            count=count,
            x=WIDTH - begins - width if from_right else begins,
            y=ROW * n + (ROW - THICK) // 2,
            width=width,
            words_x=WIDTH - WORDS if from_right else WORDS,
            number_x=WIDTH - begins - width - GAP if from_right else begins + width + GAP,
            middle=ROW * n + ROW // 2,
        )

    bars = [place(n, name, count) for n, (name, count) in enumerate(counts)]
    return Bars(width=WIDTH, height=ROW * len(counts), thick=THICK, bars=bars)
