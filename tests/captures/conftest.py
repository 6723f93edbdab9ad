"""The misbehaving server, and a border that lets test hosts through and is quick to give up."""

from dataclasses import replace

import pytest

from annotations.captures.fetching import Border, Bounds
from annotations.captures.network import Door
from annotations.captures.taking import capture_take
from tests.captures import pages
from tests.captures.server import SITE, Server, page

QUICK = Bounds(seconds=3.0, body_bytes=200_000, wire_bytes=250_000)


@pytest.fixture(scope="module")
def server():
    made = Server()
    yield made
    made.close()


@pytest.fixture
def border():
    return Border(
        door=Door(test_hosts=frozenset((SITE, "other.test"))),
        user_agent="Factcheck/0.1 (+https://desk.test)",
        bounds=QUICK,
    )


@pytest.fixture
def resolving(border):
    """A border whose look-ups are answered from a list, one after the other."""

    def make(*answers, **more):
        left = list(answers)
        asked = []

        def resolve(host, seconds):
            asked.append(host)
            return left.pop(0)

        door = replace(border.door, resolver=resolve, **more)
        return replace(border, door=door), asked

    return make


@pytest.fixture
def take(project, reviewer, border):
    """Capture an address as the reviewer."""

    def make(url, **more):
        return capture_take(actor=reviewer, project=project, url=url, border=border, **more)

    return make


@pytest.fixture
def capture(server, take):
    return take(server.on("/kept", page(pages.ARTICLE.encode())))
