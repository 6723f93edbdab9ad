"""Hiding, restoring, locking and the other decisions: a page that asks why, then the service."""

import pytest
from django.test import Client
from django.urls import reverse

from annotations.accounts.models import ApiToken, User
from annotations.audit.timeline import timeline
from annotations.moderation.services import moderation_of
from annotations.projects.models import Membership
from annotations.verification.assignments.models import Assignment
from tests.admin.conftest import list_url, row_url
from tests.factories import PASSWORD, make_member, make_user
from tests.material import make_claim

pytestmark = pytest.mark.django_db
MODERATED = ["article", "claim", "statement", "source", "evidence", "comment", "lifecycleevent"]


def fresh(row):
    return type(row)._base_manager.get(pk=row.pk)


def decide(client, choose, action, *rows, reason="a private person is named"):
    sent = choose(action, *rows, decided="1", reason=reason)
    return client.post(list_url(rows[0]._meta.model_name), sent, follow=True)


@pytest.mark.parametrize(
    ("name", "who"),
    [*((name, "moderator") for name in MODERATED), ("claim", "admin"), ("claim", "operator")],
)
def test_rows_are_hidden_restored_locked_and_unlocked(mine, actor, client_for, choose, name, who):
    client, row, person = client_for(actor(who)), mine[name], actor(who)
    decide(client, choose, "hide_rows", row)
    state = moderation_of(fresh(row))
    assert (state.hidden_by, state.hidden_reason) == (person, "a private person is named")
    decide(client, choose, "lock_rows", row, reason="settled")
    assert moderation_of(fresh(row)).locked_by == person
    decide(client, choose, "restore_rows", row, reason="was a mistake")
    state = moderation_of(fresh(row))
    assert (state.hidden_at, state.hidden_by, state.hidden_reason) == (None, None, "")
    decide(client, choose, "unlock_rows", row, reason="open again")
    assert moderation_of(fresh(row)).locked_at is None
    kept = moderation_of(fresh(row))
    history = [(entry.action, entry.reason, entry.who) for entry in timeline([kept], None)][:4]
    assert history == [
        ("moderation.unlock", "open again", person.display_name),
        ("moderation.restore", "was a mistake", person.display_name),
        ("moderation.lock", "settled", person.display_name),
        ("moderation.hide", "a private person is named", person.display_name),
    ]


@pytest.mark.parametrize("name", MODERATED)
def test_the_page_shows_the_rows_and_asks_before_anything_happens(
    mine, moderator, client_for, choose, name
):
    answer = client_for(moderator).post(list_url(name), choose("hide_rows", mine[name]))
    content = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="reason"' in content
    assert row_url(mine[name]) in content
    state = moderation_of(fresh(mine[name]))
    assert state is None or state.hidden_at is None


@pytest.mark.parametrize("reason", ["", "   ", "x" * 2001])
def test_without_a_reason_nothing_happens(mine, moderator, client_for, choose, reason):
    answer = decide(client_for(moderator), choose, "hide_rows", mine["claim"], reason=reason)
    assert answer.context["form"].errors["reason"]
    assert fresh(mine["claim"]).hidden_at is None


@pytest.mark.parametrize("name", MODERATED)
def test_an_empty_selection_does_nothing(mine, moderator, client_for, name):
    client = client_for(moderator)
    for sent in (
        {"action": "hide_rows", "decided": "1", "reason": "x"},
        {"action": "hide_rows", "decided": "1", "reason": "x", "index": "0"},
        {"action": "hide_rows", "decided": "1", "reason": "x", "_selected_action": []},
        {"action": "hide_rows", "decided": "1", "reason": "x", "index": "0", "select_across": "1"},
    ):
        client.post(list_url(name), sent)
        state = moderation_of(fresh(mine[name]))
        assert state is None or state.hidden_at is None


def test_several_rows_are_decided_about_together(project, reviewer, moderator, client_for, choose):
    claims = [make_claim(project, reviewer, text=f"claim {n}") for n in range(5)]
    answer = decide(client_for(moderator), choose, "hide_rows", *claims)
    assert "Decided about 5 rows." in answer.content.decode()
    assert all(fresh(claim).hidden_at for claim in claims)


def test_deciding_again_changes_nothing(mine, moderator, admin, client_for, choose):
    decide(client_for(moderator), choose, "hide_rows", mine["claim"], reason="first")
    before = fresh(mine["claim"])
    decide(client_for(admin), choose, "hide_rows", mine["claim"], reason="second")
    after = fresh(mine["claim"])
    assert (after.hidden_reason, after.hidden_by, after.revision) == (
        "first",
        moderator,
        before.revision,
    )


def test_too_many_rows_at_once_are_refused(
    project, reviewer, moderator, client_for, choose, monkeypatch
):
    monkeypatch.setattr("annotations.admin.decisions.MOST_ROWS", 2)
    claims = [make_claim(project, reviewer, text=f"claim {n}") for n in range(3)]
    answer = decide(client_for(moderator), choose, "hide_rows", *claims)
    assert "at most 2 rows" in answer.content.decode()
    assert not any(fresh(claim).hidden_at for claim in claims)


def test_an_archived_project_stays_as_it_is(mine, moderator, admin, client_for, choose):
    client = client_for(admin)
    decide(client, choose, "archive_projects", mine["project"], reason="over")
    assert fresh(mine["project"]).archived_at is not None
    decide(client_for(moderator), choose, "hide_rows", mine["claim"])
    assert fresh(mine["claim"]).hidden_at is None
    decide(client, choose, "unarchive_projects", mine["project"], reason="not over")
    assert fresh(mine["project"]).archived_at is None


def test_moderators_do_not_archive_or_remove(mine, moderator, client_for, choose):
    client = client_for(moderator)
    decide(client, choose, "archive_projects", mine["project"])
    assert fresh(mine["project"]).archived_at is None
    decide(client, choose, "remove_members", mine["membership"])
    assert Membership.objects.filter(pk=mine["membership"].pk).exists()


@pytest.mark.parametrize("who", ["admin", "operator"])
def test_a_member_is_removed_and_the_history_says_so(mine, actor, client_for, choose, who):
    decide(client_for(actor(who)), choose, "remove_members", mine["membership"], reason="left")
    assert not Membership.objects.filter(pk=mine["membership"].pk).exists()
    content = client_for(actor(who)).get(row_url(mine["project"], "history")).content.decode()
    assert "member.remove" in content
    assert "left" in content


def test_the_last_admin_stays(mine, admin, client_for, choose):
    last = Membership.objects.get(project=mine["project"], user=admin)
    answer = decide(client_for(admin), choose, "remove_members", last)
    assert "keeps at least one admin" in answer.content.decode()
    assert Membership.objects.filter(pk=last.pk).exists()


def test_an_invitation_is_revoked(mine, admin, client_for, choose):
    decide(client_for(admin), choose, "revoke_invitations", mine["invitation"])
    assert fresh(mine["invitation"]).revoked_at is not None


# People


def test_deactivating_someone_ends_sessions_and_tokens_at_once(
    mine, operator, reviewer, client_for, choose
):
    signed_in, client = client_for(reviewer), client_for(operator)
    assert signed_in.get("/").status_code == 200
    decide(client, choose, "deactivate_users", reviewer, reason="left the desk")
    person = fresh(reviewer)
    assert (person.is_active, person.deactivated_at is not None) == (False, True)
    assert signed_in.get("/").status_code == 302
    assert not ApiToken.objects.filter(user=reviewer, revoked_at__isnull=True).exists()
    decide(client, choose, "reactivate_users", reviewer, reason="came back")
    assert fresh(reviewer).is_active
    assert signed_in.get("/").status_code == 302


def test_what_ends_with_somebody_is_said_before_they_are_deactivated(
    mine, project, operator, reviewer, admin, client_for, choose
):
    client = client_for(operator)
    shown = client.post(list_url("user"), choose("deactivate_users", reviewer, admin))
    said = shown.content.decode()
    assert "1 unfinished assignment is withdrawn." in said
    assert said.count(f"“{project}” is left without an admin.") == 1
    make_member(project, make_user("deputy"), "admin")
    shown = client.post(list_url("user"), choose("deactivate_users", reviewer, admin))
    assert "without an admin" not in shown.content.decode()


def test_signing_someone_out_ends_their_sessions(mine, operator, reviewer, client_for, choose):
    signed_in = client_for(reviewer)
    decide(client_for(operator), choose, "end_sessions", reviewer, reason="lost laptop")
    assert signed_in.get("/").status_code == 302
    assert fresh(mine["apitoken"]).revoked_at is not None


def test_operators_are_made_and_unmade_but_one_stays(operator, reviewer, client_for, choose):
    client = client_for(operator)
    answer = decide(client, choose, "stop_operators", operator)
    assert "keeps at least one operator" in answer.content.decode()
    decide(client, choose, "make_operators", reviewer, reason="holiday cover")
    assert fresh(reviewer).is_superuser
    decide(client, choose, "stop_operators", reviewer, reason="holiday over")
    assert not fresh(reviewer).is_superuser
    assert [entry.reason for entry in timeline([reviewer], None)][:2] == [
        "holiday over",
        "holiday cover",
    ]


def test_the_last_operator_and_the_machine_stay_active(operator, client_for, choose):
    client = client_for(operator)
    for person in (operator, User.objects.system()):
        decide(client, choose, "deactivate_users", person)
        assert fresh(person).is_active


def test_a_token_is_revoked(mine, operator, client_for, choose):
    decide(client_for(operator), choose, "revoke_tokens", mine["apitoken"], reason="leaked")
    assert fresh(mine["apitoken"]).revoked_at is not None
    assert timeline([mine["apitoken"]], None)[0].reason == "leaked"


@pytest.mark.parametrize("who", ["moderator", "admin"])
def test_only_operators_decide_about_people(mine, actor, client_for, choose, who):
    client = client_for(actor(who))
    for action, name in (
        ("deactivate_users", "user"),
        ("make_operators", "user"),
        ("revoke_tokens", "apitoken"),
    ):
        decide(client, choose, action, mine[name])
        row = fresh(mine[name])
        assert getattr(row, "is_active", True)
        assert not getattr(row, "is_superuser", False)
        assert getattr(row, "revoked_at", None) is None
    url = reverse("admin:annotations_user_password_link", args=[mine["user"].pk])
    assert client.post(url).status_code == 403


def test_a_link_lets_someone_set_a_password(operator, client_for):
    person = make_user("forgetful", password=PASSWORD)
    url = reverse("admin:annotations_user_password_link", args=[person.pk])
    client = client_for(operator)
    assert client.get(url).status_code == 403
    answer = client.post(url)
    link = answer.context["link"]
    assert link in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    visitor = Client(headers={"host": "localhost"})
    page = visitor.get(link[link.index("/accounts/") :], follow=True)
    new = "an entirely new password"
    visitor.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert fresh(person).check_password(new)


def test_work_is_reassigned_with_a_preview_and_a_reason(
    client_for, mine, choose, moderator, second_reviewer, reader
):
    row, client = mine["assignment"], client_for(moderator)
    address = reverse("admin:annotations_assignment_changelist")
    preview = client.post(address, choose("reassign_assignments", row))
    assert "now Reviewer, Waiting" in isolated(preview.content.decode())
    sent = {"decided": "1", "assignee": second_reviewer.pk}
    again = client.post(address, choose("reassign_assignments", row, **sent, reason=""))
    nobody = choose("reassign_assignments", row, **{**sent, "assignee": reader.pk}, reason="Ill")
    assert again.status_code == client.post(address, nobody).status_code == 200
    assert Assignment.objects.count() == 1
    done = client.post(address, choose("reassign_assignments", row, **sent, reason="On leave"))
    assert done.status_code == 302
    row.refresh_from_db()
    made = Assignment.objects.get(assignee=second_reviewer)
    assert (row.state, made.article) == ("withdrawn", row.article)
    assert made.history.get().pgh_context["reason"] == "On leave"


def isolated(words):
    """The words without the marks that keep names of two directions apart."""
    return words.replace("\u2068", "").replace("\u2069", "")
