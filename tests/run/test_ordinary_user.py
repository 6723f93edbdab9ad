"""An account without rights, and a checkout that the account of the server cannot reach."""

import os
import shutil
import stat
import tempfile
from pathlib import Path

import pytest

from factcheck import embedded
from factcheck.embedded.places import FOLDERS_FOR_ROOT
from tests.run.installation import (
    NOBODY,
    Installation,
    ordinary_installation,
    reachable_folder,
)

SHOW = (
    "import sys; from pathlib import Path; import psycopg; from factcheck import embedded;"
    "var = Path(sys.argv[1]); hold = embedded.hold(var);"
    "print(psycopg.connect(embedded.connection_url(var)).execute("
    "'SELECT current_user').fetchone()[0], embedded.known_server(var).home)"
)


@pytest.fixture
def ordinary():
    """An installation of an account without rights; of our own account when we are not root."""
    folder = reachable_folder("factcheck-user-")
    if os.geteuid() == 0:
        yield ordinary_installation(folder)
    else:
        yield Installation(folder / "var")
    shutil.rmtree(folder)


def test_an_ordinary_user_runs_the_database_as_itself(ordinary):
    code, output = ordinary.run("-c", SHOW, str(ordinary.var))
    assert (code, output) == (0, f"factcheck_app {ordinary.var / 'pg' / '18'}\n")
    assert ordinary.ends()
    data = ordinary.var / "pg" / "18" / "data"
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert data.stat().st_uid == (ordinary.user or os.geteuid())


def test_a_var_without_write_permission_is_refused(ordinary):
    ordinary.var.mkdir(mode=0o500, exist_ok=True)
    if ordinary.user is not None:
        os.chown(ordinary.var, NOBODY, NOBODY)
    code, output = ordinary.run("-m", "factcheck.supervisor")
    assert (code, output) == (
        1,
        f"Cannot write to {ordinary.var}: make it writable for this user.\n",
    )


@pytest.mark.long
def test_a_checkout_below_a_private_folder_works(tmp_path):
    """As root, another account runs the server and cannot pass a folder of mode 0700."""
    private = Path(tempfile.mkdtemp(prefix="factcheck-private-"))
    installation = Installation(private / "var")
    try:
        code, output = installation.run("-c", SHOW, str(installation.var))
        assert code == 0, output
        role, home = output.split()
        assert role == "factcheck_app"
        assert stat.S_IMODE(private.stat().st_mode) == 0o700
        assert stat.S_IMODE(Path(home).stat().st_mode) == 0o700
        if os.geteuid() == 0:
            assert any(base in Path(home).parents for base in FOLDERS_FOR_ROOT)
        code, again = installation.run("-c", SHOW, str(installation.var))
        assert (code, again) == (0, output)
        assert installation.ends()
    finally:
        embedded.discard(installation.var)
        shutil.rmtree(private)


@pytest.mark.long
def test_a_path_too_long_for_a_socket_works(tmp_path):
    installation = Installation(tmp_path / ("long" * 25) / "var")
    code, output = installation.run("-c", SHOW, str(installation.var))
    assert code == 0, output
    assert output.startswith("factcheck_app ")
    assert installation.ends()
    sockets = Path(embedded.known_server(installation.var).sockets)
    assert len(str(sockets)) < 90
    assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    embedded.discard(installation.var)
    assert not sockets.exists()


@pytest.mark.long
def test_a_checkout_that_was_moved_keeps_its_data(tmp_path):
    folder = reachable_folder("factcheck-moved-")
    try:
        before = Installation(folder / "before")
        code, output = before.run("-c", SHOW, str(before.var))
        assert code == 0, output
        assert before.ends()
        before.var.rename(folder / "after")
        after = Installation(folder / "after")
        code, output = after.run("-c", SHOW, str(after.var))
        assert (code, output) == (0, f"factcheck_app {folder}/after/pg/18\n")
        assert after.ends()
    finally:
        shutil.rmtree(folder)
