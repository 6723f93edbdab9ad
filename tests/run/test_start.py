"""Starting, stopping, being killed, and starting again, with real processes."""

import os
import shutil
import signal
import stat
from pathlib import Path

import psycopg
import pytest

from factcheck import embedded
from tests.run.installation import Installation, Supervisor, eventually, reachable_folder


@pytest.fixture(scope="module")
def installation():
    """One installation for the whole file: only its first start migrates."""
    folder = reachable_folder("factcheck-run-")
    installed = Installation(folder / "var")
    yield installed
    installed.close()
    embedded.discard(installed.var)
    shutil.rmtree(folder)


@pytest.fixture
def supervisor(installation):
    installation.close()
    running = Supervisor(installation)
    running.wait_until_ready()
    yield running
    installation.close()


def operators(installation):
    """Return the addresses of the operators, read as the application."""
    hold = embedded.hold(installation.var)
    try:
        with psycopg.connect(embedded.connection_url(installation.var)) as connection:
            query = "SELECT email FROM annotations_user WHERE is_superuser ORDER BY email"
            return [row[0] for row in connection.execute(query).fetchall()]
    finally:
        hold.release_and_wait(10)


def test_first_start_shows_address_and_sign_ins_once(installation):
    running = Supervisor(installation)
    running.wait_until_ready()
    assert running.status("/healthz") == 200
    assert running.status("/accounts/login/") == 200
    assert (installation.var / "locale" / "uk" / "LC_MESSAGES" / "django.mo").exists()
    assert running.stop(signal.SIGTERM) == 0
    assert f"http://localhost:{running.port}" in running.output
    assert installation.processes() == []
    assert running.port_is_free()
    sign_ins = installation.var / "first-sign-in.txt"
    assert stat.S_IMODE(sign_ins.stat().st_mode) == 0o600
    lines = [line for line in sign_ins.read_text().splitlines() if "@" in line]
    assert {line.split("  ")[0] for line in lines} >= {
        "operator",
        "project admin",
        "moderator",
        "reviewer",
    }
    assert all(line in running.output for line in lines)
    again = Supervisor(installation)
    again.wait_until_ready()
    assert again.stop(signal.SIGINT) == 0
    assert not any(line in again.output for line in lines)
    assert installation.processes() == []


@pytest.mark.long
def test_kill_leaves_no_orphan_and_the_next_start_has_the_data(installation, supervisor):
    code, output = installation.manage("create_operator", "kept@example.org", "--name", "Kept")
    assert code == 1
    assert "OPERATOR_PASSWORD" in output
    installation.environment["OPERATOR_PASSWORD"] = "long enough to be one"
    code, output = installation.manage("create_operator", "kept@example.org", "--name", "Kept")
    assert (code, output.strip()) == (0, "kept@example.org can sign in now.")
    supervisor.process.kill()
    supervisor.process.wait()
    assert installation.ends(), installation.processes()
    assert supervisor.port_is_free()
    again = Supervisor(installation)
    again.wait_until_ready()
    assert again.status() == 200
    assert "kept@example.org" in operators(installation)
    assert again.stop() == 0
    assert installation.processes() == []


@pytest.mark.long
def test_everything_killed_at_once_recovers(installation, supervisor):
    installation.kill()
    supervisor.process.wait()
    assert installation.ends()
    assert (installation.var / "pg" / "18" / "data" / "postmaster.pid").exists()
    assert operators(installation)


@pytest.mark.long
def test_a_second_start_is_refused(installation, supervisor):
    code, output = installation.run("-m", "factcheck.supervisor")
    assert (code, output.count("\n")) == (1, 1)
    assert "already runs" in output


@pytest.mark.long
def test_the_supervisor_stops_when_the_database_does(installation, supervisor):
    with psycopg.connect(embedded.maintenance_url(installation.var)) as connection:
        (data,) = connection.execute("SHOW data_directory").fetchone()
    postmaster = int(Path(data, "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGQUIT)
    supervisor.process.wait(30)
    assert supervisor.process.returncode == 1
    assert installation.ends()


@pytest.mark.long
def test_two_commands_at_once_share_one_server(installation):
    installation.close()
    first = installation.start("manage.py", "showmigrations", "annotations")
    second = installation.start("manage.py", "showmigrations", "annotations")
    for process in (first, second):
        output, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        assert "[X] 0001_initial" in output
    assert eventually(lambda: not embedded.is_running(installation.var))
    assert installation.ends()
