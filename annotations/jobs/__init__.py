"""The one door to the queue."""

from annotations.jobs.queue import enqueue

__all__ = ["enqueue"]
