"""Requests to the API and the health checks, each acceptable to the product."""

from typing import Any

from tests.matrix.asks import Ask, fixed, nothing, slug, uid_of
from tests.matrix.asks_captures import kept_capture
from tests.matrix.asks_ledger import LEDGER_API, about_bundle
from tests.matrix.asks_moderation import MODERATION_API
from tests.matrix.asks_pages import fail_to_fetch
from tests.matrix.asks_placements import API as PLACEMENTS
from tests.matrix.asks_queue import WORK_API
from tests.matrix.asks_rounds import API as ROUNDS
from tests.matrix.asks_standards import STANDARDS_API
from tests.matrix.asks_talk import TALK_API
from tests.matrix.asks_verdicts import VERDICT_API
from tests.matrix.asks_watches import WATCH_API
from tests.matrix.rows import Rows


def within(parent: str, name: str = "") -> Any:
    """The project, the row above and, if there is one, the row itself."""
    above = {
        "version": "article",
        "mention": "claim",
        "link": "claim",
        "alias": "source",
        "assessment": "event",
        "event_capture": "event",
        "bundle": "event",
    }

    def names(rows: Rows) -> dict[str, Any]:
        found = {"slug": rows.project.slug, f"{parent}_uid": getattr(rows, parent).uid}
        return {**found, "uid": getattr(rows, name).uid} if name else found

    assert not name or above[name] == parent
    return names


def mention(rows: Rows) -> dict[str, Any]:
    return {
        "version": rows.version.uid,
        "ranges": [[56, 78]],
        "attributions": [{"source": rows.source.uid, "quote_type": "indirect"}],
    }


def claim(rows: Rows) -> dict[str, Any]:
    return {"text": "498 soldiers died", "mentions": [mention(rows)], "label": "supported"}


def review(rows: Rows) -> dict[str, Any]:
    return {"claim": rows.claim.uid, "label": "refuted"}


def event(rows: Rows) -> dict[str, Any]:
    return {"statement": rows.statement.uid, "type": "retracted", "reported_by_name": "Reuters"}


def piece(rows: Rows) -> dict[str, Any]:
    return {"question": "Who counted?", "claim": rows.claim.uid, "stance": "supports"}


def attached(rows: Rows) -> dict[str, Any]:
    return {"evidence": rows.other_evidence.uid, "stance": "context"}


def compared(rows: Rows) -> dict[str, Any]:
    return {"evidence": rows.other_evidence.uid, "independent": True}


ASSESSMENT = fixed(standing="refuted", reason="It is still there.")
API = {
    **VERDICT_API,
    ("healthz", "GET"): Ask(names=nothing),
    ("readyz", "GET"): Ask(names=nothing),
    ("api-root", "GET"): Ask(names=nothing),
    ("api-schema", "GET"): Ask(names=nothing),
    ("api-docs", "GET"): Ask(names=nothing),
    ("api-nothing", "GET"): Ask(path="/api/v2/"),
    ("api-nothing", "POST"): Ask(path="/api/v2/", is_traceless=True),
    ("api-projects", "GET"): Ask(names=nothing),
    ("api-projects", "POST"): Ask(names=nothing, body=fixed(name="Another name")),
    ("api-project", "GET"): Ask(),
    ("api-project", "PATCH"): Ask(body=fixed(name="Another name"), match="project"),
    ("api-memberships", "GET"): Ask(),
    ("api-membership", "GET"): Ask("membership", uid_of("membership")),
    ("api-export", "GET"): Ask(query="?format=csv"),
    ("api-agreement", "GET"): Ask(),
    ("api-articles", "GET"): Ask(),
    ("api-articles", "POST"): Ask(body=fixed(text="A headline\n\nA text.", title="A headline")),
    ("api-article", "GET"): Ask("article", uid_of("article")),
    ("api-article", "PATCH"): Ask(
        "article", uid_of("article"), fixed(title="Other words"), match="article"
    ),
    ("api-versions", "GET"): Ask("article", within("article")),
    ("api-versions", "POST"): Ask("article", within("article"), fixed(text="A later text.")),
    ("api-version", "GET"): Ask("article", within("article", "version")),
    ("api-claims", "GET"): Ask(),
    ("api-claims", "POST"): Ask("article", slug, claim),
    ("api-claim", "GET"): Ask("claim", uid_of("claim")),
    ("api-claim", "PATCH"): Ask("claim", uid_of("claim"), fixed(text="Other words"), match="claim"),
    ("api-claim", "DELETE"): Ask("claim", uid_of("claim"), match="claim"),
    ("api-claim-restore", "POST"): Ask("claim", uid_of("claim"), fixed(reason="After all.")),
    ("api-mentions", "GET"): Ask("claim", within("claim")),
    ("api-mentions", "POST"): Ask("claim", within("claim"), mention),
    ("api-mention", "GET"): Ask("claim", within("claim", "mention")),
    ("api-mention", "PATCH"): Ask(
        "claim", within("claim", "mention"), fixed(ranges=[[56, 78]]), match="mention"
    ),
    ("api-mention", "DELETE"): Ask("claim", within("claim", "mention"), match="mention"),
    ("api-mention-restore", "POST"): Ask("mention", within("claim", "mention"), fixed(reason="")),
    ("api-claim-evidence-pieces", "GET"): Ask("claim", within("claim")),
    ("api-claim-evidence-pieces", "POST"): Ask("claim", within("claim"), attached),
    ("api-claim-evidence-warnings", "GET"): Ask("claim", within("claim")),
    ("api-claim-evidence", "GET"): Ask("claim", within("claim", "link")),
    ("api-claim-evidence", "PATCH"): Ask(
        "claim", within("claim", "link"), fixed(stance="context"), match="link"
    ),
    ("api-claim-evidence", "DELETE"): Ask("claim", within("claim", "link"), match="link"),
    ("api-claim-evidence-restore", "POST"): Ask("link", within("claim", "link"), fixed(reason="")),
    ("api-captures", "GET"): Ask(),
    ("api-captures", "POST"): Ask(body=fixed(url="https://daily.example/x"), is_traceless=True),
    ("api-uploads", "POST"): Ask(body=fixed(url="https://daily.example/x")),
    ("api-upload", "GET"): Ask("upload", uid_of("upload")),
    ("api-upload-again", "POST"): Ask("upload", uid_of("upload"), before=fail_to_fetch),
    ("api-upload-save", "POST"): Ask("upload", uid_of("upload")),
    ("api-article-refresh", "POST"): Ask("article", within("article")),
    ("api-capture", "GET"): Ask("capture", uid_of("capture")),
    ("api-capture-warc", "GET"): Ask("capture", uid_of("capture")),
    ("api-evidence-pieces", "GET"): Ask(),
    ("api-evidence-pieces", "POST"): Ask("claim", slug, piece),
    ("api-evidence", "GET"): Ask("evidence", uid_of("evidence")),
    ("api-evidence", "PATCH"): Ask(
        "evidence", uid_of("evidence"), fixed(answer="Somebody."), match="evidence"
    ),
    ("api-evidence", "DELETE"): Ask("evidence", uid_of("evidence"), match="evidence"),
    ("api-evidence-restore", "POST"): Ask("evidence", uid_of("evidence"), fixed(reason="")),
    ("api-evidence-file", "GET"): Ask("evidence", uid_of("evidence")),
    ("api-evidence-file", "POST"): Ask(
        "evidence", uid_of("evidence"), fixed(any="text"), match="evidence"
    ),
    ("api-evidence-file", "DELETE"): Ask("evidence", uid_of("evidence"), match="evidence"),
    ("api-evidence-independence", "POST"): Ask("evidence", uid_of("evidence"), compared),
    ("api-reviews", "GET"): Ask(),
    ("api-reviews", "POST"): Ask("claim", slug, review),
    ("api-review", "GET"): Ask("review", uid_of("review")),
    ("api-review", "PATCH"): Ask(
        "review", uid_of("review"), fixed(label="refuted"), match="review"
    ),
    ("api-review", "DELETE"): Ask("review", uid_of("review"), match="review"),
    ("api-review-restore", "POST"): Ask("review", uid_of("review"), fixed(reason="")),
    **WORK_API,
    ("api-sources", "GET"): Ask(),
    ("api-sources", "POST"): Ask(body=fixed(name="Rescuers")),
    ("api-source", "GET"): Ask("source", uid_of("source")),
    ("api-source", "PATCH"): Ask(
        "source", uid_of("source"), fixed(name="Rescuers"), match="source"
    ),
    ("api-aliases", "GET"): Ask("source", within("source")),
    ("api-aliases", "POST"): Ask("source", within("source"), fixed(name="DSNS")),
    ("api-alias", "GET"): Ask("source", within("source", "alias")),
    ("api-alias", "DELETE"): Ask("source", within("source", "alias"), match="alias"),
    ("api-statements", "GET"): Ask(),
    ("api-statements", "POST"): Ask(body=fixed(channel="Radio")),
    ("api-statement", "GET"): Ask("statement", uid_of("statement")),
    ("api-statement", "PATCH"): Ask(
        "statement", uid_of("statement"), fixed(channel="Radio"), match="statement"
    ),
    ("api-events", "GET"): Ask(),
    ("api-events", "POST"): Ask("statement", slug, event),
    ("api-event", "GET"): Ask("event", uid_of("event")),
    ("api-event-texts", "GET"): Ask("event", uid_of("event")),
    ("api-assessments", "GET"): Ask("event", within("event")),
    ("api-assessments", "POST"): Ask("event", within("event"), ASSESSMENT),
    ("api-assessment", "GET"): Ask("event", within("event", "assessment")),
    ("api-event-captures", "GET"): Ask("event", within("event")),
    ("api-event-captures", "POST"): Ask("event", within("event"), kept_capture),
    ("api-event-capture", "GET"): Ask("event", within("event", "event_capture")),
    ("api-event-bundles", "GET"): Ask("event", within("event")),
    ("api-event-bundles", "POST"): Ask("event", within("event")),
    ("api-event-bundle", "GET"): about_bundle(within("event", "bundle")),
    ("api-event-bundle-file", "GET"): about_bundle(within("event", "bundle")),
    **TALK_API,
    **ROUNDS,
    **PLACEMENTS,
    **LEDGER_API,
    **WATCH_API,
    **MODERATION_API,
    **STANDARDS_API,
}
