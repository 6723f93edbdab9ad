"""What the pages of a text ask of the server while somebody works, over HTTP without a browser."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import uuid4

from bench import creating, reading
from bench.client import Client
from bench.places import Text, any_source
from bench.timing import Result, measure, timed


@dataclass(frozen=True)
class Desk:
    """A text that is worked in, and who works."""

    person: Client
    connection: Any
    user_id: int
    slug: str
    text: Text

    @property
    def page(self) -> str:
        """Return the address of the text's page."""
        return f"/p/{self.slug}/articles/{self.text.article_uid}/"

    @property
    def version(self) -> str:
        """Return where the addresses below this version of the text begin."""
        return f"/p/{self.slug}/versions/{self.text.version_uid}/"

    @property
    def bare(self) -> str:
        """Return the lightest address for members: it knows who asks, reads nothing else."""
        return f"/p/{self.slug}/sources/suggest/"


def server_side(desk: Desk, repeats: int) -> Iterator[Result]:
    """Measure the page, the poll and a save of the text."""
    text = desk.text
    read = reading.workbench(desk.connection, text.article_id, text.version_id, desk.user_id)
    floor = measure(read, repeats)
    found = measure(lambda: desk.person.get(desk.page), repeats)
    yield timed("Workbench of 1,000 mentions, the page by HTTP", 40, found, floor)
    etag = desk.person.etag_of(f"{desk.version}live/")
    poll = measure(lambda: desk.person.get_unchanged(f"{desk.version}live/", etag), repeats * 3)
    bare = measure(lambda: desk.person.get(desk.bare), repeats * 3)
    more = poll.median - bare.median
    name = f"Poll with nothing new ({poll.median:.1f} ms), over a bare view"
    yield Result(name, 3, "ms", more, None, bare.median)
    source_id, _uid = any_source(desk.connection, text.project_id)
    write = creating.by_sql(desk.connection, text, desk.user_id, source_id)
    floor, found = measure(write, repeats), measure(saving(desk), repeats)
    yield timed("A claim saved from the page, by HTTP", 20, found, floor)


def saving(desk: Desk) -> Callable[[], object]:
    """Return what sends the form of a new claim as the script does, new words each time."""
    numbers = count(1)

    def save() -> object:
        number = next(numbers)
        quote, speaker, cue = desk.text.ranges(number)
        fields = [
            ("key", str(uuid4())),
            ("range", f"{quote[0]}-{quote[1]}"),
            ("text", f"People were counted near the crossing, from the page, {number}."),
            ("types", "numerical"),
            ("hops-TOTAL_FORMS", "1"),
            ("hops-INITIAL_FORMS", "0"),
            ("hops-0-ORDER", "1"),
            ("hops-0-source_name", "The ministry"),
            ("hops-0-quote_type", "indirect"),
            ("hops-0-source_ranges", f"{speaker[0]}-{speaker[1]}"),
            ("hops-0-cue_ranges", f"{cue[0]}-{cue[1]}"),
        ]
        return desk.person.post_from_page(f"{desk.version}claims/new/", fields)

    return save
