"""What stops a start: one sentence, exit code not 0, and nothing left behind."""

import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from factcheck import embedded
from tests import postgres
from tests.run.installation import CHECKOUT, Installation, Supervisor, free_port


@pytest.fixture
def installation(tmp_path):
    installed = Installation(tmp_path / "var")
    yield installed
    installed.close()
    embedded.discard(installed.var)


def refused(installation):
    """Start and return the one line it ends with."""
    code, output = installation.run("-m", "factcheck.supervisor")
    assert code == 1, output
    assert output.count("\n") == 1, output
    assert installation.processes() == []
    return output


def test_a_taken_port(installation):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        installation.environment["PORT"] = str(other.getsockname()[1])
        assert f"Port {other.getsockname()[1]} cannot be used" in refused(installation)
    assert not (installation.var / "pg").exists()


def test_a_port_that_is_none(installation):
    installation.environment["PORT"] = "eighty"
    assert "PORT must be a number" in refused(installation)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("SITE_URL", "https://[bad", "SITE_URL must be"),
        ("SITE_URL", "http://localhost:abc", "SITE_URL must be"),
        ("TRUSTED_PROXIES", "x", "TRUSTED_PROXIES must be a whole number"),
        ("EMAIL_PORT", "smtp", "EMAIL_PORT must be a whole number"),
        ("DATABASE_URL", "postgresql://someone@localhost/x?bad=1", "bad"),
    ],
)
def test_a_variable_that_cannot_be_read(installation, name, value, reason):
    installation.environment |= {"PORT": str(free_port()), name: value}
    sentence = refused(installation)
    assert reason in sentence
    assert "Traceback" not in sentence


def test_a_record_that_cannot_be_read(installation):
    installation.environment["PORT"] = str(free_port())
    record = installation.var / "pg" / "18.json"
    record.parent.mkdir(parents=True)
    record.touch()
    assert f"{record}, which holds the passwords" in refused(installation)
    record.unlink()


def test_a_var_that_cannot_be_written(installation):
    # A read-only file system stops root too; kernel settings are one everywhere.
    installation.var = Path("/proc/sys/kernel/var")
    assert "Cannot write to /proc/sys/kernel/var" in refused(installation)


def test_an_address_that_is_none(installation):
    installation.environment |= {"PORT": str(free_port()), "DATABASE_URL": "mysql://db/x"}
    assert "DATABASE_URL must start with postgresql://" in refused(installation)


def test_a_database_that_does_not_answer(installation):
    url = f"postgresql://someone@127.0.0.1:{free_port()}/nothing"
    installation.environment |= {"PORT": str(free_port()), "DATABASE_URL": url}
    assert "The database that DATABASE_URL names does not answer" in refused(installation)
    code, output = installation.manage("showmigrations")
    assert code == 1
    assert "does not answer" in output
    assert "Traceback" not in output


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ("ENCODING 'SQL_ASCII' LOCALE 'C'", "is encoded in SQL_ASCII"),
        ("ENCODING 'UTF8' LOCALE 'C'", "has character type C"),
    ],
)
def test_a_database_of_the_wrong_encoding(installation, test_database, options, reason):
    name = f"{test_database.name}_wrong"
    with psycopg.connect(test_database.owner_url, autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {name} TEMPLATE template0 {options}")
        try:
            url = postgres.address(test_database.owner_url, name)
            installation.environment |= {"PORT": str(free_port()), "DATABASE_URL": url}
            assert reason in refused(installation)
        finally:
            owner.execute(f"DROP DATABASE {name}")


def test_data_of_another_major_version(installation):
    data = installation.var / "pg" / "17" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("17\n")
    installation.environment["PORT"] = str(free_port())
    sentence = refused(installation)
    assert "holds data of PostgreSQL 17" in sentence
    assert "manage.py restore" in sentence


def test_plain_http_beyond_loopback(installation):
    installation.environment |= {"PORT": str(free_port()), "SITE_URL": "http://facts.example"}
    assert "plain http" in refused(installation)


def test_a_python_that_is_too_old(tmp_path):
    old = tmp_path / "python3"
    old.write_text(
        f"#!{sys.executable}\nimport sys\nsys.version_info = (3, 10, 1, 'final', 0)\n"
        "sys.version = '3.10.1 (pretended)'\nexec(sys.argv[2])\n"
    )
    old.chmod(0o755)
    finished = subprocess.run(
        ["make", "run", f"PYTHON={old}"], cwd=CHECKOUT, capture_output=True, text=True
    )
    assert finished.returncode != 0
    assert "Factcheck needs Python 3.11 or newer" in finished.stderr


def test_a_supervisor_that_was_refused_can_start_later(installation):
    """Refusals leave no lock behind; only the port differs."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        installation.environment["PORT"] = str(other.getsockname()[1])
        refused(installation)
    running = Supervisor(installation)
    assert running.process.stdout.readline() == "Preparing the database ...\n"
    assert running.stop() == 0
    assert installation.processes() == []
