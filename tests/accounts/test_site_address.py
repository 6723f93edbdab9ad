"""SITE_URL decides hosts, form origins, mail links, passkeys, Secure cookies and HSTS."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory

from annotations.accounts.adapter import AccountAdapter, MFAAdapter
from factcheck.environment import BASE_DIR, read_site

PRODUCTION = {
    "SITE_URL": "https://facts.example.org",
    "SECRET_KEY": "only-for-this-test: " + "0123456789abcdef" * 4,
    "DATABASE_URL": "postgresql://factcheck_app:secret@127.0.0.1:1/factcheck",
    "MIGRATION_DATABASE_URL": "postgresql://factcheck_owner:secret@127.0.0.1:1/factcheck",
}
READ_SETTINGS = """
import django
django.setup()
from django.conf import settings as s
print(s.ALLOWED_HOSTS, s.CSRF_TRUSTED_ORIGINS, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,
      s.SECURE_HSTS_SECONDS > 0, s.SECURE_SSL_REDIRECT, s.DEBUG)
"""


def run(environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a fresh process that knows only this environment."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "FACTCHECK_VAR") if key in os.environ}
    return subprocess.run(
        [sys.executable, *command],
        cwd=BASE_DIR,
        env={**kept, "DJANGO_SETTINGS_MODULE": "factcheck.settings", **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    "url",
    ["http://facts.example.org", "http://192.168.1.4:8000", "http://0.0.0.0:8000", "ftp://a", "x"],
)
def test_an_address_that_is_not_safe_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
        read_site({"SITE_URL": url})


@pytest.mark.parametrize("url", ["http://localhost:8000", "http://127.0.0.1:9", "http://[::1]:80"])
def test_plain_http_is_for_the_own_machine(url):
    site = read_site({"SITE_URL": url})
    assert site.loopback
    assert not site.secure


def test_the_start_is_refused_in_one_sentence():
    answer = run({**PRODUCTION, "SITE_URL": "http://facts.example.org"}, "manage.py", "check")
    assert answer.returncode != 0
    assert "plain http is accepted on a loopback host only" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_production_settings_follow_from_the_address():
    answer = run(PRODUCTION, "-c", READ_SETTINGS)
    expected = "['facts.example.org'] ['https://facts.example.org'] True True True True False"
    assert answer.stdout.strip() == expected, answer.stderr


def test_a_loopback_address_does_without_tls():
    answer = run({**PRODUCTION, "SITE_URL": "http://localhost:8123"}, "-c", READ_SETTINGS)
    assert "http://localhost:8123" in answer.stdout
    assert answer.stdout.strip().endswith("False False False False False")


def test_the_deployment_check_is_clean_in_production():
    answer = run(PRODUCTION, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert answer.returncode == 0, answer.stderr
    assert "no issues" in answer.stdout + answer.stderr


def test_a_real_server_needs_its_own_secret_key():
    without = {key: value for key, value in PRODUCTION.items() if key != "SECRET_KEY"}
    answer = run(without, "manage.py", "check")
    assert answer.returncode != 0
    assert "SECRET_KEY is not set" in answer.stderr


def test_passkeys_and_mailed_links_name_the_public_address(settings):
    settings.SITE_URL = "https://facts.example.org"
    assert MFAAdapter().get_public_key_credential_rp_entity()["id"] == "facts.example.org"
    request = RequestFactory().get("/", headers={"host": "evil.example"})
    link = AccountAdapter(request).get_reset_password_from_key_url("1-abc")
    assert link == "https://facts.example.org/accounts/password/reset/key/1-abc/"


@pytest.mark.django_db
def test_another_host_gets_no_answer(client):
    assert client.get("/accounts/login/", headers={"host": "evil.example"}).status_code == 400
