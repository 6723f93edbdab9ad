"""A notice that its author took off the site: captured before and after, so that it is proven.

Nothing is fetched for the demo: the pages and the answers were written for it, as a site reserved
for examples (RFC 2606) would have given them.
"""

from datetime import UTC, datetime, timedelta

from annotations.articles.capturing import article_text
from annotations.captures.answers import Fetch, Hop
from annotations.captures.models import Capture
from annotations.captures.taking import fetch_keep
from annotations.lib.urls import canonical_url
from annotations.lifecycle.services import assessment_add, event_record
from annotations.management.demo.desk import Desk

HOST = "bridges.example"
NOTICE = f"https://{HOST}/notices/17"
FRONT = f"https://{HOST}/"
WORDS = (
    "The bridge at Stara Vyshnia carries lorries of up to 40 tonnes and needs no works this year."
)
LAST_SEEN = datetime(2022, 3, 3, 9, 0, tzinfo=UTC)
_PAGE = """<!doctype html><html lang="en"><head><title>{title} - Bridge Office</title></head><body>
<h1>{title}</h1><p>{words}</p><p>Published by the press office. Whoever plans a heavy transport asks
the office beforehand; the office answers within two working days and keeps what was asked. The
office looks after 214 bridges on roads of the region and inspects each of them once a year.</p>
<p>Works on the other crossings of the river go on as planned, and are announced a week before they
begin, here and on signs at the road. The ferry runs every day from six in the morning until ten in
the evening.</p></body></html>"""


def taken_down(first: Desk, second: Desk) -> None:
    """Record that the notice is gone, and prove it by what was captured."""
    office = first.source("Bridge Office", "organisation")
    notice = first.statement(
        office,
        channel="Website",
        url=NOTICE,
        said_on="2022-03-01",
        text=WORDS,
        language="en",
    )
    _capture(first, NOTICE, LAST_SEEN, title="Notice 17", words=WORDS)
    for hours in (3, 13, 28):
        _capture(first, NOTICE, LAST_SEEN + timedelta(hours=hours))
        moment = LAST_SEEN + timedelta(hours=hours, minutes=2)
        _capture(first, FRONT, moment, title="Bridge Office", words="All notices of this year.")
    event = event_record(
        actor=first.reviewer,
        subject=notice,
        type="unpublished",
        event_actor=office,
        self_observed=True,
        happened="2022-03-03T09:00Z/2022-03-03T12:00Z",
        happened_basis="observed",
        noticed="2022-03-03T12:00Z",
        reason_given="none",
        assessment_reason="The address answers 404 since noon; it was there at nine.",
    )
    assessment_add(
        actor=second.reviewer,
        event=event,
        standing="proven",
        reason="Three captures over 25 hours say 404, while the site's front page was there.",
    )


def _capture(desk: Desk, url: str, at: datetime, *, title: str = "", words: str = "") -> Capture:
    """Keep a page that the site gave at a time, or its 404 where there is none."""
    status, reason = (200, "OK") if words else (404, "Not Found")
    page = _PAGE.format(title=title, words=words) if words else "<h1>404 Not Found</h1>"
    body = page.encode()
    headers = (
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Date", f"{at:%a, %d %b %Y %H:%M:%S} GMT"),
    )
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    path = url.removeprefix(f"https://{HOST}")
    hop = Hop(
        url=url,
        started_at=at,
        address="192.0.2.17",
        request=f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode(),
        request_headers=(("Host", HOST),),
        response=f"HTTP/1.1 {status} {reason}\r\n{head}\r\n".encode() + body,
        status=status,
        reason=reason,
        headers=headers,
    )
    return fetch_keep(
        actor=desk.reviewer,
        project=desk.project,
        canonical=canonical_url(url),
        brought=Fetch(asked=url, started_at=at, hops=(hop,), body=body),
        extractor=article_text(),
    )
