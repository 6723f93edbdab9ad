"""API tokens: made once, shown once, kept as a hash, never more than their user."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from annotations.accounts.models import ApiToken
from annotations.accounts.tokens import token_create, token_find, token_mark_used, token_revoke
from annotations.lib.errors import InvalidInput, Refused
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_token_is_found_by_its_text_and_kept_as_a_hash(reviewer):
    token, raw = token_create(actor=reviewer, user=reviewer, name="x", scopes=["write", "read"])
    assert raw.startswith("fc_")
    assert token.scopes == ["read", "write"]
    assert raw not in str(ApiToken.objects.filter(pk=token.pk).values())
    assert token_find(raw) == token
    assert token_find(raw + "x") is None


def test_an_expired_token_is_not_found(reviewer):
    token, raw = token_create(actor=reviewer, user=reviewer, name="x")
    ApiToken.objects.filter(pk=token.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert token_find(raw) is None


def test_a_revoked_token_is_not_found(reviewer):
    token, raw = token_create(actor=reviewer, user=reviewer, name="x")
    token_revoke(actor=reviewer, token=token)
    first = token.revoked_at
    token_revoke(actor=reviewer, token=token)
    assert token.revoked_at == first
    assert token_find(raw) is None


@pytest.mark.parametrize(
    "wrong", [{"scopes": []}, {"scopes": ["all"]}, {"days": 0}, {"days": 9999}, {"name": " "}]
)
def test_what_makes_no_sense_is_refused(reviewer, wrong):
    with pytest.raises(InvalidInput):
        token_create(**{"actor": reviewer, "user": reviewer, "name": "x", **wrong})
    assert not ApiToken.objects.exists()


def test_nobody_makes_tokens_for_another(admin, reviewer):
    with pytest.raises(Refused):
        token_create(actor=admin, user=reviewer, name="x")


def test_use_is_noted_once_a_minute(reviewer, django_assert_num_queries):
    token, _raw = token_create(actor=reviewer, user=reviewer, name="x")
    with django_assert_num_queries(1):
        token_mark_used(token)
    token.refresh_from_db()
    with django_assert_num_queries(0):
        token_mark_used(token)


def test_the_page_shows_a_new_token_once(reviewer, client_for):
    client = client_for(reviewer)
    form = {"name": "nightly", "scopes": ["read", "export"], "days": 30}
    made = client.post("/account/tokens/", form)
    assert made.status_code == 201
    raw = made.context["raw"]
    assert raw in made.content.decode()
    assert token_find(raw).scopes == ["read", "export"]
    again = client.get("/account/tokens/").content.decode()
    assert "nightly" in again
    assert raw not in again


def test_a_wrong_form_makes_no_token(reviewer, client_for):
    answer = client_for(reviewer).post("/account/tokens/", {"name": "", "days": 0})
    assert answer.status_code == 400
    assert not ApiToken.objects.exists()


def test_only_ones_own_token_can_be_revoked(reviewer, outsider, client_for):
    token, raw = token_create(actor=reviewer, user=reviewer, name="x")
    url = f"/account/tokens/{token.uid}/revoke/"
    assert client_for(outsider).post(url).status_code == 404
    assert client_for(reviewer).get(url).status_code == 405
    assert token_find(raw) is not None
    assert client_for(reviewer).post(url).status_code == 302
    assert token_find(raw) is None


def test_the_command_prints_a_token_and_nothing_else():
    user = make_user("ann")
    out = StringIO()
    call_command("create_token", "ANN@example.org", days=2, scopes="read,export", stdout=out)
    token = token_find(out.getvalue().strip())
    assert token.user == user
    assert token.scopes == ["read", "export"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [(["no@example.org"], "no account"), (["ann@example.org", "--scopes=all"], "scopes")],
)
def test_the_command_says_what_is_wrong(arguments, sentence):
    make_user("ann")
    with pytest.raises(CommandError, match=sentence):
        call_command("create_token", *arguments)
