"""Words of the other direction inside a sentence, where no element can keep them apart."""

import re

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"
_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def isolated(words: str) -> str:
    """Return words that pull none of their neighbours along.

    Without it a date after a name in Arabic letters would be drawn before the name.
    """
    return f"{FIRST_STRONG_ISOLATE}{words}{POP_ISOLATE}" if words else ""


def reads_from_right(words: str) -> bool:
    """Tell whether any letter belongs to a script that is read from the right."""
    return _FROM_THE_RIGHT.search(words) is not None


def directed(sentence: str, *, from_right: bool) -> str:
    """Return a sentence that keeps its own direction, whatever word it begins with."""
    return f"{RIGHT_TO_LEFT_MARK if from_right else LEFT_TO_RIGHT_MARK}{sentence}"
