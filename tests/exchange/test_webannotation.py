"""The rules of the W3C Web Annotation Data Model that our annotations could break."""

import json
import re
import uuid

import pytest

from annotations.exchange.formats.webannotation import TERMS, WebAnnotationFormat
from tests.exchange import sample

# https://www.w3.org/TR/annotation-model/#motivation-and-purpose
MOTIVATIONS = {
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing",
    "highlighting", "identifying", "linking", "moderating", "questioning", "replying", "tagging",
}  # fmt: skip
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def check_collection(collection: dict) -> None:
    """Assert every rule; also used on exports of a real project."""
    assert collection["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["@context"][1] == {"factcheck": TERMS}
    assert next(iter(collection)) == "@context"
    assert collection["type"] == "AnnotationCollection"
    page = collection["first"]
    assert (page["type"], page["startIndex"]) == ("AnnotationPage", 0)
    assert page["partOf"] == collection["id"]
    assert collection["total"] == len(page["items"])
    assert list(collection)[-1] == "factcheck:closing"
    ids = [item["id"] for item in page["items"]]
    assert len(set(ids)) == len(ids)
    for item in page["items"]:
        check_annotation(item)
    check_everywhere(collection)


def check_annotation(item: dict) -> None:
    assert item["type"] == "Annotation"
    is_urn(item["id"])
    assert "bodyValue" not in item
    assert set(item["motivation"]) <= MOTIVATIONS
    assert INSTANT.fullmatch(item["created"])
    assert INSTANT.fullmatch(item["modified"])
    assert item["created"] <= item["modified"]
    check_person(item["creator"])
    for body in item["body"]:
        assert body["type"] == "TextualBody"
        assert body["value"]
        assert body["purpose"] in MOTIVATIONS
        if "creator" in body:
            check_person(body["creator"])
    targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
    for target in targets:
        check_target(target)


def check_target(target: dict) -> None:
    assert target["type"] == "SpecificResource"
    is_urn(target["source"]["id"])
    position, quote = target["selector"]
    assert position["type"] == "TextPositionSelector"
    assert 0 <= position["start"] < position["end"]
    assert quote["type"] == "TextQuoteSelector"
    assert len(quote["exact"]) == position["end"] - position["start"]
    assert {"prefix", "suffix"} <= set(quote)


def check_person(person: dict) -> None:
    is_urn(person["id"])
    assert person["type"] == "Person"
    assert person["name"]
    assert "email" not in person
    assert "@" not in person["name"]


def is_urn(value: str) -> None:
    assert value.startswith("urn:uuid:")
    uuid.UUID(value.removeprefix("urn:uuid:"))


def check_everywhere(node: object) -> None:
    """No member that is neither the model's nor in our own namespace; no null."""
    known = {
        "@context", "id", "type", "label", "generator", "generated", "name", "first", "partOf",
        "startIndex", "items", "total", "motivation", "created", "modified", "creator", "body",
        "target", "value", "format", "purpose", "language", "source", "selector", "start", "end",
        "exact", "prefix", "suffix",
    }  # fmt: skip
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("@context", "factcheck:closing"):
                continue
            assert key in known or key.startswith("factcheck:"), key
            assert value is not None
            check_everywhere(value)
    elif isinstance(node, list):
        for each in node:
            check_everywhere(each)


@pytest.fixture
def collection() -> dict:
    return json.loads(b"".join(WebAnnotationFormat().write(sample.records())))


def test_the_sample_keeps_every_rule(collection):
    check_collection(collection)


def test_positions_count_code_points_and_find_the_words(collection):
    for item in collection["first"]["items"]:
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for target in targets:
            position, quote = target["selector"]
            assert sample.TEXT[position["start"] : position["end"]] == quote["exact"]
            assert sample.TEXT[: position["start"]].endswith(quote["prefix"])
            assert sample.TEXT[position["end"] :].startswith(quote["suffix"])


def test_several_ranges_are_several_targets_of_one_source(collection):
    target = collection["first"]["items"][0]["target"]
    assert [each["selector"][1]["exact"] for each in target] == ["The service said", "were killed"]
    assert len({each["source"]["id"] for each in target}) == 1


def test_marks_are_tags_and_labels_assess(collection):
    first, second = collection["first"]["items"]
    purposes = {body["purpose"]: body["value"] for body in first["body"]}
    assert purposes["tagging"] == "deleted_by_author (reported)"
    assert purposes["assessing"] == "refuted"
    assert purposes["describing"].startswith("More than 2,000")
    assert "discarded" in [body["value"] for body in second["body"]]
