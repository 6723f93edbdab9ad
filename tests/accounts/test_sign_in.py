"""Signing in with a password, changing and resetting it, and what attackers run into."""

import re
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from annotations.accounts.services import second_step_remove
from annotations.accounts.tokens import token_create, token_find
from annotations.lib.errors import Refused
from tests.authenticator import totp_code
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make_user("ann", password=PASSWORD)


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"host": "localhost"})


def sign_in(client: Client, password: str = PASSWORD, email: str = "ann@example.org"):
    return client.post("/accounts/login/", {"login": email, "password": password})


def test_the_right_password_signs_in_whatever_the_case_of_the_address(person, visitor):
    answer = sign_in(visitor, email="Ann@Example.org")
    assert (answer.status_code, answer.url) == (302, "/")
    assert visitor.get("/account/").status_code == 200


def test_a_wrong_password_does_not(person, visitor):
    assert sign_in(visitor, "wrong").status_code == 200
    assert visitor.get("/account/").status_code == 302


def test_a_deactivated_person_is_turned_away(person, visitor):
    person.is_active = False
    person.save()
    sign_in(visitor)
    assert visitor.get("/account/").status_code == 302


def test_guessing_is_stopped_for_all_processes_together(person, visitor):
    for _attempt in range(5):
        sign_in(Client(headers={"host": "localhost"}), "wrong")
    answer = sign_in(visitor)
    assert "Too many failed login attempts" in answer.content.decode()
    assert visitor.get("/account/").status_code == 302
    # The counts stand in the database, where every web process reads them.
    assert type(cache._connections[cache._alias]).__name__ == "DatabaseCache"


def test_nobody_signs_up(visitor):
    answer = visitor.get("/accounts/signup/")
    assert "by invitation" in answer.content.decode()
    form = {"email": "x@example.org", "password1": PASSWORD, "password2": PASSWORD}
    assert visitor.post("/accounts/signup/", form).status_code == 405


def test_the_address_of_an_account_is_not_changed_by_the_way(person, client_for):
    client = client_for(person)
    answer = client.post("/accounts/email/", {"action_add": "", "email": "other@example.org"})
    assert answer.status_code == 405
    person.refresh_from_db()
    assert person.email == "ann@example.org"


def test_changing_the_password_keeps_this_session_and_ends_the_rest(person, visitor):
    other = Client(headers={"host": "localhost"})
    sign_in(other)
    sign_in(visitor)
    raw = token_create(actor=person, user=person, name="x")[1]
    new = "entirely different words"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert visitor.post("/accounts/password/change/", form).status_code == 302
    assert visitor.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    assert token_find(raw) is None


def test_a_lost_password_is_reset_by_mail(person, visitor, settings):
    settings.SITE_URL = "https://facts.example.org"
    raw = token_create(actor=person, user=person, name="x")[1]
    visitor.post("/accounts/password/reset/", {"email": "ann@example.org"})
    link = re.search(r"https://facts\.example\.org(/\S+)", mail.outbox[0].body)
    form_page = visitor.get(link.group(1))
    new = "entirely different words"
    answer = visitor.post(form_page.url, {"password1": new, "password2": new})
    assert answer.status_code == 302
    assert token_find(raw) is None
    assert sign_in(visitor, new).status_code == 302
    assert visitor.get("/account/").status_code == 200
    # The link works once.
    fresh = Client(headers={"host": "localhost"})
    assert "password1" not in fresh.get(link.group(1)).content.decode()


def test_an_unknown_address_gets_the_same_answer(visitor):
    answer = visitor.post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert answer.url == "/accounts/password/reset/done/"


def test_a_second_step_is_asked_for(person, visitor):
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(person, secret)
    answer = sign_in(visitor)
    assert answer.url == "/accounts/2fa/authenticate/"
    assert visitor.get("/account/").status_code == 302
    assert visitor.post(answer.url, {"code": totp_code(secret)}).status_code == 302
    assert visitor.get("/account/").status_code == 200


def test_a_recovery_code_works_once(person, visitor):
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    sign_in(visitor)
    visitor.post("/accounts/2fa/authenticate/", {"code": code})
    assert visitor.get("/account/").status_code == 200
    again = Client(headers={"host": "localhost"})
    sign_in(again)
    again.post("/accounts/2fa/authenticate/", {"code": code})
    assert again.get("/account/").status_code == 302


def test_an_operator_takes_off_a_lost_second_step(person, visitor):
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    out = StringIO()
    call_command("reset_password", "ann@example.org", remove_second_step=True, stdout=out)
    assert sign_in(visitor, out.getvalue().strip()).url == "/"
    with pytest.raises(Refused):
        second_step_remove(actor=person, user=person)


def test_second_step_secrets_are_not_readable_in_the_database(person):
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    stored = Authenticator.objects.get(user=person).data["secret"]
    assert "JBSWY3DPEHPK3PXP" not in stored


def test_admin_signs_in_the_same_way(visitor, outsider, client_for):
    assert visitor.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/accounts/login/")
    assert client_for(outsider).get("/admin/login/").status_code == 403
