"""When things happened and were noticed, as bars on one line of time: where each part stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

# In units of the picture, which is as wide as a phone's page.
WIDTH, WORDS, ROW, THICK, GAP, AXIS = 420, 164, 34, 14, 8, 26
# Half the width of the mark of what was noticed; no bar that stands for something is narrower.
MARK = 6
# What EDTF writes for a date that nobody is sure of, or that lies between two others.
_UNSURE = ("?", "~", "%", "X", "/", "..")


@dataclass(frozen=True, slots=True)
class Told:
    """A time as it was told: the first and the last instant it can be, None where it is open."""

    earliest: datetime | None
    latest: datetime | None
    is_unsure: bool

    @classmethod
    def of(cls, edtf: str, earliest: datetime | None, latest: datetime | None) -> "Told | None":
        """Return the time of what stands in columns; None where nothing was entered."""
        if not edtf:
            return None
        return cls(earliest, latest, any(one in edtf for one in _UNSURE))


@dataclass(frozen=True, slots=True)
class Happening:
    """One row: its words, how it is coloured (the event's group), when it happened and was seen."""

    name: str
    group: str
    is_refuted: bool
    happened: Told | None
    noticed: Told | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A bar, in units of the picture."""

    x: float
    width: float
    is_unsure: bool

    @property
    def middle(self) -> float:
        """Return where it is in the middle."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it is drawn: `y` of the bars' upper edge, `middle` of the row."""

    name: str
    group: str
    is_refuted: bool
    y: int
    middle: int
    happened: Piece | None
    noticed: Piece | None

    @property
    def mark(self) -> str:
        """Return the corners of the mark of what was noticed."""
        if self.noticed is None:
            return ""
        x, y = self.noticed.middle, self.middle
        corners = ((x - MARK, y), (x, y - MARK), (x + MARK, y), (x, y + MARK))
        return " ".join(f"{round(one, 1)},{round(other, 1)}" for one, other in corners)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole, in units of its view box; `begins` and `ends` are the ends of the line of time."""

    width: int
    height: int
    thick: int
    rows: Sequence[Row]
    words_x: int
    first_x: int
    last_x: int
    axis_y: int
    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class _Line:
    """The line of time: what instants it reaches from and to, and which way it runs."""

    begins: datetime
    ends: datetime
    from_right: bool

    left = WORDS + GAP
    room = WIDTH - WORDS - 2 * GAP

    def at(self, x: float) -> float:
        """Return where a place stands, counted from the side that one reads from."""
        return WIDTH - x if self.from_right else x

    def piece(self, told: Told | None) -> Piece | None:
        """Return the bar of a time; an open end reaches to the end of the line."""
        if told is None:
            return None
        whole = (self.ends - self.begins) / timedelta(seconds=1)
        first = max((told.earliest or self.begins) - self.begins, timedelta())
        last = max((told.latest or self.ends) - self.begins, timedelta())
        width = max(self.room * ((last - first) / timedelta(seconds=1)) / whole, MARK)
        offset = self.room * (first / timedelta(seconds=1)) / whole
        x = min(self.left + offset, self.left + self.room - MARK)
        width = min(width, self.left + self.room - x)
        is_unsure = told.is_unsure or told.earliest is None or told.latest is None
        begins = self.at(x + width if self.from_right else x)
        return Piece(round(begins, 1), round(width, 1), is_unsure)


def timeline_picture(happenings: Sequence[Happening], *, from_right: bool) -> Timeline | None:
    """Lay them out one below another, in their order; None where no time is known at all.

    `from_right` is for pages read from the right: time runs the way the words do.
    """
    begins, ends = _ends(happenings)
    if begins is None or ends is None:
        return None
    line = _Line(begins, ends, from_right)
    height = ROW * len(happenings)
    return Timeline(
        width=WIDTH,
        height=height + AXIS,
        thick=THICK,
        rows=[_row(n, one, line) for n, one in enumerate(happenings)],
        words_x=WIDTH - WORDS if from_right else WORDS,
        first_x=int(line.at(line.left)),
        last_x=int(line.at(line.left + line.room)),
        axis_y=height + 2,
        begins=begins,
        # The end of an interval is the first instant that is not in it any more.
        ends=ends - timedelta(microseconds=1),
    )


def _row(n: int, one: Happening, line: _Line) -> Row:
    return Row(
        name=one.name,
        group=one.group,
        is_refuted=one.is_refuted,
        y=ROW * n + (ROW - THICK) // 2,
        middle=ROW * n + ROW // 2,
        happened=line.piece(one.happened),
        noticed=line.piece(one.noticed),
    )


def _ends(happenings: Iterable[Happening]) -> tuple[datetime | None, datetime | None]:
    """Return the first and the last instant of all; an hour apart at least."""
    told = [time for one in happenings for time in (one.happened, one.noticed) if time is not None]
    known = [moment for one in told for moment in (one.earliest, one.latest) if moment is not None]
    if not known:
        return None, None
    begins, ends = min(known), max(known)
    latest = datetime.max.replace(tzinfo=UTC) - timedelta(days=2)
    return begins, min(max(ends, begins + timedelta(hours=1)), latest)
