"""Makes .venv and fills it from the hash-locked requirements; needs nothing but Python itself.

Usage: python3 factcheck/bootstrap.py [--dev]
"""

import fcntl
import hashlib
import subprocess
import sys
import venv
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)


def main(arguments: list[str]) -> int:
    """Bring .venv up to date; return 0, or 1 after a sentence that says what is wrong."""
    if sys.version_info < OLDEST:
        return refuse(f"Factcheck needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    locked = "requirements-dev.txt" if "--dev" in arguments else "requirements.txt"
    try:
        VENV.mkdir(exist_ok=True)
        lock = (VENV / ".lock").open("w")
    except OSError as error:
        return refuse(f"Cannot write to {VENV}: {error.strerror}.")
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_installed(locked):
            return 0
        return make_environment() or install(locked)


def refuse(sentence: str) -> int:
    """Print why this cannot go on and return the exit code."""
    print(sentence, file=sys.stderr)
    return 1


def fingerprint(locked: str) -> str:
    """Return what identifies a set of requirements and the Python they are for."""
    content = (CHECKOUT / locked).read_bytes() + sys.version.encode()
    return f"{locked} {hashlib.sha256(content).hexdigest()}"


def stamp(locked: str) -> Path:
    """Return the file that says which requirements were installed last."""
    return VENV / f".installed-{locked}"


def is_installed(locked: str) -> bool:
    """Tell whether .venv holds exactly this set; the larger set holds the smaller one."""
    if not runs():
        return False
    sets = [locked] if locked == "requirements-dev.txt" else [locked, "requirements-dev.txt"]
    # Both stamps name the smaller set's content, so a change of either is seen.
    return any(
        stamp(name).exists() and stamp(name).read_text() == stamp_text(name) for name in sets
    )


def stamp_text(locked: str) -> str:
    """Return what the stamp of an installed set says."""
    return "\n".join({fingerprint("requirements.txt"): 0, fingerprint(locked): 0})


def runs() -> bool:
    """Tell whether the environment's Python still starts: the one it was made from may be gone."""
    try:
        return subprocess.run([PYTHON, "-c", ""], capture_output=True).returncode == 0
    except OSError:
        return False


def make_environment() -> int:
    """Create .venv unless it works."""
    if runs():
        return 0
    print("Creating .venv ...", flush=True)
    try:
        venv.EnvBuilder(with_pip=True, symlinks=True).create(VENV)
    except (subprocess.CalledProcessError, OSError) as error:
        detail = f"({error}). On Debian, install the package python3-venv."
        return refuse(f"The virtual environment cannot be created {detail}")
    return 0


def install(locked: str) -> int:
    """Install one set of requirements, every file checked against its hash."""
    print(f"Installing {locked} ...", flush=True)
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--no-input", "--require-hashes", "-r", str(CHECKOUT / locked)]
    if subprocess.run(command, stdin=subprocess.DEVNULL).returncode != 0:
        return refuse(f"{locked} could not be installed: pip's reason is above.")
    stamp(locked).write_text(stamp_text(locked))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
