"""Every page of projects and accounts answers, to whom it should."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db

PAGES = [
    ("project-settings", {"admin"}),
    ("member-list", {"admin", "moderator", "reviewer", "reader"}),
    ("member-leave", {"admin", "moderator", "reviewer", "reader"}),
]


@pytest.mark.parametrize("who", ["reader", "reviewer", "moderator", "admin"])
@pytest.mark.parametrize(("name", "allowed"), PAGES)
def test_a_member_sees_the_page_their_role_allows(who, name, allowed, project, actor, client_for):
    answer = client_for(actor(who)).get(reverse(name, kwargs={"slug": project.slug}))
    assert answer.status_code == (200 if who in allowed else 403)
    if who not in allowed:
        assert "Only someone with the role Admin" in answer.content.decode()


@pytest.mark.parametrize("who", ["outsider", "operator"])
@pytest.mark.parametrize("name", [name for name, _ in PAGES])
def test_who_is_not_a_member_finds_nothing(who, name, project, actor, client_for):
    answer = client_for(actor(who)).get(reverse(name, kwargs={"slug": project.slug}))
    assert answer.status_code == 404


@pytest.mark.parametrize("name", [name for name, _ in PAGES])
def test_anonymous_visitors_are_sent_to_sign_in(name, project, anonymous, client_for):
    url = reverse(name, kwargs={"slug": project.slug})
    answer = client_for(anonymous).get(url)
    assert answer.status_code == 302
    assert answer.url == f"{reverse('account_login')}?next={url}"


@pytest.mark.parametrize("name", ["project-list", "project-create", "account-edit", "token-list"])
def test_everyone_signed_in_has_their_own_pages(name, outsider, client_for):
    assert client_for(outsider).get(reverse(name)).status_code == 200


def test_a_person_without_projects_is_offered_to_open_one(operator, client_for):
    answer = client_for(operator).get(reverse("project-list"))
    assert "You are not in a project yet" in answer.content.decode()


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_inactive"])
def test_the_way_in_is_open(name, anonymous, client_for):
    assert client_for(anonymous).get(reverse(name)).status_code == 200


def test_a_part_of_a_page_asked_for_without_a_session_is_a_sentence(project, anonymous, client_for):
    answer = client_for(anonymous).get("/p/desk/members/", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert "signed out" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_a_refusal_of_a_part_of_a_page_is_a_sentence(project, reader, client_for):
    answer = client_for(reader).get("/p/desk/settings/", headers={"HX-Request": "true"})
    assert answer.status_code == 403
    assert "<html" not in answer.content.decode()


def test_a_form_without_its_token_is_explained(project, admin):
    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    client.force_login(admin, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post("/p/desk/archive/")
    assert answer.status_code == 403
    assert "This form has expired" in answer.content.decode()


def test_the_menu_shows_what_the_role_allows(project, reader, admin, client_for):
    def menu(person):
        page = client_for(person).get("/p/desk/members/")
        return {str(item.label) for item in [*page.context["nav_items"], *page.context["nav_more"]]}

    assert menu(admin) - menu(reader) == {"Agreement", "My work", "Settings"}


def test_times_are_shown_in_the_projects_zone(project, reader, client_for):
    project.time_zone = "Asia/Kathmandu"
    project.save()
    page = client_for(reader).get("/p/desk/members/").content.decode()
    assert "Asia/Kathmandu" in page


def test_a_person_reads_pages_in_their_language(reader, client_for):
    reader.language = "uk"
    reader.save()
    assert '<html lang="uk"' in client_for(reader).get("/").content.decode()
