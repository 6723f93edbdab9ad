"""Events, assessments and the state a statement is left in."""

import pytest

from annotations.articles.services import article_create
from annotations.claims.hops import HopInput
from annotations.claims.services import claim_create
from annotations.lib.errors import InvalidInput
from annotations.lifecycle.marks import marks_for
from annotations.lifecycle.services import assessment_add, event_record
from annotations.models import LifecycleEvent, Source
from annotations.projects.visibility import EVERYTHING, sight_of
from annotations.statements.services import statement_create

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(project, reviewer):
    return statement_create(
        actor=reviewer,
        project=project,
        source_name="State Emergency Service",
        channel="Facebook",
        url="https://facebook.example/post/1",
        said_on="2022-03-02",
    )


def deletion(reviewer, statement, **more) -> LifecycleEvent:
    return event_record(
        actor=reviewer,
        subject=statement,
        type="deleted_by_author",
        reported_by_name="CNN",
        noticed="2022-03-02",
        happened="2022-03-02/2022-03-03",
        reason_given="none",
        **more,
    )


def test_a_reported_deletion_leaves_the_statement_removed(reviewer, statement):
    event = deletion(reviewer, statement)
    statement.refresh_from_db()
    assert (statement.state, statement.state_event) == ("removed", event)
    assert event.assessments.get().standing == "reported"
    assert event.attributions.get().source.name == "CNN"


def test_every_claim_resting_on_it_shows_the_mark(project, reviewer, statement):
    text = "More than 2,000 civilians were killed, the service said.\n"
    version = article_create(
        actor=reviewer, project=project, text=text, title="Tolls"
    ).versions.get()
    quoted = claim_create(
        actor=reviewer,
        project=project,
        text="2,000 civilians",
        version=version,
        ranges=[(0, 9)],
        hops=[HopInput(source=statement.source, statement=statement)],
    )
    direct = claim_create(actor=reviewer, project=project, text="Direct", statement=statement)
    other = claim_create(actor=reviewer, project=project, text="Other")
    deletion(reviewer, statement)
    marks = marks_for([quoted, direct, other], EVERYTHING)
    assert set(marks) == {quoted.pk, direct.pk}
    mark = marks[quoted.pk][0]
    assert (mark.event.type, mark.standing, mark.reporters) == (
        "deleted_by_author",
        "reported",
        "CNN",
    )


def test_a_refuted_event_stays_and_no_longer_decides_the_state(reviewer, statement):
    event = deletion(reviewer, statement)
    assessment_add(actor=reviewer, event=event, standing="refuted", reason="The post is still up")
    statement.refresh_from_db()
    assert statement.state == "standing"
    assert LifecycleEvent.objects.with_standing().get().standing == "refuted"
    assert event.assessments.count() == 2


def test_a_restored_post_keeps_its_deletion(reviewer, statement):
    deletion(reviewer, statement)
    event_record(
        actor=reviewer,
        subject=statement,
        type="restored",
        self_observed=True,
        happened="2022-03-09",
    )
    statement.refresh_from_db()
    assert statement.state == "restored"
    assert statement.events.count() == 2


def test_corroborated_takes_a_second_independent_reporter(reviewer, statement):
    event = deletion(reviewer, statement)
    for name in ("", "cnn"):
        with pytest.raises(InvalidInput):
            assessment_add(
                actor=reviewer,
                event=event,
                standing="corroborated",
                reason="Two say so",
                reporter_name=name,
            )
    added = assessment_add(
        actor=reviewer,
        event=event,
        standing="corroborated",
        reason="Two say so",
        reporter_name="BBC",
    )
    assert added.standing == "corroborated"


def test_a_removal_is_never_proven_by_a_person(reviewer, statement):
    event = deletion(reviewer, statement)
    with pytest.raises(InvalidInput):
        assessment_add(
            actor=reviewer,
            event=event,
            standing="proven",
            reason="I am sure",
            evidence_url="https://example.org/screenshot",
        )
    assert event.assessments.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "vanished", "reported_by_name": "CNN"},
        {"type": "deleted_by_author"},
        {"type": "deleted_by_author", "reported_by_name": "CNN", "happened": "last week"},
        {"type": "deleted_by_author", "reported_by_name": "CNN", "standing": "certain"},
        {"type": "deleted_by_author", "reported_by_name": "CNN", "notice_url": "javascript:x"},
        {"type": "verdict_published", "self_observed": True},
    ],
)
def test_an_event_that_says_too_little_or_nonsense_is_refused_whole(reviewer, statement, fields):
    with pytest.raises(InvalidInput):
        event_record(actor=reviewer, subject=statement, **fields)
    assert not LifecycleEvent.objects.exists()
    assert not Source.objects.filter(name="CNN").exists()


def test_a_mark_of_a_confidential_statement_is_not_shown_to_readers(
    project, reviewer, reader, second_reviewer
):
    secret = statement_create(actor=reviewer, project=project, channel="Signal", confidential=True)
    claim = claim_create(actor=reviewer, project=project, text="Leaked", statement=secret)
    deletion(reviewer, secret)
    assert marks_for([claim], sight_of(reader, project.pk)) == {}
    assert marks_for([claim], sight_of(second_reviewer, project.pk))
