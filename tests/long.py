"""What `make test` looks at a part of, and `make test-long` at all of."""

import os
from typing import TypeVar

One = TypeVar("One")
IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"


def some(*values: One, count: int = 1) -> list[One]:
    """Return all of the values in the long run, and the first `count` otherwise."""
    return list(values if IS_LONG else values[:count])
