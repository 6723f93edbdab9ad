"""The ledger's page, an event's texts side by side, and looking again at a verdict."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.articles.services import version_add
from annotations.lifecycle.event_texts import CUT, DELETE, INSERT, LONGEST_SHOWN, texts_of
from annotations.lifecycle.services import assessment_add, event_record
from annotations.models import LookAgain
from tests.material import make_article, make_event, make_statement
from tests.ruling import agree, make_checked, make_people, publish

pytestmark = pytest.mark.django_db


def address(name: str, project, **more) -> str:
    return reverse(name, kwargs={"slug": project.slug, **more})


@pytest.fixture
def statement(project, admin):
    return make_statement(project, admin, said_on="2022-03-01")


@pytest.fixture
def waiting(project, admin, reviewer, second_reviewer, statement) -> LookAgain:
    claim = make_checked(project, admin, statement=statement)
    agree(claim, reviewer, second_reviewer)
    publish(claim, make_people(project, "moderator", "chair")[0])
    make_event(statement, reviewer, self_observed=True, standing="corroborated")
    return LookAgain.objects.get()


class TestTheLedger:
    def test_shows_an_event_and_leads_to_its_files(self, project, client_for, reader, waiting):
        answer = client_for(reader).get(
            f"{address('ledger-page', project)}?group=removal&q=civilians"
        )
        page = answer.content.decode()
        assert "Deleted by its author" in page
        assert f"{address('api-ledger-feed', project)}?q=civilians&amp;group=removal" in page
        assert address("look-again-detail", project, uid=waiting.uid) in page

    @pytest.mark.parametrize(
        "query",
        ["group=x", "since=x", "before=x", "after=x&before=y", "type=made", "by=x", "q=%00"],
    )
    def test_nonsense_narrows_nothing(self, project, client_for, reader, waiting, query):
        answer = client_for(reader).get(f"{address('ledger-page', project)}?{query}")
        assert "Deleted by its author" in answer.content.decode()

    def test_says_so_when_it_is_empty_or_nothing_matches(
        self, project, client_for, reader, statement
    ):
        path = address("ledger-page", project)
        assert "The ledger is empty" in client_for(reader).get(path).content.decode()
        assert (
            "Nothing in the ledger matches"
            in client_for(reader).get(f"{path}?q=zzz").content.decode()
        )

    def test_takes_as_many_queries_for_many_events(
        self, project, client_for, reader, waiting, statement, reviewer, admin
    ):
        client = client_for(reader)
        path = address("ledger-page", project)
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as few:
            client.get(path)
        for n in range(10):
            other = make_statement(project, admin, source_name=f"Ministry {n}")
            make_checked(project, admin, text=f"Claim {n}", statement=other)
            make_event(
                other, reviewer, reported_by_name=f"Paper {n}", event_actor_name=f"Editor {n}"
            )
        with CaptureQueriesContext(connection) as many:
            client.get(path)
        assert len(many) == len(few)


class TestTexts:
    def edited(self, article, reviewer, **fields):
        return event_record(
            actor=reviewer, subject=article, type="edited_silent", self_observed=True, **fields
        )

    def test_a_statement_has_its_words_before_and_none_after(self, statement, reviewer):
        before, after = texts_of(make_event(statement, reviewer), "reported")
        assert [one.words for one in before.runs] == [statement.text]
        assert after.missing.startswith("Nothing")

    def test_of_a_refuted_event_the_text_is_the_same(self, statement, reviewer):
        _before, after = texts_of(make_event(statement, reviewer), "refuted")
        assert after.missing == "The same: it did not happen."

    def test_versions_are_compared_word_by_word(self, project, admin, reviewer):
        article = make_article(
            project, admin, text="One line.\nAbout 2,000 were killed.\nThe end.\n"
        )
        version_add(
            actor=admin, article=article, origin="paste",
            text="One line.\nAbout 200 were killed.\nThe end.\n",
        )  # fmt: skip
        before, after = texts_of(self.edited(article, reviewer), "reported")
        assert (before.version.number, after.version.number) == (1, 2)
        gone = "".join(one.words for one in before.runs if one.kind == DELETE)
        come = "".join(one.words for one in after.runs if one.kind == INSERT)
        assert (gone.strip(), come.strip()) == ("2,000", "200")

    def test_the_first_version_after_it_happened_is_the_one_after(self, project, admin, reviewer):
        article = make_article(project, admin, text="First text of the article.")
        for n in (2, 3):
            version_add(actor=admin, article=article, text=f"Text number {n}.", origin="paste")
        event = self.edited(article, reviewer, happened="2022-03-02")
        before, after = texts_of(event, "reported")
        assert (before.version.number, after.version.number) == (1, 2)

    def test_of_one_version_what_was_removed_is_shown_cut(self, project, admin, reviewer):
        article = make_article(project, admin, text="word " * LONGEST_SHOWN)
        event = event_record(
            actor=reviewer, subject=article, type="unpublished", self_observed=True
        )
        before, after = texts_of(event, "reported")
        assert before.runs[-1].kind == CUT
        assert len(before.runs[0].words) == LONGEST_SHOWN
        assert after.missing

    def test_the_event_s_page_shows_both(self, project, client_for, reader, statement, reviewer):
        event = make_event(statement, reviewer)
        assessment_add(actor=reviewer, event=event, standing="refuted", reason="It is there.")
        page = client_for(reader).get(address("event-detail", project, uid=event.uid))
        text = page.content.decode()
        assert "Before and after" in text
        assert statement.text in text
        assert "This is refuted" in text


def test_a_statement_s_page_draws_its_timeline_with_a_table_behind_it(
    project, client_for, reader, statement, reviewer
):
    event = make_event(statement, reviewer, happened="2022-03-02/2022-03-03", noticed="2022-03-04")
    assessment_add(actor=reviewer, event=event, standing="refuted", reason="It is there.")
    text = client_for(reader).get(address("statement-detail", project, uid=statement.uid)).content
    page = text.decode()
    assert 'role="img" aria-labelledby="moments-title moments-desc"' in page
    assert "moments__row--refuted" in page
    assert "moments__bar--unsure" in page
    assert "<s>Deleted by its author</s>" in page
    assert "2022-03-02/2022-03-03" in page


class TestLookingAgain:
    def test_a_moderator_keeps_the_verdict_with_a_reason(
        self, project, client_for, moderator, waiting
    ):
        path = address("look-again-detail", project, uid=waiting.uid)
        client = client_for(moderator)
        assert client.post(path, {"reason": " ", "revision": 1}).status_code == 400
        answer = client.post(path, {"reason": "Counted by others.", "revision": 1})
        assert answer.status_code == 302
        waiting.refresh_from_db()
        assert (waiting.kept_by, waiting.kept_reason) == (moderator, "Counted by others.")
        assert client.post(path, {"reason": "Again.", "revision": 2}).status_code == 409
        page = client.get(path).content.decode()
        assert "Counted by others." in page
        assert "<textarea" not in page

    def test_what_was_refuted_since_is_told_in_the_list_and_on_no_claim(
        self, project, client_for, reader, reviewer, waiting
    ):
        fields = {"standing": "refuted", "reason": "It is there."}
        assessment_add(actor=reviewer, event=waiting.event, **fields)
        mark = address("look-again-detail", project, uid=waiting.uid)
        client = client_for(reader)
        listed = client.get(address("look-again-list", project)).content.decode()
        assert mark in listed
        assert "Refuted</span>" in listed
        claim = address("claim-detail", project, number=waiting.claim.number)
        assert mark not in client.get(claim).content.decode()

    def test_the_mark_stands_on_claim_list_and_verdicts_until_it_is_decided(
        self, project, client_for, moderator, reader, waiting
    ):
        mark = address("look-again-detail", project, uid=waiting.uid)
        paths = [
            address("claim-list", project),
            address("claim-detail", project, number=waiting.claim.number),
            address("verdict-list", project),
            address("look-again-list", project),
        ]
        client = client_for(reader)
        assert all(mark in client.get(path).content.decode() for path in paths)
        client_for(moderator).post(mark, {"reason": "Counted by others.", "revision": 1})
        assert not any(mark in client.get(path).content.decode() for path in paths)
        assert "Counted by others." in client.get(paths[1]).content.decode()
        kept = client.get(f"{address('look-again-list', project)}?state=kept").content.decode()
        assert mark in kept

    def test_moderators_find_it_in_their_work(self, project, client_for, moderator, waiting):
        page = client_for(moderator).get(address("me-page", project)).content.decode()
        assert address("look-again-list", project) in page
