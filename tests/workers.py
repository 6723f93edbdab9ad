"""A worker process of a test's own, on its database and files."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgres import CHECKOUT


@contextmanager
def worker_process(folder: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker as the product starts it, with its files under `folder`; killed at the end,
    where it has not been ended before.
    """
    process = subprocess.Popen(
        [sys.executable, "manage.py", "run_worker"],
        cwd=CHECKOUT,
        env={**os.environ, "FACTCHECK_VAR": str(folder), **environment},
        stdin=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def worker_until_done(folder: Path, **environment: str) -> Iterator[None]:
    """The same, asked to end when the test has: it has 20 seconds for what it has begun."""
    with worker_process(folder, **environment) as process:
        yield
        process.terminate()
        process.wait(20)
