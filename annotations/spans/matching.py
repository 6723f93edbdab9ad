"""What stayed and what changed between two lists of words or paragraphs, in bounded time. PURE.

Python's difflib takes time by the square of a list in which every second word was changed. So long
lists are first cut at what stands once in both; what is left between is short, or shown whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from annotations.spans.rising import longest_rising

# How many pairs of equal words two lists may have to be compared, as in "ab ab ab ..." against
# "ba ab ...", and how many words.
MOST_PAIRS = 60_000
MOST_WORDS = 2_000
# What stands once between two cuts is looked for so many times over.
_DEEPEST = 4

# Kind ("equal", "replace", "delete", "insert"), then where it is in either list.
Opcode = tuple[str, int, int, int, int]


def opcodes(old: Sequence[str], new: Sequence[str]) -> list[Opcode]:
    """Return what stayed and what changed as difflib does, in about linear time.

    Where two lists are too long and have nothing that stands once in both, only what is the same
    at either end is told from what changed.
    """
    if _is_short(old, new):
        return list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())
    return list(_joined(_of_long(old, new, _DEEPEST)))


def _is_short(old: Sequence[str], new: Sequence[str]) -> bool:
    return max(len(old), len(new)) <= MOST_WORDS and _pairs(old, new) <= MOST_PAIRS


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    counts = Counter(new)
    return sum(counts[word] for word in old)


def _of_long(old: Sequence[str], new: Sequence[str], depth: int) -> Iterator[Opcode]:
    most = min(len(old), len(new))
    first = next((n for n in range(most) if old[n] != new[n]), most)
    most -= first
    last = next((n for n in range(most) if old[-1 - n] != new[-1 - n]), most)
    old_end, new_end = len(old) - last, len(new) - last
    yield "equal", 0, first, 0, first
    middle = _of_middle(old[first:old_end], new[first:new_end], depth)
    yield from _shifted(middle, first, first)
    yield "equal", old_end, len(old), new_end, len(new)


def _of_middle(old: Sequence[str], new: Sequence[str], depth: int) -> Iterator[Opcode]:
    if not old or not new:
        yield ("delete" if old else "insert"), 0, len(old), 0, len(new)
        return
    if _is_short(old, new):
        yield from SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        return
    cuts = _standing_once(old, new) if depth else []
    if not cuts:
        yield "replace", 0, len(old), 0, len(new)
        return
    here = there = 0
    for at, other in [*cuts, (len(old), len(new))]:
        between = _of_long(old[here:at], new[there:other], depth - 1)
        yield from _shifted(between, here, there)
        if at < len(old):
            yield "equal", at, at + 1, other, other + 1
        here, there = at + 1, other + 1


def _standing_once(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of what stands once in both, in an order both agree on."""
    here, there = Counter(old), {word: n for n, word in enumerate(new)}
    counts = Counter(new)
    pairs = [
        (n, there[word]) for n, word in enumerate(old) if here[word] == 1 and counts[word] == 1
    ]
    return [pairs[n] for n in longest_rising([other for _n, other in pairs])]


def _shifted(found: Iterator[Opcode], here: int, there: int) -> Iterator[Opcode]:
    for kind, a, b, c, d in found:
        yield kind, a + here, b + here, c + there, d + there


def _joined(found: Iterator[Opcode]) -> Iterator[Opcode]:
    """Join what follows each other: equal with equal, changed with changed; leave out the empty."""
    held: Opcode | None = None
    for kind, a, b, c, d in found:
        if a == b and c == d:
            continue
        if held is not None and (held[0] == "equal") == (kind == "equal"):
            held = (_kind(kind, held[1], b, held[3], d), held[1], b, held[3], d)
            continue
        if held is not None:
            yield held
        held = (kind, a, b, c, d)
    if held is not None:
        yield held


def _kind(kind: str, a: int, b: int, c: int, d: int) -> str:
    if kind == "equal":
        return kind
    return "replace" if a < b and c < d else "delete" if a < b else "insert"
