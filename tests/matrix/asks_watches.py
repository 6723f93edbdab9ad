"""Requests about watched pages and their checks, to pages and to the API."""

from typing import Any

from django.utils import timezone

from annotations.lifecycle.watches.models import Watch, WatchTurn
from annotations.statements.models import Statement
from tests.matrix.asks import Ask, Names, slug, uid_of
from tests.matrix.rows import Rows

WATCH: Names = uid_of("watch")
WHY = "The site asked us to."


def paused(rows: Rows) -> dict[str, Any]:
    return {"reason": WHY, "revision": rows.watch.revision}


def pause(rows: Rows, actor: object) -> None:
    columns = {"state": "paused", "paused_at": timezone.now(), "paused_reason": WHY}
    Watch.objects.filter(pk=rows.watch.pk).update(**columns, paused_by=rows.watch.created_by)
    WatchTurn.objects.filter(watch=rows.watch).update(next_at=None)


def give_address(rows: Rows, actor: object) -> None:
    url = "https://daily.example/said"
    Statement.objects.filter(pk=rows.statement.pk).update(url=url, canonical_url=url)


def in_watch(rows: Rows) -> dict[str, Any]:
    return {"slug": rows.project.slug, "watch_uid": rows.watch.uid}


def one_check(rows: Rows) -> dict[str, Any]:
    return {**in_watch(rows), "uid": rows.check.uid}


WATCH_PAGES = {
    ("watch-list", "GET"): Ask(),
    ("watch-detail", "GET"): Ask("watch", WATCH),
    ("watch-state", "GET"): Ask("watch", WATCH),
    ("watch-pause", "POST"): Ask("watch", WATCH, paused),
    ("watch-resume", "POST"): Ask("watch", WATCH, before=pause),
    ("watch-check", "POST"): Ask("watch", WATCH),
    ("watch-look", "POST"): Ask("watch", WATCH, lambda rows: {"check": rows.check.uid}),
    ("article-watch", "GET"): Ask("article", uid_of("article")),
    ("article-watch", "POST"): Ask("article", uid_of("article")),
    ("statement-watch", "GET"): Ask("statement", uid_of("statement")),
    ("statement-watch", "POST"): Ask("statement", uid_of("statement"), before=give_address),
}
WATCH_API = {
    ("api-watches", "GET"): Ask(),
    ("api-watches", "POST"): Ask("article", slug, lambda rows: {"article": rows.article.uid}),
    ("api-watch", "GET"): Ask("watch", WATCH),
    ("api-watch-pause", "POST"): Ask("watch", WATCH, lambda rows: {"reason": WHY}, match="watch"),
    ("api-watch-resume", "POST"): Ask("watch", WATCH, match="watch", before=pause),
    ("api-watch-check-now", "POST"): Ask("watch", WATCH),
    ("api-watch-looked-at", "POST"): Ask("watch", WATCH, lambda rows: {"check": rows.check.uid}),
    ("api-watch-checks", "GET"): Ask("watch", in_watch),
    ("api-watch-check", "GET"): Ask("watch", one_check),
}
