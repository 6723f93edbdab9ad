"""The retraction ledger as files: a feed to subscribe to, and a table."""

from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request

from annotations.api.authentication import FeedAuthentication, TokenAuthentication
from annotations.api.etag import is_known, make_etag
from annotations.api.filters_events import LedgerFilters
from annotations.api.schema import downloading
from annotations.api.views.base import ProjectViewSet
from annotations.api.views.export import WhateverIsAccepted
from annotations.exchange import ledger_atom, ledger_csv
from annotations.lifecycle.ledger import in_ledger, latest_assessed, loaded
from annotations.lifecycle.ledger_entries import Entry, entries_of
from annotations.lifecycle.models import LifecycleEvent
from annotations.lifecycle.querysets import EventQuerySet

# As many as readers of feeds show; whoever was away for longer finds the rest on the page.
IN_FEED = 50
# Rows of the table that are read at a time.
BATCH = 500


class LedgerView(ProjectViewSet):
    """What was changed, withdrawn, removed or restored, narrowed as on the ledger's page."""

    tag = "events"
    queryset = LifecycleEvent.objects.none()
    filterset_class = LedgerFilters
    content_negotiation_class = WhateverIsAccepted
    authentication_classes = (FeedAuthentication, TokenAuthentication, SessionAuthentication)

    def rows(self) -> EventQuerySet:
        """Return the events of the ledger that the caller may see."""
        rows = LifecycleEvent.objects.visible_to(self.user).filter(project=self.project)
        return in_ledger(rows).with_standing()

    @downloading([], [ledger_atom.MEDIA_TYPE.split(";")[0]])
    def atom(self, request: Request, **kwargs: Any) -> HttpResponse:
        """Read the ledger as an Atom feed: the 50 events recorded or assessed last.

        A reader that names the ETag it has gets 304 until something is told anew. Readers that
        know no bearer tokens send the token as the password of HTTP Basic.
        """
        rows = latest_assessed(self._asked())
        entries = entries_of(list(rows[:IN_FEED]), self.user, self.sight)
        asked = sorted((name, value) for name, value in request.query_params.items() if value)
        names = {"slug": self.project.slug}
        query = urlencode(asked)
        content = ledger_atom.write_feed(
            self.project,
            entries,
            page_url=request.build_absolute_uri(
                reverse("ledger-page", kwargs=names) + (f"?{query}" if query else "")
            ),
            feed_url=request.build_absolute_uri(),
            query=query,
            event_url=self._address,
        )
        etag = make_etag(self.project.uid, 1, content)
        if is_known(request, etag):
            return HttpResponse(status=304, headers={"ETag": etag})
        return HttpResponse(content, content_type=ledger_atom.MEDIA_TYPE, headers={"ETag": etag})

    @downloading([], [ledger_csv.MEDIA_TYPE.split(";")[0]])
    def csv(self, request: Request, **kwargs: Any) -> HttpResponse | StreamingHttpResponse:
        """Read the ledger as CSV, last recorded first, all of it."""
        rows = self._asked().order_by("-pk")
        headers = {"Content-Disposition": f'attachment; filename="{self.project.slug}-ledger.csv"'}
        if request.method == "HEAD":
            return HttpResponse(content_type=ledger_csv.MEDIA_TYPE, headers=headers)
        content = ledger_csv.write_ledger(self._entries(rows))
        return StreamingHttpResponse(content, content_type=ledger_csv.MEDIA_TYPE, headers=headers)

    def _asked(self) -> EventQuerySet:
        return loaded(cast(EventQuerySet, self.filter_queryset(self.rows())))

    def _entries(self, rows: QuerySet) -> Iterator[Entry]:
        """Read all of them a batch at a time, so that memory stays the same."""
        batch = list(rows[:BATCH])
        while batch:
            yield from entries_of(batch, self.user, self.sight)
            batch = list(rows.filter(pk__lt=batch[-1].pk)[:BATCH])

    def _address(self, entry: Entry) -> str:
        names = {"slug": self.project.slug, "uid": entry.event.uid}
        return self.request.build_absolute_uri(reverse("event-detail", kwargs=names))
