from __future__ import annotations

import subprocess
import sys
import time

import pytest

from annotations.articles.decoding import EmptyFile, NotText, UnknownEncoding
from annotations.articles.extraction import (
    ExtractedArticle,
    ExtractionFailed,
    begin_with,
    extract_bounded,
    extract_text,
)
from annotations.articles.languages import guess_language
from annotations.lib.text import ForbiddenCharacter, TextEmpty, TextTooLong

PARAGRAPH = (
    "The defence ministry said on Wednesday that <b>498</b> of its soldiers were killed\n   and"
    " 1,597 wounded, for the first time since the beginning of the operation."
)
PAGE = f"""<!DOCTYPE html><html lang="en-gb"><head><meta charset="utf-8">
<title>Two tolls, one war | The Example</title>
<meta property="og:title" content="Two tolls, one war">
<meta property="og:site_name" content="The Example">
<meta name="description" content="The ministry names 498 dead; the president speaks of thousands.">
<meta name="author" content="Ann Author">
<meta property="article:published_time" content="2022-03-03T10:00:00Z">
<link rel="canonical" href="https://Example.org/news/two-tolls?utm_source=x#top"></head>
<body><nav><a href="/">Home</a> <a href="/w">World</a></nav><article><h1>Two tolls, one war</h1>
<p class="lead">The ministry names 498 dead; the president speaks of thousands.</p>
<p>{PARAGRAPH}</p><h2>What the other side says</h2>
<p>The president said that about 9,000 soldiers were killed within a week, just a day after he had
given a number of 6,000.</p>
<blockquote><p>About 9,000 Russians were killed in a week.</p></blockquote>
<ul><li>5,300 on Monday</li><li>5,710 on Tuesday</li></ul>
<p>The emergency service&nbsp;said that more than 2,000 civilians have been killed.<br>The UN's
verified minimum is 136. 👨‍👩‍👧‍👦 قُتل 498 נהרגו 7.</p></article>
<footer>Copyright 2031</footer></body></html>"""


@pytest.fixture(scope="module")
def article() -> ExtractedArticle:
    return extract_bounded(PAGE.encode())


def test_a_page_tells_what_is_known_about_it(article: ExtractedArticle) -> None:
    assert article.title == "Two tolls, one war"
    assert article.standfirst.startswith("The ministry names 498 dead")
    assert (article.outlet, article.byline) == ("The Example", "Ann Author")
    assert (article.published, article.language) == ("2022-03-03", "en-GB")
    assert article.canonical_url == "https://example.org/news/two-tolls"


def test_its_text_begins_with_the_head_and_keeps_every_part(article: ExtractedArticle) -> None:
    read = [(cut.kind.value, article.text[cut.start : cut.end].strip()) for cut in article.blocks]
    assert read == [
        ("headline", "Two tolls, one war"),
        ("standfirst", "The ministry names 498 dead; the president speaks of thousands."),
        ("paragraph", "The defence ministry said on Wednesday that 498 of its soldiers were killed"
         " and 1,597 wounded, for the first time since the beginning of the operation."),
        ("heading", "What the other side says"),
        ("paragraph", "The president said that about 9,000 soldiers were killed within a week,"
         " just a day after he had given a number of 6,000."),
        ("quote", "About 9,000 Russians were killed in a week."),
        ("list", "5,300 on Monday\n5,710 on Tuesday"),
        ("paragraph", "The emergency service\u00a0said that more than 2,000 civilians have been"
         " killed.\nThe UN's verified minimum is 136. 👨‍👩‍👧‍👦 قُتل 498 נהרגו 7."),
    ]  # fmt: skip
    assert "".join(article.text[cut.start : cut.end] for cut in article.blocks) == article.text


def test_a_description_that_is_not_on_the_page_is_no_standfirst() -> None:
    page = PAGE.replace('<p class="lead">The ministry names', "<p>Something else names")
    assert extract_bounded(page.encode()).standfirst == ""


def test_a_page_in_an_old_encoding_reads_as_it_declares() -> None:
    body = "Росія втратила близько дев'яти тисяч солдатів, сказав президент у середу. " * 5
    for head in ('<meta charset="windows-1251">', '<?xml version="1.0" encoding="windows-1251"?>'):
        page = f"{head}<html lang=en><body><article><h1>Втрати</h1><p>{body}</p></article></body>"
        read = extract_bounded(page.encode("windows-1251"))
        assert body.strip() in read.text
        assert read.language == "uk"


def test_the_address_is_the_callers_when_the_page_has_none() -> None:
    page = PAGE.replace('<link rel="canonical"', "<link")
    read = extract_bounded(page.encode(), url="https://example.org/a#b")
    assert read.canonical_url == "https://example.org/a"
    assert extract_bounded(page.encode(), url="javascript:x").canonical_url == ""


@pytest.mark.parametrize(
    "data",
    [b"<p></p>", b"<html><body><script>alert(1)</script></body></html>", b"<div>" * 100_000],
)
def test_a_page_without_an_article_is_refused(data: bytes) -> None:
    with pytest.raises(ExtractionFailed):
        extract_bounded(data)


def test_undecodable_pages_are_refused_before_any_process_starts() -> None:
    with pytest.raises(EmptyFile):
        extract_bounded(b"")
    with pytest.raises(NotText):
        extract_bounded(b"%PDF-1.4")
    with pytest.raises(UnknownEncoding):
        extract_bounded("<p>Росія втратила".encode("windows-1251"))


def test_reading_is_bounded_in_time() -> None:
    began = time.monotonic()
    with pytest.raises(ExtractionFailed, match="too long"):
        extract_bounded(PAGE.encode(), seconds=0.05)
    assert time.monotonic() - began < 5


def test_reading_is_bounded_in_memory() -> None:
    page = f"<html><body><article>{'<p>word <b>word</b></p>' * 150_000}</article></body></html>"
    with pytest.raises(ExtractionFailed, match="too large or too broken"):
        extract_bounded(page.encode(), memory_mb=96)


def test_nothing_that_the_web_imports_is_heavy() -> None:
    program = (
        "import sys, annotations.articles.extraction, annotations.claims.suggest,"
        " annotations.spans.selectors, annotations.lib.dates;"
        "heavy = {'trafilatura', 'lxml', 'numpy', 'py3langid', 'htmldate', 'django', 'edtf'};"
        "print(*(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, "")


def test_pasted_text_gives_headline_byline_date_and_language() -> None:
    text = (
        "Two tolls, one war\r\n\r\nBy Ann Author\r\n3 March 2022\r\n\r\nThe ministry said that 498"
        " of its soldiers were killed."
    )
    read = extract_text(text)
    assert (read.title, read.byline) == ("Two tolls, one war", "Ann Author")
    assert (read.published, read.language) == ("2022-03-03", "en")
    assert "\r" not in read.text
    assert read.blocks[0].kind.value == "headline"


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Published March 3, 2022 in Kyiv", "2022-03-03"),
        ("Опубліковано 3 березня 2022 року", "2022-03-03"),
        ("Дата: 03.03.2022", "2022-03-03"),
        ("date 2022-03-03 With the second round", "2022-03-03"),
        ("on 45 March 2022", ""),
        ("in 2022", ""),
    ],
)
def test_a_date_near_the_beginning_is_found(text: str, published: str) -> None:
    assert extract_text(text).published == published


@pytest.mark.parametrize(
    "text", ["Just one line", "A sentence it is.\nMore text.", "x" * 201 + "\ny"]
)
def test_what_is_no_headline_is_not_taken_for_one(text: str) -> None:
    assert extract_text(text).title == ""


def test_unacceptable_text_is_refused() -> None:
    with pytest.raises(TextEmpty):
        extract_text(" \n ")
    with pytest.raises(ForbiddenCharacter):
        extract_text("a\x00b")
    with pytest.raises(TextTooLong):
        extract_text("a" * 1_000_001)


def test_a_given_headline_is_put_before_the_text_once() -> None:
    assert begin_with("Body.", headline="Title") == "Title\n\nBody."
    assert begin_with("Title\n\nBody.", headline="Title") == "Title\n\nBody."
    whole = begin_with("Body.", headline="Title", standfirst="Lead.")
    assert whole == "Title\n\nLead.\n\nBody."
    assert begin_with(whole, headline="Title", standfirst="Lead.") == whole
    assert begin_with("Body.", headline="") == "Body."


@pytest.mark.parametrize(
    ("text", "former", "expected"),
    [
        ("Old title\n\nBody.", "Old title", "New title\n\nBody."),
        ("\nOld  title \n\nBody.", "Old title", "New title\n\nBody."),
        ("Old title", "Old title", "New title"),
        # Already corrected, no headline of its own, and a line that only begins like it.
        ("New title\n\nBody.", "Old title", "New title\n\nBody."),
        ("Body.", "Old title", "New title\n\nBody."),
        ("Body.", "", "New title\n\nBody."),
        ("New  title \n\nBody.", "New title", "New  title \n\nBody."),
        ("Old title of a book\n\nBody.", "Old title", "New title\n\nOld title of a book\n\nBody."),
        ("Body.\n\nOld title", "Old title", "New title\n\nBody.\n\nOld title"),
    ],
)
def test_a_corrected_headline_takes_the_place_of_the_one_that_was_read(
    text: str, former: str, expected: str
) -> None:
    assert begin_with(text, headline="New title", former=former) == expected


@pytest.mark.parametrize("headline", ["Old title, longer", "Old"])
def test_a_headline_that_became_longer_or_shorter_stands_once(headline: str) -> None:
    whole = begin_with("Old title\n\nBody.", headline=headline, former="Old title")
    assert whole == f"{headline}\n\nBody."


SENTENCES = {
    "uk": "Росія втратила близько дев'яти тисяч солдатів, сказав президент у середу ввечері.",
    "ru": "Президент сообщил в среду, что потери составили около девяти тысяч человек.",
    "bg": "Президентът заяви в сряда, че са загинали около девет хиляди войници.",
    "en": "The president said on Wednesday that about 9,000 soldiers were killed.",
    "de": "Der Präsident sagte am Mittwoch, dass etwa 9000 Soldaten getötet wurden.",
    "fr": "Le président a déclaré mercredi qu'environ 9 000 soldats avaient été tués.",
    "es": "El presidente dijo el miércoles que unos 9.000 soldados murieron en una semana.",
    "pl": "Prezydent powiedział w środę, że zginęło około 9 tysięcy żołnierzy.",
    "tr": "Cumhurbaşkanı çarşamba günü bir haftada yaklaşık 9 bin askerin öldüğünü söyledi.",
    "ar": "قال الرئيس يوم الأربعاء إن نحو تسعة آلاف جندي قتلوا في أسبوع.",
    "fa": "رئیس جمهور روز چهارشنبه گفت که حدود نه هزار سرباز در یک هفته کشته شدند.",
    "he": "הנשיא אמר ביום רביעי כי כ-9,000 חיילים נהרגו בשבוע.",
    "ja": "大統領は水曜日、約9000人の兵士が死亡したと述べた。",
    "zh": "总统周三表示，一周内约有九千名士兵死亡。",
    "": "9,000 + 6,000 = hm",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_shows_its_language(language: str) -> None:
    assert guess_language(SENTENCES[language]) == language


WITH_FIGURES = """<!doctype html><html lang="en"><head>
<title>River rises</title></head><body><article>
<h1>River rises</h1>
<p>On <time datetime="2022-03-02">Wednesday, 2 March,</time> the river service said that the
water had risen by two metres within one day, more than in any year since it began to measure.</p>
<figure class="wp-block-image"><picture><img src="a.jpg" alt="Boats"></picture>
<figcaption class="caption"><p>Boats reached <b>40</b> people.</p>
<small>Photo: O. Someone</small></figcaption>
</figure>
<p>People left their homes during the night, and a school took in more than three hundred of them
before the morning came; nobody was missing by then, the mayor told reporters.</p>
<figure class="wp-block-pullquote"><blockquote><p>We have never seen water like this.</p>
</blockquote></figure>
<figure class="wp-block-table"><table><tr><td>Monday</td><td>1.2 m</td></tr>
<tr><td>Tuesday</td><td>3.2 m</td></tr></table>
<figcaption>Levels at the bridge</figcaption></figure>
<p>The service expects the water to fall from Friday on, as no more rain has been forecast for the
hills above the town, where most of it had come from.</p></article></body></html>"""


def test_what_the_outlet_struck_out_is_not_its_text() -> None:
    struck = WITH_FIGURES.replace(
        "two metres", "<del>three</del> <ins>two</ins> metres <s>(est.)</s>"
    )
    article = extract_bounded(struck.encode())
    assert "the water had risen by two metres within one day" in article.text


def test_words_in_figures_and_times_are_kept_in_their_places() -> None:
    article = extract_bounded(WITH_FIGURES.encode())
    read = [(cut.kind.value, article.text[cut.start : cut.end].strip()) for cut in article.blocks]
    assert ("caption", "Boats reached 40 people. Photo: O. Someone") in read
    assert ("caption", "Levels at the bridge") in read
    assert ("quote", "We have never seen water like this.") in read
    assert any("Tuesday | 3.2 m" in words for _kind, words in read)
    assert "On Wednesday, 2 March, the river service said" in article.text
    order = [article.text.index(one) for one in ("Boats", "People left", "We have", "The service")]
    assert order == sorted(order)
    assert article.published in ("", "2022-03-02")
