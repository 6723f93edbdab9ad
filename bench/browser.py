"""Measures the workbench in a real browser, each figure beside a plain page of the same words.

Usage: python -m bench.browser. The real web server on loopback, an embedded database of its own
with fsync on, Chromium without a screen; about three minutes.
"""

import os
import platform
import sys
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser

from bench.asking import Desk, server_side
from bench.chromium import open_browser
from bench.client import Client
from bench.ground import EMAIL, PASSWORD, Ground, open_ground, open_project
from bench.overlaps import add_overlapping
from bench.places import only_text
from bench.rows import Amount, add_rows
from bench.timing import HEADING, Result
from bench.working import at_the_text

REPEATS = 60
# About 200,000 characters under 5,000 marks, and 10,000 words under 1,000.
LONG = Amount(articles=1, sentences=1_900, mentions_per_article=1_000)
LONG_OVERLAPS = 4_000
USUAL = Amount(articles=1, sentences=530, mentions_per_article=500)
USUAL_OVERLAPS = 500
LONG_OPENED, USUAL_OPENED = 600, 350


def main() -> int:
    """Measure and print; return 1 when a target is missed."""
    with open_ground() as ground, open_browser() as browser:
        person = Client(ground.port)
        person.post_form("/accounts/login/", login=EMAIL, password=PASSWORD)
        with ground.connect(as_owner=True) as owner:
            long = make_desk(ground, person, owner, "long", LONG, LONG_OVERLAPS)
            usual = make_desk(ground, person, owner, "usual", USUAL, USUAL_OVERLAPS)
            owner.execute("VACUUM ANALYZE")
        ground.settle()
        print(HEADING, flush=True)
        met = [
            show(result) for result in run(browser, f"http://localhost:{ground.port}", long, usual)
        ]
        print(conditions(browser, long, usual))
    return 0 if all(met) else 1


def make_desk(
    ground: Ground, person: Client, owner: Any, slug: str, amount: Amount, overlaps: int
) -> Desk:
    """Open a project with one article full of marks."""
    open_project(person, slug)
    ((user_id,),) = owner.execute("SELECT id FROM annotations_user WHERE email = %s", [EMAIL])
    query = "SELECT id FROM annotations_project WHERE slug = %s"
    ((project_id,),) = owner.execute(query, [slug])
    add_rows(owner, project_id=project_id, user_id=user_id, amount=amount)
    text = only_text(owner, project_id)
    add_overlapping(owner, text, user_id=user_id, mentions=overlaps)
    return Desk(person, ground.connect(), user_id, slug, text)


def run(browser: Browser, origin: str, long: Desk, usual: Desk) -> Iterator[Result]:
    """Measure everything, the server alone first."""
    yield from server_side(usual, REPEATS)
    yield from at_the_text(browser, long, origin, "Long text", LONG_OPENED)
    yield from at_the_text(browser, usual, origin, "Usual text", USUAL_OPENED)


def show(result: Result) -> bool:
    """Print one line; say whether its target is reached."""
    print(result.line(), flush=True)
    return result.is_met


def conditions(browser: Browser, long: Desk, usual: Desk) -> str:
    """Say what was measured on."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        f"Long text: {len(long.text.words):,} characters, 5,000 mentions. Usual text: "
        f"{len(usual.text.words.split()):,} words, 1,000 mentions. Embedded database, fsync on; "
        f"Chromium {browser.version}, Python {platform.python_version()}, {os.cpu_count()} cores, "
        f"load {load}. Floor: a plain page of the same paragraphs; of the server's lines the same "
        "rows by SQL, and of the poll an answer that knows who asks and reads nothing."
    )


if __name__ == "__main__":
    sys.exit(main())
