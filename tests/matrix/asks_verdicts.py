"""Requests that decide of claims, each acceptable to the product."""

from typing import Any

from tests.matrix.asks import Ask, fixed, form_key, number, slug, uid_of
from tests.matrix.rows import Rows
from tests.ruling import agree, evidence_on

NOTE = "The first count was wrong."


def disputed(rows: Rows, actor: Any) -> None:
    """Let another judge the claim differently."""
    agree(rows.claim, rows.second, label="refuted")


def agreed(rows: Rows, actor: Any) -> None:
    """Let another judge the claim alike."""
    agree(rows.claim, rows.second)


def ruled_number(rows: Rows) -> dict[str, Any]:
    """The project and the number of the claim with a verdict."""
    return {"slug": rows.project.slug, "number": rows.ruled.number}


def decided(rows: Rows) -> dict[str, Any]:
    reviews = rows.claim.reviews.order_by("pk")
    return {
        "label_from": "own",
        "label": "refuted",
        "native_rating_from": "own",
        "confidence_from": "own",
        "justification_from": "own",
        "reason": "The UN counted.",
        "claim_revision": rows.claim.content_revision,
        "seen": " ".join(f"{one.uid}:{one.revision}" for one in reviews),
        "key": form_key(),
    }


def published(rows: Rows) -> dict[str, Any]:
    return {
        "reason": "The UN counted.",
        "evidence": [str(rows.evidence.uid)],
        "claim_revision": rows.claim.content_revision,
        "key": form_key(),
    }


def rescinded(rows: Rows) -> dict[str, Any]:
    return {"correction_note": NOTE, "revision": rows.verdict.revision}


def api_adjudication(rows: Rows) -> dict[str, Any]:
    return {"claim": rows.claim.uid, "label": "refuted", "reason": "The UN counted."}


def api_verdict(rows: Rows) -> dict[str, Any]:
    evidence = [rows.evidence.uid]
    return {"claim": rows.claim.uid, "reason": "The UN counted.", "evidence": evidence}


def api_superseding(rows: Rows) -> dict[str, Any]:
    evidence = [one.uid for one in evidence_on(rows.ruled)]
    return {"reason": "Counted again.", "evidence": evidence, "correction_note": NOTE}


VERDICT_PAGES = {
    ("verdict-list", "GET"): Ask(),
    ("claim-adjudicate", "GET"): Ask("claim", number, before=disputed),
    ("claim-adjudicate", "POST"): Ask("claim", number, decided, before=disputed),
    ("verdict-publish", "GET"): Ask("claim", number, before=agreed),
    ("verdict-publish", "POST"): Ask("claim", number, published, before=agreed),
    ("claim-reopen", "GET"): Ask("ruled", ruled_number),
    ("claim-reopen", "POST"): Ask("ruled", ruled_number, fixed(reason="New evidence.")),
    ("verdict-rescind", "GET"): Ask("verdict", uid_of("verdict")),
    ("verdict-rescind", "POST"): Ask("verdict", uid_of("verdict"), rescinded),
}
VERDICT_API = {
    ("api-adjudications", "GET"): Ask(),
    ("api-adjudications", "POST"): Ask("claim", slug, api_adjudication, before=disputed),
    ("api-adjudication", "GET"): Ask("adjudication", uid_of("adjudication")),
    ("api-verdicts", "GET"): Ask(),
    ("api-verdicts", "POST"): Ask("claim", slug, api_verdict, before=agreed),
    ("api-verdict", "GET"): Ask("verdict", uid_of("verdict")),
    ("api-verdict-supersede", "POST"): Ask(
        "verdict", uid_of("verdict"), api_superseding, match="verdict"
    ),
    ("api-verdict-rescind", "POST"): Ask(
        "verdict", uid_of("verdict"), fixed(correction_note=NOTE), match="verdict"
    ),
    ("api-claim-publication", "GET"): Ask("claim", uid_of("claim")),
    ("api-claim-reopen", "POST"): Ask(
        "ruled", uid_of("ruled"), fixed(reason="New evidence."), match="ruled"
    ),
}
