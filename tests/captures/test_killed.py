"""A worker that is killed while it captures: what was asked for comes all the same, and once."""

import subprocess
import threading
from contextlib import AbstractContextManager, suppress
from pathlib import Path

import pytest
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations.articles.capturing import capture_queue
from annotations.captures.models import Capture
from annotations.captures.uploading import captures_read, captures_upload
from annotations.jobs.killed import JOB
from tests.captures import pages
from tests.captures.server import SITE, page
from tests.captures.test_elsewhere import numbered
from tests.run.installation import eventually
from tests.workers import worker_process

pytestmark = pytest.mark.django_db(transaction=True)
TAKE = "captures.take"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    """Where both the test and its workers keep files."""
    settings.FILES_DIR = tmp_path / "files"
    settings.CAPTURE_TEST_HOSTS = [SITE]
    return tmp_path


def worker(folder: Path) -> AbstractContextManager[subprocess.Popen[bytes]]:
    return worker_process(folder, CAPTURE_TEST_HOSTS=SITE)


def take_up() -> None:
    """Do what the worker does every minute, as if the killed one had been silent for that long."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 min'")
    app.configure_task(JOB).defer(timestamp=0)


@pytest.fixture
def held(server):
    """A page that is not sent to its end before it is let go."""
    asked, free = threading.Event(), threading.Event()
    whole = page(pages.ARTICLE.encode())

    def answer(_server, _path):
        if free.is_set():
            yield whole
            return
        yield whole[:900]
        asked.set()
        while not free.is_set():
            yield 0.05

    url = server.on_call("/held", answer)
    yield url, asked, free
    free.set()


def test_a_capture_is_taken_though_its_worker_was_killed(held, project, reviewer, folder):
    url, asked, free = held
    uid = capture_queue(actor=reviewer, project=project, url=url)
    with worker(folder):
        assert asked.wait(30)
    free.set()
    take_up()
    with worker(folder):
        assert eventually(Capture.objects.exists, 30)
        assert eventually(ProcrastinateJob.objects.filter(
            task_name=TAKE, status="succeeded").exists, 30)  # fmt: skip
    assert Capture.objects.get().uid == uid


def test_what_kills_every_worker_is_given_up(held, project, reviewer, folder):
    url, asked, _free = held
    capture_queue(actor=reviewer, project=project, url=url)
    with worker(folder):
        assert asked.wait(30)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET attempts = 3 WHERE task_name = %s", [TAKE])
    take_up()
    with worker(folder):
        given_up = ProcrastinateJob.objects.filter(task_name=TAKE, status="failed")
        assert eventually(given_up.exists, 30)
    assert not Capture.objects.exists()


def test_killed_jobs_are_looked_for_every_minute():
    periodic = {key[0]: one.cron for key, one in app.periodic_registry.periodic_tasks.items()}
    assert periodic[JOB] == "* * * * *"


class Slow:
    """Reads a text once all readers have come to it, or one has waited for the others in vain."""

    name = "slow/1"

    def __init__(self, readers: int) -> None:
        self._barrier = threading.Barrier(readers)

    def __call__(self, body: bytes, *, url: str, charset: str) -> str:
        with suppress(threading.BrokenBarrierError):
            self._barrier.wait(2)
        return "Words."


def test_a_file_that_two_workers_read_at_once_makes_each_capture_once(project, reviewer):
    content = numbered(1) + numbered(2, url="http://gov.test/other")
    file = captures_upload(actor=reviewer, project=project, content=content, name="a.warc").file
    extractor = Slow(2)

    def read() -> None:
        try:
            captures_read(file_uid=str(file.uid), actor_uid=str(reviewer.uid), extractor=extractor)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=read) for _n in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    assert Capture.objects.count() == 2
