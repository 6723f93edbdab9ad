"""Runs Factcheck: the database, the web server and the worker, under this one process."""

import http.client
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

from django.core.exceptions import ImproperlyConfigured

from factcheck import embedded
from factcheck.children import CHECKOUT, Child, stop_all
from factcheck.database import hold_database, is_embedded
from factcheck.embedded.locks import FileLock
from factcheck.embedded.places import make_folder
from factcheck.embedded.processes import dies_with_parent
from factcheck.environment import Site, check_numbers, read_site, variable_directory
from factcheck.errors import StartRefused

SECONDS_TO_SERVE = 60


class StopRequested(Exception):
    """Someone pressed Ctrl-C or sent SIGTERM."""


class StopSignal:
    """Turns SIGINT, SIGTERM and SIGHUP into something that can be waited for."""

    def __init__(self) -> None:
        self._reader, self._writer = os.pipe()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note)

    def _note(self, number: int, frame: FrameType | None) -> None:
        os.write(self._writer, b"x")

    def wait(self, seconds: float) -> None:
        """Wait; raises StopRequested as soon as a signal comes."""
        if select.select([self._reader], [], [], seconds)[0]:
            raise StopRequested


def main() -> int:
    """Run until stopped; return 0 after Ctrl-C or SIGTERM, 1 with a sentence otherwise."""
    stop = StopSignal()
    children: list[Child] = []
    hold: embedded.Hold | None = None
    try:
        port = read_port(os.environ)
        site = read_site(os.environ)
        check_numbers(os.environ)
        var = variable_directory(os.environ)
        take_run_lock(var)
        listener = listen(port)
        hold = hold_database(os.environ)
        first_sign_in = var / "first-sign-in.txt"
        was_there = first_sign_in.exists()
        prepare(stop)
        children += [web_server(listener), worker()]
        for child in children:
            child.start()
        wait_until_served(children[0], listener, site, stop)
        announce(site.url, first_sign_in, is_new=first_sign_in.exists() and not was_there)
        watch(children, var, stop)
    except (StartRefused, ImproperlyConfigured) as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    except StopRequested:
        print("Stopping.", flush=True)
        return 0
    finally:
        stop_all(children)
        if hold and not hold.release_and_wait(30):
            print("Another command still uses the database, which stops with it.", flush=True)
    return 0


def take_run_lock(var: Path) -> None:
    """Make sure that one supervisor runs on this `var`; the lock ends with the process."""
    make_folder(var, 0o711)
    lock = FileLock(var / "run.lock")
    if not lock.try_take():
        raise StartRefused(f"Factcheck already runs with {var}: stop that one first.")


def read_port(env: Mapping[str, str]) -> int:
    """Read PORT, 8000 when unset."""
    text = env.get("PORT") or "8000"
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise StartRefused(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def listen(port: int) -> socket.socket:
    """Listen on loopback before anything else is started, so that a taken port costs nothing."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Accepted connections inherit it. An answer goes out as headers and body: without it the body
    # waits until the client has acknowledged the headers, which takes clients 40 ms.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(128)
    except OSError as error:
        raise StartRefused(
            f"Port {port} cannot be used ({error.strerror}): choose another one with "
            f"`make run PORT={port % 65535 + 1}`."
        ) from error
    return listener


def prepare(stop: StopSignal) -> None:
    """Migrate, collect static files and, on first run, make the demo; in a process of its own."""
    print("Preparing the database ...", flush=True)
    process = subprocess.Popen(
        [sys.executable, "manage.py", "prepare"],
        cwd=CHECKOUT,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=dies_with_parent(signal.SIGTERM),
    )
    try:
        while process.poll() is None:
            stop.wait(0.05)
    except StopRequested:
        process.terminate()
        process.wait()
        raise
    if process.returncode != 0:
        raise StartRefused("Factcheck was not started: preparing the database failed, see above.")


def web_server(listener: socket.socket) -> Child:
    """Describe the web server, which takes over our listening socket."""
    descriptor = listener.fileno()
    options = ["-c", "python:factcheck.gunicorn_config", "--bind", f"fd://{descriptor}"]
    return Child(
        "web server", ["-m", "gunicorn", *options, "factcheck.wsgi:application"], [descriptor]
    )


def worker() -> Child:
    """Describe the process that does the jobs."""
    return Child("worker", ["manage.py", "run_worker"])


def wait_until_served(web: Child, listener: socket.socket, site: Site, stop: StopSignal) -> None:
    """Wait for the first answer; our own socket takes the connection until the server is up."""
    headers = {"Host": site.host, "X-Forwarded-Proto": site.url.split(":")[0]}
    client = http.client.HTTPConnection("127.0.0.1", listener.getsockname()[1], timeout=0.2)
    for _attempt in range(SECONDS_TO_SERVE * 5):
        stop.wait(0.05)
        if web.ended():
            raise StartRefused("The web server did not start: its messages are above.")
        try:
            client.request("GET", "/healthz", headers=headers)
            client.getresponse().read()
        except OSError:
            client.close()
            continue
        client.close()
        return
    raise StartRefused(f"The web server did not answer within {SECONDS_TO_SERVE} seconds.")


def announce(url: str, first_sign_in: Path, *, is_new: bool) -> None:
    """Print the address, and the demo's sign-ins the one time they are new."""
    lines = f"Factcheck runs at {url} (Ctrl-C stops it)."
    if is_new:
        lines += f"\nSign-ins of the demo, shown this once and kept in {first_sign_in}:\n\n"
        lines += first_sign_in.read_text()
    # In one piece, so that a signal to stop cannot come between them.
    print(lines, flush=True)


def watch(children: list[Child], var: Path, stop: StopSignal) -> None:
    """Start again what ends by itself, until someone asks to stop or the database is gone."""
    while True:
        stop.wait(1)
        if is_embedded(os.environ) and not embedded.is_running(var):
            raise StartRefused("The embedded database has stopped; its log is beside its data.")
        for child in children:
            if child.ended():
                child.restart()


if __name__ == "__main__":
    sys.exit(main())
