"""Fixtures for every test; the named actors and the browser live beside their factories."""

import gc
import os
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from annotations.management.commands.prepare import collect_changed_files
from factcheck.catalogues import compile_changed_catalogues
from factcheck.embedded.locks import FileLock
from tests import postgres
from tests.long import IS_LONG

pytest_plugins = ["tests.actors"]

# Requests make many objects that live on for a moment: looked at less often, a tenth less time.
gc.set_threshold(100_000, 50, 100)

# The browser's driver runs an event loop in the thread of the test that talks to the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# `make test` repeats the same few examples; `make test-long` looks for new ones.
hypothesis_settings.register_profile(
    "short", max_examples=30, derandomize=True, deadline=None, database=None
)
hypothesis_settings.register_profile("long", max_examples=1000, deadline=None)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))


# What takes minutes: the browser's tests, those that install and start, those over every route.
_LONG = ("tests/browser/", "tests/run/", "tests/test_")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the long files first: two processes then end within seconds of each other. Leave what is
    marked `long` to `make test-long`, unless a file or test is asked for by its name.
    """
    items.sort(key=lambda item: not item.nodeid.startswith(_LONG))
    is_named = any(".py" in one for one in config.invocation_params.args)
    if IS_LONG or is_named or "SCREENSHOTS" in os.environ:
        return
    left = [item for item in items if item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if not item.get_closest_marker("long")]


def pytest_collection_finish() -> None:
    """Look no more at what is there before the first test, and stays."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Count a skipped test as a failure: what it needs has to be there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """Leave no language behind: a request sets the thread's, and others are of English."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def made_files() -> None:
    """Compile translations and collect static files unless that was done, as `prepare` does."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    lock = FileLock(settings.STATIC_ROOT / ".lock")
    lock.take(120)
    compile_changed_catalogues(settings.LOCALE_PATHS[0])
    collect_changed_files()
    lock.release()


@pytest.fixture(scope="session")
def test_database() -> Iterator[postgres.TestDatabase]:
    """This process's own database; see tests/postgres.py."""
    database = postgres.open_database()
    database.use()
    yield database
    database.close()


@pytest.fixture(scope="session")
def django_db_setup(test_database: postgres.TestDatabase, django_db_blocker: Any) -> Iterator[None]:
    """Take the place of pytest-django's own set-up, which would need the owner's rights."""
    with pytest.MonkeyPatch.context() as patch:
        # The application's role may not truncate history, so a test that commits is undone by
        # copying the template again.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: test_database.reset())
        with django_db_blocker.unblock():
            yield


@pytest.fixture
def app_connection(
    transactional_db: None, test_database: postgres.TestDatabase
) -> Iterator[psycopg.Connection[Any]]:
    """A plain connection as the application's role; the database is made anew afterwards."""
    with psycopg.connect(test_database.app_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def owner_connection(
    transactional_db: None, test_database: postgres.TestDatabase
) -> Iterator[psycopg.Connection[Any]]:
    """A plain connection as the owner of the tables; the database is made anew afterwards."""
    with psycopg.connect(test_database.owner_url, autocommit=True) as connection:
        yield connection
