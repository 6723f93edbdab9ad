"""A person's name and addresses are gone from everywhere; their uid and their work stay."""

import pytest
from allauth.account.models import EmailAddress
from django.db import connection

from annotations.accounts.services import user_update
from annotations.accounts.tokens import token_create
from annotations.claims.models import Claim
from annotations.lib.errors import InvalidInput, Refused
from annotations.moderation.redactions.running import redaction_look, redaction_run
from annotations.moderation.redactions.services import (
    person_redaction_ask,
    redaction_cancel,
    redaction_confirm,
)
from annotations.verification.assignments.services import assignments_give
from annotations.verification.drafts import draft_keep
from tests.factories import make_invitation, make_member, make_user
from tests.material import make_claim, make_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(project):
    made = make_user("quokka", email="quokka.wallaby@desk.example")
    user_update(actor=made, user=made, display_name="Quokka Wallaby", language="en")
    make_member(project, made, "reviewer")
    return made


def pseudonymise(person, asks, confirms):
    redaction = person_redaction_ask(actor=asks, person=person, reference="Request of 2 May")
    redaction_look(uid=str(redaction.uid))
    redaction.refresh_from_db()
    redaction_confirm(actor=confirms, redaction=redaction, revision=redaction.revision)
    redaction_run(uid=str(redaction.uid))
    redaction.refresh_from_db()
    return redaction


def every_row() -> str:
    """Every row of every table as text, but sessions and the plans of these tests."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r'"
            " AND relnamespace = 'public'::regnamespace AND relname <> 'django_session'"
        )
        tables = [table for (table,) in cursor.fetchall()]
        rows = []
        for table in tables:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")
            rows.append(cursor.fetchone()[0])
    return "\n".join(rows).lower()


@pytest.fixture
def work(project, person, reviewer, admin):
    claim = make_claim(project, reviewer, text="@Quokka Wallaby, ask Quokka Wallaby the minister")
    review = make_review(claim, person, justification="Write to Quokka.Wallaby@desk.example.")
    make_invitation(project, by=admin, email=person.email)
    draft_keep(actor=reviewer, project=project, about="x", content={"a": "@Quokka  Wallaby"})
    token_create(actor=person, user=person, name="script")
    waiting = [make_claim(project, reviewer, text="Not judged yet")]
    assignments_give(actor=admin, project=project, assignee=person, subjects=waiting)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return claim, review


def test_name_and_address_go_and_uid_and_work_stay(person, work, admin, operator, client_for):
    uid, epoch, client = person.uid, person.session_epoch, client_for(person)
    redaction = pseudonymise(person, admin, operator)
    assert redaction.state == "done"
    person.refresh_from_db()
    assert person.uid == uid
    assert person.display_name == f"Person {str(uid)[-8:]}"
    assert person.email == f"person-{uid}@redacted.invalid"
    assert not person.is_active
    assert not person.has_usable_password()
    assert person.session_epoch > epoch
    assert not person.api_tokens.filter(revoked_at=None).exists()
    assert client.get("/").status_code == 302
    assert person.assignments.get().state == "withdrawn"
    assert "quokka.wallaby@" not in every_row()
    assert "@quokka" not in every_row()
    claim, review = work
    # Somebody else of that name is written about, and stays.
    claim.refresh_from_db()
    assert claim.text == f"@{person.display_name}, ask Quokka Wallaby the minister"
    review.refresh_from_db()
    assert (review.reviewer, review.label) == (person, "supported")
    assert review.justification == f"Write to {person.display_name}."


def test_it_takes_two_and_never_the_person(
    person, project, admin, operator, moderator, outsider, reviewer
):
    second = make_user("second operator", is_superuser=True)
    for actor in (person, moderator, reviewer, outsider):
        with pytest.raises(Refused):
            person_redaction_ask(actor=actor, person=person, reference="x")
    redaction = person_redaction_ask(actor=operator, person=person, reference="Request")
    with pytest.raises(Refused, match="already"):
        person_redaction_ask(actor=admin, person=person, reference="Again")
    redaction_look(uid=str(redaction.uid))
    redaction.refresh_from_db()
    for actor in (operator, person, moderator, outsider):
        with pytest.raises(Refused):
            redaction_confirm(actor=actor, redaction=redaction, revision=redaction.revision)
    redaction_confirm(actor=second, redaction=redaction, revision=redaction.revision)
    assert Claim.objects.count() == 0


@pytest.mark.parametrize("said", ["quokka  wallaby asked", "Letter, quokka.wallaby@desk.example"])
def test_what_is_kept_for_ever_does_not_name_the_person(person, admin, said):
    with pytest.raises(InvalidInput, match="leave the words"):
        person_redaction_ask(actor=admin, person=person, reference=said)
    redaction = person_redaction_ask(actor=admin, person=person, reference="Request of 2 May")
    with pytest.raises(InvalidInput, match="leave the words"):
        redaction_cancel(actor=admin, redaction=redaction, reason=said)


def test_the_last_operator_stays(operator, admin, project):
    make_member(project, operator, "reviewer")
    with pytest.raises(Refused, match="at least one operator"):
        person_redaction_ask(actor=admin, person=operator, reference="x")
