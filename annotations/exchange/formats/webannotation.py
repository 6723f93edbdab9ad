"""`webannotation`: each mention an annotation of the W3C Web Annotation Data Model (JSON-LD)."""

import uuid
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, ClassVar

import msgspec

from annotations.exchange.formats.base import CHUNK, CutFile, compare
from annotations.exchange.records import (
    ClaimContext,
    ClaimRecord,
    Closing,
    ExportedRecord,
    HopRecord,
    MentionContext,
    MentionRecord,
    ProjectRecord,
    RangeRecord,
    StandingVerdict,
)

ANNO_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# Our own terms, where the model has none: JSON-LD readers that do not know them pass them over.
TERMS = "urn:factcheck:terms:"
CLOSING = "factcheck:closing"


class WebAnnotationFormat:
    """An AnnotationCollection whose only page is embedded; the counts are its last member."""

    name: ClassVar[str] = "webannotation"
    media_type: ClassVar[str] = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
    extension: ClassVar[str] = "jsonld"
    lossless: ClassVar[bool] = False
    lost_fields: ClassVar[tuple[str, ...]] = (
        "claims without a mention",
        "people but creators",
        "sources' kinds, aliases and descriptions",
        "statements but their ids and addresses",
        "article texts and blocks",
        "cue and source words, and everything of a hop but name and quote type",
        "adjudications, ended verdicts, what a verdict rests on",
        "stale and discarded reviews, justification, confidence, native rating",
        "events' details and assessments before the last",
        "where mentions stand in later versions",
        "evidence",
        "comments",
        "assignments, scales and guidelines",
        "who discarded or hid, and why",
        "history",
    )
    sections: ClassVar[tuple[str, ...]] = ("claims",)
    in_context: ClassVar[bool] = True

    def write(self, records: Iterable[ExportedRecord]) -> Iterator[bytes]:
        """Yield the collection, an annotation a line."""
        encode = msgspec.json.encode
        buffer = bytearray()
        comma = b"\n"
        total = 0
        for record in records:
            if isinstance(record, ProjectRecord):
                buffer += _head(record)
            elif type(record) is ClaimRecord:
                for mention in record.mentions:
                    buffer += comma + encode(_annotation(record, mention))
                    comma = b",\n"
                    total += 1
            elif isinstance(record, Closing):
                buffer += b'\n]},\n"total":%d,\n"%s":' % (total, CLOSING.encode())
                buffer += encode(record) + b"}\n"
            if len(buffer) >= CHUNK:
                yield bytes(buffer)
                buffer.clear()
        yield bytes(buffer)

    def check(self, stream: BinaryIO) -> Closing:
        """Return the closing record; raise CutFile when the file ends early."""
        try:
            collection = msgspec.json.decode(stream.read())
            closing = msgspec.convert(collection[CLOSING], Closing)
            items = collection["first"]["items"]
        except (msgspec.DecodeError, KeyError) as error:
            raise CutFile(str(error)) from error
        return compare(closing, {"mentions": len(items)})


def _head(project: ProjectRecord) -> bytes:
    page = uuid.uuid5(uuid.UUID(project.uid), "annotations, page 1")
    head: dict[str, Any] = {
        "@context": [ANNO_CONTEXT, {"factcheck": TERMS}],
        "id": uuid.uuid5(uuid.UUID(project.uid), "annotations").urn,
        "type": "AnnotationCollection",
        "label": project.name,
        "generator": {"id": "urn:factcheck", "type": "Software", "name": "Factcheck"},
        "generated": project.exported_at,
    }
    first: dict[str, Any] = {
        "id": page.urn,
        "type": "AnnotationPage",
        "partOf": head["id"],
        "startIndex": 0,
    }
    # Both objects stay open: the page for its items, the collection for its closing record.
    return (
        msgspec.json.encode(head)[:-1]
        + b',\n"first":'
        + msgspec.json.encode(first)[:-1]
        + b',"items":['
    )


def _annotation(claim: ClaimRecord, mention: MentionRecord) -> dict[str, Any]:
    context = claim.context or ClaimContext()
    bodies = list(_bodies(claim, context, mention))
    targets = [_target(mention, each) for each in mention.ranges]
    annotation: dict[str, Any] = {
        "id": f"urn:uuid:{mention.uid}",
        "type": "Annotation",
        "motivation": list(dict.fromkeys(body["purpose"] for body in bodies)),
        "created": mention.created_at,
        "modified": max(claim.updated_at, mention.created_at),
        "creator": _person(
            mention.created_by, mention.context.created_by_name if mention.context else ""
        ),
        "body": bodies,
        "target": targets[0] if len(targets) == 1 else targets,
        "factcheck:claim": {"id": f"urn:uuid:{claim.uid}", "factcheck:number": claim.number},
    }
    if context.statements:
        annotation["factcheck:restsOn"] = [
            {"id": f"urn:uuid:{each.uid}"} | ({"factcheck:url": each.url} if each.url else {})
            for each in context.statements
        ]
    return annotation


def _bodies(
    claim: ClaimRecord, context: ClaimContext, mention: MentionRecord
) -> Iterator[dict[str, Any]]:
    yield _text(claim.text, "describing", language=claim.language)
    for kind in claim.types:
        yield _text(kind, "classifying")
    for hop in mention.hops:
        yield _text(_hop_name(hop), "identifying") | _hop_terms(hop)
    if context.verdict:
        yield _verdict(context.verdict)
    for label in context.labels:
        creator = _person(label.by, label.by_name)
        yield _text(label.label, "assessing") | {"creator": creator, "created": label.at}
    for mark in context.marks:
        yield _text(f"{mark.event_type} ({mark.standing})", "tagging") | {
            "factcheck:event": {"id": f"urn:uuid:{mark.event}"}
        }
    if claim.discarded or mention.discarded:
        yield _text("discarded", "tagging")
    if claim.hidden:
        yield _text("hidden", "tagging")


def _verdict(verdict: StandingVerdict) -> dict[str, Any]:
    """What the project says of the claim; other judgements are their authors' own."""
    creator = _person(verdict.by, verdict.by_name)
    body = _text(verdict.label, "assessing") | {"creator": creator, "created": verdict.at}
    state = {"factcheck:stale": True} if verdict.is_stale else {}
    return body | {"factcheck:verdict": {"id": f"urn:uuid:{verdict.uid}"} | state}


def _text(value: str, purpose: str, *, language: str = "") -> dict[str, Any]:
    body = {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}
    return body | {"language": language} if language else body


def _hop_name(hop: HopRecord) -> str:
    if hop.source_withheld:
        return "[withheld]"
    return hop.source_name or f"[{hop.source_given}]"


def _hop_terms(hop: HopRecord) -> dict[str, Any]:
    terms: dict[str, Any] = {"factcheck:hop": hop.order, "factcheck:quoteType": hop.quote_type}
    if hop.source:
        terms["factcheck:source"] = {"id": f"urn:uuid:{hop.source}"}
    return terms


def _target(mention: MentionRecord, each: RangeRecord) -> dict[str, Any]:
    return {
        "type": "SpecificResource",
        "source": _source(mention),
        # Two ways to find the same words; offsets count code points, as the model asks.
        "selector": [
            {"type": "TextPositionSelector", "start": each.start, "end": each.end},
            {
                "type": "TextQuoteSelector",
                "exact": each.exact,
                "prefix": each.prefix,
                "suffix": each.suffix,
            },
        ],
    }


def _source(mention: MentionRecord) -> dict[str, Any]:
    source: dict[str, Any] = {
        "id": f"urn:uuid:{mention.version}",
        "type": "Text",
        "format": "text/plain",
    }
    place: MentionContext | None = mention.context
    if place is None:
        return source
    if place.article_language:
        source["language"] = place.article_language
    article = {"id": f"urn:uuid:{place.article}", "factcheck:title": place.article_title}
    if place.article_url:
        article["factcheck:url"] = place.article_url
    return source | {
        "factcheck:article": article,
        "factcheck:version": place.version_number,
        "factcheck:sha256": place.version_hash,
    }


def _person(uid: str, name: str = "") -> dict[str, Any]:
    person = {"id": f"urn:uuid:{uid}", "type": "Person"}
    return person | {"name": name} if name else person
