"""A worker that is killed in the middle of a check: nothing is lost, and nothing done twice."""

import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils import timezone

from annotations.captures.models import Capture
from annotations.lifecycle.watches.models import WatchCheck, WatchTurn
from annotations.lifecycle.watches.services import watch_start
from tests.captures import pages
from tests.captures.server import SITE, page
from tests.long import IS_LONG
from tests.material import make_capture
from tests.run.installation import eventually
from tests.workers import worker_process

CHANGED = pages.ARTICLE.replace("more than two thousand", "about 1,900")
WITHIN = 60.0


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    """Where both the test and its workers keep files."""
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path


def worker(folder: Path) -> AbstractContextManager[subprocess.Popen[bytes]]:
    """A worker that may ask the site, killed at the end."""
    return worker_process(folder, CAPTURE_TEST_HOSTS=SITE, WATCH_HOST_GAP="1")


@dataclass
class Stop:
    """Holds the worker up at a step: `reached` says that it stands there."""

    reached: Callable[[], object]
    release: Callable[[], object]


def at_server(site, path: str, *begin: bytes) -> Stop:
    """The site does not answer, or not to the end."""
    asked, free = threading.Event(), threading.Event()
    former = site.server._answers[path]

    def answer(server, where):
        if free.is_set():
            yield from former(server, where)
            return
        yield from begin
        asked.set()
        while not free.is_set():
            yield 0.05

    site.server.on_call(path, answer)
    return Stop(asked.is_set, free.set)


def at_table(connection, table: str) -> Stop:
    """Nobody can write into a table."""
    connection.autocommit = False
    connection.execute(f"LOCK TABLE annotations_{table} IN SHARE MODE")
    waits = (
        "SELECT count(*) FROM pg_locks WHERE NOT granted"
        f" AND relation = 'annotations_{table}'::regclass"
    )
    return Stop(lambda: connection.execute(waits).fetchone()[0], connection.rollback)


STEPS = {
    "handed out": lambda site, owner: at_table(owner, "watchturn"),
    "robots.txt is read": lambda site, owner: at_server(site, "/robots.txt"),
    "the page is asked for": lambda site, owner: at_server(site, "/tolls"),
    "half the page is there": lambda site, owner: at_server(
        site, "/tolls", page(CHANGED.encode())[:900]
    ),
    "the capture is kept": lambda site, owner: at_table(owner, "capture"),
    "the version is made": lambda site, owner: at_table(owner, "articleversion"),
    "the check ends": lambda site, owner: at_table(owner, "watchcheck"),
    "people are told": lambda site, owner: at_table(owner, "notification"),
}
# Each takes as long as a lease; one of them shows the rule.
SHORT = "the check ends"


def kill_at(stop: Stop, folder: Path) -> None:
    """Start a worker, and kill it once it has come to the step."""
    with worker(folder):
        assert eventually(stop.reached, 30)
    stop.release()


def finish(folder: Path) -> float:
    """Start a worker anew and return after how many seconds the check had ended."""
    began = time.monotonic()
    with worker(folder):
        assert eventually(WatchCheck.objects.exists, WITHIN)
    return time.monotonic() - began


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "step",
    [name if name == SHORT else pytest.param(name, marks=pytest.mark.long) for name in STEPS],
)
def test_a_check_goes_on_where_its_worker_was_killed(
    step, site, article, reviewer, owner_connection, folder
):
    site.shows(CHANGED, html=True)
    watch = watch_start(actor=reviewer, subject=article)[0]
    kill_at(STEPS[step](site, owner_connection), folder)
    under_way = WatchTurn.objects.values_list("check_uid", "capture_uid").get(watch=watch)
    if not IS_LONG:
        # As if the lease had run out: the long run waits for that.
        WatchTurn.objects.update(leased_until=timezone.now())
    assert finish(folder) < WITHIN
    check = WatchCheck.objects.get()
    assert under_way in [(check.uid, check.capture.uid), (None, None)]
    assert check.outcome == "changed"
    # One from before the watch, and one of the check.
    assert Capture.objects.count() == 2
    assert article.versions.count() == 2
    assert check.version.number == 2
    assert not WatchTurn.objects.get(watch=watch).is_under_way
    # What was not kept is asked for once more, and what was kept never.
    asked_in_vain = ("the page is asked for", "half the page is there", "the capture is kept")
    assert site.asked("/tolls") == (2 if step in asked_in_vain else 1)


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_removal_is_controlled_though_the_worker_was_killed_meanwhile(
    site, statement, reviewer, project, folder
):
    make_capture(project, reviewer, url=statement.url)
    site.shows("Not here", status=404)
    stop = at_server(site, "/")
    watch_start(actor=reviewer, subject=statement)
    kill_at(stop, folder)
    assert finish(folder) < WITHIN
    check = WatchCheck.objects.get()
    assert check.outcome == "suspected_removal"
    assert check.control is not None
    assert Capture.objects.filter(canonical_url=statement.canonical_url).count() == 2
    assert site.asked("/tolls") == 1
