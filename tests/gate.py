"""What `make test` runs: every check, in the order that fails fastest, all of them to the end.

Usage: python -m tests.gate [--long | --lint-only | --screenshots]
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.chromium import NoChromium, ensure_chromium

CHECKOUT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
# Two on two cores; a browser test uses one of its own besides, so that a third only waits.
PROCESSES = os.environ.get("TEST_PROCESSES", "2")
# What a deployment sets; nothing here is connected to.
PRODUCTION = {
    "SITE_URL": "https://factcheck.example",
    "SECRET_KEY": "only-for-the-deployment-check-0123456789-abcdefghijklmnopqrstuvwxyz",
    "DATABASE_URL": "postgresql://factcheck_app@db.example/factcheck",
    "MIGRATION_DATABASE_URL": "postgresql://factcheck_owner@db.example/factcheck",
}


@dataclass(frozen=True)
class Step:
    """One command of the gate."""

    name: str
    command: Sequence[str]
    environment: dict[str, str] = field(default_factory=dict)

    def run(self) -> bool:
        """Run it, show what it prints, and tell whether it succeeded."""
        print(f"== {self.name}", flush=True)
        started = time.monotonic()
        finished = subprocess.run(
            self.command,
            cwd=CHECKOUT,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
        )
        seconds = time.monotonic() - started
        verdict = "ok" if finished.returncode == 0 else f"FAILED ({finished.returncode})"
        print(f"== {self.name}: {verdict}, {seconds:.1f} s", flush=True)
        return finished.returncode == 0


def tool(name: str, *arguments: str) -> list[str]:
    """Return the command line of a program of .venv."""
    return [str(BIN / name), *arguments]


def manage(*arguments: str) -> list[str]:
    """Return the command line of a management command."""
    return [sys.executable, "-W", "error", "manage.py", *arguments]


def lint_steps() -> list[Step]:
    """Return everything that reads the code without running it."""
    return [
        Step("format", tool("ruff", "format", "--check", ".")),
        Step("lint", tool("ruff", "check", ".")),
        Step("import contract", tool("lint-imports", "--no-cache")),
        Step("types", tool("mypy")),
        Step("templates", tool("djlint", "templates", "--lint", "--quiet")),
        Step("migrations", manage("makemigrations", "--check", "--dry-run")),
        Step(
            "deployment",
            [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
            PRODUCTION,
        ),
    ]


def test_step(chromium: str, profile: str, *selection: str) -> Step:
    """Return the step that runs the tests."""
    environment = {"CHROMIUM": chromium, "HYPOTHESIS_PROFILE": profile}
    command = [sys.executable, "-m", "pytest", "-q", "-n", PROCESSES, "--dist", "loadfile"]
    # The order is that of tests/conftest.py: the long files first, so that none is left alone.
    return Step("tests", [*command, "--no-loadscope-reorder", *selection], environment)


def start_template() -> subprocess.Popen[bytes]:
    """Begin to make the database that tests copy: it takes as long as what reads the code does.

    What goes wrong there goes wrong again, and is told, when the tests open theirs.
    """
    return subprocess.Popen(
        [sys.executable, "-c", "from tests.postgres import open_database; open_database().close()"],
        cwd=CHECKOUT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "factcheck.settings"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def main(arguments: list[str]) -> int:
    """Run the gate; return 0 when every step succeeded."""
    steps = [] if "--screenshots" in arguments else lint_steps()
    template = None
    if "--lint-only" not in arguments:
        try:
            chromium = ensure_chromium()
        except NoChromium as error:
            print(error, file=sys.stderr)
            return 1
        profile = "long" if "--long" in arguments else "short"
        selection = []
        if "--screenshots" in arguments:
            selection = ["-k", "screenshot"]
            # Only then are the pictures in docs/ written anew.
            os.environ["SCREENSHOTS"] = "1"
        template = start_template()
        steps.append(test_step(chromium, profile, *selection))
    failed = [step.name for step in steps if not step.run()]
    if template is not None:
        template.wait()
    print(f"Failed: {', '.join(failed)}" if failed else "Everything passed.", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
