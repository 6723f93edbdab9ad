"""Jobs that a killed worker had begun: the queue itself leaves them "doing", and to nobody."""

from procrastinate.contrib.django import app
from procrastinate.jobs import Status

JOB = "jobs.take_up"


class WorkerKilled(Exception):
    """Stands for what nobody was there to raise, where a job's own rule of repeating is asked."""


async def jobs_take_up(timestamp: int = 0) -> None:
    """Have what a worker without a heartbeat for 30 seconds had begun done anew, as a job.

    Only jobs that are tried again when they fail, and as often as these: what kills every worker
    has failed in the end. `timestamp` is when the job was due and is not used.
    """
    for job in await app.job_manager.get_stalled_jobs():
        task = app.tasks.get(job.task_name)
        if task is None or task.retry_strategy is None:
            continue
        again = task.retry_strategy.get_retry_decision(exception=WorkerKilled(), job=job)
        if again is None:
            await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
        else:
            await app.job_manager.retry_job(job, retry_at=again.retry_at)
