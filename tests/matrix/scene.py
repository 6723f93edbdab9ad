"""One project with one of everything, the people around it, and another project beside it."""

from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from annotations.accounts.models import User
from annotations.accounts.roles import Role
from tests.factories import PASSWORD, make_member, make_project, make_user
from tests.matrix.rows import Rows, make_rows
from tests.proofs import check_deferred
from tests.quick_client import quick_client

ACTORS = ("anonymous", "outsider", "reader", "reviewer", "moderator", "admin", "operator")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class Scene:
    """Everyone, the desk, and the same things elsewhere, where the outsider is admin."""

    people: dict[str, User]
    author: User
    typist: User
    desk: Rows
    elsewhere: Rows
    # Signed-in sessions, by actor.
    cookies: dict[str, str] = field(default_factory=dict)

    def client(self, actor: str) -> Client:
        """A browser signed in as the actor."""
        client = quick_client(headers={"host": "localhost"}, raise_request_exception=False)
        if actor != "anonymous":
            if actor not in self.cookies:
                client.force_login(self.people[actor], backend=BACKEND)
                self.cookies[actor] = client.cookies[settings.SESSION_COOKIE_NAME].value
            client.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[actor]
        return client

    def person(self, actor: str) -> User | AnonymousUser:
        """The actor as views see them."""
        return self.people.get(actor) or AnonymousUser()


def make_scene() -> Scene:
    """Make everything; call inside a transaction."""
    people = {name: make_user(name) for name in ACTORS if name not in ("anonymous", "operator")}
    people["operator"] = make_user("operator", is_superuser=True)
    author = people["author"] = make_user("author")
    desk = make_project("Desk", slug="desk", admin=people["admin"])
    for name in ("reader", "reviewer", "moderator"):
        make_member(desk, people[name], Role(name))
    make_member(desk, author, Role.REVIEWER)
    elsewhere = make_project("Elsewhere", slug="elsewhere", admin=people["outsider"])
    # A second admin, so that the outsider is never the last one there.
    make_member(elsewhere, author, Role.ADMIN)
    scene = Scene(
        people=people,
        author=author,
        typist=make_user("typist", password=PASSWORD),
        desk=make_rows(desk, author, people["admin"]),
        elsewhere=make_rows(elsewhere, author, people["outsider"]),
    )
    for actor in people:
        scene.client(actor)
    # Checked once: what still waited would be checked again after each request that is undone.
    check_deferred()
    return scene
