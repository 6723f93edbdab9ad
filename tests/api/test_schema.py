"""The OpenAPI document: valid, complete, and true when requests are made from it."""

import json
import os
import re
import subprocess
import sys

import pytest
import schemathesis
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from annotations.accounts.tokens import token_create
from tests.api.material import CREATES, LISTS, READS, Desk
from tests.long import sample

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
OPERATIONS_AT_LEAST = 45
LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
FEW = settings(
    max_examples=100 if LONG else 5,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def document(db):
    headers = {"host": "localhost", "accept": "application/vnd.oai.openapi+json"}
    answer = Client(headers=headers).get("/api/v1/schema/")
    assert answer.status_code == 200
    return json.loads(answer.content)


def test_it_is_valid_and_made_without_a_warning(tmp_path):
    file = tmp_path / "schema.yml"
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(file))
    assert file.read_text().startswith("openapi: 3.0")


def test_every_route_is_described(document):
    described = {re.sub(r"\{\w+\}", "{}", path) for path in document["paths"]}
    for route in {*READS, *LISTS, *CREATES}:
        generic = re.sub(r"\{\w+\}", "{}", route)
        assert f"/api/v1/projects/{{}}/{generic}" in described


def test_it_is_public_and_sets_no_cookie(db):
    answer = Client(headers={"host": "localhost"}).get("/api/v1/schema/")
    assert answer["Content-Type"].startswith("application/vnd.oai.openapi")
    assert not answer.cookies


# In a process of its own, since what is loaded for the first document stays loaded.
ASKED_AT_ONCE = """
import django, sys, threading
django.setup()
from django.test import Client
sys.setswitchinterval(1e-6)
statuses, start = [], threading.Barrier(4)
def ask(kind):
    client = Client(raise_request_exception=False, headers={"host": "localhost"})
    start.wait()
    statuses.append(client.get(f"/api/v1/schema/?format={kind}").status_code)
threads = [threading.Thread(target=ask, args=[kind]) for kind in ("json", "yaml") * 2]
[one.start() for one in threads]
[one.join() for one in threads]
print(statuses)
"""


@pytest.mark.long
def test_those_who_ask_for_it_first_and_at_once_all_get_it():
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "factcheck.settings"}
    command = [sys.executable, "-c", ASKED_AT_ONCE]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "[200, 200, 200, 200]"


def fill_in(case, desk: Desk) -> None:
    """Name rows that exist in three of four requests; the rest ask for what was made up."""
    names = case.path_parameters
    if names is None or len(str(names)) % 4 == 0:
        return
    names["slug"] = desk.project.slug
    for kind in ("article", "claim", "source", "event"):
        if f"{kind}_uid" in names:
            names[f"{kind}_uid"] = str(desk.rows[kind].uid)
    if "uid" in names:
        kind = re.findall(r"/([\w-]+)/\{uid\}", case.path)[-1]
        row = desk.rows.get({"aliases": "alias"}.get(kind, kind.removesuffix("s")))
        if row is not None:
            names["uid"] = str(row.uid)


@pytest.mark.django_db(transaction=True)
def test_requests_made_from_it_get_what_it_promises(document, desk, admin):
    """Made-up requests to every operation: never a 5xx, nothing the document does not name."""
    schema = schemathesis.openapi.from_dict(document)
    schema.app = get_wsgi_application()
    _token, raw = token_create(actor=admin, user=admin, name="t", scopes=("read", "write"))
    headers = {"Authorization": f"Bearer {raw}", "Host": "localhost"}
    operations = [result.ok() for result in schema.get_all_operations()]
    assert len(operations) >= OPERATIONS_AT_LEAST
    for operation in sample(operations, 4):

        @FEW
        @given(case=operation.as_strategy())
        def ask(case):
            fill_in(case, desk)
            case.call_and_validate(headers=headers, checks=CHECKS)

        ask()
