"""A table of counts as a picture: where each square and each word of the SVG stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

# In units of the picture, which is as wide as a phone's page; a square holds five digits.
WORDS, SQUARE, HEAD, GAP = 170, 50, 26, 4
# Letters that fit beside the squares, and how far one line stands below another.
LETTERS, LINE = 18, 16
# A square no darker than this lets the number on it be read, by day and by night.
DARKEST = 0.4


@dataclass(frozen=True, slots=True)
class Square:
    """One count."""

    x: int
    y: int
    count: int
    shade: str
    is_alike: bool

    @property
    def middle(self) -> tuple[int, int]:
        """Return where the number stands."""
        return self.x + (SQUARE - GAP) // 2, self.y + (SQUARE - GAP) // 2


@dataclass(frozen=True, slots=True)
class Word:
    """A heading, or a line of one; the last line has the number."""

    x: int
    y: int
    number: int | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole, in units of its view box."""

    width: int
    height: int
    side: int
    squares: Sequence[Square]
    rows: Sequence[Word]
    columns: Sequence[Word]


def matrix_picture(
    rows: Sequence[Sequence[int]], names: Sequence[str], *, from_right: bool
) -> Picture:
    """Lay the counts out; `from_right` is for pages read from the right, where rows begin there."""
    width = WORDS + SQUARE * len(names)
    most = max((count for row in rows for count in row), default=0) or 1

    def left(column: int) -> int:
        place = WORDS + SQUARE * column
        return width - place - (SQUARE - GAP) if from_right else place

    half = (SQUARE - GAP) // 2
    squares = [
        Square(left(m), HEAD + SQUARE * n, count, f"{DARKEST * count / most:.3f}", n == m)
        for n, row in enumerate(rows)
        for m, count in enumerate(row)
    ]
    at = width - WORDS + 2 * GAP if from_right else WORDS - 2 * GAP
    middles = [HEAD + SQUARE * n + half for n in range(len(names))]
    return Picture(
        width=width,
        height=HEAD + SQUARE * len(names),
        side=SQUARE - GAP,
        squares=squares,
        rows=[line for n, name in enumerate(names) for line in _lines(at, middles[n], n + 1, name)],
        columns=[Word(left(m) + half, HEAD // 2, m + 1) for m in range(len(names))],
    )


def _lines(x: int, y: int, number: int, name: str) -> list[Word]:
    """Return the lines of a row's heading, about the middle of the row."""
    lines = wrap(name, LETTERS)
    top = y - LINE * (len(lines) - 1) // 2
    return [
        Word(x, top + LINE * n, number if n == len(lines) - 1 else None, line)
        for n, line in enumerate(lines)
    ]
