"""A server that is watched, and a worker that does what is due."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from annotations.accounts.models import User
from annotations.articles.capturing import capture_extract, page_capture
from annotations.articles.services import article_create
from annotations.captures.fetching import Border
from annotations.lifecycle.watches.checking import check_step
from annotations.lifecycle.watches.models import HostPace, Watch, WatchTurn
from annotations.lifecycle.watches.services import watch_start
from annotations.lifecycle.watches.turns import turn_take, turns_hand_out
from tests.captures import pages
from tests.captures.conftest import border, server  # noqa: F401 (fixtures)
from tests.captures.server import SITE, Server, page
from tests.material import make_statement

# Plain text is read in no time; an article's page in a second.
WORDS = "The service said.\n\nMore than 2,000 people were killed, it said. " + pages.SENTENCE * 8
ROOM = SITE + ":{port}"


@pytest.fixture(autouse=True)
def no_gap(settings):
    settings.WATCH_HOST_GAP = 0


@dataclass
class Site:
    """The watched site: a page, a front page and robots.txt, as a test wants them."""

    server: Server

    def shows(
        self, body=WORDS, *, path="/tolls", status=200, html=False, headers=('ETag: "v1"',)
    ) -> str:
        kind = "text/html; charset=utf-8" if html else "text/plain; charset=utf-8"
        return self.server.on(path, page(body.encode(), status, *headers, kind=kind))

    def answers(self, path: str, *parts) -> str:
        return self.server.on(path, *parts)

    def asked(self, path: str) -> int:
        begins = f"GET {path} ".encode()
        return sum(one.startswith(begins) for one in self.server.asked)


@pytest.fixture
def site(server):  # noqa: F811 (the fixture)
    made = Site(server)
    server.asked.clear()
    made.answers("/robots.txt", page(b"User-agent: *\nAllow: /\n", kind="text/plain"))
    made.shows(path="/")
    made.shows(path="/other")
    made.shows()
    return made


@dataclass
class Worker:
    """Does what is due, as the jobs of a worker would."""

    border: Border

    def work(self, most: int = 20) -> int:
        """Hand out and do steps until nothing is due; return how many were done."""
        done = 0
        while done < most and (handed := turns_hand_out()):
            for turn_id, check_uid in handed:
                check_step(turn_id=turn_id, check_uid=str(check_uid), border=self.border)
                done += 1
        return done

    def check(self, watch: Watch):
        """Have the watch checked now; return the check."""
        WatchTurn.objects.filter(watch=watch).update(next_at=timezone.now())
        HostPace.objects.update(free_at=timezone.now() - timedelta(seconds=1))
        self.work()
        return watch.checks.first()


@pytest.fixture
def worker(border):  # noqa: F811 (the fixture)
    return Worker(border)


@pytest.fixture
def article(project, reviewer, site, border):  # noqa: F811 (the fixture)
    """An article whose first version is what its page gave."""
    url = site.shows(pages.ARTICLE, html=True)
    capture = page_capture(actor=reviewer, project=project, url=url, border=border)
    text = capture_extract(capture).text
    site.server.asked.clear()
    return article_create(
        actor=reviewer, project=project, text=text, url=url, origin="fetched", capture=capture
    )


@pytest.fixture
def statement(project, reviewer, site):
    return make_statement(
        project, reviewer, url=site.server.url("/tolls"), text="More than 2,000 people"
    )


@pytest.fixture
def watch(article, reviewer):
    return watch_start(actor=reviewer, subject=article)[0]


@pytest.fixture
def watch_of_statement(statement, reviewer):
    return watch_start(actor=reviewer, subject=statement)[0]


def due(watch: Watch) -> tuple[int, UUID]:
    """Hand the watch's turn out, its host being free; return the turn and the check."""
    now = timezone.now()
    WatchTurn.objects.filter(watch=watch).update(next_at=now)
    host = WatchTurn.objects.values_list("host", flat=True).get(watch=watch)
    HostPace.objects.filter(host=host).update(free_at=now)
    return next(one for one in turns_hand_out() if one[0] == watch.turn.pk)


def killed_once_kept(watch: Watch, through: Border) -> None:
    """Begin a check; its worker keeps the page and is killed then."""
    turn = turn_take(*due(watch))
    page_capture(
        actor=User.objects.system(),
        project=watch.project,
        url=watch.url,
        uid=turn.capture_uid,
        border=through,
    )
    past = timezone.now() - timedelta(seconds=1)
    WatchTurn.objects.filter(watch=watch).update(leased_until=past)
