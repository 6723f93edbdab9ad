"""The processes that the supervisor starts, watches and stops."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from factcheck.embedded.processes import dies_with_parent
from factcheck.errors import StartRefused

CHECKOUT = Path(__file__).resolve().parent.parent
# A child that ends this often this fast will not get better by being started once more.
RESTARTS = 5
RESTART_WINDOW = 60.0
SECONDS_TO_STOP = 15.0


@dataclass
class Child:
    """One long-running process, in a session of its own so that Ctrl-C reaches only us."""

    name: str
    command: Sequence[str]
    descriptors: Sequence[int] = ()
    _process: subprocess.Popen[bytes] | None = None
    _starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start the process; it gets SIGTERM when the supervisor dies, however it dies."""
        self._starts.append(time.monotonic())
        self._process = subprocess.Popen(
            [sys.executable, *self.command],
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            pass_fds=self.descriptors,
            start_new_session=True,
            preexec_fn=dies_with_parent(signal.SIGTERM),
        )

    def ended(self) -> bool:
        """Tell whether the process is not running."""
        return self._process is None or self._process.poll() is not None

    def exit_code(self) -> int | None:
        """Return how the process ended; negative for a signal, None while it runs."""
        return self._process.poll() if self._process else None

    def restart(self) -> None:
        """Start the process again; raises StartRefused when it keeps ending."""
        recent = [start for start in self._starts if time.monotonic() - start < RESTART_WINDOW]
        if len(recent) >= RESTARTS:
            raise StartRefused(
                f"The {self.name} ended {RESTARTS} times within a minute, lastly with code "
                f"{self.exit_code()}: its messages are above."
            )
        print(f"The {self.name} ended with code {self.exit_code()}; starting it again.", flush=True)
        self.start()

    def ask_to_stop(self) -> None:
        """Ask the process to finish what it does and end."""
        if self._process is not None and not self.ended():
            self._process.terminate()

    def make_stop(self, deadline: float) -> None:
        """Wait for the process until `deadline`, then kill it and all it started."""
        if self._process is None:
            return
        try:
            self._process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def stop_all(children: Sequence[Child]) -> None:
    """Stop every child together, in at most SECONDS_TO_STOP."""
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + SECONDS_TO_STOP
    for child in children:
        child.make_stop(deadline)
