"""The named actors of every test, the project they share, and clients signed in as them."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client, override_settings

from annotations.accounts.models import User
from annotations.accounts.roles import Role
from annotations.projects.models import Project
from tests.factories import make_member, make_project, make_user
from tests.quick_client import quick_client

ROLES = {
    "reader": Role.READER,
    "reviewer": Role.REVIEWER,
    "second_reviewer": Role.REVIEWER,
    "moderator": Role.MODERATOR,
    "admin": Role.ADMIN,
}


@pytest.fixture
def anonymous() -> AnonymousUser:
    return AnonymousUser()


@pytest.fixture
def outsider(db: None) -> User:
    """Signed in, a member of nothing."""
    return make_user("outsider")


@pytest.fixture
def reader(db: None) -> User:
    return make_user("reader")


@pytest.fixture
def reviewer(db: None) -> User:
    return make_user("reviewer")


@pytest.fixture
def second_reviewer(db: None) -> User:
    return make_user("second_reviewer")


@pytest.fixture
def moderator(db: None) -> User:
    return make_user("moderator")


@pytest.fixture
def admin(db: None) -> User:
    return make_user("admin")


@pytest.fixture
def operator(db: None) -> User:
    """Runs the installation; has no role in any project."""
    return make_user("operator", is_superuser=True)


@pytest.fixture
def project(
    reader: User, reviewer: User, second_reviewer: User, moderator: User, admin: User
) -> Project:
    """The desk that every named member belongs to."""
    desk = make_project("Desk", slug="desk", admin=admin)
    make_member(desk, reader, Role.READER)
    make_member(desk, reviewer, Role.REVIEWER)
    make_member(desk, second_reviewer, Role.REVIEWER)
    make_member(desk, moderator, Role.MODERATOR)
    return desk


@pytest.fixture
def other_project(outsider: User) -> Project:
    """A desk of someone else; the outsider is its admin."""
    return make_project("Elsewhere", slug="elsewhere", admin=outsider)


@pytest.fixture
def actor(request: pytest.FixtureRequest) -> Callable[[str], User | AnonymousUser]:
    """Find an actor by name: `actor("reviewer")`."""
    return request.getfixturevalue


@pytest.fixture
def client_for(db: None) -> Callable[[User | AnonymousUser], Client]:
    """A client signed in as the given person."""

    def make(user: User | AnonymousUser) -> Client:
        client = quick_client(headers={"host": "localhost"})
        if user.is_authenticated:
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return make


@pytest.fixture(scope="session", autouse=True)
def settings_for_tests(tmp_path_factory: pytest.TempPathFactory):
    """Static files that were not collected may be named; passwords are cheap to check; files that
    are handed in stay out of the installation's folder.
    """
    storages = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    files = tmp_path_factory.mktemp("files")
    hashers = ["tests.hashing.CheapArgon2"]
    with override_settings(STORAGES=storages, PASSWORD_HASHERS=hashers, FILES_DIR=files):
        yield
