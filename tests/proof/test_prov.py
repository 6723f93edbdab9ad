"""The provenance of an event, as a library of PROV reads it."""

import io
import json
import warnings

import pytest
from prov.model import (
    PROV,
    ProvActivity,
    ProvAgent,
    ProvAssociation,
    ProvAttribution,
    ProvDelegation,
    ProvDerivation,
    ProvDocument,
    ProvEntity,
    ProvGeneration,
    ProvInvalidation,
    ProvUsage,
)

from annotations.claims.hops import HopInput
from annotations.exchange.proof.bundle import write_bundle
from annotations.exchange.proof.documents import event_document
from annotations.exchange.proof.prov import prov_document
from annotations.lifecycle.choices import GROUP_OF, EventGroup, EventType
from annotations.lifecycle.services import assessment_add, event_record
from tests.material import make_article, make_event, make_source, make_statement
from tests.proof.test_bundle import json_of

pytestmark = pytest.mark.django_db


def read(document):
    """Read it back; whatever the library only tolerates is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return ProvDocument.deserialize(io.StringIO(json.dumps(document)), format="json")


def of(document, kind):
    return document.get_records(kind)


def values(record):
    return {str(name): str(value) for name, value in record.attributes}


@pytest.fixture
def document(event, reviewer):
    return event_document(event, reviewer).json


def test_the_bundles_provenance_is_read_back_whole(write, event, tmp_path):
    written = json_of(write(tmp_path / "b.zip"), "prov.json")
    found = read(written)
    for kind, records in written.items():
        if kind != "prefix":
            assert records, kind
    counted = sum(len(records) for kind, records in written.items() if kind != "prefix")
    assert len(found.get_records()) == counted
    assert {str(one.identifier.uri) for one in of(found, ProvEntity)} >= {
        f"urn:uuid:{event.uid}", f"urn:uuid:{event.statement.uid}",
    }  # fmt: skip


def test_every_name_in_a_relation_is_a_record(write, tmp_path):
    found = read(json_of(write(tmp_path / "b.zip"), "prov.json"))
    known = {
        record.identifier
        for kind in (ProvEntity, ProvActivity, ProvAgent)
        for record in of(found, kind)
    }
    for record in found.get_records():
        if record.is_relation():
            named = {value for _name, value in record.formal_attributes if value is not None}
            names = {one for one in named if hasattr(one, "localpart")}
            assert names <= known, record.get_provn()


def test_a_removal_ends_the_page_and_not_what_was_said(document, event):
    found = read(prov_document(document, []))
    (ended,) = of(found, ProvInvalidation)
    named = values(ended)
    assert named["prov:entity"].startswith("page:")
    assert named["prov:activity"] == f"act:{event.uid}"
    assert named["prov:time"] == str(event.happened_latest)
    activity = found.get_record(f"act:{event.uid}")[0]
    assert str(activity.get_startTime()) == str(event.happened_earliest)
    (associated,) = [
        one for one in of(found, ProvAssociation)
        if values(one)["prov:activity"] == f"act:{event.uid}"
    ]  # fmt: skip
    assert values(associated)["prov:agent"] == f"uid:{event.actor.uid}"


def test_a_withdrawal_ends_what_was_said(statement, reviewer):
    event = make_event(statement, reviewer, type="retracted")
    found = read(prov_document(event_document(event, reviewer).json, []))
    (ended,) = of(found, ProvInvalidation)
    assert values(ended)["prov:entity"] == f"uid:{statement.uid}"
    assert "prov:time" not in values(ended)


def test_what_is_refuted_ended_nothing(event, reviewer):
    assessment_add(actor=reviewer, event=event, standing="refuted", reason="It is still there.")
    found = read(prov_document(event_document(event, reviewer).json, []))
    assert list(of(found, ProvInvalidation)) == []
    assert "refuted" in found.get_provn()


def derived(found, kind):
    return {
        (values(one)["prov:generatedEntity"], values(one)["prov:usedEntity"])
        for one in of(found, ProvDerivation)
        if PROV[kind] in one.get_asserted_types()
    }


def test_each_relay_quotes_the_one_before_and_goes_back_to_the_first(project, reviewer):
    first, second, third = (make_source(project, reviewer, name) for name in ("SES", "CNN", "We"))
    event = make_event(
        make_statement(project, reviewer),
        reviewer,
        reported_by_name="",
        hops=[HopInput(source=one, spokesperson_for=first if one is second else None)
              for one in (first, second, third)],
    )  # fmt: skip
    document = event_document(event, reviewer).json
    hops = [f"uid:{hop['uid']}" for hop in document["attributions"]]
    record = f"uid:{event.uid}"
    written = prov_document(document, [])
    found = read(written)
    assert derived(found, "Quotation") == {
        (hops[1], hops[0]), (hops[2], hops[1]), (record, hops[2]),
    }  # fmt: skip
    assert derived(found, "PrimarySource") == {
        (hops[1], hops[0]), (hops[2], hops[0]), (record, hops[0]),
    }  # fmt: skip
    assert {"_:wasQuotedFrom1", "_:hadPrimarySource1"} <= written["wasDerivedFrom"].keys()
    attributed = {
        (values(one)["prov:entity"], values(one)["prov:agent"])
        for one in of(found, ProvAttribution)
    }
    assert {(hop, f"uid:{one.uid}") for hop, one in zip(hops, (first, second, third), strict=True)
            } <= attributed  # fmt: skip
    (delegated,) = of(found, ProvDelegation)
    assert values(delegated)["prov:delegate"] == f"uid:{second.uid}"


def test_assessments_revise_one_another_and_captures_show_a_page(event, captures, reviewer):
    assessment_add(actor=reviewer, event=event, standing="disputed", reason="Another denies it.")
    stream = io.BytesIO()
    write_bundle(stream, event=event_document(event, reviewer).json, captures=captures)
    found = read(json_of(stream, "prov.json"))
    older, newer = (f"uid:{one.uid}" for one in event.assessments.order_by("pk"))
    assert derived(found, "Revision") == {(newer, older)}
    before, after = (f"uid:{one.capture.uid}" for one in captures)
    shown = dict(derived(found, "PrimarySource"))
    assert shown[before].startswith("page:")
    assert shown[after].startswith("address:")
    (ended,) = of(found, ProvInvalidation)
    assert values(ended)["prov:entity"] == shown[before]
    taken = {values(one)["prov:entity"] for one in of(found, ProvGeneration)}
    assert {before, after} <= taken
    # Nothing uses the page once it has ended: what was asked later is its address.
    used = {values(one)["prov:entity"] for one in of(found, ProvUsage)
            if "taking" in values(one)["prov:activity"]}  # fmt: skip
    assert all(one.startswith("address:") for one in used)


@pytest.mark.parametrize("kind", list(EventType.values))
def test_every_kind_of_event_is_read_back(document, kind):
    document["event"] |= {"type": kind, "group": GROUP_OF[kind].value}
    found = read(prov_document(document, []))
    ends = GROUP_OF[kind] in (EventGroup.WITHDRAWAL, EventGroup.REMOVAL)
    assert len(list(of(found, ProvInvalidation))) == (1 if ends else 0)


def test_an_article_is_told_with_its_versions_and_what_we_saw_ourselves(
    project, reviewer, captures
):
    article = make_article(project, reviewer, url="https://gov.example/statement")
    event = event_record(
        actor=reviewer, subject=article, type="unpublished", self_observed=True, hops=[]
    )
    document = event_document(event, reviewer).json
    assert [one["number"] for one in document["subject"]["versions"]] == [1]
    stream = io.BytesIO()
    write_bundle(stream, event=document, captures=captures)
    found = read(json_of(stream, "prov.json"))
    sources = {used for made, used in derived(found, "PrimarySource") if made == f"uid:{event.uid}"}
    assert sources == {f"uid:{one.capture.uid}" for one in captures}
    (ended,) = of(found, ProvInvalidation)
    assert values(ended)["prov:entity"].startswith("page:")
