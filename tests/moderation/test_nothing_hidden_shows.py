"""What moderation has hidden, or someone keeps confidential, shows nowhere by a side door."""

import re

import pytest
from django.urls import reverse

from annotations.claims.hops import HopInput
from annotations.lifecycle.services import event_record
from annotations.models import Source, Statement, User
from annotations.moderation import services as moderation
from annotations.sources.services import alias_add, alias_remove, source_create
from annotations.statements.models import StatementState
from annotations.statements.services import statement_create, statement_update
from tests.marking import make_claim, make_version
from tests.quick_client import quick_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(project, reviewer) -> Statement:
    return statement_create(
        actor=reviewer, project=project, source_name="Ann Hidden", channel="Facebook", text="Words"
    )


def page(user: User, route: str, **names: object) -> str:
    client = quick_client()
    client.force_login(user)
    query = names.pop("query", "")
    answer = client.get(reverse(route, kwargs={"slug": "desk", **names}) + str(query))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_statements_state_says_nothing_of_a_hidden_event(
    project, reviewer, moderator, reader, statement
):
    event = event_record(
        actor=reviewer, subject=statement, type="deleted_by_author", reported_by_name="CNN"
    )
    assert "Deleted by" in page(reader, "statement-list")
    moderation.row_hide(actor=moderator, row=event, reason="Not so.")
    statement.refresh_from_db()
    assert (statement.state, statement.state_event) == (StatementState.STANDING, None)
    assert "Deleted by" not in page(reader, "statement-list")
    moderation.row_restore(actor=moderator, row=event, reason="It was so.")
    statement.refresh_from_db()
    assert (statement.state, statement.state_event) == (StatementState.REMOVED, event)


class TestAHiddenSource:
    @pytest.fixture(autouse=True)
    def hidden(self, moderator, statement):
        moderation.row_hide(actor=moderator, row=statement.source, reason="A private person.")

    def test_is_not_named_in_the_form_of_its_statement(self, second_reviewer, statement):
        form = page(second_reviewer, "statement-edit", uid=statement.uid)
        assert "Ann Hidden" not in form

    def test_stays_when_someone_saves_that_form(self, second_reviewer, statement):
        client = quick_client()
        client.force_login(second_reviewer)
        address = reverse("statement-edit", kwargs={"slug": "desk", "uid": statement.uid})
        sent = {"channel": "Telegram", "text": "Words", "revision": statement.revision}
        assert client.post(address, sent).status_code == 302
        before, statement = statement, Statement.objects.get(pk=statement.pk)
        assert (statement.channel, statement.source_id) == ("Telegram", before.source_id)

    def test_is_not_named_beside_a_stale_form(self, reviewer, second_reviewer, statement):
        statement_update(
            actor=reviewer, statement=statement, revision=statement.revision, channel="Telegram"
        )
        client = quick_client()
        client.force_login(second_reviewer)
        address = reverse("statement-edit", kwargs={"slug": "desk", "uid": statement.uid})
        answer = client.post(address, {"channel": "X", "revision": statement.revision})
        assert answer.status_code == 412
        assert "Telegram" in answer.content.decode()
        assert "Ann Hidden" not in answer.content.decode()

    def test_is_not_found_by_name(self, second_reviewer, moderator, statement):
        found = page(second_reviewer, "statement-list", query="?q=Hidden")
        assert str(statement.uid) not in found
        assert str(statement.uid) in page(moderator, "statement-list", query="?q=Hidden")

    @pytest.mark.parametrize("who", ["second_reviewer", "moderator"])
    def test_is_named_only_to_moderators_when_its_name_is_taken(self, request, project, who):
        client = quick_client()
        client.force_login(request.getfixturevalue(who))
        address = reverse("source-create", kwargs={"slug": "desk"})
        answer = client.post(address, {"name": "ann hidden", "kind": "unknown"})
        assert answer.status_code == 400
        assert ("Ann Hidden" in answer.content.decode()) == (who == "moderator")


def test_what_was_written_in_confidence_stays_out_of_a_readers_history(project, reviewer, reader):
    kept = statement_create(
        actor=reviewer, project=project, channel="Signal", text="Bob says so", confidential=True
    )
    statement_update(
        actor=reviewer, statement=kept, revision=kept.revision, text="Public", confidential=False
    )
    assert "Bob says so" in page(reviewer, "statement-detail", uid=kept.uid)
    assert "Bob says so" not in page(reader, "statement-detail", uid=kept.uid)


@pytest.mark.parametrize(("who", "status"), [("second_reviewer", 403), ("moderator", 200)])
def test_a_chain_is_replaced_only_by_who_sees_all_of_it(
    request, project, reviewer, moderator, statement, who, status
):
    version = make_version(reviewer, project)
    hops = [HopInput(source_name="CNN", statement=statement)]
    claim = make_claim(reviewer, version, hops=hops)
    moderation.row_hide(actor=moderator, row=statement, reason="Private.")
    client = quick_client()
    client.force_login(request.getfixturevalue(who))
    mention = claim.mentions.get()
    address = f"/api/v1/projects/desk/claims/{claim.uid}/mentions/{mention.uid}/"
    answer = client.patch(
        address,
        {"attributions": [{"source_name": "CNN", "quote_type": "indirect"}]},
        content_type="application/json",
        headers={"If-Match": client.get(address)["ETag"]},
    )
    assert answer.status_code == status
    assert (mention.attributions.get().statement == statement) == (status == 403)


def test_numbers_do_not_count_what_is_hidden(project, reviewer, moderator, reader):
    version = make_version(reviewer, project)
    claim = make_claim(reviewer, version, hops=[HopInput(source_name="CNN")])
    moderation.row_hide(actor=moderator, row=claim, reason="Private.")
    for user, count in ((reader, 0), (moderator, 1)):
        sources = page(user, "source-list", query="?q=CNN")
        assert re.search(f'<td class="table__number"[^>]*>{count}</td>', sources)
        versions = page(user, "version-list", uid=version.article.uid)
        assert f'table__number">{count}</td>' in versions


def test_a_sources_page_tells_of_spellings_taken_away(project, reviewer):
    source = source_create(actor=reviewer, project=project, name="CNN")
    alias_add(actor=reviewer, source=source, name="Cable News")
    alias_remove(actor=reviewer, source=source, name="Cable News")
    assert Source.objects.get().aliases.count() == 1
    assert "Cable News" in page(reviewer, "source-detail", uid=source.uid)


def test_a_place_in_a_hidden_article_credits_nobody(
    project, reviewer, moderator, reader, client_for
):
    source = source_create(actor=reviewer, project=project, name="A ministry")
    statement = statement_create(actor=reviewer, project=project, source=source, text="498")
    event_record(actor=reviewer, subject=statement, type="retracted", self_observed=True)
    version = make_version(reviewer, project)
    hop = HopInput(source=source, statement=statement)
    claim = make_claim(reviewer, version, text="Soldiers were counted", hops=[hop])
    moderation.row_hide(actor=moderator, row=version.article, reason="x")
    slug = project.slug
    for address in (
        reverse("statement-detail", args=[slug, statement.uid]),
        reverse("claim-list", args=[slug]) + "?source=A+ministry",
        reverse("claim-list", args=[slug]) + "?state=marked",
    ):
        for person, shown in ((reader, False), (moderator, True)):
            page = client_for(person).get(address).content.decode()
            assert (claim.text in page) == shown, address
