"""Running one of our modules in a process of its own, with bounds on time and memory.

What parses untrusted pages runs there: it sees no settings, no secrets and no open files of ours.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]


def run_bounded(
    module: str, *arguments: str, content: bytes, seconds: float, memory_mb: int
) -> subprocess.CompletedProcess[bytes] | None:
    """Give a module `content` on its standard input; return what became of it, None if too slow.

    The module is given memory_mb, seconds and `arguments`, and calls `bound_this_process` first.
    """
    limits = (str(memory_mb), str(int(seconds) + 1))
    try:
        return subprocess.run(
            [sys.executable, "-m", module, *limits, *arguments],
            input=content,
            capture_output=True,
            timeout=seconds,
            cwd=_ROOT,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONIOENCODING": "utf-8"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None


def bound_this_process(memory_mb: int, seconds: int) -> None:
    """Let this process have so much memory and processor time, and write no files."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
