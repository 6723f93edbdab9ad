"""Lists of the desk cost the same number of queries for 1 and 11 rows, and use the indexes."""

import pytest
from django.contrib import admin as django_admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.admin.base import CappedPaginator
from annotations.articles.services import article_update
from annotations.claims.models import Claim
from annotations.comments.models import Comment
from annotations.comments.services import comment_create
from annotations.lifecycle.models import LifecycleEvent
from annotations.lifecycle.services import assessment_add
from annotations.moderation.services import row_hide, row_lock
from annotations.sources.models import Source
from annotations.sources.services import alias_add
from annotations.verification.evidence.models import Evidence
from tests.admin.conftest import PAGES, list_url, one_of_everything, row_url
from tests.factories import make_invitation, make_member, make_user
from tests.material import make_claim, make_event, make_evidence, make_source, make_statement

pytestmark = pytest.mark.django_db
HIDEABLE = ("article", "claim", "statement", "source", "evidence", "comment", "lifecycleevent")


def count(client, url, **query):
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url, query)
    assert answer.status_code == 200
    return len(queries)


@pytest.fixture
def ten_more(project, admin, moderator):
    """Make ten further rows of everything, each by another person, hidden and locked."""

    def make():
        for number in range(10):
            person = make_user(f"person_{number}")
            make_member(project, person)
            rows = one_of_everything(project, person, admin, f"Word{number} mine")
            for name in HIDEABLE:
                row_hide(actor=moderator, row=rows[name], reason="x")
                row_lock(actor=moderator, row=rows[name], reason="x")

    return make


def test_lists_cost_the_same_for_one_row_and_eleven(
    mine, moderator, operator, client_for, ten_more
):
    client = client_for(operator)
    for name in HIDEABLE:
        row_hide(actor=moderator, row=mine[name], reason="x")
        row_lock(actor=moderator, row=mine[name], reason="x")
    client.get("/admin/")
    lists = {name: list_url(name) for name in PAGES}
    before = {name: count(client, url) for name, url in lists.items()}
    searched = {name: count(client, url, q="mine") for name, url in lists.items()}
    ten_more()
    assert {name: count(client, url) for name, url in lists.items()} == before
    assert {name: count(client, url, q="mine") for name, url in lists.items()} == searched
    assert max(before.values()) <= 8


def test_a_page_about_many_rows_costs_the_same(project, reviewer, moderator, client_for, choose):
    client = client_for(moderator)
    claims = [make_claim(project, reviewer, text=f"claim {n}") for n in range(11)]
    counts = []
    for chosen in (claims[:1], claims):
        with CaptureQueriesContext(connection) as queries:
            client.post(list_url("claim"), choose("hide_rows", *chosen))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_rows_page_and_its_history_do_not_grow_with_its_parts(
    mine, project, reviewer, moderator, client_for
):
    client = client_for(moderator)
    event, source = mine["lifecycleevent"], mine["source"]
    urls = [row_url(event), row_url(source), row_url(source, "history"), row_url(event, "history")]

    def add(number):
        alias_add(actor=reviewer, source=source, name=f"Alias {number}")
        assessment_add(
            actor=reviewer,
            event=event,
            standing="disputed",
            reason="x",
            reporter=make_source(project, reviewer, f"Reporter {number}"),
        )

    add(0)
    for url in urls:
        client.get(url)  # content types are remembered from the first page on
    before = [count(client, url) for url in urls]
    for number in range(1, 11):
        add(number)
    assert [count(client, url) for url in urls] == before


def test_counting_stops_at_a_limit(project, reviewer, monkeypatch, moderator, client_for):
    monkeypatch.setattr("annotations.admin.base.MOST_COUNTED", 3)
    monkeypatch.setattr("annotations.admin.base.ScopedAdmin.list_per_page", 2)
    for number in range(5):
        make_claim(project, reviewer, text=f"claim {number}")
    assert CappedPaginator(Claim.objects.order_by("pk"), 2).count == 3
    content = client_for(moderator).get(list_url("claim")).content.decode()
    assert "3 or more claims" in content


def plan(name, request, term):
    """The plan the database makes for a search when tables are not small enough to read whole."""
    page = django_admin.site._registry[
        {"claim": Claim, "source": Source, "evidence": Evidence, "comment": Comment}.get(
            name, LifecycleEvent
        )
    ]
    rows, _duplicates = page.get_search_results(request, page.get_queryset(request), term)
    with connection.cursor() as cursor:
        for way in ("seqscan", "indexscan", "indexonlyscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    return rows.order_by().explain()


@pytest.mark.parametrize(
    ("name", "term", "index"),
    [
        ("claim", "civilians di", "claim_text_search"),
        ("source", "emergency", "alias_name_search"),
        ("event", "civilians", "statement_text_search"),
        ("evidence", "deaths", "evidence_text_search"),
        ("comment", "count", "comment_text_search"),
    ],
)
def test_searches_use_their_index(mine, operator, rf, name, term, index):
    request = rf.get("/")
    request.user = operator
    assert index in plan(name, request, term)


SEARCHES = [
    ("claim", "2,000 civil", True),
    ("claim", "#1", True),
    ("claim", "civilians 2,000", True),
    ("claim", "soldiers", False),
    ("source", "emerg", True),
    ("source", "ÉMERGENCY", True),
    ("statement", "facebook killed", True),
    ("statement", "& | ! () :* '", False),
    ("lifecycleevent", "killed", True),
    ("evidence", "verified deaths", True),
    ("evidence", "soldiers", False),
    ("comment", "whose", True),
    ("membership", "review", True),
    ("invitation", "new@", True),
]


@pytest.mark.parametrize(("name", "term", "found"), SEARCHES)
def test_what_a_search_finds(project, reviewer, admin, client_for, name, term, found):
    statement = make_statement(project, reviewer)
    rows = {
        "claim": make_claim(project, reviewer),
        "source": make_source(project, reviewer),
        "statement": statement,
        "lifecycleevent": make_event(statement, reviewer),
        "evidence": make_evidence(project, reviewer),
        "comment": comment_create(
            actor=reviewer, claim=make_claim(project, reviewer), text="Whose count?"
        ),
        "membership": reviewer.memberships.get(),
        "invitation": make_invitation(project, by=admin)[0],
    }
    content = client_for(admin).get(list_url(name), {"q": term}).content.decode()
    assert (row_url(rows[name]) in content) == found


def test_an_article_is_found_by_words_of_its_title_or_its_address(mine, admin, client_for):
    article = mine["article"]
    article_update(
        actor=admin, article=article, revision=article.revision, url="https://News.example/a?b=1#c"
    )
    client = client_for(admin)
    for term, found in (
        ("artic", True),
        ("https://news.example/a?b=1", True),
        ("https://news.example/other", False),
        ("nothing", False),
    ):
        content = client.get(list_url("article"), {"q": term}).content.decode()
        assert (row_url(article) in content) == found, term
