"""What the last record of the sample says."""

from annotations.exchange.records import (
    ClaimRecord,
    Closing,
)


def closing(claim_records: list[ClaimRecord]) -> Closing:
    """What the last record of `records` says."""
    mentions = [mention for claim in claim_records for mention in claim.mentions]
    counts = {
        "people": 2,
        "outlets": 1,
        "sources": 1,
        "aliases": 1,
        "statements": 1,
        "captures": 1,
        "articles": 1,
        "versions": 1,
        "blocks": 2,
        "rounds": 1,
        "claims": len(claim_records),
        "mentions": len(mentions),
        "hops": sum(len(mention.hops) for mention in mentions),
        "originals": 2,
        "placements": 2,
        "events": 1,
        "event_hops": 0,
        "assessments": 1,
        "event_captures": 1,
        "evidence": 2,
        "claim_links": 2,
        "scales": 1,
        "guidelines": 1,
        "comments": 2,
        "reviews": 2,
        "adjudications": 1,
        "verdicts": 1,
        "assignments": 1,
        "history": 1,
    }
    return Closing(counts=counts)
