"""The article list as a page: what it shows, keeps in the address, and costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from annotations.claims.services import claim_create
from annotations.models import Article
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(project, reviewer, client_for):
    client = client_for(reviewer)
    address = reverse("article-list", kwargs={"slug": project.slug})

    def show(**asked) -> str:
        answer = client.get(address, asked)
        assert answer.status_code == 200
        return answer.content.decode()

    return show


def test_the_list_stands_at_the_projects_own_address(project, page):
    assert reverse("article-list", kwargs={"slug": "desk"}) == "/p/desk/"
    assert reverse("project-home", kwargs={"slug": "desk"}) == "/p/desk/"


def test_a_row_shows_title_outlet_date_language_marking_and_claims(project, reviewer, page):
    article = make_article(
        project,
        title="Втрати сторін",
        outlet_name="Фокус",
        published="2022-03-02~",
        language="uk",
        by=reviewer,
    )
    claim_create(
        actor=reviewer, project=project, text="x", version=article.versions.get(), ranges=[(0, 3)]
    )
    shown = page()
    for words in ("Втрати сторін", "Фокус", "2022-03-02~", ">uk<", "To do", "1 article"):
        assert words in shown
    assert '<td data-label="Claims" class="table__number">1</td>' in shown
    assert reverse("workbench", kwargs={"slug": "desk", "uid": article.uid}) in shown


def test_an_empty_project_offers_to_add_an_article(project, page, reader, client_for):
    assert "No article yet" in page()
    assert reverse("article-create", kwargs={"slug": "desk"}) in page()
    seen = client_for(reader).get(reverse("article-list", kwargs={"slug": "desk"}))
    assert "Reviewers add articles" in seen.content.decode()
    assert reverse("article-create", kwargs={"slug": "desk"}) not in seen.content.decode()


def test_nothing_found_is_told_and_leads_back(project, page):
    make_article(project)
    assert "Nothing found" in page(q="zebra")
    assert "Nothing found" in page(marking="done")


def test_hits_are_marked_and_everything_else_is_escaped(project, page):
    make_article(
        project,
        "<script>alert(1)</script> zebra & <b>bold</b> \"quoted\" 'single'",
        title="<img src=x onerror=alert(2)> zebra",
        outlet_name="<i>zebra</i>",
        url="https://example.org/?q=<zebra>&x='",
    )
    shown = page(q="zebra alert ")
    assert "<mark>zebra</mark>" in shown
    assert "&lt;script&gt;<mark>alert</mark>(1)&lt;/script&gt; <mark>zebra</mark>" in shown
    assert "&lt;img src=x onerror=<mark>alert</mark>(2)&gt;" in shown
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert "<i>" not in shown


def test_a_hostile_query_comes_back_escaped(project, page):
    make_article(project)
    shown = page(q='"><script>alert(1)</script>', outlet='"><b>', language="<b>")
    assert "<script>alert" not in shown
    assert '"><b>' not in shown


def test_search_shows_passage_claim_and_address(project, reviewer, page):
    article = make_article(
        project, "T\n\nHere stood a zebra.", title="T", url="https://example.org/zebra", by=reviewer
    )
    claim = claim_create(
        actor=reviewer,
        project=project,
        text="The zebra left",
        version=article.versions.get(),
        ranges=[(0, 1)],
    )
    shown = page(q="zebra")
    assert "Here stood a <mark>zebra</mark>." in shown
    assert f"Claim {claim.number}:" in shown
    assert "The <mark>zebra</mark> left" in shown
    assert "https://example.org/<mark>zebra</mark>" in shown


def test_filters_stay_in_the_addresses_of_pages(project, page, monkeypatch):
    monkeypatch.setattr("annotations.search.articles.PAGE_SIZE", 2)
    for _ in range(5):
        make_article(project, "Zebra words", copy_ok=True, kind="post")
    shown = page(q="zebra", kind="post", sort="title", page="2")
    assert "3–4 of 5" in shown
    assert "?q=zebra&amp;kind=post&amp;sort=title&amp;page=3" in shown
    assert '<option value="post" selected>' in shown
    assert '<option value="title" selected>' in shown
    assert "1 filter in use" in shown


@pytest.mark.parametrize(
    "asked",
    [
        {"page": "0"}, {"page": "-3"}, {"page": "x"}, {"page": "9" * 30}, {"page": "٣"},
        {"sort": "password"}, {"outlet": "x"}, {"outlet": "0" * 36}, {"since": "x"},
        {"since": "9999-12-31", "until": "9999-12-31"}, {"until": "0001-01-01"},
        {"language": "x"}, {"kind": "x"}, {"claims": "x"}, {"q": "x" * 1000}, {"q": "\x00"},
    ],
)  # fmt: skip
def test_nonsense_in_the_address_breaks_nothing(asked, project, page):
    make_article(project)
    page(**asked)


def test_an_outlet_of_another_project_is_no_choice(project, other_project, page):
    elsewhere = make_article(other_project, outlet_name="CNN")
    make_article(project, title="Ours")
    shown = page(outlet=str(elsewhere.outlet.uid))
    assert "CNN" not in shown
    assert "This choice is not offered" in shown


def test_moderators_see_hidden_ones_marked(project, moderator, page, client_for):
    article = make_article(project, title="Secret thing")
    Article.objects.filter(pk=article.pk).update(hidden_at=timezone.now(), hidden_reason="x")
    assert "Secret thing" not in page()
    shown = client_for(moderator).get(reverse("article-list", kwargs={"slug": "desk"}))
    assert "Secret thing" in shown.content.decode()
    assert "Hidden" in shown.content.decode()


@pytest.mark.parametrize("asked", [{}, {"q": "common"}, {"sort": "outlet"}])
def test_the_page_costs_the_same_queries_for_1_and_11_articles(
    asked, project, reviewer, client_for, django_assert_num_queries
):
    client = client_for(reviewer)
    address = reverse("article-list", kwargs={"slug": project.slug})

    def add() -> None:
        article = make_article(project, "Common words", outlet_name="CNN", copy_ok=True)
        version = article.versions.get()
        claim_create(
            actor=reviewer, project=project, text="Common", version=version, ranges=[(0, 3)]
        )

    add()
    client.get(address, asked)
    with CaptureQueriesContext(connection) as few:
        client.get(address, asked)
    for _ in range(10):
        add()
    with django_assert_num_queries(len(few)):
        client.get(address, asked)
