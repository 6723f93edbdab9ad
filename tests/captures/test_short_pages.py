"""Short pages about what is missing, removed or wants a sign-in are pages; notices are none."""

import pytest

from annotations.captures.quality import PageKind
from tests.captures import pages, wall_news
from tests.captures.test_quality import URL, kind_of


@pytest.mark.parametrize("words", wall_news.REMOVALS)
def test_news_of_a_removal_in_one_paragraph_is_no_removal(words):
    source = pages.short("Ministry takes its figure back", words)
    for asked in (URL, "https://x.com/a/1", "https://vk.com/a", "https://facebook.com/a"):
        assert kind_of(source, asked=asked) == PageKind.PAGE


@pytest.mark.parametrize("around", wall_news.AROUND_TOMBSTONES)
def test_a_tombstone_among_what_a_platform_always_says_is_one(around):
    host, source = around
    assert kind_of(source, asked=f"https://{host}/a/1") == PageKind.TOMBSTONE


@pytest.mark.parametrize("title", wall_news.MISSING)
def test_news_of_what_was_not_found_is_a_page(title):
    assert kind_of(pages.short(title, *wall_news.MISSING[title])) == PageKind.PAGE


@pytest.mark.parametrize(
    "words",
    [
        "Error 404. Go home.",
        "Sorry, the story you are looking for is no longer available.",
        "Ничего не найдено",
    ],
)
def test_a_page_that_says_it_in_its_text_alone_is_missing(words):
    assert kind_of(pages.short("Daily", words)) == PageKind.SOFT_NOT_FOUND


@pytest.mark.parametrize("words", wall_news.COMMENTING)
def test_a_short_story_whose_comments_want_a_sign_in_is_a_page(words):
    source = pages.short("Tolls differ", pages.SENTENCE, pages.SENTENCE, words)
    assert kind_of(source) == PageKind.PAGE
    both = source.replace("</body>", "<p>Log in to continue reading.</p></body>")
    assert kind_of(both) == PageKind.LOGIN_WALL


@pytest.mark.parametrize("words", wall_news.SIGN_INS)
def test_news_of_sign_ins_is_a_page(words):
    assert kind_of(pages.short("Sites ask who reads", words)) == PageKind.PAGE
    asked = f"<p>{pages.SENTENCE}</p><p>Please log in to see the rest of this story.</p></body>"
    source = pages.short("Sites ask who reads", words)
    assert kind_of(source.replace("</body>", asked)) == PageKind.LOGIN_WALL


@pytest.mark.parametrize("path", ["/authorities-deny-tolls", "/login-thieves", "/auth_files"])
def test_an_address_that_begins_like_a_sign_in_is_none(path):
    source = pages.short("Tolls differ", pages.SENTENCE, pages.SENTENCE)
    kind = kind_of(source, asked=URL, final=f"https://daily.test{path}", redirects=1)
    assert kind == PageKind.PAGE


@pytest.mark.parametrize("times", [5, 30])
def test_lines_without_paragraphs_under_a_sign_in_form_are_a_page(times):
    lines = f"{pages.SENTENCE}<br><br>" * times
    form = "<form><input name=u><input type=password></form>"
    source = f"<title>Tolls</title><body><h1>Tolls</h1>{form}<div>{lines}</div></body>"
    assert kind_of(source) == PageKind.PAGE
