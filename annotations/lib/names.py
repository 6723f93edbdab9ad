"""When two spellings are one name."""

from __future__ import annotations

import unicodedata


def fold_name(name: str) -> str:
    """Fold case, accents, width, quotation marks and spacing away, so spellings can be compared.

    NFKD drops compatibility differences; combining marks go only where a letter stays readable
    without them (Latin, Greek, Cyrillic accents). Й and Ї lose their marks too, on both sides.
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(
        letter
        for letter in decomposed
        if not unicodedata.combining(letter) and letter not in "\0\"'’‘ʼ`´“”„«»"
    )
    return " ".join(kept.split())[:400]
