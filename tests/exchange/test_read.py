"""The native form holds every column, and reads them with the same few queries."""

import json

import jsonschema
import pytest

from annotations.articles.models import Article, ArticleVersion, Block, Outlet
from annotations.claims.models import Attribution, Claim, Mention
from annotations.claims.services import claim_update
from annotations.exchange import records
from annotations.exchange.read import Reading, read_records
from annotations.exchange.snapshot import open_snapshot
from annotations.lifecycle.models import EventAssessment, LifecycleEvent
from annotations.projects.models import Project
from annotations.sources.models import Source, SourceAlias
from annotations.spans.models import SpanRange
from annotations.statements.models import Statement
from annotations.verification.models import Review
from tests import material
from tests.exchange.conftest import TEXT, WORDS, export, native
from tests.exchange.test_schema import validator
from tests.exchange.test_webannotation import check_collection

pytestmark = pytest.mark.django_db(transaction=True)

# Where a column stands in the record under another name, or why it does not.
ELSEWHERE = {
    "type": "event_type",
    "span": "ranges",
    "source_span": "source_ranges",
    "cue_span": "cue_ranges",
    "said_on": "said",
}
NOT_WRITTEN = {
    "id": "uid stands for it",
    "project": "all of one project",
    "canonical_url": "made from url",
    "name_key": "made from name",
    "last_claim_number": "the highest claim's",
    "article": "the record stands in its article, or its version tells",
    "version": "the record stands in its version",
    "claim": "the record stands in its claim",
    "mention": "the record stands in its mention",
    "event": "the record stands in its event",
    "source": "the record stands in its source",
    "n": "the order of the list",
    "text": "a run of the version's text",
}
PARTS = ("_earliest", "_latest", "_zone", "_at", "_by", "_reason")
RECORDS = {
    Project: records.ProjectRecord,
    Outlet: records.OutletRecord,
    Source: records.SourceRecord,
    SourceAlias: records.AliasRecord,
    Statement: records.StatementRecord,
    Article: records.ArticleRecord,
    ArticleVersion: records.VersionRecord,
    Block: records.BlockRecord,
    Claim: records.ClaimRecord,
    Mention: records.MentionRecord,
    SpanRange: records.RangeRecord,
    Attribution: records.HopRecord,
    LifecycleEvent: records.EventRecord,
    EventAssessment: records.AssessmentRecord,
    Review: records.ReviewRecord,
}


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_every_column_is_in_the_native_form(model):
    members = set(RECORDS[model].__struct_fields__)
    for field in model._meta.get_fields():
        if not field.concrete or field.name in NOT_WRITTEN:
            continue
        name = ELSEWHERE.get(field.name, field.name)
        base = next((name.removesuffix(p) for p in PARTS if name.endswith(p)), name)
        written = {name, base, f"{base}ed", ELSEWHERE.get(f"{base}_on", base)} & members
        # "discard_reason" stands in "discarded", "said_zone" in "said".
        assert written, f"{model.__name__}.{field.name}"


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


@pytest.mark.parametrize("in_context", [False, True])
@pytest.mark.parametrize("role", [None, "reader"])
def test_the_number_of_queries_does_not_grow(scene, reviewer, actor, role, in_context):
    viewer = actor(role) if role else None
    reading = Reading(scene.project, viewer, with_history=True, in_context=in_context)

    def queries() -> tuple[int, int]:
        with open_snapshot() as snapshot:
            claims = sum(
                isinstance(r, records.ClaimRecord) for r in read_records(snapshot, reading)
            )
            return snapshot.queries, claims

    before, few = queries()
    for number in range(10):
        article = material.make_article(
            scene.project, reviewer, text=f"{material.TEXT}{number}", title=f"More {number}"
        )
        material.make_claim(scene.project, reviewer, article=article)
    after, many = queries()
    assert many == few + 10
    assert after == before
