"""Timing something many times, and the table that shows what came out."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

WARM_UP = 5
HEADING = f"{'':<52}{'median':>9}{'p95':>9}{'target':>9} {'':<4}{'':<6}{'floor':>8}"


@dataclass(frozen=True)
class Series:
    """How long something took, each time, in milliseconds."""

    times: Sequence[float]

    @property
    def median(self) -> float:
        """Return the p50 in milliseconds."""
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        """Return the p95 in milliseconds."""
        return statistics.quantiles(self.times, n=20)[-1] if len(self.times) > 1 else self.times[0]


def measure(work: Callable[[], object], repeats: int, warm_up: int = WARM_UP) -> Series:
    """Do `work` `warm_up` times unmeasured, then `repeats` times by the clock."""
    for _round in range(warm_up):
        work()
    times = []
    for _round in range(repeats):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return Series(times)


@dataclass(frozen=True)
class Result:
    """One line of the table: what was measured, its target, and the floor underneath."""

    name: str
    target: float
    unit: str
    found: float
    p95: float | None = None
    floor: float | None = None

    @property
    def is_met(self) -> bool:
        """Say whether the target is reached."""
        return self.found <= self.target

    def line(self) -> str:
        """Return the line as text."""
        p95 = "" if self.p95 is None else f"{self.p95:.1f}"
        floor = "" if self.floor is None else f"{self.floor:.1f}"
        times = "" if not self.floor else f"x {self.found / self.floor:.1f}"
        verdict = "OK" if self.is_met else "over"
        return (
            f"{self.name:<52}{self.found:>9.1f}{p95:>9}{self.target:>9.0f} {self.unit:<4}"
            f"{verdict:<6}{floor:>8}{times:>8}"
        )


def timed(name: str, target: float, series: Series, floor: Series | None = None) -> Result:
    """Return the line of something that was timed beside its floor."""
    return Result(name, target, "ms", series.median, series.p95, floor.median if floor else None)
