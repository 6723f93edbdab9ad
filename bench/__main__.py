"""Measures what this installation promises to be fast at, each beside the floor underneath.

Usage: python -m bench [--quick]. One client, real HTTP on loopback, an embedded database of its
own with fsync on; about six minutes, with --quick (a tenth of the rows) about one.
"""

import argparse
import os
import platform
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bench import agreeing, creating, listing, memory, reading
from bench.client import Client
from bench.ground import EMAIL, PASSWORD, Ground, manage, open_ground, open_project
from bench.places import Text, any_source, only_text
from bench.placing import placing
from bench.rows import Amount, add_rows
from bench.timing import HEADING, Result, measure, timed

REPEATS = 60
# A second and more each, so fewer of them.
EXPORTS = 12
LISTED = Amount(articles=20_000, sentences=2, mentions_per_article=1)
CLAIMED = Amount(articles=4_000, sentences=25, mentions_per_article=25)
WORKED = Amount(articles=1, sentences=1_000, mentions_per_article=1_000)
EXPORTED = Amount(articles=2_000, sentences=30, mentions_per_article=25)
FILLED = {"listed": LISTED, "claimed": CLAIMED, "worked": WORKED, "exported": EXPORTED}
QUICK = 10


@dataclass(frozen=True)
class Desk:
    """A project made for one measurement."""

    id: int
    slug: str


@dataclass(frozen=True)
class Scene:
    """Everything a measurement works with."""

    ground: Ground
    person: Client
    program: Client
    connection: Any
    user_id: int
    listed: Desk
    claimed: Desk
    worked: Desk
    exported: Desk
    judged_twice: int


def main(arguments: list[str]) -> int:
    """Measure and print; return 1 when a target is missed."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the rows and repeats")
    divisor = QUICK if parser.parse_args(arguments).quick else 1
    started = time.monotonic()
    with open_ground() as ground:
        scene = prepare(ground, divisor)
        _say(f"Rows are made after {time.monotonic() - started:.0f} s; measuring.")
        print(HEADING, flush=True)
        met = [show(result) for result in run(scene, divisor)]
    print(conditions())
    return 0 if all(met) else 1


def show(result: Result) -> bool:
    """Print one line; say whether its target is reached."""
    print(result.line(), flush=True)
    return result.is_met


def prepare(ground: Ground, divisor: int) -> Scene:
    """Sign in, open the projects and fill them."""
    person, program = Client(ground.port), Client(ground.port)
    person.post_form("/accounts/login/", login=EMAIL, password=PASSWORD)
    scopes = "read,write,export"
    program.token = manage("create_token", EMAIL, "--scopes", scopes)
    with ground.connect(as_owner=True) as owner:
        ((user_id,),) = owner.execute("SELECT id FROM annotations_user WHERE email = %s", [EMAIL])
        desks = []
        for slug, amount in FILLED.items():
            open_project(person, slug)
            query = "SELECT id FROM annotations_project WHERE slug = %s"
            ((project_id,),) = owner.execute(query, [slug])
            add_rows(owner, project_id=project_id, user_id=user_id, amount=_part(amount, divisor))
            desks.append(Desk(project_id, slug))
        second = agreeing.second_person(owner)
        judged_twice, *_more = [
            agreeing.add_second_judgements(owner, desk.id, second) for desk in desks[:2]
        ]
        owner.execute("VACUUM ANALYZE")
    ground.settle()
    connection = ground.connect()
    return Scene(ground, person, program, connection, user_id, *desks, judged_twice=judged_twice)


def run(scene: Scene, divisor: int) -> Iterator[Result]:
    """Measure everything, the idle process first."""
    repeats = max(REPEATS // divisor, 30)
    text = only_text(scene.connection, scene.worked.id)
    yield idle_memory(scene, text)
    yield creation(scene, text, repeats)
    yield workbench(scene, text, repeats)
    yield from lists(scene, repeats, LISTED.articles // divisor)
    yield agreement(scene, repeats)
    yield from claims(scene, repeats)
    yield from placing(max(EXPORTS // divisor, 5))
    yield from export(scene, max(EXPORTS // divisor, 5), EXPORTED.articles // divisor)


def idle_memory(scene: Scene, text: Text) -> Result:
    """Measure the fullest web process after a few requests of each kind."""
    for _round in range(10):
        scene.person.get(f"/p/{scene.worked.slug}/claims/1/")
        scene.program.get(f"/api/v1/projects/{scene.worked.slug}/sources/")
        scene.person.get("/")
    found = max(memory.resident(pid) for pid in scene.ground.workers())
    return Result("Web process, idle after a few requests", 110, "MiB", found)


def creation(scene: Scene, text: Text, repeats: int) -> Result:
    """Measure a new claim in the article of 1,000 mentions."""
    source_id, source_uid = any_source(scene.connection, scene.worked.id)
    create = creating.by_api(scene.program, scene.worked.slug, text, source_uid)
    write = creating.by_sql(scene.connection, text, scene.user_id, source_id)
    floor, found = measure(write, repeats), measure(create, repeats)
    return timed("Create a claim with attribution, by the API", 15, found, floor)


def workbench(scene: Scene, text: Text, repeats: int) -> Result:
    """Measure the page of that article."""
    path = f"/p/{scene.worked.slug}/articles/{text.article_uid}/"
    read = reading.workbench(scene.connection, text.article_id, text.version_id, scene.user_id)
    floor, found = measure(read, repeats), measure(lambda: scene.person.get(path), repeats)
    return timed("Workbench of an article with 1,000 mentions", 60, found, floor)


def lists(scene: Scene, repeats: int, articles: int) -> Iterator[Result]:
    """Measure the first page of the articles, and one far inside."""
    for name, offset in (("first page", 0), (f"{articles * 5 // 8:,} rows in", articles * 5 // 8)):
        path = f"/p/{scene.listed.slug}/?page={offset // 25 + 1}"
        read = reading.article_list(scene.connection, scene.listed.id, offset)
        floor = measure(read, repeats)
        found = measure(lambda path=path: scene.person.get(path), repeats)  # type: ignore[misc]
        yield timed(f"Article list, {articles:,} articles, {name}", 15, found, floor)


def claims(scene: Scene, repeats: int) -> Iterator[Result]:
    """Measure the list of the claims, with each of its filters."""
    desk = scene.claimed
    return listing.lists(scene.person, scene.program, scene.connection, desk.slug, desk.id, repeats)


def agreement(scene: Scene, repeats: int) -> Result:
    """Measure how far two people agree on all that both have judged."""
    desk, twice = scene.listed, scene.judged_twice
    return agreeing.agreement(scene.person, scene.connection, desk.slug, desk.id, twice, repeats)


def export(scene: Scene, repeats: int, articles: int) -> Iterator[Result]:
    """Measure the native export over HTTP, and how much it makes the fullest process grow."""
    path = f"/api/v1/projects/{scene.exported.slug}/export/?format=json"
    workers = scene.ground.workers()
    before = {pid: memory.resident(pid) for pid in workers}
    for pid in workers:
        memory.forget_peak(pid)
    found = measure(lambda: scene.program.get_length(path), repeats, warm_up=2)
    growth = max(memory.peak(pid) - before[pid] for pid in workers)
    copy = reading.copy_project(scene.connection, scene.exported.id)
    floor = measure(copy, repeats, warm_up=1)
    yield timed(
        f"Native export, {articles:,} articles, {articles * 25:,} mentions", 1500, found, floor
    )
    yield Result("Native export, growth over idle", 40, "MiB", growth)


def conditions() -> str:
    """Say what was measured on."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        f"Embedded database, fsync on; one client over HTTP on loopback; Python "
        f"{platform.python_version()}, {os.cpu_count()} cores, load {load}. "
        "Floor: the same rows by SQL, or COPY for the export."
    )


def _part(amount: Amount, divisor: int) -> Amount:
    if amount.articles < divisor:
        return amount
    return Amount(
        articles=amount.articles // divisor,
        sentences=amount.sentences,
        mentions_per_article=amount.mentions_per_article,
    )


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
