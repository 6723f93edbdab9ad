"""Finds whom a comment addresses with @name. Plain Python: no Django here."""

import re
from collections.abc import Iterable, Mapping

# More people than one comment sensibly calls.
MOST_NAMED = 20


def people_named(text: str, people: Mapping[str, Iterable[int]]) -> list[int]:
    """Return the keys of those whose name stands behind an @, in the order of the text.

    `people` are keys by name; upper and lower case are alike, and the longest name that fits is
    meant ("@Anna Maria" is not "@Anna"). An @ inside a word, as of an e-mail address, names nobody.
    """
    by_name: dict[str, list[int]] = {}
    for name, keys in people.items():
        by_name.setdefault(_folded(name), []).extend(keys)
    by_name.pop("", None)
    if not by_name or "@" not in text:
        return []
    names = sorted(by_name, key=len, reverse=True)
    one_of = "|".join(re.escape(name) for name in names)
    found = re.findall(rf"(?<!\w)@({one_of})(?!\w)", _folded(text))
    keys = dict.fromkeys(key for name in found for key in by_name[name])
    return list(keys)[:MOST_NAMED]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
