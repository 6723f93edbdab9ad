"""Lists: pages both ways that stay put, what may be asked for, a constant number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.verification.evidence.independence import independence_set
from tests.api.material import LISTS, bodies
from tests.factories import make_member
from tests.material import (
    TEXT,
    make_article,
    make_claim,
    make_event,
    make_evidence,
    make_review,
    make_source,
    make_statement,
)

ARTICLES = "/api/v1/projects/desk/articles/"


def titles(answer):
    assert answer.status_code == 200, answer.content
    return [row["title"] for row in answer.json()["results"]]


def follow(caller, path, link="next"):
    """Read page after page; returns the titles of each."""
    pages = []
    while path:
        answer = caller.get(path.removeprefix("http://localhost"))
        pages.append(titles(answer))
        path = answer.json()[link]
    return pages


@pytest.fixture
def articles(project, reviewer):
    dates = ["2022-03-02", "", "2022-03-01", "", "2022-03-02"]
    return [
        make_article(project, reviewer, title=name, published=date, text=f"{name}\n{TEXT}")
        for name, date in zip("ABCDE", dates, strict=True)
    ]


@pytest.mark.parametrize(
    ("ordering", "expected"),
    [
        ("created", "ABCDE"),
        ("-created", "EDCBA"),
        ("title", "ABCDE"),
        ("-title", "EDCBA"),
        ("published", "CAEBD"),
        ("-published", "EACDB"),
        ("updated", "ABCDE"),
        ("-updated", "EDCBA"),
    ],
)
@pytest.mark.parametrize("size", [1, 2, 5])
def test_pages_follow_each_other_there_and_back(api, articles, reviewer, ordering, expected, size):
    caller = api(reviewer)
    there = follow(caller, f"{ARTICLES}?ordering={ordering}&page_size={size}")
    assert "".join(title for page in there for title in page) == expected
    assert all(len(page) <= size for page in there)
    path, last = f"{ARTICLES}?ordering={ordering}&page_size={size}", None
    while path:
        last = caller.get(path.removeprefix("http://localhost")).json()
        path = last["next"]
    back = follow(caller, last["previous"], "previous") if last["previous"] else []
    assert list(reversed(back)) == there[:-1]


def test_rows_added_meanwhile_neither_repeat_nor_hide_one(api, articles, project, reviewer):
    caller = api(reviewer)
    first = caller.get(f"{ARTICLES}?page_size=2").json()
    make_article(project, reviewer, title="F", text="F\n" + TEXT)
    second = caller.get(first["next"].removeprefix("http://localhost"))
    assert titles(second) == ["C", "B"]
    back = caller.get(second.json()["previous"].removeprefix("http://localhost")).json()
    assert [row["title"] for row in back["results"]] == ["E", "D"]
    assert titles(caller.get(ARTICLES))[0] == "F"


def test_links_keep_the_filters(api, articles, reviewer):
    link = api(reviewer).get(f"{ARTICLES}?kind=news&page_size=2").json()["next"]
    assert "kind=news" in link
    assert "page_size=2" in link


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("created_by__password=x", "created_by__password"),
        ("created_by__password__startswith=argon2", "created_by__password__startswith"),
        ("id=1", "id"),
        ("page=2", "page"),
        ("ordering=created_by__password", "ordering"),
        ("ordering=", "ordering"),
        ("cursor=nonsense", "cursor"),
        ("cursor=", "cursor"),
        ("cursor=WyJ0aXRsZSIsZmFsc2UsIkEiLDFd", "cursor"),
        ("page_size=0", "page_size"),
        ("page_size=201", "page_size"),
        ("page_size=-1", "page_size"),
        ("page_size=%D9%A3", "page_size"),
        ("kind=planet", "kind"),
        ("created_after=yesterday", "created_after"),
    ],
)
def test_what_is_not_allowed_is_400_and_names_it(api, articles, reviewer, query, parameter):
    answer = api(reviewer).get(f"{ARTICLES}?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == parameter


def test_an_unknown_filter_names_the_allowed_ones(api, articles, reviewer):
    detail = api(reviewer).get(f"{ARTICLES}?titel=A").json()["detail"]
    for name in ("kind", "language", "marking_state", "outlet", "cursor", "ordering"):
        assert name in detail


class TestFilters:
    """Each filter of the lists, on the rows of a desk."""

    @pytest.fixture(autouse=True)
    def rows(self, api, desk, reviewer):
        self.caller, self.desk, self.reviewer = api(reviewer), desk, reviewer

    def found(self, route, query):
        answer = self.caller.get(f"{self.desk.path(route)}?{query}")
        assert answer.status_code == 200, answer.content
        return len(answer.json()["results"])

    def uid(self, kind):
        return self.desk.rows[kind].uid

    @pytest.mark.parametrize(
        ("route", "query", "found"),
        [
            ("articles/", "kind=news", 1),
            ("articles/", "kind=post", 0),
            ("articles/", "marking_state=to_do", 1),
            ("articles/", "outlet=cnn", 0),
            ("claims/", "discarded=false", 1),
            ("claims/", "discarded=true", 0),
            ("claims/", "number=1", 1),
            ("claims/", "type=numerical", 0),
            ("claims/", "priority=2&checkability=checkable", 1),
            ("reviews/", "stale=false&label=supported", 1),
            ("reviews/", "stale=true", 0),
            ("sources/", "name=MOD", 1),
            ("sources/", "name=nobody", 0),
            ("sources/", "kind=unknown", 2),
            ("statements/", "state=removed", 1),
            ("statements/", "state=standing", 0),
            ("statements/", "confidential=true", 0),
            ("events/", "type=deleted_by_author&standing=disputed", 1),
            ("events/", "standing=reported", 0),
            ("events/", "created_after=2020-01-01T00:00:00Z", 1),
            ("events/", "created_before=2020-01-01T00:00:00Z", 0),
        ],
    )
    def test_by_word(self, route, query, found):
        if route == "sources/" and "kind" in query:
            found = 3  # The desk's own, the claim's speaker, and the event's reporter.
        assert self.found(route, query) == found

    def test_by_uid(self):
        assert self.found("claims/", f"article={self.uid('article')}") == 1
        assert self.found("claims/", f"article={self.uid('claim')}") == 0
        assert self.found("claims/", f"created_by={self.reviewer.uid}") == 1
        speaker = self.desk.rows["mention"].attributions.get().source
        assert self.found("claims/", f"source={speaker.uid}") == 1
        assert self.found("claims/", f"statement={self.uid('statement')}") == 0
        assert self.found("reviews/", f"claim={self.uid('claim')}") == 1
        assert self.found("statements/", f"source={self.uid('source')}") == 1
        assert self.found("events/", f"statement={self.uid('statement')}") == 1


def ten_more(desk, author):
    """Ten further rows for every list, each as full as the first."""
    rows = desk.rows
    for n in range(10):
        article = make_article(desk.project, author, text=f"{TEXT}{n}\n", title=f"More {n}")
        claim = make_claim(desk.project, author, article=article)
        make_review(claim, author)
        source = make_source(desk.project, author, f"Source {n}")
        statement = make_statement(desk.project, author, source=source)
        make_event(statement, author)
        piece = make_evidence(desk.project, author, claim=rows["claim"], source=source)
        independence_set(actor=author, evidence=rows["evidence"], others={piece: True})
        make_member(desk.project)
    return rows


@pytest.mark.parametrize("route", LISTS)
def test_eleven_rows_take_as_many_queries_as_one(api, desk, reviewer, admin, route):
    caller, path = api(admin), desk.path(route)
    caller.get(path)
    with CaptureQueriesContext(connection) as few:
        caller.get(path)
    ten_more(desk, reviewer)
    author = api(reviewer)
    for n in range(10):
        body = {
            "articles/{article}/versions/": {"text": f"{TEXT}Correction {n}\n"},
            "claims/{claim}/mentions/": bodies(desk)["claims/{claim}/mentions/"],
            "claims/{claim}/comments/": {"text": f"Comment {n}"},
            "sources/{source}/aliases/": {"name": f"Alias {n}"},
            "events/{event}/assessments/": {"standing": "disputed", "reason": f"{n}"},
        }.get(route)
        if body is not None:
            assert author.post(path, body).status_code == 201
    with CaptureQueriesContext(connection) as many:
        answer = caller.get(path + "?page_size=200")
    assert len(answer.json()["results"]) >= 11
    assert len(many) == len(few), [one["sql"][:80] for one in many]


def test_the_list_of_projects_takes_as_many_queries_for_eleven(api, desk, admin):
    caller = api(admin)
    caller.get("/api/v1/projects/")
    with CaptureQueriesContext(connection) as few:
        assert len(caller.get("/api/v1/projects/").json()["results"]) == 1
    for n in range(10):
        caller.post("/api/v1/projects/", {"name": f"Desk {n}"})
    with CaptureQueriesContext(connection) as many:
        assert len(caller.get("/api/v1/projects/").json()["results"]) == 11
    assert len(many) == len(few)
