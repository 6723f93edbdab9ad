"""Lists ask the database the same number of questions, however many rows they show."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.articles.services import version_add
from tests.matrix.asks import Ask, uid_of
from tests.matrix.asks_admin import ADMIN
from tests.matrix.asks_api import API
from tests.matrix.asks_pages import PAGES
from tests.matrix.growing import add_more
from tests.matrix.scene import Scene, make_scene
from tests.proofs import undone

MORE = 10
# A claim whole: places, chains, statements, evidence, judgements, decisions, comments, history of
# all of them.
MOST = {"claim-detail": 65}
PAGES_WITH_LISTS = (
    "project-list",
    "token-list",
    "member-list",
    "article-list",
    "version-list",
    "article-captures",
    "capture-detail",
    "claim-list",
    "claim-detail",
    "verdict-list",
    "evidence-attach",
    "evidence-detail",
    "statement-list",
    "watch-list",
    "watch-detail",
    "statement-detail",
    "event-detail",
    "source-list",
    "source-detail",
    "export-page",
    "flag-list",
    "agreement-page",
    "notification-list",
    "assignment-list",
    "me-page",
    "dashboard-page",
    "round-list",
    "round-detail",
    "placement-list",
    "placement-detail",
    "guideline-list",
    "guideline-older",
)
LISTS: dict[str, Ask] = {
    **{name: PAGES[name, "GET"] for name in PAGES_WITH_LISTS},
    **{name: ask for (name, method), ask in API.items() if method == "GET" and name[-1] == "s"},
    "api-claim": API["api-claim", "GET"],
    "api-agreement": API["api-agreement", "GET"],
    # With one mention and with 31; later versions have none.
    "workbench": replace(PAGES["workbench", "GET"], query="?version=1"),
    # The second version of a text, in which claims of the first wait for a person.
    "workbench@later": replace(PAGES["workbench", "GET"], names=uid_of("placed_article")),
    **{name: ask for (name, method), ask in ADMIN.items() if name.endswith("_changelist")},
}


@pytest.fixture(scope="module")
def counts(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, tuple[int, int]]]:
    """How many queries each list takes with few rows, and with ten more of every kind."""
    with django_db_blocker.unblock(), undone():
        scene = make_scene()
        # An article of one version is not asked what stands in its others.
        author, article = scene.author, scene.desk.article
        version_add(actor=author, article=article, text="A later text.", origin="paste")
        few = {name: count_queries(scene, name, ask) for name, ask in LISTS.items()}
        add_more(scene.desk, MORE)
        many = {name: count_queries(scene, name, ask) for name, ask in LISTS.items()}
        yield {name: (few[name], many[name]) for name in LISTS}


def count_queries(scene: Scene, name: str, ask: Ask) -> int:
    """Count the queries of a list; the first request, which fills caches, is not counted."""
    who = "operator" if name.startswith("admin:") else "author"
    client: Client = scene.client("moderator" if "agreement" in name else who)
    url = ask.address(name.partition("@")[0], scene.desk)
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(url)
    assert response.status_code == 200, name
    return len(captured)


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_list_takes_as_many_queries_for_many_rows(
    counts: dict[str, tuple[int, int]], name: str
) -> None:
    few, many = counts[name]
    assert many == few
    assert few < MOST.get(name, 30)
