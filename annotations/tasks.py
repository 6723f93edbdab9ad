"""Job name -> service call, nothing else."""

import procrastinate


def register(app: procrastinate.App) -> None:
    """Register every job on the queue's app, once Django is ready."""
