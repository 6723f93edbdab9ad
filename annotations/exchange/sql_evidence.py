"""The SQL of evidence, what it says of claims, and what it is independent of."""

from annotations.captures.models import StoredFile
from annotations.exchange.eyes import Eyes
from annotations.exchange.json_sql import (
    bare,
    discardable,
    edited,
    flag,
    if_json,
    if_true,
    if_word,
    if_words,
    json_list,
    json_object,
    made,
    member,
    moderated,
    moment,
    word,
    words,
)
from annotations.sources.models import Source
from annotations.verification.evidence.models import (
    ClaimEvidence,
    Evidence,
    EvidenceIndependence,
)


def evidence(eyes: Eyes) -> str:
    """Write every piece of evidence with the claims it is on, in the order they were added."""
    record = json_object(
        [
            word("uid", "v.uid"),
            word("medium", "v.medium"),
            edited("v"),
            member("claims", _claims(eyes)),
            member("independence", _independence(eyes)),
            if_words("question", "v.question"),
            if_words("answer", "v.answer"),
            if_word("answer_type", "v.answer_type"),
            if_words("quote", "v.quote"),
            eyes.refer("source", Source, "v.source_id"),
            eyes.withheld("source", Source, "v.source_id"),
            if_words("url", "v.url"),
            if_json("file", "v.file_id IS NOT NULL", _file()),
            moment("published", "v.published"),
            moment("accessed", "v.accessed"),
            moment("captured", "v.captured"),
            moment("asked", "v.asked", "v.asked_on"),
            if_word("response", "v.response"),
            if_true("primary", 'v."primary"'),
            if_true("confidential", "v.confidential"),
            discardable("v"),
            moderated("v"),
        ]
    )
    seen = eyes.rows(Evidence, "v")
    return f"SELECT {record} FROM annotations_evidence v WHERE {seen} ORDER BY v.id"


def _claims(eyes: Eyes) -> str:
    one = json_object(
        [
            word("uid", "k.uid"),
            word("claim", "(SELECT uid FROM annotations_claim WHERE id = k.claim_id)"),
            word("stance", "k.stance"),
            edited("k"),
            discardable("k"),
        ]
    )
    return json_list(
        one,
        "FROM annotations_claimevidence k WHERE k.evidence_id = v.id"
        f" AND {eyes.sees(ClaimEvidence, 'k.id')} ORDER BY k.id",
    )


def _independence(eyes: Eyes) -> str:
    one = json_object(
        [
            word("uid", "i.uid"),
            word("evidence", "(SELECT uid FROM annotations_evidence WHERE id = i.second_id)"),
            flag("independent", "i.is_independent"),
            made("i"),
        ]
    )
    return json_list(
        one,
        "FROM annotations_evidenceindependence i WHERE i.first_id = v.id"
        f" AND {eyes.sees(EvidenceIndependence, 'i.id')} ORDER BY i.id",
    )


def _file() -> str:
    file = json_object(
        [
            words("name", "v.file_name"),
            word("media_type", "v.file_type"),
            bare("size", "f.size"),
            word("sha256", "f.sha256"),
        ]
    )
    return f"(SELECT {file} FROM {StoredFile._meta.db_table} f WHERE f.id = v.file_id)"
