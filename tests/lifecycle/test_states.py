"""What a statement's events leave it in."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.lifecycle.services import assessment_add, event_record
from annotations.lifecycle.state_rule import state_after
from annotations.models import Statement
from annotations.statements.services import statement_create

MIGRATION = import_module("annotations.migrations.0035_withdrawn_stays_withdrawn")
ORDERED = import_module("annotations.migrations.0037_open_times_end_somewhere")

# The types in order, the state, and which of them it is told of, counted from 0.
SEQUENCES = [
    ([], "standing", None),
    (["made", "published", "softened"], "standing", None),
    (["edited_silent"], "changed", 0),
    (["edited_silent", "corrected"], "changed", 1),
    (["retracted"], "withdrawn", 0),
    (["retracted", "edited_silent"], "withdrawn", 0),
    (["retracted", "edited_silent", "expression_of_concern"], "withdrawn", 2),
    (["edited_silent", "retracted"], "withdrawn", 1),
    (["retracted", "restored"], "withdrawn", 0),
    (["retracted", "reinstated"], "restored", 1),
    (["retracted", "reaffirmed"], "standing", None),
    (["edited_noted", "retracted", "reaffirmed"], "changed", 0),
    (["retracted", "reaffirmed", "retracted"], "withdrawn", 2),
    (["retracted", "apologised"], "withdrawn", 0),
    (["deleted_by_author"], "removed", 0),
    (["deleted_by_author", "edited_silent"], "removed", 0),
    (["deleted_by_author", "reaffirmed"], "removed", 0),
    (["deleted_by_author", "restored"], "restored", 1),
    (["deleted_by_author", "restored_changed"], "restored", 1),
    (["deleted_by_author", "reinstated"], "restored", 1),
    (["deleted_by_author", "restored", "updated"], "changed", 2),
    (["deleted_by_author", "restored", "unpublished"], "removed", 2),
    (["retracted", "deleted_by_author"], "removed", 1),
    (["deleted_by_author", "retracted"], "withdrawn", 1),
    (["retracted", "deleted_by_author", "restored"], "withdrawn", 0),
    (["deleted_by_author", "retracted", "reaffirmed"], "removed", 0),
    (["retracted", "deleted_by_author", "reinstated"], "restored", 2),
]


@pytest.mark.parametrize(("types", "state", "told"), SEQUENCES)
def test_a_sequence_of_events_leaves_the_statement_in(types, state, told):
    events = [SimpleNamespace(type=one) for one in types]
    left = state_after(events)
    assert left == (state, None if told is None else events[told])


@pytest.fixture
def statement(project, reviewer):
    return statement_create(actor=reviewer, project=project, channel="Briefing", text="2,000")


def record(actor, statement, type, **more):
    return event_record(actor=actor, subject=statement, type=type, reported_by_name="CNN", **more)


@pytest.fixture
def retraction(reviewer, statement):
    event = record(reviewer, statement, "retracted", noticed="2026-11-26")
    assessment_add(
        actor=reviewer, event=event, standing="corroborated", reason="BBC", reporter_name="BBC"
    )
    return event


@pytest.mark.django_db
def test_a_reported_edit_hides_no_corroborated_retraction(reviewer, statement, retraction):
    record(reviewer, statement, "edited_silent", happened="2026-11-27")
    statement.refresh_from_db()
    assert (statement.state, statement.state_event) == ("withdrawn", retraction)


@pytest.mark.django_db
def test_a_refuted_return_ends_no_withdrawal(reviewer, statement, retraction):
    back = record(reviewer, statement, "reinstated", happened="2026-11-27")
    statement.refresh_from_db()
    assert (statement.state, statement.state_event) == ("restored", back)
    assessment_add(actor=reviewer, event=back, standing="refuted", reason="A parody account")
    statement.refresh_from_db()
    assert (statement.state, statement.state_event) == ("withdrawn", retraction)


@pytest.mark.django_db
def test_states_derived_by_the_former_rule_are_derived_anew(reviewer, statement, retraction):
    edit = record(reviewer, statement, "edited_silent", happened="2026-11-27")
    other = statement_create(actor=reviewer, project=statement.project, text="Unlike")
    # As the rule of before left it: the last event alone.
    Statement.objects.filter(pk=statement.pk).update(state="changed", state_event=edit)
    was = Statement.objects.get(pk=statement.pk).revision
    MIGRATION.derive_states(apps, None)
    statement.refresh_from_db()
    assert (statement.state, statement.state_event) == ("withdrawn", retraction)
    assert statement.revision == was + 1
    MIGRATION.derive_states(apps, None)
    statement.refresh_from_db()
    assert statement.revision == was + 1
    assert Statement.objects.get(pk=other.pk).state == "standing"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "times",
    [
        {"happened": "../2022-03-04"},
        {"happened": "/2022-03-04"},
        {"noticed": "../2022-03-04"},
        {"happened": "../2022-05-01", "noticed": "2022-03-04"},
        {"happened": "../2022-04-30"},
    ],
)
@pytest.mark.parametrize("is_recorded_late", [False, True])
def test_what_was_removed_until_a_day_came_back_after_it(
    reviewer, statement, times, is_recorded_late
):
    told = [("deleted_by_author", times), ("restored", {"happened": "2022-05-01"})]
    for kind, known in reversed(told) if is_recorded_late else told:
        record(reviewer, statement, kind, **known)
    statement.refresh_from_db()
    assert (statement.state, statement.state_event.type) == ("restored", "restored")


@pytest.mark.django_db
def test_states_derived_by_the_former_order_are_derived_anew(reviewer, statement):
    gone = record(reviewer, statement, "deleted_by_author", happened="../2022-03-04")
    back = record(reviewer, statement, "restored", happened="2022-05-01")
    Statement.objects.filter(pk=statement.pk).update(state="removed", state_event=gone)
    ORDERED.derive_states(apps, None)
    statement.refresh_from_db()
    assert (statement.state, statement.state_event) == ("restored", back)


KINDS = [
    "retracted", "deleted_by_author", "edited_silent", "restored", "reinstated", "reaffirmed",
    "softened",
]  # fmt: skip


@pytest.mark.django_db
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_the_order_of_recording_does_not_matter_where_times_are_known(project, reviewer, data):
    told = list(enumerate(data.draw(st.lists(st.sampled_from(KINDS), min_size=2, max_size=5)), 1))
    left = []
    for order in (told, data.draw(st.permutations(told))):
        statement = statement_create(actor=reviewer, project=project, text="2,000")
        for day, kind in order:
            record(reviewer, statement, kind, happened=f"2026-03-{day:02}")
        statement.refresh_from_db()
        event = statement.state_event
        left.append((statement.state, event and (event.type, event.happened)))
    assert left[0] == left[1]
