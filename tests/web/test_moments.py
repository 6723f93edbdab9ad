"""Times of a list are told apart, to the second where they have to be."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from annotations.articles.services import version_add
from annotations.templatetags.moments import among
from tests.material import make_article, make_capture

NOON = datetime(2026, 11, 27, 12, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ([], "27 Nov 2026, 12:00"),
        ([NOON + timedelta(minutes=1)], "27 Nov 2026, 12:00"),
        ([NOON + timedelta(seconds=40)], "27 Nov 2026, 12:00:05"),
        ([NOON + timedelta(days=1)], "27 Nov 2026, 12:00"),
    ],
)
def test_seconds_are_said_where_two_share_a_minute(others, said):
    assert among(NOON, [NOON, *others]) == said


@pytest.mark.django_db
def test_versions_and_captures_of_one_minute_are_told_apart(client_for, project, reviewer):
    url = "https://daily.example/tolls"
    article = make_article(project, reviewer, url=url)
    version_add(actor=reviewer, article=article, text="Tolls\n\nOther words.")
    first, second = article.versions.order_by("number")
    captures = [make_capture(project, reviewer, url=url) for _n in range(2)]
    client = client_for(reviewer)
    for route, moments in (
        ("version-compare", [one.created_at for one in (first, second)]),
        ("version-list", [one.created_at for one in (first, second)]),
        ("workbench", [one.created_at for one in (first, second)]),
        ("article-captures", [one.taken_at for one in captures]),
    ):
        shown = client.get(reverse(route, args=[project.slug, article.uid])).content.decode()
        for moment in moments:
            assert among(moment, moments) in shown
