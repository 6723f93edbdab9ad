"""The native form holds every column, and reads them with the same few queries."""

import json

import jsonschema
import pytest

from annotations.claims.services import claim_update
from annotations.exchange import records
from annotations.exchange.read import Reading, read_records
from annotations.exchange.snapshot import open_snapshot
from tests import material
from tests.exchange.conftest import TEXT, WORDS, export, native
from tests.exchange.test_schema import validator
from tests.exchange.test_webannotation import check_collection

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_claim_comes_with_its_ranges_and_its_chain(scene):
    document = native(scene.project)
    claim = next(c for c in document.claims if c.uid == str(scene.claim.uid))
    (mention,) = claim.mentions
    assert [each.exact for each in mention.ranges] == [WORDS, "were killed"]
    text = document.articles[0].versions[0].text
    assert text == TEXT
    for each in mention.ranges:
        assert text[each.start : each.end] == each.exact
        assert text[: each.start].endswith(each.prefix)
        assert text[each.end :].startswith(each.suffix)
    first, second = mention.hops
    names = {source.uid: source.name for source in document.sources}
    assert [names[hop.source] for hop in (first, second)] == ["State Emergency Service", "CNN"]
    assert first.statement == str(scene.statement.uid)
    assert [each.exact for each in first.cue_ranges] == ["said"]
    assert [each.exact for each in first.source_ranges] == ["The service"]


def test_blocks_join_to_the_text(scene):
    for article in native(scene.project).articles:
        for version in article.versions:
            ends = [0, *(block.end for block in version.blocks)]
            assert [block.start for block in version.blocks] == ends[:-1]
            assert ends[-1] == version.length == len(version.text)


def test_an_event_comes_with_its_reporters_and_standing(scene):
    event = next(e for e in native(scene.project).events if e.uid == str(scene.event.uid))
    assert (event.event_type, event.standing) == ("deleted_by_author", "reported")
    assert len(event.hops) == 1
    assert event.assessments[-1].standing == event.standing


def test_the_export_meets_the_schema(scene, reader):
    for viewer in (None, reader):
        document = json.loads(export(scene.project, viewer, history=True))
        validator().validate(document)
    with pytest.raises(jsonschema.ValidationError):
        validator().validate(document | {"claims": None})


def test_the_web_annotations_keep_the_rules(scene, moderator):
    for viewer in (None, moderator):
        check_collection(json.loads(export(scene.project, viewer, "webannotation")))


def test_marks_reach_every_claim_that_rests_on_the_statement(scene, reader):
    items = json.loads(export(scene.project, reader, "webannotation"))["first"]["items"]
    item = next(i for i in items if i["factcheck:claim"]["id"] == scene.claim.uid.urn)
    assert "deleted_by_author (reported)" in [body["value"] for body in item["body"]]


def test_two_exports_differ_in_nothing_but_their_time(scene):
    first, second = native(scene.project, history=True), native(scene.project, history=True)
    first.project.exported_at = second.project.exported_at
    assert first == second


def test_history_says_who_when_what_and_why(scene, reviewer):
    scene.claim.refresh_from_db()
    claim_update(actor=reviewer, claim=scene.claim, revision=scene.claim.revision, text="2,001")
    history = native(scene.project, history=True).history
    entry = [e for e in history if e.uid == str(scene.claim.uid)][-1]
    assert (entry.entity, entry.change, entry.by) == ("claim", "update", str(reviewer.uid))
    assert json.loads(bytes(entry.values))["text"] == "2,001"
    assert native(scene.project).history == []


def test_history_names_other_rows_by_uid_and_spans_by_their_words(scene):
    history = native(scene.project, history=True).history
    mention = next(e for e in history if e.entity == "mention")
    values = json.loads(bytes(mention.values))
    assert values["claim"] == str(scene.claim.uid)
    assert [each["exact"] for each in values["span"]] == [WORDS, "were killed"]
    assert not {"id", "project", "claim_id"} & set(values)


def test_the_number_of_queries_does_not_grow(scene, reviewer, reader):
    readings = [
        Reading(scene.project, viewer, with_history=True, in_context=in_context)
        for viewer in (None, reader)
        for in_context in (False, True)
    ]
    before = [count_queries(reading) for reading in readings]
    for number in range(10):
        article = material.make_article(
            scene.project, reviewer, text=f"{material.TEXT}{number}", title=f"More {number}"
        )
        material.make_claim(scene.project, reviewer, article=article)
    after = [count_queries(reading) for reading in readings]
    assert after == [(queries, claims + 10) for queries, claims in before]


def count_queries(reading: Reading) -> tuple[int, int]:
    """How many queries a reading took, and how many claims it gave."""
    with open_snapshot() as snapshot:
        read = read_records(snapshot, reading)
        claims = sum(isinstance(record, records.ClaimRecord) for record in read)
        return snapshot.queries, claims
