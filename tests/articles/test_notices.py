"""Where a text says itself that it was changed, and where it only speaks of corrections."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.articles.notices import NoticeKind, notices_added, notices_in
from annotations.articles.written_dates import first_date

BODY = "Tolls differ\n\nThe ministry said that 498 soldiers were killed.\n\n"

# The notice as it stands in the page, its kind, and the date of the change it names.
NOTICES = [
    ("Correction: An earlier version of this article misstated the toll.", "correction", ""),
    (
        "Correction (3 March 2022): The toll was 498, not 489 as first reported.",
        "correction",
        "2022-03-03",
    ),
    ("CORRECTION, March 3, 2022: The toll was 498, not 489.", "correction", "2022-03-03"),
    ("Corrections and clarifications: the figure was given wrongly here.", "correction", ""),
    ("Correction — The name of the minister was misspelt.", "correction", ""),
    ("*Correction: The name of the minister was misspelt.*", "correction", ""),
    (
        "This article was amended on 3 March 2022. An earlier version said that the"
        " attack was on 1 March 2022.",
        "correction",
        "2022-03-03",
    ),
    (
        "An earlier version of this story incorrectly said that it was on 1 March 2022.",
        "correction",
        "",
    ),
    ("[This story has been updated with a statement of the ministry.]", "update", ""),
    ("(A previous version of this post gave another figure.)", "correction", ""),
    ("Clarification: The figure counts the soldiers of one side only.", "clarification", ""),
    ("Update: The ministry has since given another figure.", "update", ""),
    ("Updated 3 March 2022, 14:05: The toll is now 43, the ministry says.", "update", "2022-03-03"),
    ("Updated: 3 March 2022, 14:05. The toll is now 43.", "update", ""),
    ("Editor’s note: The headline was corrected after publication.", "editors_note", ""),
    ("Виправлення: У попередній версії статті було названо інше число.", "correction", ""),
    ("Виправлено 3 березня 2022: загинуло 498 військових, а не 489.", "correction", "2022-03-03"),
    ("Уточнення. Міністерство говорило про втрати однієї сторони.", "clarification", ""),
    ("У попередній версії цього матеріалу йшлося про 489 загиблих.", "correction", ""),
    ("Від редакції: у тексті виправлено помилку в імені міністра.", "editors_note", ""),
    ("Исправление: в заметке было названо другое число погибших.", "correction", ""),
    ("Berichtigung: In der ersten Fassung stand eine falsche Zahl.", "correction", ""),
    (
        "Dieser Artikel wurde am 3. März 2022 korrigiert. Zuvor war von 489 die Rede.",
        "correction",
        "2022-03-03",
    ),
    ("In einer früheren Version dieses Artikels stand eine andere Zahl.", "correction", ""),
    ("Anmerkung der Redaktion: Die Zahl wurde korrigiert.", "editors_note", ""),
    (
        "Correction du 3 mars 2022 : le bilan est de 498 morts et non 489.",
        "correction",
        "2022-03-03",
    ),
    ("Une première version de cet article donnait un autre bilan.", "correction", ""),
    (
        "Cet article a été modifié le 3 mars 2022 pour corriger le bilan.",
        "correction",
        "2022-03-03",
    ),
    ("Rectificatif : le bilan est de 498 morts et non 489.", "correction", ""),
    ("Fe de errores: en una versión anterior se daba otra cifra.", "correction", ""),
    ("Este artículo ha sido corregido el 3 de marzo de 2022.", "correction", "2022-03-03"),
    ("Una versión anterior de esta noticia daba otra cifra.", "correction", ""),
    ("تصحيح: ذكرت نسخة سابقة من هذا الخبر رقما آخر.", "correction", ""),
    ("نسخة سابقة من هذا المقال ذكرت رقما آخر.", "correction", ""),
    ("تم تعديل هذا المقال لتصحيح عدد القتلى.", "correction", ""),
    ("Correction\n\nThe toll was 498, not 489 as first reported.", "correction", ""),
]

NEAR_MISSES = [
    "The men were sent to the house of correction for two years.",
    "A market correction: shares of the bank fell by ten per cent.",
    "Correction fluid sold well this year, the company said.",
    "Corrections officers said that nobody had been hurt.",
    "The paper printed a correction: the toll was 498, not 489.",
    "“Correction: the toll was 498,” the paper wrote on Monday morning.",
    "“An earlier version of this article was wrong,” the editor told the court.",
    "“We were wrong. This article has been corrected since then,” said the editor of the daily.",
    "She said that an earlier version of this article had been deleted.",
    "The bill was amended on 3 March 2022 after a long debate in parliament.",
    "This article of the constitution was never changed.",
    "Updated: 3 March 2022, 14:30",
    "Updated: 21 November 2026, 14:05. This page was read 8,777 times.",
    "Updated: 3 March 2022, 14:30. 12 comments. Share this article on Facebook.",
    "Updated on 3 March 2022 at 14:30 by the desk in Kyiv.",
    "Оновлено: 3 березня 2022, 14:05. Цю сторінку прочитано 8 777 разів.",
    "Aktualisiert am 3. März 2022 um 14:05 Uhr. 12 Kommentare.",
    "Updated 10 minutes ago",
    "Update: Shares fell.",
    "Correction: why markets fall",
    "Correction:",
    "Correction",
    "Editor's note: This story contains descriptions of violence that may upset readers.",
    "Editor’s note: Ann Writer is a professor of law and writes here every week.",
    "Виправлення помилок займе роки, сказав міністр.",
    "Виправний заклад зачинили, повідомило міністерство.",
    "Уточнення бюджету відклали до осені.",
    "У попередній версії закону йшлося про інше число.",
    "Die Korrektur der Zahlen dauert an, sagte der Minister.",
    "In einer früheren Version des Gesetzes stand eine andere Zahl.",
    "La correction des copies a pris trois semaines.",
    "Une première version de cette loi avait été rejetée.",
    "La corrección de los mercados fue breve.",
    "صرح الوزير أن تصحيح الأرقام سيستغرق وقتا.",
    "For the record: he has never been to the capital, he said.",
    "Correction: " + "The ministry said so again and again. " * 80,
]


@pytest.mark.parametrize(("words", "kind", "date"), NOTICES, ids=range(len(NOTICES)))
def test_a_notice_is_found_where_it_stands(words, kind, date):
    text = BODY + words + "\n\nA last paragraph of the text."
    (found,) = notices_in(text)
    assert (found.text, found.kind, found.date) == (words, kind, date)
    assert text[found.start : found.end] == words


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (" ", "\u00a0"),
        (" ", "\u202f"),
        ("'", "’"),
        ("'", "ʼ"),
        ("", "\u200b"),
        ("", "\u200e"),
        ("", "\ufeff"),
    ],
)
@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("This article was amended on 3 March 2022. It said so.", "correction"),
        ("An earlier version of this article said so wrongly.", "correction"),
        ("Correction: The toll was 498, not 489.", "correction"),
        ("Editor's note: The headline was corrected.", "editors_note"),
        ("Роз'яснення: міністерство говорило про одну сторону.", "clarification"),
        ("У попередній версії цієї статті йшлося про 489 загиблих.", "correction"),
        ("تصحيح: ذكرت نسخة سابقة من هذا الخبر رقما آخر.", "correction"),
    ],
)
def test_a_notice_is_known_by_its_words_whatever_is_between_them(words, kind, here, there):
    written = words.replace(here, there) if here else there + words
    text = f"{BODY}{written}\n\nA last paragraph."
    (found,) = notices_in(text)
    assert (found.text, found.kind, text[found.start : found.end]) == (written, kind, written)


@pytest.mark.parametrize("words", NEAR_MISSES, ids=range(len(NEAR_MISSES)))
def test_what_only_speaks_of_corrections_is_no_notice(words):
    assert notices_in(BODY + words) == ()
    assert notices_in(words) == ()


def test_a_notice_at_the_end_of_a_paragraph_begins_with_its_sentence():
    text = "The toll rose. This article was amended on 3 March 2022. It had said 489."
    (found,) = notices_in(text)
    assert found.text == "This article was amended on 3 March 2022. It had said 489."
    assert found.start == len("The toll rose. ")


def test_a_word_of_notice_may_stand_before_the_sentence():
    (found,) = notices_in("Note: This article has been corrected to give the right date.")
    assert found.text == "This article has been corrected to give the right date."


def test_only_what_the_text_before_lacked_is_new():
    old = BODY + "Correction: The name of the minister was misspelt."
    new = old + "\n\nClarification: The figure counts the soldiers of one side only."
    assert [one.kind for one in notices_added(old, new)] == [NoticeKind.CLARIFICATION]
    assert len(notices_added(None, new)) == 2
    assert notices_added(new, old) == ()


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("on March 3rd, 2022 and 4 March 2022", "2022-03-03"),
        ("1er mars 2022", "2022-03-01"),
        ("3 de marzo de 2022", "2022-03-03"),
        ("3. März 2022", "2022-03-03"),
        ("3 مارس 2022", "2022-03-03"),
        ("03.03.2022", "2022-03-03"),
        ("31 February 2022", ""),
        ("03/04/2022", ""),
        ("March 3", ""),
    ],
)
def test_full_dates_are_read_as_texts_write_them(words, date):
    assert first_date(words) == date


_PIECES = st.one_of(
    st.sampled_from([words for words, _kind, _date in NOTICES]),
    st.sampled_from(NEAR_MISSES[:30]),
    st.text(max_size=80),
    st.sampled_from(["Correction", "İ correction: ", "“", "”", "\t", "𝒳 Update: 👩‍🚒 "]),
)


@given(st.lists(_PIECES, max_size=8), st.sampled_from(["\n\n", "\n", " ", ""]))
def test_notices_stand_in_the_text_in_order_and_apart(pieces, between):
    text = between.join(pieces)
    found = notices_in(text)
    assert all(text[one.start : one.end] == one.text and one.text.strip() for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert notices_added(text, text) == ()


@given(st.sampled_from(NOTICES), st.text(max_size=60).filter(lambda one: "“" not in one))
def test_what_stands_in_other_paragraphs_takes_no_notice_away(notice, other):
    text = f"{BODY}{notice[0]}\n\n{other}"
    assert notice[0] in [one.text for one in notices_in(text)]


def test_a_line_of_nothing_but_spaces_is_passed_by():
    # It took minutes where every beginning of such a line was tried.
    assert notices_in(" " * 400_000 + "\nCorrection: The bridge is not closed, as was said.")
