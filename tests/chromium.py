"""Finds or fetches the Chromium that the browser tests drive, or says in one sentence how to."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# For a run without a screen that asks nothing of the network.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The address bar of a window that nobody sees: a process and a quarter of a test's time each.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup",
]
SECONDS_TO_DOWNLOAD = 150
SECONDS_TO_INSTALL = 240


class NoChromium(Exception):
    """No route gave a browser; the message is the one sentence that says what to do."""


def find_chromium() -> str | None:
    """Return CHROMIUM from the environment, an installed one, or one playwright downloaded."""
    if os.environ.get("CHROMIUM"):
        return os.environ["CHROMIUM"]
    installed = [shutil.which(name) for name in NAMES]
    return next((path for path in installed if path), None) or downloaded_chromium()


def downloaded_chromium() -> str | None:
    """Return the newest browser in playwright's own folder."""
    folder = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright"
    found = sorted(Path(folder).glob("chromium-*/chrome-linux*/chrome"))
    return str(found[-1]) if found else None


def ensure_chromium() -> str:
    """Return a Chromium that starts, fetching one when none does; raises NoChromium."""
    for fetch in (None, download, install_package):
        if fetch is not None:
            attempt(fetch)
        path = find_chromium()
        if path and starts(path):
            return path
    raise NoChromium(
        "The browser tests need Chromium and none could be fetched: run "
        "`apt-get install chromium` (or `.venv/bin/playwright install --with-deps chromium`), or "
        "set CHROMIUM to the path of one."
    )


def starts(path: str) -> bool:
    """Tell whether the browser runs here; a download may lack the system's libraries."""
    try:
        finished = subprocess.run([path, "--version"], capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return finished.returncode == 0


def attempt(fetch: Callable[[], None]) -> None:
    """Try one route; the next one is tried when it fails or takes too long."""
    try:
        fetch()
    except (OSError, subprocess.SubprocessError) as error:
        print(f"{fetch.__name__}: {error}", flush=True)


def download() -> None:
    """Let playwright download its own build."""
    print("Downloading Chromium ...", flush=True)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    run(command, SECONDS_TO_DOWNLOAD)


def install_package() -> None:
    """Install Debian's package, which needs root."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("Installing Debian's Chromium ...", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-q"], SECONDS_TO_INSTALL, environment)
    install = ["apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium"]
    run(install, SECONDS_TO_INSTALL, environment)


def run(command: list[str], seconds: int, environment: dict[str, str] | None = None) -> None:
    """Run a command quietly for at most `seconds`; raises when it fails."""
    subprocess.run(
        command,
        check=True,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        timeout=seconds,
    )
