"""Adding and changing evidence: what is kept, what is refused."""

import pytest
from django.db import IntegrityError

from annotations.lib.errors import InvalidInput, StaleVersion
from annotations.models import (
    ClaimEvidence,
    Evidence,
    Source,
)
from annotations.verification.evidence.services import (
    evidence_create,
    evidence_update,
)
from tests.material import make_evidence, make_source
from tests.proofs import at_once

pytestmark = pytest.mark.django_db


def actions(row) -> list[str]:
    return [one.pgh_context["action"] for one in row.history.order_by("pgh_id")]


def test_evidence_keeps_what_was_entered_and_who_entered_it(project, reviewer, claim):
    made = evidence_create(
        actor=reviewer,
        project=project,
        claim=claim,
        stance="refutes",
        source_name="UN Human Rights Office",
        question="How many deaths were verified?",
        answer="136.",
        answer_type="extractive",
        quote="136 killed",
        url="HTTPS://UN.example/count?utm_source=x#top",
        published="2022-03-02",
        accessed="2022-03-03 10:00",
        captured="2022-03",
        primary=True,
    )
    made.refresh_from_db()
    assert made.canonical_url == "https://un.example/count"
    assert made.source == Source.objects.get(name="UN Human Rights Office")
    assert made.published_earliest < made.published_latest < made.accessed_earliest
    assert made.captured_zone == project.time_zone
    link = made.claim_links.get()
    assert (link.claim, link.stance, link.created_by) == (claim, "refutes", reviewer)
    assert actions(made) == actions(link) == ["evidence.create"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "question"),
        ({"question": " \n"}, "question"),
        ({"question": "Q", "url": "ftp://un.example/"}, "url"),
        ({"question": "Q", "published": "soon"}, "published"),
        ({"question": "Q", "captured": "2022-13"}, "captured"),
        ({"question": "Q", "medium": "rumour"}, "medium"),
        ({"question": "Q", "answer_type": "guess"}, "answer_type"),
        ({"question": "Q\x00"}, "question"),
        ({"answer": "x" * 10_001}, "answer"),
        ({"question": "Q", "medium": "claimant_response"}, "response"),
        ({"question": "Q", "response": "answered"}, "response"),
        ({"question": "Q", "asked_on": "2022-03-02"}, "asked_on"),
        ({"question": "Q", "canonical_url": "https://x.example/"}, "canonical_url"),
    ],
)
def test_what_is_not_acceptable_is_named_and_nothing_is_stored(project, reviewer, fields, field):
    with pytest.raises(InvalidInput) as refused:
        evidence_create(actor=reviewer, project=project, **fields)
    assert refused.value.field == field
    assert not Evidence.objects.exists()


def test_a_claimant_asked_for_comment_says_when_and_whether_they_answered(project, reviewer, claim):
    asked = make_evidence(
        project,
        reviewer,
        claim=claim,
        medium="claimant_response",
        asked_on="2022-03-04",
        response="awaited",
    )
    evidence_update(actor=reviewer, evidence=asked, revision=1, response="no_answer")
    asked.refresh_from_db()
    assert (asked.asked_on, asked.response, asked.revision) == ("2022-03-04", "no_answer", 2)
    with pytest.raises(InvalidInput):
        evidence_update(actor=reviewer, evidence=asked, revision=2, medium="web_text")


def test_the_database_refuses_what_the_services_do(evidence, claim):
    rows = Evidence.objects.filter(pk=evidence.pk)
    empty = {
        "question": "",
        "answer": "",
        "url": "",
        "file": None,
        "file_name": "",
        "file_type": "",
    }
    for wrong in (
        empty,
        {"response": "answered"},
        {"medium": "claimant_response"},
        {"file_name": ""},
        {"file": None},
        {"published_latest": evidence.published_earliest.replace(year=2000)},
    ):
        with pytest.raises(IntegrityError):
            at_once(lambda wrong=wrong: rows.update(**wrong))
    link = evidence.claim_links.get()
    with pytest.raises(IntegrityError):
        at_once(
            lambda: ClaimEvidence.objects.create(
                project=claim.project,
                claim=claim,
                evidence=evidence,
                stance="context",
                created_by=link.created_by,
            )
        )


def test_a_stale_change_is_refused_and_shows_what_is_there(evidence, reviewer, second_reviewer):
    evidence_update(actor=reviewer, evidence=evidence, revision=1, answer="137.")
    with pytest.raises(StaleVersion) as stale:
        evidence_update(actor=second_reviewer, evidence=evidence, revision=1, answer="138.")
    assert stale.value.current.answer == "137."


def test_what_is_confidential_makes_no_source(project, reviewer):
    make_source(project, reviewer, "A clerk")
    make_evidence(project, reviewer, confidential=True, source_name="a clerk")
    with pytest.raises(InvalidInput) as refused:
        make_evidence(project, reviewer, confidential=True, source_name="An informant")
    assert refused.value.field == "source_name"
    assert Source.objects.count() == 1
    open_piece = make_evidence(project, reviewer)
    with pytest.raises(InvalidInput):
        evidence_update(
            actor=reviewer,
            evidence=open_piece,
            revision=1,
            confidential=True,
            source_name="An informant",
        )
