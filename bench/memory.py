"""How much memory a process holds, as Linux tells it; MiB."""

from pathlib import Path


def resident(pid: int) -> float:
    """Return what the process holds now."""
    return _read(pid, "VmRSS")


def peak(pid: int) -> float:
    """Return the most the process held since `forget_peak`."""
    return _read(pid, "VmHWM")


def forget_peak(pid: int) -> None:
    """Count the peak from now on."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def private(pid: int) -> float:
    """Return what the process holds that no other shares with it."""
    kinds = ("Private_Clean:", "Private_Dirty:")
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(kinds)) / 1024


def _read(pid: int, name: str) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    raise LookupError(name)
