"""The SQL of captures."""

from annotations.captures.models import Capture
from annotations.exchange.eyes import Eyes
from annotations.exchange.json_sql import (
    bare,
    if_any,
    if_json,
    if_word,
    if_words,
    json_object,
    made,
    member,
    unless,
    word,
    words,
)
from annotations.exchange.sql_others import file_of


def captures(eyes: Eyes) -> str:
    """Write every capture that is seen, in the order they were made."""
    return (
        f"SELECT {_capture()} FROM annotations_capture v"
        f" WHERE {eyes.rows(Capture, 'v')} ORDER BY v.id"
    )


def _capture() -> str:
    return json_object(
        [
            word("uid", "v.uid"),
            words("url", "v.url"),
            words("canonical_url", "v.canonical_url"),
            word("origin", "v.origin"),
            words("taken_at", "v.taken_at"),
            made("v"),
            bare("quality_score", "v.quality_score"),
            word("quality_kind", "v.quality_kind"),
            member("quality_reasons", "v.quality_reasons"),
            member("hops", "v.hops"),
            if_words("final_url", "v.final_url"),
            if_any("status", "v.status"),
            if_word("failure", "v.failure"),
            if_words("failure_detail", "v.failure_detail"),
            *(unless(name, f"v.{name}", 0) for name in ("redirects", "milliseconds")),
            if_words("media_type", "v.media_type"),
            if_word("body_sha256", "v.body_sha256"),
            unless("body_size", "v.body_size", 0),
            if_word("text_sha256", "v.text_sha256"),
            unless("text_length", "v.text_length", 0),
            if_words("extractor", "v.extractor"),
            if_any("retry_after", "v.retry_after"),
            if_json("file", "v.file_id IS NOT NULL", file_of("v.file_id")),
            if_words("record_id", "v.record_id"),
            if_words("payload_digest", "v.payload_digest"),
            if_words("memento_url", "v.memento_url"),
        ]
    )
