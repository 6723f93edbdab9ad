"""The first operator, and a lost password, from the command line."""

import io

import pytest
from django.core.management import CommandError, call_command

from annotations.accounts.models import ApiToken, User
from annotations.accounts.tokens import token_create

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough sentence"


def type_in(monkeypatch, text):
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_create_operator_reads_the_password_from_standard_input(monkeypatch, capsys):
    type_in(monkeypatch, f"{PASSWORD}\nmore\n")
    call_command("create_operator", "Op@example.org", "--name", "Olga Operator", "--stdin")
    operator = User.objects.get(email__iexact="op@example.org")
    assert operator.check_password(PASSWORD)
    assert (operator.is_superuser, operator.display_name) == (True, "Olga Operator")
    assert PASSWORD not in capsys.readouterr().out


def test_create_operator_reads_the_password_from_the_environment(monkeypatch):
    monkeypatch.setenv("OPERATOR_PASSWORD", PASSWORD)
    call_command("create_operator", "op@example.org")
    assert User.objects.get(email="op@example.org").check_password(PASSWORD)


@pytest.mark.parametrize(
    ("email", "password", "reason"),
    [
        ("nothing", PASSWORD, "e-mail address"),
        ("op@example.org", "short", "password"),
        ("op@example.org", "", "terminal"),
    ],
)
def test_create_operator_refuses_with_a_sentence(monkeypatch, email, password, reason):
    monkeypatch.setenv("OPERATOR_PASSWORD", password)
    type_in(monkeypatch, "")
    with pytest.raises(CommandError, match=reason):
        call_command("create_operator", email)
    assert not User.objects.filter(is_system=False).exists()


def test_create_operator_refuses_an_address_in_use(monkeypatch):
    monkeypatch.setenv("OPERATOR_PASSWORD", PASSWORD)
    call_command("create_operator", "op@example.org")
    with pytest.raises(CommandError, match="already has an account"):
        call_command("create_operator", "OP@example.org")


@pytest.fixture
def person(monkeypatch):
    monkeypatch.setenv("OPERATOR_PASSWORD", PASSWORD)
    call_command("create_operator", "op@example.org")
    return User.objects.get(email="op@example.org")


def test_reset_password_prints_a_fresh_one_and_ends_sessions_and_tokens(person, client, capsys):
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/").status_code == 200
    token_create(actor=person, user=person, name="laptop", scopes=["read"], days=1)
    capsys.readouterr()
    call_command("reset_password", "OP@example.org")
    fresh = capsys.readouterr().out.strip()
    person.refresh_from_db()
    assert person.check_password(fresh)
    assert len(fresh) >= 16
    assert client.get("/").status_code == 302
    assert not ApiToken.objects.filter(user=person, revoked_at=None).exists()


def test_reset_password_prints_nothing_that_was_typed(person, monkeypatch, capsys):
    type_in(monkeypatch, "another long sentence\n")
    capsys.readouterr()
    call_command("reset_password", person.email, "--stdin")
    person.refresh_from_db()
    assert person.check_password("another long sentence")
    assert capsys.readouterr().out == ""


def test_reset_password_refuses_an_unknown_address_and_a_weak_password(person, monkeypatch):
    with pytest.raises(CommandError, match=r"no account with the address x@example\.org"):
        call_command("reset_password", "x@example.org")
    type_in(monkeypatch, "short\n")
    with pytest.raises(CommandError, match="password"):
        call_command("reset_password", person.email, "--stdin")
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
