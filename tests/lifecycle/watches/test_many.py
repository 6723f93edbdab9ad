"""Ten thousand watches due at once, with a simulated server and clock: polite, fair, flat."""

import gc
import tracemalloc
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from annotations.captures import fetching
from annotations.captures.fetching import Border
from annotations.captures.models import Capture
from annotations.captures.network import Door
from annotations.lifecycle.watches.checking import check_step
from annotations.lifecycle.watches.choices import CheckOutcome
from annotations.lifecycle.watches.ending import check_end
from annotations.lifecycle.watches.findings import Found
from annotations.lifecycle.watches.hosts import host_asked
from annotations.lifecycle.watches.models import HostPace, Watch, WatchCheck, WatchTurn
from annotations.lifecycle.watches.turns import _PICK, turn_take, turns_hand_out
from annotations.statements.models import Statement
from tests.captures.conftest import QUICK, server  # noqa: F401 (the fixture)
from tests.captures.server import page
from tests.lifecycle.watches.conftest import WORDS
from tests.material import make_capture

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 3, 2, 12, tzinfo=UTC)
GAP = timedelta(seconds=10)
AT_ONCE = 20
# Reduced in `make test`, whole in `make test-long`.
SIZES = [120, pytest.param(10_000, marks=pytest.mark.long)]


@dataclass
class World:
    """A clock that goes on by itself, and a server that notes when each host was asked."""

    capture: Capture
    now: datetime = BEGIN
    asked: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))

    def second(self) -> int:
        """Let workers do what is handed out within a second; return how much that was."""
        handed = turns_hand_out(now=self.now)
        assert len(handed) <= AT_ONCE
        for turn_id, check_uid in handed:
            turn = turn_take(turn_id, check_uid)
            self.asked[turn.host].append(self.now)
            host_asked(turn.host, is_unwell=False, retry_after=None, now=self.now)
            check_end(turn, Found(CheckOutcome.UNCHANGED), capture=self.capture)
        self.now += timedelta(seconds=1)
        return len(handed)

    def until_all_were_asked(self) -> timedelta:
        """Go on until nothing is due, jumping over seconds in which nobody may be asked."""
        while WatchTurn.objects.filter(next_at__lte=self.now).exists():
            if not self.second():
                free = HostPace.objects.filter(free_at__gt=self.now).order_by("free_at")
                self.now = max(self.now, free.values_list("free_at", flat=True)[0])
        return self.now - BEGIN


@pytest.fixture
def world(project, reviewer, monkeypatch, settings):
    settings.WATCH_HOST_GAP = int(GAP.total_seconds())
    settings.WATCH_CHECKS_AT_ONCE = AT_ONCE
    made = World(make_capture(project, reviewer))
    monkeypatch.setattr(timezone, "now", lambda: made.now)
    return made


def make_due(project, person, hosts, *, scheme="https"):
    """Watches of as many statements per host as given, all due at the beginning."""
    where = [host for host, n in hosts.items() for _one in range(n)]
    addresses = [f"{scheme}://{host}/{n}" for n, host in enumerate(where)]
    common = {"project": project, "created_by": person}
    statements = Statement.objects.bulk_create(
        Statement(**common, channel="Site", url=url, canonical_url=url) for url in addresses
    )
    watches = Watch.objects.bulk_create(
        Watch(**common, statement=one, url=one.url, canonical_url=one.url) for one in statements
    )
    WatchTurn.objects.bulk_create(
        WatchTurn(
            project=project,
            watch=watch,
            host=host,
            next_at=BEGIN,
            fresh_at=BEGIN - timedelta(days=100),
        )
        for watch, host in zip(watches, where, strict=True)
    )
    HostPace.objects.bulk_create(HostPace(host=host, free_at=BEGIN) for host in hosts)


def assert_polite(asked):
    for times in asked.values():
        assert all(later - earlier >= GAP for earlier, later in pairwise(times))


# Each step commits, as it does in the product: what a host's row was before can be cleared away.
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("many", SIZES)
def test_many_on_one_host_keep_nobody_else_waiting(many, world, project, reviewer):
    others = {f"site{n}.example": 1 for n in range(many // 100)}
    make_due(project, reviewer, {"big.example": many, **others})
    for _second in range(10):
        world.second()
    assert all(len(world.asked[host]) == 1 for host in others)
    took = world.until_all_were_asked()
    assert_polite(world.asked)
    assert len(world.asked["big.example"]) == many
    assert took <= many * GAP + timedelta(seconds=60)
    assert WatchCheck.objects.count() == many + len(others)


@pytest.mark.parametrize("many", SIZES)
def test_many_hosts_are_asked_in_turn(many, world, project, reviewer):
    each = 10
    hosts = {f"site{n}.example": each for n in range(many // each)}
    make_due(project, reviewer, hosts)
    fewest_when_first_was_done = None
    while WatchTurn.objects.filter(next_at__lte=world.now).exists():
        world.second()
        if fewest_when_first_was_done is None and max(map(len, world.asked.values())) == each:
            fewest_when_first_was_done = min(len(world.asked[host]) for host in hosts)
    assert_polite(world.asked)
    # No host is through before each of the others nearly is.
    assert fewest_when_first_was_done >= each - 2
    busiest = max(many / AT_ONCE, each * GAP.total_seconds())
    assert world.now - BEGIN <= timedelta(seconds=1.2 * busiest + 20)
    assert WatchCheck.objects.count() == many


def test_handing_out_holds_no_more_than_it_hands_out(world, project, reviewer):
    make_due(project, reviewer, {"big.example": 2000, **{f"s{n}.example": 1 for n in range(500)}})
    turns_hand_out(now=world.now)
    world.now += timedelta(seconds=30)
    tracemalloc.start()
    try:
        assert len(turns_hand_out(now=world.now)) == AT_ONCE
        _current, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1_000_000


def test_what_a_person_asks_for_comes_first_and_keeps_the_gap(world, project, reviewer):
    make_due(project, reviewer, {"big.example": 50})
    last = WatchTurn.objects.order_by("id").last()
    WatchTurn.objects.filter(pk=last.pk).update(urgency=1, asked_by=reviewer)
    world.second()
    assert WatchCheck.objects.get().watch_id == last.watch_id
    assert_polite(world.asked)


def test_whose_turn_it_is_is_found_by_index(world, project, reviewer):
    make_due(project, reviewer, {"big.example": 3000, **{f"s{n}.example": 1 for n in range(300)}})
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE) " + _PICK, {"until": world.now, "most": AT_ONCE})
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "watch_turn_at_host" in plan
    assert "Seq Scan on annotations_watchturn" not in plan


@pytest.mark.django_db(transaction=True)
def test_two_who_hand_out_at_once_ask_no_host_twice(world, project, reviewer):
    make_due(project, reviewer, {f"site{n}.example": 5 for n in range(15)})
    ready = Barrier(2)

    def hand_out():
        try:
            ready.wait()
            return turns_hand_out(now=world.now)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(hand_out), pool.submit(hand_out)]
        handed = [turn for one in both for turn, _check in one.result()]
    hosts = WatchTurn.objects.filter(pk__in=handed).values_list("host", flat=True)
    assert len(hosts) == len(set(hosts)) == 15


# With a real server, which notes by the clock when it was asked under which name: robots.txt, the
# page and, for one in three that is gone, another page of the site.
REAL = [12, pytest.param(1_200, marks=pytest.mark.long)]


@dataclass
class Asked:
    """When each host was asked for anything."""

    world: World
    times: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))

    def answering(self, *parts):
        """Answer with these bytes, and note when and under which name that was asked for."""

        def answer(made, _path):
            host = made.asked[-1].decode().split("Host: ", 1)[1].split("\r\n", 1)[0]
            self.times[host].append(self.world.now)
            return iter(parts)

        return answer


@pytest.fixture
def asked(world, server, monkeypatch):  # noqa: F811 (the fixture)
    """A site of many names; captures are taken by the simulated clock too."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return world.now

    monkeypatch.setattr(fetching, "datetime", Clock)
    made = Asked(world)
    server.asked.clear()
    server.on_call("/robots.txt", made.answering(page(b"", 404)))
    server.on_call("/", made.answering(page(WORDS.encode(), kind="text/plain")))
    return made


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("many", REAL)
def test_whole_checks_keep_the_gap_and_hold_no_more_the_longer_they_go_on(
    many,
    asked,
    world,
    server,  # noqa: F811 (the fixture)
    project,
    reviewer,
):
    hosts = {f"site{n}.test:{server.port}": many // 12 for n in range(12)}
    border = Border(
        door=Door(test_hosts=frozenset(one.split(":")[0] for one in hosts)),
        user_agent="Factcheck/0.1",
        bounds=QUICK,
    )
    for n in range(many):
        gone = page(b"", 404) if n % 3 == 0 else page(WORDS.encode(), kind="text/plain")
        server.on_call(f"/{n}", asked.answering(gone))
    make_due(project, reviewer, hosts, scheme="http")
    held = []
    tracemalloc.start()
    try:
        # Until each was checked: what waits for another page of its site is due later.
        while WatchCheck.objects.count() < many:
            handed = turns_hand_out(now=world.now)
            for turn_id, check_uid in handed:
                check_step(turn_id=turn_id, check_uid=str(check_uid), border=border)
            gc.collect()
            held.append(tracemalloc.get_traced_memory()[0])
            world.now += timedelta(seconds=1)
            if not handed:
                free = HostPace.objects.filter(free_at__gt=world.now).order_by("free_at")
                world.now = max(world.now, free.values_list("free_at", flat=True)[0])
    finally:
        tracemalloc.stop()
    assert_polite(asked.times)
    outcomes = Counter(WatchCheck.objects.values_list("outcome", flat=True))
    assert outcomes == {"unchanged": many - many // 3, "suspected_removal": many // 3}
    # The robots.txt of each host once, each page, and one beside each that is gone.
    assert sum(map(len, asked.times.values())) == 12 + many + many // 3
    # As much for a few as for a thousand; what is added up is what the server here notes.
    assert max(held) < 2_000_000
