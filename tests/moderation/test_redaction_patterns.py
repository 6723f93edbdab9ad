"""What an expression finds, the same in files (Python) and in tables (PostgreSQL)."""

import pytest
from django.db import connection

from annotations.moderation.redactions.patterns import clean_spellings, pattern_of, redact

CASES = [
    ("Quokka Wallaby", "QUOKKA\n\twallaby and quokka-wallaby", 2),
    ("Quokka Wallaby", "https://x.example/quokka_wallaby?q=Quokka%20Wallaby+x", 2),
    ("Quokka Wallaby", "QuokkaWallaby, Quokka, Wallaby", 0),
    ("Quokka", "Quokkas and quokka's, a quokka", 2),
    ("Renée", "Rene\u0301e, RENÉE, renee and Ren\\u00e9e", 4),
    ("Дем'янчук", "Дем’янчук, ДЕМʼЯНЧУК і дем'янчук", 3),
    ("Іван", "%D0%86%D0%B2%D0%B0%D0%BD, %D1%96%D0%B2%D0%B0%D0%BD, іваном", 2),
    ('the "Boss"', 'the \\"Boss\\" and The "boss" and the &quot;Boss&quot;', 3),
    ("a.b+c (d)", "A.B+C (D) but axb+c (d)", 1),
    ("0501 234", "0501-234, 0501\u00a0234, 10501 234", 2),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("words", "text", "times"), CASES)
def test_both_find_the_same(words, text, times):
    pattern = pattern_of(clean_spellings(words), whole_words=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT factcheck_times(%s::text, %s)", [text, pattern])
        (found,) = cursor.fetchone()
        cursor.execute("SELECT factcheck_blackened(%s, %s)", [text, pattern])
        (black,) = cursor.fetchone()
    assert (redact(text, pattern)[1], found) == (times, times)
    # Offsets stay, and so does everything else.
    assert len(black) == len(text)
    assert redact(black, pattern)[1] == 0


def test_parts_of_words_are_found_when_asked_for():
    pattern = pattern_of(["Петренк"], whole_words=False)
    assert redact("Петренко, Петренкові", pattern) == ("[redacted]о, [redacted]ові", 2)
