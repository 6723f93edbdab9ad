"""Who may see and do what: the table of the domain, on every way to a row.

Each line of TABLE is one line of that table; each way must answer as it says.
"""

import pytest
from django.urls import reverse

from annotations.claims.services import claim_discard
from annotations.moderation.services import row_hide
from annotations.projects.visibility import hidden_by_moderation
from tests.material import make_article, make_claim, make_event, make_source, make_statement

pytestmark = pytest.mark.django_db
REASON = "a private person is named"
WORDS = "Quite recognisable words"
ACTORS = ("outsider", "operator", "reader", "second_reviewer", "reviewer", "moderator", "admin")
MAKERS = {
    "article": lambda project, author: make_article(project, author, title=WORDS),
    "claim": lambda project, author: make_claim(project, author, text=WORDS),
    "statement": lambda project, author: make_statement(project, author, text=WORDS),
    "source": lambda project, author: make_source(project, author, WORDS),
    "event": lambda project, author: make_event(
        make_statement(project, author, text="Other"), author, note=WORDS
    ),
    "confidential statement": lambda project, author: make_statement(
        project, author, text=WORDS, confidential=True
    ),
    "event of a confidential statement": lambda project, author: make_event(
        make_statement(project, author, confidential=True), author, note=WORDS
    ),
}
ORDINARY = ("article", "claim", "statement", "source", "event")
CONFIDENTIAL = ("confidential statement", "event of a confidential statement")
MEMBERS = frozenset({"reader", "second_reviewer", "reviewer", "moderator", "admin"})
MODERATORS = frozenset({"moderator", "admin"})
# (kind, state, who sees the row itself); the author is "reviewer".
TABLE = [
    *[(kind, "ordinary", MEMBERS) for kind in ORDINARY],
    *[(kind, "hidden", MODERATORS) for kind in ORDINARY],
    ("claim", "discarded", MEMBERS),
    *[(kind, "ordinary", MEMBERS - {"reader"}) for kind in CONFIDENTIAL],
    *[(kind, "hidden", MODERATORS) for kind in CONFIDENTIAL],
]
LINES = [
    pytest.param(kind, state, who, who in seen, id=f"{kind}, {state}, {who}")
    for kind, state, seen in TABLE
    for who in ACTORS
]


def make(kind, state, project, author, moderator):
    row = MAKERS[kind](project, author)
    if state == "hidden":
        row_hide(actor=moderator, row=row, reason=REASON)
    if state == "discarded":
        claim_discard(actor=author, claim=row, reason="said twice")
    return row


def page_url(row):
    name = row._meta.model_name
    if name == "claim":
        return reverse("claim-detail", args=[row.project.slug, row.number])
    route = {
        "article": "workbench",
        "statement": "statement-detail",
        "source": "source-detail",
        "lifecycleevent": "event-detail",
    }[name]
    return reverse(route, args=[row.project.slug, row.uid])


def list_url(row):
    route = {
        "article": "article-list",
        "claim": "claim-list",
        "statement": "statement-list",
        "source": "source-list",
        "lifecycleevent": "statement-list",
    }[row._meta.model_name]
    return reverse(route, args=[row.project.slug])


def api_url(row, what="row"):
    name = {"lifecycleevent": "event"}.get(row._meta.model_name, row._meta.model_name)
    if what == "row":
        return reverse(f"api-{name}", args=[row.project.slug, row.uid])
    return reverse(f"api-{name}s", args=[row.project.slug])


@pytest.mark.parametrize(("kind", "state", "who", "seen"), LINES)
def test_a_row_is_found_by_whoever_may_see_it(
    project, reviewer, moderator, actor, client_for, kind, state, who, seen
):
    row = make(kind, state, project, reviewer, moderator)
    person = actor(who)
    assert type(row).objects.visible_to(person).filter(pk=row.pk).exists() == seen
    client = client_for(person)
    told = state == "hidden" and who == "reviewer"
    answer = client.get(api_url(row))
    assert answer.status_code == (200 if seen or told else 404)
    assert (WORDS in answer.content.decode()) == seen
    in_list = WORDS in client.get(api_url(row, "list")).content.decode()
    if state != "discarded":
        assert in_list == seen
    page = client.get(page_url(row))
    assert page.status_code == (200 if seen or told else 404)
    assert (WORDS in page.content.decode()) == seen
    if not seen:
        listed = client.get(list_url(row))
        assert WORDS not in listed.content.decode()


@pytest.mark.parametrize("kind", ORDINARY)
def test_the_author_of_a_hidden_row_is_told_why_and_nothing_else(
    project, reviewer, second_reviewer, moderator, client_for, kind
):
    row = make(kind, "hidden", project, reviewer, moderator)
    content = client_for(reviewer).get(page_url(row)).content.decode()
    assert REASON in content
    assert WORDS not in content
    if kind != "event":
        assert hidden_by_moderation(type(row).objects.all(), reviewer).get() == row
        assert not hidden_by_moderation(type(row).objects.all(), second_reviewer).exists()


def test_a_discarded_claim_carries_its_mark(project, reviewer, reader, moderator, client_for):
    claim = make("claim", "discarded", project, reviewer, moderator)
    content = client_for(reader).get(page_url(claim)).content.decode()
    assert "iscarded" in content
    assert "said twice" in content


def test_moderators_see_that_and_why_a_row_is_hidden(project, reviewer, moderator, client_for):
    for kind in ORDINARY:
        row = make(kind, "hidden", project, reviewer, moderator)
        content = client_for(moderator).get(page_url(row)).content.decode()
        assert REASON in content, kind


def test_a_writer_who_may_not_see_confidential_rows_still_sees_their_own(
    project, reviewer, client_for
):
    """A reviewer who becomes a reader keeps sight of what they wrote themselves."""
    statement = make_statement(project, reviewer, text=WORDS, confidential=True)
    project.memberships.filter(user=reviewer).update(role="reader")
    assert client_for(reviewer).get(page_url(statement)).status_code == 200
    assert client_for(reviewer).get(api_url(statement)).status_code == 200


@pytest.mark.parametrize("kind", [*ORDINARY, *CONFIDENTIAL])
def test_nobody_signed_in_sees_nothing(project, reviewer, moderator, client, kind):
    row = make(kind, "ordinary", project, reviewer, moderator)
    host = {"host": "localhost"}
    assert client.get(page_url(row), headers=host).status_code == 302
    assert client.get(api_url(row), headers=host).status_code == 401
