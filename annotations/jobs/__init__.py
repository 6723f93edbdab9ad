"""The one door to the queue."""

from annotations.jobs.queue import enqueue, enqueue_once

__all__ = ["enqueue", "enqueue_once"]
