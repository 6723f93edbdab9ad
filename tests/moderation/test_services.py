"""Hiding, restoring, locking, unlocking: with a reason, once, and into history."""

import pytest
from django.apps import apps

from annotations.audit.timeline import timeline
from annotations.claims.permissions import check_edit_claim
from annotations.lib.errors import InvalidInput, Refused
from annotations.lifecycle.models import EventModeration
from annotations.moderation.permissions import check_moderate_row
from annotations.moderation.services import (
    MODERATED_MODELS,
    moderation_of,
    row_hide,
    row_lock,
    row_restore,
    row_unlock,
)
from annotations.projects.models import Moderated
from tests.material import make_article, make_claim, make_event, make_source, make_statement

pytestmark = pytest.mark.django_db
KINDS = ["article", "claim", "statement", "source", "event"]


@pytest.fixture
def row(request, project, reviewer):
    makers = {
        "article": lambda: make_article(project, reviewer),
        "claim": lambda: make_claim(project, reviewer),
        "statement": lambda: make_statement(project, reviewer),
        "source": lambda: make_source(project, reviewer),
        "event": lambda: make_event(make_statement(project, reviewer), reviewer),
    }
    return makers[request.param]()


def fresh(row):
    return type(row)._base_manager.get(pk=row.pk)


def state(row):
    return moderation_of(fresh(row))


@pytest.mark.parametrize("row", KINDS, indirect=True)
def test_hiding_says_who_when_and_why(row, moderator):
    row_hide(actor=moderator, row=row, reason="  a private person  ")
    assert (state(row).hidden_by, state(row).hidden_reason) == (moderator, "a private person")
    assert state(row).hidden_at is not None
    entry = timeline([state(row)], None)[0]
    assert (entry.who, entry.action, entry.reason) == (
        "Moderator",
        "moderation.hide",
        "a private person",
    )


@pytest.mark.parametrize("row", KINDS, indirect=True)
def test_restoring_undoes_hiding(row, moderator, admin):
    row_hide(actor=moderator, row=row, reason="x")
    row_restore(actor=admin, row=row, reason="was public after all")
    assert state(row).hidden_at is state(row).hidden_by is None
    assert state(row).hidden_reason == ""
    assert timeline([state(row)], None)[0].reason == "was public after all"


@pytest.mark.parametrize("row", KINDS, indirect=True)
def test_locking_and_unlocking(row, moderator):
    row_lock(actor=moderator, row=row, reason="settled")
    assert (state(row).locked_by, state(row).locked_at is not None) == (moderator, True)
    row_unlock(actor=moderator, row=row, reason="not settled")
    assert (state(row).locked_by, state(row).locked_at) == (None, None)


@pytest.mark.parametrize("row", KINDS, indirect=True)
@pytest.mark.parametrize("service", [row_hide, row_restore, row_lock, row_unlock])
def test_already_so_changes_nothing(row, moderator, admin, service):
    if service in (row_hide, row_lock):
        service(actor=moderator, row=row, reason="first")
    before = (state(row) and vars(state(row)).copy(), history(row))
    service(actor=admin, row=fresh(row), reason="second")
    after = (state(row) and vars(state(row)).copy(), history(row))
    for one in (before[0], after[0]):
        if one:
            one.pop("_state")
    assert before == after


def history(row):
    kept = state(row)
    return list(kept.history.values_list("pgh_id", flat=True)) if kept else []


@pytest.mark.parametrize("row", KINDS, indirect=True)
@pytest.mark.parametrize("service", [row_hide, row_restore, row_lock, row_unlock])
@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 2001, "a\x00b"])
def test_a_reason_is_needed(row, moderator, service, reason):
    with pytest.raises(InvalidInput) as caught:
        service(actor=moderator, row=row, reason=reason)
    assert caught.value.field == "reason"


def test_the_callers_row_is_up_to_date(project, reviewer, moderator):
    claim = make_claim(project, reviewer)
    revision = claim.revision
    row_hide(actor=moderator, row=claim, reason="x")
    assert (claim.hidden_by, claim.revision) == (moderator, revision + 1)
    event = make_event(make_statement(project, reviewer), reviewer)
    row_hide(actor=moderator, row=event, reason="x")
    assert event.moderation.hidden_by == moderator


def test_an_event_itself_is_never_touched(project, reviewer, moderator):
    event = make_event(make_statement(project, reviewer), reviewer)
    assert not EventModeration.objects.exists()
    row_restore(actor=moderator, row=event, reason="x")
    assert not EventModeration.objects.exists()
    row_hide(actor=moderator, row=event, reason="x")
    assert EventModeration.objects.get().event == event


def test_every_moderated_model_can_be_moderated():
    moderated = {
        model
        for model in apps.get_app_config("annotations").get_models()
        if issubclass(model, Moderated)
    }
    assert moderated - {EventModeration} <= set(MODERATED_MODELS)


@pytest.mark.parametrize("row", KINDS, indirect=True)
@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("outsider", False),
        ("reader", False),
        ("reviewer", False),
        ("moderator", True),
        ("admin", True),
        ("operator", True),
    ],
)
def test_moderators_and_operators_moderate(row, actor, who, allowed):
    if allowed:
        check_moderate_row(actor(who), row)
    else:
        with pytest.raises(Refused):
            check_moderate_row(actor(who), row)


@pytest.mark.parametrize("who", ["moderator", "admin", "operator"])
def test_nobody_moderates_an_archived_project(project, reviewer, actor, who):
    claim = make_claim(project, reviewer)
    project.archived_at = project.created_at
    project.save()
    with pytest.raises(Refused):
        check_moderate_row(actor(who), fresh(claim))


def test_a_deactivated_moderator_moderates_nothing(project, reviewer, moderator, operator):
    claim = make_claim(project, reviewer)
    for person in (moderator, operator):
        person.is_active = False
        person.save()
        with pytest.raises(Refused):
            check_moderate_row(person, claim)


def test_a_locked_claim_is_changed_by_moderators_only(project, reviewer, moderator):
    claim = make_claim(project, reviewer)
    row_lock(actor=moderator, row=claim, reason="settled")
    with pytest.raises(Refused):
        check_edit_claim(reviewer, claim)
    check_edit_claim(moderator, claim)
