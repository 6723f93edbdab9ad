"""The audit: who changed what, when and why; narrowed, page by page, and as CSV."""

import csv
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from annotations.accounts.services import password_set
from annotations.audit.finding import Question, trails
from annotations.audit.trail import audit_page
from annotations.claims.services import claim_update
from annotations.moderation.services import row_hide
from annotations.verification.services import review_save
from tests.factories import make_user
from tests.material import make_claim, make_event, make_source, make_statement

pytestmark = pytest.mark.django_db


def page(client, **asked):
    return client.get(reverse("admin:audit"), asked)


def entries(client, **asked):
    answer = page(client, **asked)
    assert answer.status_code == 200
    return answer.context["page"].entries


def rows_of_csv(client, **asked):
    answer = client.get(reverse("admin:audit_csv"), asked)
    content = b"".join(answer.streaming_content).decode()
    return list(csv.DictReader(content.splitlines()))


@pytest.fixture
def changed(project, reviewer, moderator):
    """A claim that was made, changed by another, and hidden."""
    claim = make_claim(project, reviewer)
    claim_update(actor=moderator, claim=claim, revision=1, text="=1+1 died")
    row_hide(actor=moderator, row=claim, reason="a person is named")
    return claim


def test_each_change_is_shown_with_before_and_after(changed, moderator, client_for):
    found = entries(client_for(moderator), kind="claim", row=str(changed.number))
    said = [(one.change.action, one.change.who, one.change.reason) for one in found]
    assert said == [
        ("moderation.hide", "Moderator", "a person is named"),
        ("claim.update", "Moderator", ""),
        ("claim.create", "Reviewer", ""),
    ]
    (change,) = [one for one in found[1].change.changes if one.field == "text"]
    assert (change.before, change.after) == ("2,000 civilians died", "=1+1 died")
    assert found[0].project == "Desk"


@pytest.mark.parametrize(
    ("asked", "actions"),
    [
        ({"who": "reviewer"}, ["claim.create"]),
        ({"who": "Nobody"}, []),
        ({"action": "moderation.hide"}, ["moderation.hide"]),
        ({"kind": "source"}, []),
        ({"row": "not a uid"}, []),
        ({"row": "#1", "action": "claim.update"}, ["claim.update"]),
    ],
)
def test_it_is_narrowed_by_actor_action_and_row(changed, moderator, client_for, asked, actions):
    found = entries(client_for(moderator), **{"kind": "claim", **asked})
    assert [one.change.action for one in found] == actions


def test_it_is_narrowed_by_time_and_uid(changed, moderator, client_for):
    client, today = client_for(moderator), timezone.localdate()
    day = timedelta(days=1)
    assert entries(client, row=str(changed.uid), since=today, until=today)
    assert not entries(client, row=str(changed.uid), until=today - day)
    assert not entries(client, row=str(changed.uid), since=today + day)
    assert entries(client, row=str(changed.uid), since="0001-01-01", until="9999-12-31")
    assert page(client, since="soon").status_code == 200
    assert page(client, after="nonsense").status_code == 400


def test_pages_follow_each_other_without_gap_or_repetition(project, reviewer, moderator):
    for n in range(7):
        make_source(project, reviewer, f"Speaker {n}")
    make_event(make_statement(project, reviewer), reviewer)
    asked, after, seen = Question(projects=[project.pk]), None, []
    while True:
        found = audit_page(asked, moderator, after=after, size=5)
        seen += [
            (one.change.when, one.change.model_name, one.change.object_id) for one in found.entries
        ]
        after = found.next
        if after is None:
            break
    whole = audit_page(asked, moderator, size=500).entries
    assert len(seen) == len(set(seen)) == len(whole) > 15
    assert [one[0] for one in seen] == sorted((one[0] for one in seen), reverse=True)
    assert {"lifecycleevent", "eventassessment", "sourcealias"} <= {one[1] for one in seen}


def test_moderators_find_their_own_projects_only(
    changed, other_project, outsider, moderator, operator, client_for
):
    theirs = make_claim(other_project, outsider, text="Theirs alone")
    for asked in ({}, {"row": str(theirs.uid)}, {"project": other_project.pk}):
        content = page(client_for(moderator), **asked).content.decode()
        assert "Theirs alone" not in content
        assert "Elsewhere" not in content
    assert not rows_of_csv(client_for(moderator), row=str(theirs.uid))
    # People and accounts belong to no project.
    assert "user" not in {one.change.model_name for one in entries(client_for(moderator))}
    assert entries(client_for(operator), row=str(theirs.uid))


def test_no_secret_is_in_it(moderator, operator, client_for):
    person = make_user("person")
    password_set(actor=operator, user=person, password="quite a new password")
    person.refresh_from_db()
    found = rows_of_csv(client_for(operator), kind="user", row=str(person.uid))
    assert found
    assert person.password not in str(found)
    kept = {
        field.name for one in trails().values() for field in (one.history or one.model)._meta.fields
    }
    assert not kept & {"password", "token_hash", "last_login"}


def test_the_csv_has_a_line_for_each_column_and_runs_no_formula(changed, moderator, client_for):
    found = rows_of_csv(client_for(moderator), kind="claim", action="claim.update")
    (line,) = [one for one in found if one["field"] == "text"]
    assert (line["after"], line["who"], line["what"]) == ("'=1+1 died", "Moderator", "update")
    assert line["uid"] == str(changed.uid)
    assert line["who_uid"] == str(moderator.uid)


def test_a_page_takes_as_many_queries_for_many_rows(project, reviewer, moderator, client_for):
    client = client_for(moderator)
    counts = []
    for n in range(2):
        for m in range(10**n):
            claim = make_claim(project, reviewer, text=f"claim {n} {m}")
            review_save(actor=reviewer, claim=claim, label="supported")
        entries(client)
        with CaptureQueriesContext(connection) as captured:
            assert len(entries(client)) > 10 * n
        counts.append(len(captured))
    assert counts[0] == counts[1] < 40


def test_every_history_has_the_indexes_the_audit_reads_by(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'")
        indexes = cursor.fetchall()
    for trail in trails().values():
        if trail.history is not None:
            definitions = " ".join(made for table, made in indexes if table == trail.table)
            assert "'actor'::text)), pgh_created_at" in definitions, trail.table
            assert not trail.has_project or "(project_id, pgh_created_at)" in definitions
