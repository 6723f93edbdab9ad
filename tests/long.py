"""What `make test` looks at a part of, and `make test-long` at all of.

A test that only the long run needs, since another shows nearly the same, is marked `long`.
"""

import os
from collections.abc import Iterable
from typing import TypeVar

One = TypeVar("One")
IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"


def some(*values: One, count: int = 1) -> list[One]:
    """Return all of the values in the long run, and the first `count` otherwise."""
    return list(values if IS_LONG else values[:count])


def sample(values: Iterable[One], every: int = 3) -> list[One]:
    """Return all of the values in the long run, and each third (or as said) otherwise."""
    return list(values)[:: 1 if IS_LONG else every]
