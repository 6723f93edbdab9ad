"""A real Chromium against the real server: hashed static files, strict policy, DEBUG off.

A page whose console shows an error, that breaks the content security policy, that throws, or that
gets a server error or a missing file, fails its test.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import Client, override_settings
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Response,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from annotations.accounts.models import User
from annotations.models import ArticleVersion
from tests.browser.contexts import Contexts
from tests.chromium import FLAGS, find_chromium
from tests.marking import make_version

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WIDE = {"width": 1280, "height": 900}
# Milliseconds to wait for what should appear: two cores may be busy with other tests.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)


class CollectedServer(LiveServer):
    """The live server, serving static files as production does: hashed, by whitenoise."""

    def __init__(self, address: str) -> None:
        super().__init__(address, start=False)
        self.thread.static_handler = lambda application: application
        self.start()


@pytest.fixture(scope="session")
def collected_static(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Collect static files once, with hashed names."""
    root = tmp_path_factory.mktemp("static")
    storages = {
        **django_settings.STORAGES,
        "staticfiles": {"BACKEND": "annotations.web.storage.ModuleStaticFilesStorage"},
    }
    with override_settings(STATIC_ROOT=str(root), STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield root


@pytest.fixture(scope="session")
def live_server(django_db_setup: None, collected_static: Path) -> Iterator[CollectedServer]:
    server = CollectedServer("localhost")
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def site_address(request: pytest.FixtureRequest, settings) -> None:
    """Let links and passkeys be about the address the browser sees."""
    if "live_server" in request.fixturenames:
        settings.SITE_URL = request.getfixturevalue("live_server").url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; each test gets its own context in it."""
    executable = find_chromium()
    if executable is None:
        pytest.exit("No Chromium was found: set CHROMIUM to the path of one.", 1)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield started
        started.close()


class Watch:
    """Notes everything that should not happen on a page."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def attach(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # The browser repeats every status above 399 here; `_response` judges those.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.problems.append(f"console: {message.text} ({message.location.get('url')})")

    def _response(self, response: Response) -> None:
        is_asked_for = response.request.resource_type in ("document", "fetch", "xhr")
        if response.status >= 500 or (response.status >= 400 and not is_asked_for):
            self.problems.append(f"HTTP {response.status}: {response.url}")


@pytest.fixture(scope="session")
def contexts(browser: Browser, live_server: CollectedServer) -> Contexts:
    return Contexts(browser, live_server.url)


@pytest.fixture
def new_context(contexts: Contexts) -> Iterator[Callable[..., BrowserContext]]:
    """Make watched contexts: `new_context(color_scheme="dark")`; each is another person."""
    made: list[BrowserContext] = []
    watch = Watch()

    def make(**options: object) -> BrowserContext:
        options.setdefault("viewport", WIDE)
        context = contexts.lend(watch.attach, **options)
        context.set_default_timeout(PATIENCE)
        made.append(context)
        return context

    yield make
    for context in made:
        contexts.take_back(context)
    assert watch.problems == []


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """A fresh page, nobody signed in."""
    return new_context().new_page()


@pytest.fixture
def sign_in(live_server: CollectedServer) -> Callable[[Page, User], None]:
    """Give the page's context the session of a person, without the sign-in form."""

    def give(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user, backend=BACKEND)
        name = django_settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        page.context.add_cookies([{"name": name, "value": value, "url": live_server.url}])

    return give


@pytest.fixture
def desk(page: Page, sign_in, reviewer, project) -> tuple[Page, ArticleVersion]:
    """A reviewer's page, and a text for it without claims."""
    version = make_version(reviewer, project)
    sign_in(page, reviewer)
    return page, version
