"""Pages of statements, events and assessments."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.claims.services import claim_create
from annotations.lib.errors import InvalidInput
from annotations.lib.ids import uuid7
from annotations.lifecycle.services import event_record
from annotations.models import EventAssessment, LifecycleEvent, Source, Statement
from annotations.moderation.services import row_hide
from annotations.sources.services import source_create
from annotations.statements.services import statement_create, statement_update

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(project, reviewer) -> Statement:
    return statement_create(
        actor=reviewer,
        project=project,
        source_name="State Emergency Service",
        channel="Facebook",
        said_on="2022-03-02",
        text="More than 2,000 civilians were killed",
    )


def address(name: str, project, **more) -> str:
    return reverse(name, kwargs={"slug": project.slug, **more})


def new_statement(**more) -> dict[str, str]:
    return {"source_name": "CNN", "channel": "TV", "form_key": str(uuid7()), **more}


def deletion(**more) -> dict[str, str]:
    return {
        "type": "deleted_by_author",
        "reported_by_name": "CNN",
        "noticed": "2022-03-02",
        "happened": "2022-03-02/2022-03-03",
        "reason_given": "none",
        "standing": "reported",
        "form_key": str(uuid7()),
        **more,
    }


def test_a_reviewer_adds_a_statement(client_for, project, reviewer):
    answer = client_for(reviewer).post(address("statement-create", project), new_statement())
    made = Statement.objects.get()
    assert answer.status_code == 302
    assert answer.url == address("statement-detail", project, uid=made.uid)
    assert made.source.name == "CNN"
    assert made.history.get().pgh_context["actor"] == reviewer.pk


def test_the_same_form_sent_twice_makes_one_statement(client_for, project, reviewer):
    client, form = client_for(reviewer), new_statement()
    first = client.post(address("statement-create", project), form)
    second = client.post(address("statement-create", project), form)
    assert first.url == second.url
    assert Statement.objects.count() == 1


def test_a_reader_adds_nothing(client_for, project, reader):
    answer = client_for(reader).post(address("statement-create", project), new_statement())
    assert answer.status_code == 403
    assert not Statement.objects.exists()


def test_a_statement_that_says_nothing_is_refused_at_its_field(client_for, project, reviewer):
    form = new_statement(source_name="", channel="")
    answer = client_for(reviewer).post(address("statement-create", project), form)
    assert answer.status_code == 400
    assert "source_name" in answer.context["form"].errors
    assert not Statement.objects.exists()


@pytest.mark.parametrize("said_on", ["yesterday", "2022-13-40", "<script>"])
def test_a_date_that_cannot_be_read_is_named(client_for, project, reviewer, said_on):
    form = new_statement(said_on=said_on)
    answer = client_for(reviewer).post(address("statement-create", project), form)
    assert answer.status_code == 400
    assert "said_on" in answer.context["form"].errors


def test_recording_a_deletion_marks_the_statement(client_for, project, reviewer, statement):
    client = client_for(reviewer)
    answer = client.post(address("event-create", project, uid=statement.uid), deletion())
    event = LifecycleEvent.objects.get()
    assert answer.url == address("event-detail", project, uid=event.uid)
    page = client.get(address("statement-detail", project, uid=statement.uid)).content.decode()
    for words in ("Deleted by its author", "Reported", "reported by CNN", "none given"):
        assert words in page


def test_a_double_click_records_one_event(client_for, project, reviewer, statement):
    client, form = client_for(reviewer), deletion()
    for _time in range(2):
        client.post(address("event-create", project, uid=statement.uid), form)
    assert LifecycleEvent.objects.count() == 1


def test_a_relayed_report_is_a_chain(client_for, project, reviewer, statement):
    form = deletion(relayed_by_name="BBC")
    client_for(reviewer).post(address("event-create", project, uid=statement.uid), form)
    hops = LifecycleEvent.objects.get().attributions.order_by("order")
    assert [hop.source.name for hop in hops] == ["CNN", "BBC"]


def test_an_event_nobody_reports_is_refused(client_for, project, reviewer, statement):
    form = deletion(reported_by_name="")
    answer = client_for(reviewer).post(address("event-create", project, uid=statement.uid), form)
    assert answer.status_code == 400
    assert not LifecycleEvent.objects.exists()
    assert not Source.objects.filter(name="CNN").exists()


def test_an_assessment_is_added_and_the_earlier_ones_stay(client_for, project, reviewer, statement):
    event = event_record(
        actor=reviewer, subject=statement, type="deleted_by_author", reported_by_name="CNN"
    )
    client = client_for(reviewer)
    form = {"standing": "refuted", "reason": "The post is still there", "form_key": "k"}
    answer = client.post(address("assessment-create", project, uid=event.uid), form)
    assert answer.status_code == 302
    assert EventAssessment.objects.count() == 2
    page = client.get(answer.url).content.decode()
    assert "Reported" in page
    assert "Refuted" in page


def test_corroborating_without_a_second_reporter_says_what_is_missing(
    client_for, project, reviewer, statement
):
    event = event_record(
        actor=reviewer, subject=statement, type="deleted_by_author", reported_by_name="CNN"
    )
    form = {"standing": "corroborated", "reason": "Sure", "form_key": "k"}
    answer = client_for(reviewer).post(address("assessment-create", project, uid=event.uid), form)
    assert answer.status_code == 400
    assert "reporter_name" in answer.context["form"].errors
    assert EventAssessment.objects.count() == 1


def test_a_stale_edit_shows_both_texts_and_changes_nothing(
    client_for, project, reviewer, second_reviewer, statement
):
    edit = address("statement-edit", project, uid=statement.uid)
    theirs = new_statement(source_name="Service", text="Their words", revision="1")
    assert client_for(second_reviewer).post(edit, theirs).status_code == 302
    mine = new_statement(source_name="Service", text="My words", revision="1")
    answer = client_for(reviewer).post(edit, mine)
    assert answer.status_code == 412
    page = answer.content.decode()
    assert "Their words" in page
    assert "My words" in page
    statement.refresh_from_db()
    assert statement.text == "Their words"


def test_a_hidden_statement_is_gone_and_its_author_is_told_why(
    client_for, project, reviewer, second_reviewer, moderator, statement
):
    row_hide(actor=moderator, row=statement, reason="Court order pending")
    page = address("statement-detail", project, uid=statement.uid)
    assert client_for(second_reviewer).get(page).status_code == 404
    assert client_for(moderator).get(page).status_code == 200
    told = client_for(reviewer).get(page)
    assert told.status_code == 200
    assert "Court order pending" in told.content.decode()
    assert "2,000 civilians" not in told.content.decode()


def test_a_confidential_statement_makes_no_source_that_everybody_would_read(project, reviewer):
    secret = {"project": project, "text": "Told in confidence", "confidential": True}
    made = statement_create(actor=reviewer, **secret)
    change = {"statement": made, "revision": made.revision, "source_name": "A clerk"}
    with pytest.raises(InvalidInput, match="A clerk"):
        statement_create(actor=reviewer, source_name="A clerk", **secret)
    with pytest.raises(InvalidInput, match="A clerk"):
        statement_update(actor=reviewer, **change)
    assert not Source.objects.filter(name="A clerk").exists()
    known = source_create(actor=reviewer, project=project, name="A clerk")
    assert statement_update(actor=reviewer, **change).source == known


def test_readers_do_not_meet_confidential_statements(client_for, project, reviewer, reader):
    secret = statement_create(
        actor=reviewer, project=project, channel="Signal", text="Secret", confidential=True
    )
    page = address("statement-detail", project, uid=secret.uid)
    assert client_for(reader).get(page).status_code == 404
    assert (
        "Secret" not in client_for(reader).get(address("statement-list", project)).content.decode()
    )
    assert client_for(reviewer).get(page).status_code == 200


def test_hostile_words_are_shown_and_not_run(client_for, project, reviewer):
    made = statement_create(
        actor=reviewer,
        project=project,
        source_name="<script>alert(1)</script>",
        text="<img src=x onerror=alert(1)>",
    )
    page = client_for(reviewer).get(address("statement-detail", project, uid=made.uid))
    assert "<script>alert" not in page.content.decode()
    assert "<img src=x" not in page.content.decode()


def test_the_list_takes_the_same_number_of_queries_for_1_and_11_rows(
    client_for, project, reviewer, statement, django_assert_num_queries
):
    client, page = client_for(reviewer), address("statement-list", project)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(page)
    for n in range(10):
        made = statement_create(actor=reviewer, project=project, source_name=f"Source {n}")
        event_record(actor=reviewer, subject=made, type="corrected", self_observed=True)
    with django_assert_num_queries(len(one)):
        client.get(page)


def test_the_timeline_takes_the_same_number_of_queries_for_1_and_11_events(
    client_for, project, reviewer, statement, django_assert_num_queries
):
    def happen(n: int) -> None:
        event_record(
            actor=reviewer, subject=statement, type="edited_silent", reported_by_name=f"Desk {n}"
        )

    client, page = client_for(reviewer), address("statement-detail", project, uid=statement.uid)
    happen(0)
    claim_create(actor=reviewer, project=project, text="Claim", statement=statement)
    with CaptureQueriesContext(connection) as one:
        client.get(page)
    for n in range(1, 11):
        happen(n)
    with django_assert_num_queries(len(one)):
        client.get(page)


def test_a_stale_edit_sent_once_more_is_a_decision_and_saves(
    client_for, project, reviewer, second_reviewer, statement
):
    edit = address("statement-edit", project, uid=statement.uid)
    theirs = new_statement(source_name="Service", text="Their words", revision="1")
    client_for(second_reviewer).post(edit, theirs)
    mine = new_statement(source_name="Service", text="My words", revision="1")
    answer = client_for(reviewer).post(edit, mine)
    again = {**mine, "revision": answer.context["form"]["revision"].value()}
    assert client_for(reviewer).post(edit, again).status_code == 302
    statement.refresh_from_db()
    assert statement.text == "My words"
    assert statement.history.filter(text="Their words").exists()


def test_clearing_the_speaker_takes_them_away(client_for, project, reviewer, statement):
    edit = address("statement-edit", project, uid=statement.uid)
    form = new_statement(source_name="", revision="1")
    assert client_for(reviewer).post(edit, form).status_code == 302
    statement.refresh_from_db()
    assert statement.source is None


def test_an_empty_name_keeps_a_speaker_the_editor_may_not_see(
    client_for, project, reviewer, moderator, statement
):
    row_hide(actor=moderator, row=statement.source, reason="Protected")
    edit = address("statement-edit", project, uid=statement.uid)
    form = new_statement(source_name="", revision="1")
    assert client_for(reviewer).post(edit, form).status_code == 302
    statement.refresh_from_db()
    assert statement.source is not None
