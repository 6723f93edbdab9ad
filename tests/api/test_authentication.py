"""Who may call: live tokens within their scopes, and sessions with a CSRF token."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from annotations.accounts.services import user_deactivate
from annotations.accounts.tokens import token_create, token_revoke
from annotations.api.authentication import BAD_TOKENS_PER_MINUTE
from annotations.models import ApiToken, Source
from annotations.projects.services import ProjectSettings, project_update
from tests.api.conftest import Caller

ROOT = "/api/v1/"
SOURCES = "/api/v1/projects/desk/sources/"


@pytest.fixture(autouse=True)
def clean_counters(db):
    cache.clear()


@pytest.fixture
def token(reviewer):
    return token_create(actor=reviewer, user=reviewer, name="sync", scopes=("read", "write"))


def is_refused(answer):
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"] == 'Bearer realm="factcheck", error="invalid_token"'
    return True


def test_the_root_says_who_i_am_and_what_the_token_may_do(project, token, reviewer):
    shown = Caller(token[1]).get(ROOT).json()
    assert shown["you"] == {"uid": str(reviewer.uid), "name": "Reviewer"}
    assert shown["scopes"] == ["read", "write"]
    assert shown["projects"] == "http://localhost/api/v1/projects/"


@pytest.mark.parametrize("raw", ["fc_" + "x" * 43, "", "Ünknown", "fc_"])
def test_an_unknown_token_is_401(db, raw):
    assert is_refused(Caller(raw).get(ROOT))


def test_a_password_is_401(db):
    answer = Client(headers={"authorization": "Basic YTpi", "host": "localhost"}).get(ROOT)
    assert is_refused(answer)


def test_a_revoked_token_is_401_at_once(token, reviewer):
    token_revoke(actor=reviewer, token=token[0])
    assert is_refused(Caller(token[1]).get(ROOT))


def test_an_expired_token_is_401(token):
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert is_refused(Caller(token[1]).get(ROOT))


def test_a_deactivated_person_has_no_token_and_no_session(token, reviewer, operator, client_for):
    session = client_for(reviewer)
    assert session.get(ROOT).status_code == 200
    user_deactivate(actor=operator, user=reviewer)
    assert is_refused(Caller(token[1]).get(ROOT))
    assert session.get(ROOT).status_code == 401


def test_the_time_of_use_is_noted_at_most_once_a_minute(token):
    caller = Caller(token[1])
    caller.get(ROOT)
    first = ApiToken.objects.get().last_used_at
    caller.get(ROOT)
    assert ApiToken.objects.get().last_used_at == first
    ApiToken.objects.update(last_used_at=first - timedelta(minutes=1))
    caller.get(ROOT)
    assert ApiToken.objects.get().last_used_at > first


def test_many_bad_tokens_of_one_address_are_429_and_good_ones_still_pass(token):
    bad = Caller("fc_wrong")
    for _ in range(BAD_TOKENS_PER_MINUTE):
        assert bad.get(ROOT).status_code == 401
    answer = bad.get(ROOT)
    assert answer.status_code == 429
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert Caller(token[1]).get(ROOT).status_code == 200


def test_a_session_reads_and_writes_with_a_csrf_token_only(project, reviewer):
    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    client.force_login(reviewer, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(SOURCES).status_code == 200
    body = {"name": "United Nations"}
    refused = client.post(SOURCES, body, content_type="application/json")
    assert refused.status_code == 403
    assert refused["Content-Type"] == "application/problem+json"
    assert not Source.objects.exists()
    client.get("/accounts/login/")
    client.get("/")
    csrf = client.cookies["factcheck_csrf"].value if "factcheck_csrf" in client.cookies else ""
    if not csrf:
        pytest.fail("No page gave a CSRF cookie.")
    made = client.post(
        SOURCES, body, content_type="application/json", headers={"x-csrftoken": csrf}
    )
    assert made.status_code == 201


def test_a_token_beside_a_session_counts_alone(project, token, client_for, admin):
    """A program's scopes are not widened by a browser's cookie."""
    client = client_for(admin)
    answer = client.get(ROOT, headers={"authorization": f"Bearer {token[1]}"})
    assert answer.json()["you"]["name"] == "Reviewer"


class TestRenamedProject:
    """A former slug leads readers on, and nobody else."""

    @pytest.fixture(autouse=True)
    def renamed(self, project, admin):
        wanted = ProjectSettings(name="Desk", slug="news")
        project_update(actor=admin, project=project, wanted=wanted)

    def test_reads_are_sent_on_with_their_query(self, api, reader):
        answer = api(reader).get(SOURCES + "?page_size=3")
        assert answer.status_code == 307
        assert answer["Location"] == "http://localhost/api/v1/projects/news/sources/?page_size=3"
        assert api(reader).get(answer["Location"]).status_code == 200

    def test_writes_are_404(self, api, reviewer):
        assert api(reviewer).post(SOURCES, {"name": "UN"}).status_code == 404

    def test_outsiders_learn_nothing(self, api, outsider):
        assert api(outsider).get(SOURCES).status_code == 404
