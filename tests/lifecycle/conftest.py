"""Verdicts on claims that rest on statements, published and put up for another look."""

import pytest

from annotations.lifecycle.services import assessment_add
from annotations.models import LookAgain
from tests.material import make_event, make_statement
from tests.ruling import agree, make_checked, make_people, publish


@pytest.fixture
def statement(project, admin):
    return make_statement(project, admin)


@pytest.fixture
def chair(project):
    return make_people(project, "moderator", "chair")[0]


@pytest.fixture
def verdict(project, admin, reviewer, second_reviewer, chair, statement):
    """A published verdict on a claim that rests on the statement directly."""
    claim = make_checked(project, admin, statement=statement)
    agree(claim, reviewer, second_reviewer)
    return publish(claim, chair)


def corroborate(event, actor, name="AFP"):
    return assessment_add(
        actor=actor,
        event=event,
        standing="corroborated",
        reason="A second newsroom saw it gone.",
        reporter_name=name,
    )


@pytest.fixture
def opened(verdict, statement, reviewer) -> LookAgain:
    corroborate(make_event(statement, reviewer), reviewer)
    return LookAgain.objects.get()
