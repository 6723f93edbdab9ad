"""Inviting people: a link that works once, for seven days, for one address."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations.accounts.models import Invitation, User
from annotations.accounts.roles import Role
from annotations.lib.errors import Refused
from annotations.projects.invitations import (
    invitation_accept_as_new,
    invitation_create,
    invitation_find,
    invitation_link,
    invitation_mail,
    invitation_token,
)
from annotations.projects.models import Membership
from annotations.projects.permissions import role_of
from tests.factories import PASSWORD, make_invitation, make_project, make_user

NEW = {"display_name": "New Person", "password": PASSWORD}


@pytest.mark.django_db
def test_an_admin_invites_and_sees_the_link_once(project, admin, client_for):
    client = client_for(admin)
    form = {"email": "New@Example.org", "role": "reviewer"}
    answer = client.post("/p/desk/invitations/", form)
    assert answer.url == "/p/desk/members/"
    invitation = Invitation.objects.get()
    link = invitation_link(invitation)
    assert link in client.get("/p/desk/members/").content.decode()
    assert link not in client.get("/p/desk/members/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_mail_is_queued_without_the_link_and_carries_it(project, admin, settings):
    settings.SITE_URL = "https://facts.example.org"
    invitation = invitation_create(
        actor=admin, project=project, email="new@example.org", role=Role.READER
    )
    job = ProcrastinateJob.objects.get(task_name="projects.mail_invitation")
    assert job.args == {"invitation_uid": str(invitation.uid)}
    invitation_mail(**job.args)
    sent = mail.outbox[0]
    assert sent.to == ["new@example.org"]
    token = invitation_token(invitation)
    assert f"https://facts.example.org/invitations/{token}/" in sent.body
    assert "Desk" in sent.subject


@pytest.mark.django_db
def test_no_mail_goes_out_for_a_revoked_invitation(project, admin, client_for):
    invitation, _token = make_invitation(project, by=admin)
    client_for(admin).post(f"/p/desk/invitations/{invitation.uid}/revoke/")
    invitation_mail(invitation_uid=str(invitation.uid))
    assert mail.outbox == []


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["reader", "reviewer", "moderator"])
def test_only_admins_invite_and_revoke(project, admin, actor, who, client_for):
    invitation, token = make_invitation(project, by=admin)
    client = client_for(actor(who))
    form = {"email": "x@example.org", "role": "admin"}
    assert client.post("/p/desk/invitations/", form).status_code == 403
    assert client.post(f"/p/desk/invitations/{invitation.uid}/revoke/").status_code == 403
    assert Invitation.objects.count() == 1
    assert invitation_find(token) is not None


@pytest.mark.django_db
def test_a_member_is_not_invited_again(project, admin, reader, client_for):
    form = {"email": reader.email.upper(), "role": "admin"}
    answer = client_for(admin).post("/p/desk/invitations/", form)
    assert answer.status_code == 400
    assert "a member already" in answer.content.decode()
    assert not Invitation.objects.exists()


@pytest.mark.django_db
def test_a_new_invitation_ends_the_one_before(project, admin):
    _first, token = make_invitation(project, by=admin)
    invitation_create(actor=admin, project=project, email="NEW@example.org", role=Role.READER)
    assert invitation_find(token) is None
    assert Invitation.objects.filter(revoked_at__isnull=True).count() == 1


@pytest.mark.django_db
def test_someone_new_makes_an_account_and_joins(project, admin, anonymous, client_for):
    _invitation, token = make_invitation(project, by=admin)
    client = client_for(anonymous)
    page = client.get(f"/invitations/{token}/").content.decode()
    assert "Join Desk" in page
    answer = client.post(f"/invitations/{token}/", NEW)
    assert (answer.status_code, answer.url) == (302, "/p/desk/")
    person = User.objects.get(email="new@example.org")
    assert role_of(person, project) == Role.REVIEWER
    assert client.get("/p/desk/members/").status_code == 200
    assert client_for(anonymous).get(f"/invitations/{token}/").status_code == 404


@pytest.mark.django_db
def test_a_weak_password_uses_nothing_up(project, admin, anonymous, client_for):
    _invitation, token = make_invitation(project, by=admin)
    answer = client_for(anonymous).post(f"/invitations/{token}/", {**NEW, "password": "short"})
    assert answer.status_code == 400
    assert "password" in answer.context["form"].errors
    assert invitation_find(token) is not None


@pytest.mark.django_db
def test_someone_with_an_account_signs_in_first(project, admin, outsider, anonymous, client_for):
    _invitation, token = make_invitation(project, by=admin, email=outsider.email)
    url = f"/invitations/{token}/"
    page = client_for(anonymous).get(url).content.decode()
    assert f"/accounts/login/?next={url}" in page
    assert client_for(anonymous).post(url, NEW).status_code == 200
    assert role_of(outsider, project) is None
    assert client_for(outsider).post(url).url == "/p/desk/"
    assert role_of(outsider, project) == Role.REVIEWER


@pytest.mark.django_db
def test_an_invitation_is_for_its_address_only(project, admin, outsider, client_for):
    _invitation, token = make_invitation(project, by=admin)
    client = client_for(outsider)
    assert "not the invited address" in client.get(f"/invitations/{token}/").content.decode()
    assert client.post(f"/invitations/{token}/").status_code == 403
    assert role_of(outsider, project) is None


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["expired", "revoked", "invented"])
def test_a_dead_link_opens_nothing(how, project, admin, anonymous, client_for):
    invitation, token = make_invitation(project, by=admin)
    if how == "expired":
        invitation.expires_at = timezone.now() - timedelta(seconds=1)
    if how == "revoked":
        invitation.revoked_at = timezone.now()
    invitation.save()
    url = f"/invitations/{'f' * 64 if how == 'invented' else token}/"
    assert client_for(anonymous).get(url).status_code == 404
    assert client_for(anonymous).post(url, NEW).status_code == 404
    assert not User.objects.filter(email="new@example.org").exists()


@pytest.mark.django_db(transaction=True)
def test_a_link_used_twice_at_once_makes_one_member():
    owner = make_user("owner")
    project = make_project(admin=owner)
    _invitation, token = make_invitation(project, by=owner)
    start = threading.Barrier(2)
    refused: list[str] = []

    def accept() -> None:
        start.wait(10)
        try:
            invitation_accept_as_new(token=token, display_name="New", password=PASSWORD)
        except Refused as error:
            refused.append(str(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=accept) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(refused) == 1
    assert Membership.objects.filter(project=project).count() == 2
