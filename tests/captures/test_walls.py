"""Walls that come with 200 are no pages, and news about walls are."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.captures.page import Page
from annotations.captures.quality import CLEAN_ABSENCES, PageKind, judge
from annotations.captures.quality_words import folded
from annotations.captures.wall_words import CONSENT, KEPT_OUT, REPAIRS, TOO_OFTEN
from annotations.captures.walls import LONGEST, is_wall
from tests.captures import pages, wall_news, walls
from tests.captures.test_quality import kind_of, seen

WALLS = (CONSENT, KEPT_OUT, REPAIRS, TOO_OFTEN)
TABLES = [
    (walls.BLOCKS, PageKind.BLOCK),
    (walls.IN_OTHER_WORDS, PageKind.BLOCK),
    (walls.CONSENTS, PageKind.CONSENT_WALL),
    (walls.CONSENT_IN_OTHER_WORDS, PageKind.CONSENT_WALL),
    (walls.MAINTENANCE, PageKind.SERVER_ERROR),
    (walls.THROTTLES, PageKind.THROTTLED),
]
EVERY = {name: source for table, _kind in TABLES for name, source in table.items()}


@pytest.mark.parametrize(("table", "kind"), TABLES)
def test_a_wall_is_told_by_its_own_words(table, kind):
    assert {name: kind_of(source) for name, source in table.items()} == dict.fromkeys(table, kind)


@pytest.mark.parametrize("kind", ["text/plain", "text/html"])
def test_a_throttle_in_one_line_is_a_throttle(kind):
    assert kind_of("Too many requests", kind=kind) == PageKind.THROTTLED


@pytest.mark.parametrize(
    "source", [wall_news.NEWS, wall_news.LONG], ids=["short", "of ordinary length"]
)
@pytest.mark.parametrize("around", [str, wall_news.with_banner], ids=["bare", "under a banner"])
def test_news_about_walls_is_a_good_page(source, around):
    judged = {name: judge(seen(around(one))) for name, one in source.items()}
    assert {name: (one.kind, one.is_good) for name, one in judged.items()} == dict.fromkeys(
        source, (PageKind.PAGE, True)
    )


@pytest.mark.parametrize("name", EVERY)
def test_an_article_with_a_wall_around_it_stays_an_article(name):
    """Whatever a site puts before it: what is there can be read."""
    inside = EVERY[name].partition("<body>")[2].partition("</body>")[0]
    source = pages.ARTICLE.replace("</h1>", "</h1>" + inside)
    assert kind_of(source) == PageKind.PAGE


def test_a_post_under_a_banner_is_a_page():
    assert kind_of(wall_news.with_banner(wall_news.POST)) == PageKind.PAGE
    assert kind_of(wall_news.POST) == PageKind.PAGE


@pytest.mark.parametrize("status", [404, 410])
@pytest.mark.parametrize("table", [walls.BLOCKS, walls.MAINTENANCE, walls.THROTTLES])
def test_a_servers_mood_with_a_404_proves_no_absence(status, table):
    kinds = {name: kind_of(source, status=status) for name, source in table.items()}
    assert not {name for name, kind in kinds.items() if kind in CLEAN_ABSENCES}


def test_a_404_under_a_banner_is_a_404():
    missing = wall_news.with_banner(pages.short("Not found", "There is no such page."))
    assert kind_of(missing, status=404) == PageKind.NOT_FOUND


def test_a_border_is_no_removal_for_legal_reasons():
    assert kind_of(walls.BLOCKS["for legal reasons"]) == PageKind.BLOCK
    bare = pages.short("451", "Unavailable for legal reasons")
    assert kind_of(bare) == PageKind.TOMBSTONE


@given(st.text(st.sampled_from("abc .!?«»“”„\"'\n|-—0123ß"), max_size=400))
def test_whatever_stands_there_is_judged(words):
    page = Page(text=words, prose=words, title=words, heading=words)
    assert not any(is_wall(page, wall) for wall in WALLS)


@given(st.integers(160, 4000), st.sampled_from(sorted(EVERY)))
def test_no_wall_hides_a_text_beside_it(length, name):
    page = seen(EVERY[name]).page
    beside = ("word " * 800)[:length]
    fuller = Page(text=f"{page.text} {beside}", prose=f"{page.prose}\n{beside * 2}")
    assert not any(is_wall(fuller, wall) for wall in WALLS)


@pytest.mark.parametrize(
    "line",
    ["we and our partners \"use cookies' „press and hold ", "x", "cookies ", "cookie site europe "],
)
@pytest.mark.parametrize("lines", [1, 22])
def test_the_longest_page_is_judged_at_once(line, lines):
    prose = "\n".join([(line * LONGEST)[: 10_000 // lines]] * lines)
    page = Page(text=(line * LONGEST)[:LONGEST], prose=prose)
    began = time.perf_counter()
    assert all(is_wall(page, wall) in (True, False) for wall in WALLS)
    assert time.perf_counter() - began < 1


def test_phrases_are_written_as_words_are_folded():
    for wall in WALLS:
        for phrase in (*wall.says, *wall.buttons, *wall.heads):
            assert phrase == folded(phrase)
            assert not any(letter.isdigit() for letter in phrase), phrase
