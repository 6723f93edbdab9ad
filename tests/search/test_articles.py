"""The article list's search, filters, sorts and pages, on the real database."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from annotations.articles.services import version_add
from annotations.claims.services import claim_create, claim_discard, mention_add
from annotations.models import Article, Claim
from annotations.projects.visibility import Sight
from annotations.search.articles import SORTS, ArticleSearch, article_page
from annotations.search.choices import languages_of, outlets_of
from annotations.search.limits import SearchTooLong, bounded_search
from annotations.search.snippets import found_claims, found_texts
from annotations.search.words import read_terms
from tests.factories import make_article

pytestmark = pytest.mark.django_db

MEMBER = Sight(None, sees_hidden=False, sees_confidential=True)
MODERATOR = Sight(None, sees_hidden=True, sees_confidential=True)


@pytest.fixture
def find(project):
    def titles(query: str = "", sight: Sight = MEMBER, page: int = 1, **wanted) -> list[str]:
        search = ArticleSearch(terms=read_terms(query), **wanted)
        return [row.title for row in article_page(project, sight, search, page).object_list]

    return titles


def make_claim(article: Article, text: str = "498 were killed") -> Claim:
    version = article.versions.get()
    return claim_create(
        actor=article.created_by,
        project=article.project,
        text=text,
        version=version,
        ranges=[(0, 3)],
    )


def test_every_word_must_occur_somewhere_in_the_article(project, find):
    make_article(
        project,
        "Tolls\n\nKilled soldiers.\n\nФлот and the Élysée.",
        title="Tolls",
        outlet_name="Daily Planet",
        url="https://example.org/war/tolls-2022",
    )
    make_article(project, "Other\n\nKilled nobody.", title="Other")
    for query in (
        "soldiers élysée ",
        "KILLED tolls soldi",
        "elysee",
        "фло",
        "planet soldiers ",
        "example.org soldiers ",
        "tolls-2022 ",
        '"killed soldiers"',
        '"the elysee"',
        "https://example.org/war/",
    ):
        assert find(query) == ["Tolls"], query
    assert find("killed ") == ["Other", "Tolls"]
    assert find('"soldiers killed"') == []
    assert find("soldiers nobody ") == []
    assert find("soldi ") == []


@pytest.mark.parametrize(
    "query",
    ["'", "\\", "it's \\ 'x' :* & | ! <-> ( )", "%s %d {} $1", "'; DROP TABLE x; --", "a" * 300],
)
def test_no_query_breaks_the_search(query, project, find):
    make_article(project)
    find(query)
    find(f'"{query}"')
    find(f"{query}*")


def test_claims_are_searched_but_not_discarded_or_hidden_ones(reviewer, project, find):
    article = make_article(project, title="Tolls", by=reviewer)
    claim = make_claim(article, "Zebras marched")
    assert find("zebras ") == ["Tolls"]
    Claim.objects.filter(pk=claim.pk).update(hidden_at=timezone.now(), hidden_reason="x")
    assert find("zebras ") == []
    assert find("zebras ", sight=MODERATOR) == ["Tolls"]
    Claim.objects.filter(pk=claim.pk).update(hidden_at=None, hidden_reason="")
    claim_discard(actor=reviewer, claim=claim)
    assert find("zebras ") == []


def test_search_and_list_stay_inside_the_project(project, other_project, outsider, find):
    make_article(other_project, "Secret words", title="Secret", outlet_name="Secret", by=outsider)
    assert find("secret") == []
    assert find() == []
    assert outlets_of(project, MEMBER) == []
    assert languages_of(project, MEMBER) == []


def test_hidden_articles_are_listed_for_moderators_only(project, find):
    hidden = make_article(project, title="Hidden")
    Article.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now(), hidden_reason="x")
    assert find() == find("hidden") == []
    assert find(sight=MODERATOR) == find("hidden", sight=MODERATOR) == ["Hidden"]


def test_filters_narrow(reviewer, second_reviewer, project, find):
    first = make_article(
        project,
        title="First",
        outlet_name="CNN",
        language="en",
        published="2022-03-02",
        by=reviewer,
    )
    make_article(project, title="Second", kind="post", language="uk", by=second_reviewer)
    Article.objects.filter(pk=first.pk).update(marking_state="done")
    make_claim(first)
    assert find(outlet=first.outlet.uid) == ["First"]
    assert find(without_outlet=True) == ["Second"]
    assert find(language="uk") == ["Second"]
    assert find(language="-") == []
    assert find(kind="news") == ["First"]
    assert find(marking_state="done") == ["First"]
    assert find(has_claims=True) == ["First"]
    assert find(has_claims=False) == ["Second"]
    assert find(added_by=second_reviewer.pk) == ["Second"]
    assert find("first", language="uk") == []


def test_dates_are_days_of_the_projects_zone_and_may_only_overlap(project, find):
    project.time_zone = "Europe/Kyiv"
    project.save()
    make_article(project, title="Day", published="2022-03-02")
    make_article(project, title="Month", published="2022-03")
    make_article(project, title="Unknown")
    second, third = date(2022, 3, 2), date(2022, 3, 3)
    assert find(published_from=second, published_to=second, sort="title") == ["Day", "Month"]
    assert find(published_from=third) == ["Month"]
    assert find(published_to=date(2022, 2, 28)) == []


def test_each_sort_and_its_opposite(project, find):
    for number, (title, outlet, published, state) in enumerate(
        [
            ("B", "Zeta", "2022-03-01", "done"),
            ("A", "Alpha", "2022-03-03", "to_do"),
            ("C", "", "", "in_progress"),
        ]
    ):
        article = make_article(project, title=title, outlet_name=outlet, published=published)
        added = timezone.now() + timedelta(minutes=number)
        Article.objects.filter(pk=article.pk).update(marking_state=state, created_at=added)
    orders = {sort: "".join(find(sort=sort)) for sort in SORTS}
    assert orders == {
        "-added": "CAB",
        "added": "BAC",
        "-published": "ABC",
        "published": "BAC",
        "title": "ABC",
        "-title": "CBA",
        "outlet": "ABC",
        "-outlet": "BAC",
        "marking": "ACB",
        "-marking": "BCA",
    }


@pytest.mark.parametrize("sort", list(SORTS))
@pytest.mark.parametrize("query", ["", "common "])
def test_pages_hold_every_article_once_in_order(sort, query, project, find, monkeypatch):
    monkeypatch.setattr("annotations.search.articles.PAGE_SIZE", 3)
    total = 8
    for number in range(total):
        make_article(
            project,
            f"Common text {number}",
            title=f"T{number:03}",
            outlet_name=f"Outlet {number % 3}" if number % 2 else "",
        )
    seen = [title for page in (1, 2, 3) for title in find(query, sort=sort, page=page)]
    assert len(seen) == len(set(seen)) == total
    assert find(query, sort=sort, page=99) == seen[6:]
    search = ArticleSearch(terms=read_terms(query), sort=sort)
    page = article_page(project, MEMBER, search, 2)
    assert (page.paginator.count, page.paginator.num_pages, page.number) == (total, 3, 2)
    assert (page.start_index(), page.end_index()) == (4, 6)


@pytest.mark.parametrize("query", ["", "common "])
def test_a_page_costs_the_same_queries_for_1_and_11_articles(
    query, project, reviewer, django_assert_num_queries
):
    search = ArticleSearch(terms=read_terms(query))
    expected = 4 if query else 2
    for count in (1, 11):
        while Article.objects.count() < count:
            article = make_article(project, f"Common {Article.objects.count()}", by=reviewer)
            make_claim(article)
        with django_assert_num_queries(expected + (2 if query else 0)):
            rows = article_page(project, MEMBER, search, 1).object_list
        assert [row.claim_count for row in rows] == [1] * count


def test_a_row_counts_different_kept_visible_claims(reviewer, project):
    article = make_article(project, by=reviewer)
    first, second, third = (make_claim(article, f"Claim {n}") for n in range(3))
    mention_add(actor=reviewer, claim=first, version=article.versions.get(), ranges=[(1, 2)])
    claim_discard(actor=reviewer, claim=second)
    Claim.objects.filter(pk=third.pk).update(hidden_at=timezone.now(), hidden_reason="x")
    for sight, count in ((MEMBER, 1), (MODERATOR, 2)):
        (row,) = article_page(project, sight, ArticleSearch(), 1).object_list
        assert row.claim_count == count


def test_a_passage_is_shown_from_the_newest_version_that_has_one(reviewer, project):
    article = make_article(project, "One\n\nAn old zebra stood here.", title="One")
    version_add(actor=reviewer, article=article, text="One\n\nA new lion stands here.")
    terms = read_terms("zebra ")
    found = found_texts([article.pk], terms)[article.pk]
    assert found.old_version == 1
    assert [piece.text for piece in found.pieces if piece.is_hit] == ["zebra"]
    assert found_texts([article.pk], read_terms("lion "))[article.pk].old_version is None


def test_the_passage_with_all_words_is_preferred(project):
    article = make_article(project, "T\n\nRed alone.\n\nBlue alone.\n\nRed and blue.", title="T")
    found = found_texts([article.pk], read_terms("red blue "))[article.pk]
    assert [piece.text for piece in found.pieces if piece.is_hit] == ["Red", "blue"]


def test_a_found_claim_is_shown_by_its_number(reviewer, project):
    article = make_article(project, by=reviewer)
    claim = make_claim(article, "Zebras marched")
    found = found_claims([article.pk], read_terms("zebras "), MEMBER)[article.pk]
    assert (found.number, found.pieces[0].text) == (claim.number, "Zebras")


def test_choices_are_the_values_there_are(project):
    make_article(project, outlet_name="Zeta", language="uk")
    make_article(project, outlet_name="Alpha", language="en")
    make_article(project, language="en")
    make_article(project)
    assert [name for _uid, name in outlets_of(project, MEMBER)] == ["Alpha", "Zeta"]
    assert languages_of(project, MEMBER) == ["", "en", "uk"]


def test_choices_are_those_of_articles_the_viewer_sees(project):
    hidden = make_article(project, outlet_name="Zeta", language="uk")
    Article.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now(), hidden_reason="x")
    make_article(project, outlet_name="Alpha", language="en")
    assert [name for _uid, name in outlets_of(project, MEMBER)] == ["Alpha"]
    assert languages_of(project, MEMBER) == ["en"]
    assert [name for _uid, name in outlets_of(project, MODERATOR)] == ["Alpha", "Zeta"]
    assert languages_of(project, MODERATOR) == ["en", "uk"]


def test_a_search_that_takes_too_long_is_stopped_and_said(db, monkeypatch):
    monkeypatch.setattr("annotations.search.limits.LONGEST_SEARCH_SECONDS", 0.05)
    with pytest.raises(SearchTooLong), bounded_search(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(5)")
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)


def test_a_search_is_planned_for_its_own_words(db):
    def kept_plans(after: int) -> int:
        with connection.cursor() as cursor:
            for n in range(after):
                cursor.execute("SELECT %s::int AS asked_again_and_again", [n])
            cursor.execute(
                "SELECT count(*) FROM pg_prepared_statements"
                " WHERE strpos(statement, 'SELECT $1::int AS asked_again') > 0"
            )
            return int(cursor.fetchone()[0])

    with bounded_search():
        assert kept_plans(10) == 0
    # What is asked outside is kept: the connection is left as it was.
    assert kept_plans(10) == 1
    with bounded_search():
        assert kept_plans(1) == 1
