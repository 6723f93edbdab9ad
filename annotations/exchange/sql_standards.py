"""The SQL of what a project judges by: scales with their values, and guidelines."""

from annotations.exchange.eyes import Eyes
from annotations.exchange.json_sql import (
    bare,
    discardable,
    flag,
    if_word,
    if_words,
    json_list,
    json_object,
    made,
    member,
    word,
    words,
)
from annotations.verification.evidence.models import ReviewEvidence
from annotations.verification.standards.models import Guideline, RatingScale


def scales(eyes: Eyes) -> str:
    """Write every version of the scale with its values."""
    value = json_object(
        [
            word("uid", "n.uid"),
            words("name", "n.name"),
            if_words("description", "n.description"),
            if_word("suggested_label", "n.suggested_label"),
        ]
    )
    record = json_object(
        [
            word("uid", "r.uid"),
            bare("version", "r.version"),
            words("name", "r.name"),
            flag("is_ordered", "r.is_ordered"),
            made("r"),
            member(
                "values",
                json_list(
                    value, "FROM annotations_ratingvalue n WHERE n.scale_id = r.id ORDER BY n.n"
                ),
            ),
            if_words("description", "r.description"),
        ]
    )
    where = eyes.rows(RatingScale, "r")
    return f"SELECT {record} FROM annotations_ratingscale r WHERE {where} ORDER BY r.version"


def guidelines(eyes: Eyes) -> str:
    """Write every version of the guidelines."""
    record = json_object(
        [
            word("uid", "g.uid"),
            bare("version", "g.version"),
            words("text", "g.text"),
            made("g"),
            if_words("note", "g.note"),
        ]
    )
    where = eyes.rows(Guideline, "g")
    return f"SELECT {record} FROM annotations_guideline g WHERE {where} ORDER BY g.version"


def evidence_used(eyes: Eyes) -> str:
    """Write the evidence that a review rests on, by its links to the claim."""
    one = json_object(
        [
            word("uid", "e.uid"),
            word("link", "(SELECT uid FROM annotations_claimevidence WHERE id = e.link_id)"),
            made("e"),
            discardable("e"),
        ]
    )
    return json_list(
        one,
        "FROM annotations_reviewevidence e WHERE e.review_id = w.id"
        f" AND {eyes.sees(ReviewEvidence, 'e.id')} ORDER BY e.id",
    )
