"""Every page of projects and accounts answers, to whom it should."""

import pytest
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
