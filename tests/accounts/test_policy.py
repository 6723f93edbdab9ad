"""Every page carries the strict content security policy and nothing that it would refuse."""

import re

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db

INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=\"|javascript:|<script(?![^>]*(\bsrc=|application/json))", re.I
)
PAGES = [
    "project-list",
    "project-create",
    "account-edit",
    "token-list",
    "mfa_index",
    "account_change_password",
    "account_reset_password",
]


def directives(answer) -> dict[str, str]:
    parts = answer.headers["Content-Security-Policy"].split(";")
    return dict(part.strip().split(" ", 1) for part in parts if part.strip())


@pytest.mark.parametrize("name", PAGES)
def test_pages_carry_a_strict_policy_and_nothing_inline(name, admin, client_for):
    answer = client_for(admin).get(reverse(name))
    policy = directives(answer)
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert INLINE.search(answer.content.decode()) is None


def test_a_missing_page_has_it_too(client):
    answer = client.get("/nowhere/", headers={"host": "localhost"})
    assert answer.status_code == 404
    assert directives(answer)["script-src"] == "'self'"


def test_what_signed_in_people_see_is_not_kept_by_caches(admin, client_for):
    assert "no-store" in client_for(admin).get("/account/").headers["Cache-Control"]
