"""Roles of members: changed, removed, left; a project always keeps an admin who can act."""

import threading

import pytest
from django.db import connections

from annotations.accounts.roles import Role
from annotations.accounts.tokens import token_create, token_find
from annotations.audit.timeline import history_model
from annotations.lib.errors import Conflict, Refused
from annotations.projects import members
from annotations.projects.models import Membership
from annotations.projects.permissions import role_of
from tests.factories import make_member, make_project, make_user


def membership_of(project, user) -> Membership:
    return Membership.objects.get(project=project, user=user)


def role_url(project, user) -> str:
    return f"/p/{project.slug}/members/{membership_of(project, user).uid}/role/"


@pytest.mark.django_db
def test_a_changed_role_ends_sessions_and_tokens(project, admin, reviewer, client_for):
    raw = token_create(actor=reviewer, user=reviewer, name="x")[1]
    client = client_for(reviewer)
    answer = client_for(admin).post(role_url(project, reviewer), {"role": "moderator"})
    assert answer.status_code == 302
    assert role_of(reviewer, project) == Role.MODERATOR
    assert client.get("/account/").status_code == 302
    assert token_find(raw) is None
    row = history_model(Membership).objects.filter(pgh_label="update").get()
    assert row.pgh_context["actor"] == admin.pk


@pytest.mark.django_db
def test_the_same_role_changes_nothing(project, admin, reviewer, client_for):
    client = client_for(reviewer)
    client_for(admin).post(role_url(project, reviewer), {"role": "reviewer"})
    assert client.get("/account/").status_code == 200


@pytest.mark.django_db
def test_an_unknown_role_is_refused(project, admin, reviewer, client_for):
    answer = client_for(admin).post(role_url(project, reviewer), {"role": "owner"})
    assert answer.status_code == 400
    assert role_of(reviewer, project) == Role.REVIEWER


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["reader", "reviewer", "moderator"])
def test_only_admins_change_roles(project, actor, who, client_for):
    person = actor(who)
    assert client_for(person).post(role_url(project, person), {"role": "admin"}).status_code == 403
    assert role_of(person, project) == who


@pytest.mark.django_db
def test_a_member_of_another_project_is_not_found(project, admin, other_project, client_for):
    foreign = Membership.objects.get(project=other_project)
    url = f"/p/desk/members/{foreign.uid}/role/"
    assert client_for(admin).post(url, {"role": "reader"}).status_code == 404
    assert client_for(admin).post(f"/p/desk/members/{foreign.uid}/remove/").status_code == 404
    foreign.refresh_from_db()
    assert foreign.role == Role.ADMIN


@pytest.mark.django_db
def test_an_admin_removes_a_member_after_asking(project, admin, reviewer, client_for):
    url = f"/p/desk/members/{membership_of(project, reviewer).uid}/remove/"
    assert client_for(admin).get(url).status_code == 200
    assert role_of(reviewer, project) is not None
    assert client_for(admin).post(url, {"reason": "gone"}).status_code == 302
    assert role_of(reviewer, project) is None
    reviewer.refresh_from_db()
    assert client_for(reviewer).get("/p/desk/members/").status_code == 404
    row = history_model(Membership).objects.filter(pgh_label="delete").get()
    assert row.pgh_context["reason"] == "gone"


@pytest.mark.django_db
def test_a_member_leaves_and_stays_signed_in(project, reviewer, client_for):
    client = client_for(reviewer)
    assert client.get("/p/desk/leave/").status_code == 200
    assert client.post("/p/desk/leave/").url == "/"
    assert role_of(reviewer, project) is None
    assert client.get("/").status_code == 200


@pytest.mark.django_db
def test_the_last_admin_cannot_leave(project, admin, client_for):
    answer = client_for(admin).post("/p/desk/leave/")
    assert answer.status_code == 403
    assert "at least one admin" in answer.content.decode()
    assert role_of(admin, project) == Role.ADMIN


@pytest.mark.django_db
def test_the_last_admin_cannot_step_down(project, admin, client_for):
    assert client_for(admin).post(role_url(project, admin), {"role": "reader"}).status_code == 403
    assert role_of(admin, project) == Role.ADMIN


@pytest.mark.django_db
def test_a_deactivated_admin_does_not_count(project, admin):
    make_member(project, make_user("gone", is_active=False), Role.ADMIN)
    with pytest.raises(Refused):
        members.member_leave(actor=admin, project=project)


@pytest.mark.django_db
def test_an_admin_who_steps_down_stays_signed_in(project, admin, moderator, client_for):
    members.member_change_role(
        actor=admin, membership=membership_of(project, moderator), role=Role.ADMIN
    )
    client = client_for(admin)
    client.post(role_url(project, admin), {"role": "reader"})
    assert client.get("/p/desk/members/").status_code == 200
    assert role_of(admin, project) == Role.READER


@pytest.mark.django_db
def test_an_operator_mends_members_without_being_one(project, operator, outsider, reader):
    added = members.member_add(actor=operator, project=project, user=outsider, role=Role.ADMIN)
    assert role_of(outsider, project) == added.role
    with pytest.raises(Conflict):
        members.member_add(actor=operator, project=project, user=reader, role=Role.ADMIN)
    with pytest.raises(Refused):
        members.member_add(actor=reader, project=project, user=operator, role=Role.ADMIN)


@pytest.mark.django_db(transaction=True)
def test_two_admins_cannot_leave_at_the_same_moment():
    first, second = make_user("first"), make_user("second")
    project = make_project(admin=first)
    make_member(project, second, Role.ADMIN)
    start = threading.Barrier(2)
    refused: list[str] = []

    def leave(user) -> None:
        start.wait(10)
        try:
            members.member_leave(actor=user, project=project)
        except Refused:
            refused.append(user.display_name)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=leave, args=[user]) for user in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(refused) == 1
    assert Membership.objects.filter(project=project, role=Role.ADMIN).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_admins_cannot_demote_each_other_at_the_same_moment():
    first, second = make_user("first"), make_user("second")
    project = make_project(admin=first)
    rows = {first: membership_of(project, first), second: make_member(project, second, "admin")}
    start = threading.Barrier(2)
    refused: list[str] = []

    def demote(actor, victim) -> None:
        start.wait(10)
        try:
            members.member_change_role(actor=actor, membership=rows[victim], role=Role.READER)
        except Refused as error:
            refused.append(str(error))
        finally:
            connections.close_all()

    pairs = [(first, second), (second, first)]
    threads = [threading.Thread(target=demote, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    # Whoever came second is no admin any more when their turn comes.
    assert len(refused) == 1
    assert Membership.objects.filter(project=project, role=Role.ADMIN).count() == 1
