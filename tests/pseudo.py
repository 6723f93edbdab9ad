"""A language for tests that reads from the right: every sentence in other letters, places kept.

Each Latin letter becomes a Hebrew one, so pages are really laid out from the right, and a Latin
letter left on a page is a sentence that never went through gettext.
"""

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from factcheck.messages import collect_messages

# Django takes its own words, and the direction, from the language that the code begins with.
CODE = "he-xb"
FOLDER = "he_XB"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_HEBREW = "אבגדהוזחטיכלמנסעפצקרשתםןףך"
_LETTERS = str.maketrans(_LATIN + _LATIN.upper(), _HEBREW + _HEBREW)
# Arrows of a sentence are its translator's to turn.
_ARROWS = str.maketrans("→←", "←→")
_KEPT = re.compile(r"(%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+[^>]*>|&\w+;|\s+\Z|\A\s+)")


def mirrored(sentence: str) -> str:
    """Return the sentence in other letters, in brackets that show when an end is cut off."""
    parts = _KEPT.split(sentence)
    words = "".join(
        part if n % 2 else part.translate(_LETTERS).translate(_ARROWS)
        for n, part in enumerate(parts)
    )
    before, inner, after = re.fullmatch(r"(\s*)(.*?)(\s*)", words, re.DOTALL).groups()
    return f"{before}[{inner}]{after}"


def compile_pseudo_locale(root: Path) -> None:
    """Write the compiled catalogue below `root`, which is to be among LOCALE_PATHS."""
    catalogue = Catalog(locale="he", charset="utf-8")
    catalogue.mime_headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
    ]
    for message in collect_messages():
        if not message.id:
            continue
        both = isinstance(message.id, tuple)
        string = tuple(map(mirrored, message.id)) if both else mirrored(message.id)
        catalogue.add(message.id, string, context=message.context)
    folder = root / FOLDER / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, catalogue)
