"""Two watched pages of the demo, with what was seen of them; paused, as nothing is fetched here."""

from datetime import timedelta

from django.utils import timezone

from annotations.articles.models import Article
from annotations.captures.answers import Fetch, Hop
from annotations.captures.models import Capture
from annotations.captures.taking import fetch_keep
from annotations.lib.ids import uuid7
from annotations.lib.urls import canonical_url, host_of
from annotations.lifecycle.watches.choices import Urgency
from annotations.lifecycle.watches.ending import check_end
from annotations.lifecycle.watches.models import Watch, WatchTurn
from annotations.lifecycle.watches.services import watch_pause, watch_start
from annotations.lifecycle.watches.turns import LEASE
from annotations.management.demo.articles import EVACUATION, EVACUATION_LATER
from annotations.management.demo.desk import Desk

POST = "https://sloviansk-administration.example/posts/buses"
WORDS = "1,240 people had been taken out of the town by noon."
FIRST = (
    "The regional military administration on the buses out of Sloviansk.\n\n"
    f"{WORDS} The buses began to leave before dawn and went west, as far as the railway allowed, "
    "with water and blankets for those who had waited in the cold since the evening before.\n\n"
    "Those who want to leave tomorrow are asked to come to the school on the main square by six."
)
LATER = FIRST.replace("1,240", "1,310")


def watch_pages(desk: Desk) -> None:
    """Watch an article whose page stayed as it was, and a post whose number was changed."""
    article = desk.versions[EVACUATION.title].article
    _watch(desk, article.url, EVACUATION_LATER, EVACUATION_LATER, article)
    _watch(desk, POST, FIRST, LATER)


def _watch(desk: Desk, url: str, first: str, later: str, article: Article | None = None) -> None:
    subject = article or desk.statement(
        desk.source("Administration of Sloviansk", "office"),
        channel="Post of the administration",
        url=url,
        text=WORDS,
        said_on="2022-03-03",
    )
    watch, _is_new = watch_start(actor=desk.reviewer, subject=subject)
    for hours, text in ((30, first), (3, later)):
        _looked(watch, _capture(desk, url, text, hours))
    watch_pause(actor=desk.reviewer, watch=watch, reason="The demo fetches nothing.")


def _looked(watch: Watch, capture: Capture) -> None:
    """End a check as a worker would that has fetched the page."""
    turns = WatchTurn.objects.filter(watch=watch)
    turns.update(
        check_uid=uuid7(),
        capture_uid=capture.uid,
        control_uid=uuid7(),
        urgency=Urgency.UNDER_WAY,
        started_at=capture.taken_at,
        holder=uuid7(),
        leased_until=timezone.now() + LEASE,
    )
    check_end(turns.select_related("watch__project", "good", "event").get(), None, capture=capture)


def _capture(desk: Desk, url: str, text: str, hours: int) -> Capture:
    """A capture as if the page had been fetched so many hours ago."""
    asked, began = canonical_url(url), timezone.now() - timedelta(hours=hours)
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    hop = Hop(
        url=asked,
        started_at=began,
        address="192.0.2.1",
        request=f"GET / HTTP/1.1\r\nHost: {host_of(asked)}\r\n\r\n".encode(),
        response=head.encode() + text.encode(),
        status=200,
        reason="OK",
        headers=(("Content-Type", "text/plain; charset=utf-8"),),
    )
    brought = Fetch(asked=asked, started_at=began, hops=(hop,), body=text.encode())
    return fetch_keep(actor=desk.reviewer, project=desk.project, canonical=asked, brought=brought)
