"""A whole installation in a folder of its own, driven from outside as a person would."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from factcheck import embedded

CHECKOUT = Path(__file__).resolve().parent.parent.parent
NOBODY = 65534
# What the tests' own set-up puts into the environment, and an installation must not see.
FOREIGN = ("DATABASE_URL", "MIGRATION_DATABASE_URL", "SITE_URL", "SECRET_KEY", "DEMO", "PORT")


def free_port() -> int:
    """Return a port that nobody uses right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def eventually(condition: Callable[[], object], seconds: float = 20) -> bool:
    """Wait until a condition holds; False when it never does."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@dataclass
class Installation:
    """One `var` folder, and the commands run on it."""

    var: Path
    environment: dict[str, str] = field(default_factory=dict)
    python: Path = Path(sys.executable)
    checkout: Path = CHECKOUT
    user: int | None = None
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def variables(self) -> dict[str, str]:
        """Return the environment of every process of this installation."""
        inherited = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        return {**inherited, "FACTCHECK_VAR": str(self.var), **self.environment}

    def start(
        self,
        *command: str,
    ) -> subprocess.Popen[str]:
        """Start a Python program of the checkout; output and errors come as one text."""
        identity = {"user": self.user, "group": self.user, "extra_groups": []}
        process = subprocess.Popen(
            [self.python, *command],
            cwd=self.checkout,
            env=self.variables(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **(identity if self.user is not None else {}),
        )
        self.started.append(process)
        return process

    def run(self, *command: str, seconds: float = 90) -> tuple[int, str]:
        """Run a program to its end; return its exit code and output."""
        process = self.start(*command)
        output, _ = process.communicate(timeout=seconds)
        return process.returncode, output

    def manage(self, *arguments: str) -> tuple[int, str]:
        """Run a management command to its end."""
        return self.run("manage.py", *arguments)

    def processes(self) -> list[int]:
        """Return every living process of this installation, however it was orphaned."""
        mark = os.fsencode(self.var) + b"\0"
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                environment = (entry / "environ").read_bytes()
                cwd = os.fsencode((entry / "cwd").readlink())
            except OSError:
                continue
            is_ours = b"FACTCHECK_VAR=" + mark in environment
            if is_ours or cwd.startswith(os.fsencode(self.var)):
                found.append(int(entry.name))
        return [pid for pid in found if pid != os.getpid()]

    def kill(self) -> None:
        """Send SIGKILL to every process of this installation."""
        for pid in self.processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def close(self) -> None:
        """End whatever a failed test left running."""
        self.kill()
        for process in self.started:
            process.wait()
            if process.stdout is not None:
                process.stdout.close()
        self.started.clear()
        assert self.ends()

    def ends(self, seconds: float = 20) -> bool:
        """Wait until no process of this installation is left."""
        # A process that is just ending has no environment any more but still holds its locks.
        return eventually(
            lambda: not self.processes() and not embedded.is_running(self.var), seconds
        )


class Supervisor:
    """A running `python -m factcheck.supervisor`."""

    def __init__(self, installation: Installation) -> None:
        self.port = free_port()
        installation.environment["PORT"] = str(self.port)
        self.installation = installation
        self.output = ""
        self.process = installation.start("-m", "factcheck.supervisor")

    def wait_until_ready(self) -> None:
        """Read what it prints up to its address; fails when it ends before."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.output += line
            if "Factcheck runs at" in line:
                return
        raise AssertionError(f"The supervisor ended: {self.output}")

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal, wait, and return the exit code."""
        self.process.send_signal(number)
        assert self.process.stdout is not None
        # From the same stream as before: communicate() would miss what it has read ahead.
        self.output += self.process.stdout.read()
        return self.process.wait(timeout=60)

    def status(self, path: str = "/healthz") -> int:
        """Return the HTTP status of a page."""
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            client.request("GET", path, headers={"Host": "localhost"})
            return client.getresponse().status
        finally:
            client.close()

    def port_is_free(self) -> bool:
        """Tell whether someone else could listen there."""
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
                probe.listen()
            except OSError:
                return False
            return True


def reachable_folder(prefix: str) -> Path:
    """Make a folder that other accounts can pass through, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir="/tmp"))
    folder.chmod(0o755)
    return folder


def link_tree(source: Path, target: Path, ignored: Sequence[str] = ()) -> None:
    """Copy a tree by hard links, or by content where links cannot be made."""

    def link(origin: str, copy: str) -> None:
        try:
            os.link(origin, copy, follow_symlinks=True)
        except OSError:
            shutil.copy(origin, copy)

    ignore = shutil.ignore_patterns(*ignored)
    shutil.copytree(source, target, ignore=ignore, copy_function=link, symlinks=False)


def ordinary_installation(folder: Path) -> Installation:
    """Prepare code and Python that an account without rights can run, and return its place."""
    checkout = folder / "checkout"
    ignored = (".git", ".venv", "var", "__pycache__", ".*_cache", ".hypothesis", "tests", "docs")
    shutil.copytree(CHECKOUT, checkout, ignore=shutil.ignore_patterns(*ignored))
    site = folder / "site"
    packages = next(path for path in sys.path if path.endswith("site-packages"))
    link_tree(Path(packages), site, ("__pycache__",))
    interpreter = Path(sys.executable).resolve()
    if not runs_as_nobody(interpreter):
        link_tree(interpreter.parent.parent, folder / "python", ("__pycache__", "site-packages"))
        interpreter = folder / "python" / "bin" / interpreter.name
    var = checkout / "var"
    for path in (checkout, *checkout.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    environment = {
        "PYTHONPATH": str(site),
        "HOME": str(checkout),
        "LD_LIBRARY_PATH": str(interpreter.parent.parent / "lib"),
    }
    return Installation(var, environment, interpreter, checkout, NOBODY)


def runs_as_nobody(program: Path) -> bool:
    """Tell whether an account without rights can run a program."""
    try:
        finished = subprocess.run(
            [program, "-c", ""], cwd="/", user=NOBODY, group=NOBODY, extra_groups=[]
        )
    except OSError:
        return False
    return finished.returncode == 0
