"""A long export through the real server: what is held in memory, and what becomes of a cut one."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress

import psycopg
import pytest

from annotations.accounts.tokens import token_create
from annotations.exchange.models import ExportRelease
from bench.rows import Amount, add_rows
from tests.run.installation import CHECKOUT, eventually, free_port

pytestmark = pytest.mark.django_db(transaction=True)
PATH = "/api/v1/projects/desk/export/"
# Some 10 MB: more than the sockets between server and client hold.
LONG = Amount(articles=200)
MEASURE = """
import sys, django
django.setup()
from annotations.exchange.services import export_open
from annotations.projects.models import Project

def resident():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * 4096 / 2**20

made = export_open(actor=None, project=Project.objects.get(slug="desk"), format=sys.argv[1])
idle = highest = resident()
for chunk in made.content:
    highest = max(highest, resident())
print(highest - idle)
"""


@pytest.fixture
def long_project(project, reviewer, test_database):
    """The desk with 200 articles and 5,000 mentions."""
    with psycopg.connect(test_database.owner_url, autocommit=True) as owner:
        add_rows(owner, project_id=project.pk, user_id=reviewer.pk, amount=LONG)
    return project


@pytest.fixture
def server(long_project, test_database) -> Iterator[int]:
    """The port of a web server on the test's database."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "factcheck.wsgi", f"--bind=127.0.0.1:{port}"]
    process = subprocess.Popen(
        [*command, "--worker-class=gthread", "--threads=2", "--log-level=critical"],
        cwd=CHECKOUT,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert eventually(lambda: answers(port), seconds=60)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def answers(port: int) -> bool:
    with suppress(OSError), closing(http.client.HTTPConnection("127.0.0.1", port)) as client:
        client.request("GET", "/healthz")
        return client.getresponse().status == 200
    return False


@pytest.fixture
def slow_client(server, reader) -> Iterator[http.client.HTTPConnection]:
    """A client that has asked for the export and reads nothing of it by itself."""
    _token, raw = token_create(actor=reader, user=reader, name="export", scopes=["export"], days=1)
    client = http.client.HTTPConnection("127.0.0.1", server)
    client.sock = socket.socket()
    client.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.sock.connect(("127.0.0.1", server))
    client.request("GET", PATH, headers={"Host": "localhost", "Authorization": f"Bearer {raw}"})
    with closing(client):
        yield client


def backends(app_url: str, action: str) -> int:
    with psycopg.connect(app_url, autocommit=True) as connection:
        query = (
            f"SELECT count({action}) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'factcheck export'"
        )
        return connection.execute(query).fetchone()[0]


def test_a_client_that_goes_away_frees_the_snapshot(slow_client, test_database):
    response = slow_client.getresponse()
    assert response.status == 200
    assert response.read(1000).startswith(b'{"format":"factcheck"')
    assert backends(test_database.app_url, "pid") == 1
    slow_client.close()
    response.close()
    assert eventually(lambda: backends(test_database.app_url, "pid") == 0)
    assert eventually(lambda: ExportRelease.objects.get().size > 0)
    assert ExportRelease.objects.get().finished_at is None


@pytest.mark.long
def test_an_export_that_fails_on_the_way_is_broken_off(slow_client, test_database):
    response = slow_client.getresponse()
    response.read(1000)
    time.sleep(0.5)
    assert backends(test_database.app_url, "pg_terminate_backend(pid)") == 1
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        response.read()
    assert ExportRelease.objects.get().finished_at is None


@pytest.mark.long
def test_memory_does_not_grow_with_the_project(long_project):
    for name in ("json", "csv"):
        found = subprocess.run(
            [sys.executable, "-c", MEASURE, name],
            cwd=CHECKOUT,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "factcheck.settings"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert float(found.stdout) < 8, name
    assert {each.counts["mentions"] for each in ExportRelease.objects.all()} == {5_000}
