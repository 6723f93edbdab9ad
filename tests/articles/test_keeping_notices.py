"""A page's notice of correction is in the article's text, wherever the outlet has put it."""

import pytest

from annotations.articles.extraction import extract_bounded
from annotations.articles.notices import notices_in
from tests.captures.pages import PARAGRAPH, SENTENCE
from tests.long import some

NOTICE = "This article was amended on 3 March 2022. An earlier version gave another toll."
BOXES = {
    "paragraph": "<p>{}</p>",
    "emphasis": "<p class='correction'><em>{}</em></p>",
    "box": "<div class='correction'>{}</div>",
    "box with words": "<div class='update-note'><span>{}</span></div>",
    "aside": "<aside><p>{}</p></aside>",
    "bare aside": "<aside class='note'>{}</aside>",
    "footer": "<footer><p>{}</p><p>All rights reserved by the daily.</p></footer>",
    "small": "<small>{}</small>",
    "heading over it": "<section><h2>Correction</h2><p>{}</p></section>",
    "list": "<ul class='corrections'><li>{}</li></ul>",
}


def read(article: str, beside: str = "") -> str:
    page = (
        "<!doctype html><html lang='en'><head><title>Tolls differ by ten</title></head><body>"
        f"<main><article><h1>Tolls differ by ten</h1>{article}</article>{beside}</main>"
        "</body></html>"
    )
    return extract_bounded(page.encode(), url="https://daily.example/a").text


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("place", some("beside", "first", "last"))
def test_a_notice_is_kept_once(box, place):
    words = BOXES[box].format(NOTICE)
    text = read(
        (words if place == "first" else "") + PARAGRAPH * 4 + (words if place == "last" else ""),
        words if place == "beside" else "",
    )
    assert text.count("An earlier version gave another toll.") == 1
    assert [NOTICE in one.text for one in notices_in(text)] == [True]


def test_what_follows_a_moved_notice_stays():
    last = "<p>The last words. The ministry gave no further figure that day.</p>"
    text = read(f"{PARAGRAPH * 3}<aside><p>{NOTICE}</p></aside>{last}")
    assert "The last words." in text
    assert text.index(NOTICE) < text.index("The last words.")


def test_a_notice_beside_the_article_that_may_be_anothers_is_left_out():
    other = "<aside><h3>More</h3><p>Correction: The name of the mayor was misspelt.</p></aside>"
    assert "mayor" not in read(PARAGRAPH * 4, other)


def test_an_aside_that_is_no_notice_stays_out():
    text = read(f"{PARAGRAPH * 4}<aside><p>Read more about our corrections.</p></aside>")
    assert "Read more" not in text
    assert SENTENCE.strip() in text
