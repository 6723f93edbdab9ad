"""Every page of the desk, for everyone who may and may not open it."""

import pytest
from django.urls import NoReverseMatch, reverse

from tests.admin.conftest import ADMINS_ONLY, OPERATORS_ONLY, PAGES, list_url, row_url

pytestmark = pytest.mark.django_db
MANAGERS = ("moderator", "admin", "operator")


def opens(name, who):
    """Whether this page is this person's to see."""
    if name in OPERATORS_ONLY:
        return who == "operator"
    if name in ADMINS_ONLY:
        return who in ("admin", "operator")
    return True


def test_the_desk_has_the_pages_it_should():
    assert (
        sorted(
            [
                "apitoken",
                "capture",
                "lookagain",
                "mentionplacement",
                "article",
                "assignment",
                "claim",
                "evidence",
                "flag",
                "guideline",
                "comment",
                "invitation",
                "lifecycleevent",
                "membership",
                "project",
                "redaction",
                "ratingscale",
                "review",
                "adjudication",
                "verdict",
                "source",
                "statement",
                "user",
                "watch",
            ]
        )
        == PAGES
    )


def test_nobody_signed_in_is_sent_to_the_one_sign_in(client):
    answer = client.get("/admin/", headers={"host": "localhost"})
    assert answer.url == "/admin/login/?next=/admin/"
    answer = client.get(answer.url, headers={"host": "localhost"})
    assert answer.url == "/accounts/login/?next=/admin/"


@pytest.mark.parametrize("who", ["outsider", "reader", "reviewer"])
def test_who_moderates_nothing_is_refused(project, actor, client_for, who):
    client = client_for(actor(who))
    for url in ["/admin/", *map(list_url, PAGES)]:
        answer = client.get(url, follow=True)
        assert answer.status_code == 403, url


def test_a_deactivated_moderator_is_out(project, moderator, client_for):
    client = client_for(moderator)
    assert client.get("/admin/").status_code == 200
    moderator.is_active = False
    moderator.save()
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("who", MANAGERS)
def test_lists_rows_and_histories_open(mine, actor, client_for, who):
    client = client_for(actor(who))
    for name in PAGES:
        expected = 200 if opens(name, who) else 403
        assert client.get(list_url(name)).status_code == expected, name
        assert client.get(list_url(name), {"q": "mine"}).status_code == expected, name
        for page in ("change", "history"):
            status = client.get(row_url(mine[name], page)).status_code
            # A row that is not the person's to see is a missing row, as anywhere in Django's admin.
            assert status == expected or (expected == 403 and status == 302), name


@pytest.mark.parametrize("who", MANAGERS)
def test_the_index_lists_what_the_person_may_open(mine, actor, client_for, who):
    content = client_for(actor(who)).get("/admin/").content.decode()
    for name in PAGES:
        assert (f'href="{list_url(name)}"' in content) == opens(name, who), name


def test_nothing_can_be_deleted(mine, operator, client_for):
    client = client_for(operator)
    for name in PAGES:
        with pytest.raises(NoReverseMatch):
            reverse(f"admin:annotations_{name}_delete", args=[1])
        row = mine[name]
        for method in (client.get, client.post):
            answer = method(f"/admin/annotations/{name}/{row.pk}/delete/", {"post": "yes"})
            assert answer.status_code in (302, 403, 404, 405), name
        sent = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        client.post(list_url(name), sent)
        assert type(row)._base_manager.filter(pk=row.pk).exists(), name
        assert "delete_selected" not in client.get(list_url(name)).content.decode(), name


def test_the_packages_pages_are_not_here(project, operator, client_for):
    client = client_for(operator)
    for path in (
        "auth/group/",
        "account/emailaddress/",
        "mfa/authenticator/",
        "procrastinate/procrastinatejob/",
        "password_change/",
        "r/1/1/",
    ):
        assert client.get(f"/admin/{path}").status_code in (301, 302, 404), path
        answer = client.get(f"/admin/{path}", follow=True)
        assert answer.status_code == 404, path


def test_the_way_out_is_the_one_of_the_product(project, moderator, client_for):
    answer = client_for(moderator).post("/admin/logout/")
    assert answer.url == reverse("account_logout")


def test_rows_are_named_by_id_only(mine, operator, client_for):
    client = client_for(operator)
    for name in PAGES:
        for column in ("password", "email", "token_hash", "uid"):
            answer = client.get(row_url(mine[name]), {"_to_field": column})
            assert answer.status_code == 400, name
