"""The demo says what the tool is for, and is made once."""

import stat

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.test import RequestFactory

from annotations.claims.chains import chains_of_mentions, speakers_differ
from annotations.lifecycle.marks import marks_for
from annotations.models import (
    Article,
    Claim,
    MarkingRound,
    Membership,
    Mention,
    MentionPlacement,
    Source,
    Statement,
    User,
    Verdict,
)
from annotations.projects.visibility import EVERYTHING
from annotations.sources.services import source_resolve
from annotations.verification.stage_queries import stages_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def sign_ins(tmp_path):
    path = tmp_path / "sign-ins.txt"
    call_command("create_demo", sign_ins=str(path))
    return path


def test_the_sign_ins_work_and_only_their_owner_can_read_them(sign_ins):
    assert stat.S_IMODE(sign_ins.stat().st_mode) == 0o600
    lines = [line.rsplit(None, 2) for line in sign_ins.read_text().splitlines()]
    assert [line[0].strip() for line in lines] == [
        "operator",
        "project admin",
        "moderator",
        "reviewer",
        "second reviewer",
        "reader",
    ]
    for _title, email, password in lines:
        request = RequestFactory().post("/")
        assert authenticate(request, email=email, password=password).email == email
    roles = Membership.objects.values_list("role", flat=True)
    assert sorted(roles) == ["admin", "moderator", "reader", "reviewer", "reviewer"]


def test_a_second_time_changes_nothing(sign_ins):
    before = sign_ins.read_text()
    call_command("create_demo", sign_ins=str(sign_ins))
    assert sign_ins.read_text() == before
    assert User.objects.filter(is_system=False).count() == 6


def test_the_reference_case_is_worked_through(sign_ins):
    assert Article.objects.count() == 5
    project = Article.objects.first().project
    one = source_resolve(project=project, name="Zelensky")
    assert one == source_resolve(project=project, name="zelenskyy")
    claims = {claim.text: claim for claim in Claim.objects.all()}
    tolls = next(claim for text, claim in claims.items() if text.startswith("More than 2,000"))
    marks = marks_for(claims.values(), EVERYTHING)
    assert [mark.event.type for mark in marks[tolls.pk]] == ["deleted_by_author"]
    assert marks[tolls.pk][0].reporters == "CNN"
    assert tolls.mentions.count() == 2
    six = next(claim for text, claim in claims.items() if text.startswith("6,000"))
    chains = chains_of_mentions(six.mentions.values_list("pk", flat=True), EVERYTHING)
    assert speakers_differ(chains.values())
    assert Mention.objects.filter(span__ranges__n=1).exists()
    removed = Statement.objects.filter(state="removed").order_by("pk")
    assert [one.source.name for one in removed] == [
        "State Emergency Service of Ukraine",
        "Bridge Office",
    ]
    standings = [one.assessments.last().standing for one in removed[1].events.all()]
    assert standings == ["proven"]
    assert Source.objects.filter(kind="outlet").count() == 4
    assert set(tolls.evidence_links.values_list("stance", flat=True)) == {"mixed", "context"}
    assert tolls.evidence_links.filter(evidence__claim_links__stance="supports").count() == 1
    assert _stages_by_beginning(claims.values()) == {
        "136": "published",
        "498": "published",
        "About": "adjudicated",
        "More": "disputed",
        "6,000": "in_review",
    }
    assert Verdict.objects.get(state="superseded").correction_note
    assert MarkingRound.objects.get().state == "handed_in"
    placed = MentionPlacement.objects.order_by("pk").values_list("state", flat=True)
    assert list(placed) == ["same", "moved", "needs_review", "orphaned"]


def _stages_by_beginning(claims) -> dict[str, str]:
    moderator = User.objects.get(email="moderator@demo.example")
    stages = stages_for(list(claims), moderator)
    judged = [claim for claim in claims if stages[claim.pk] != "unreviewed"]
    return {
        claim.text.split()[0]: str(stages[claim.pk])
        for claim in judged
        if claim.text.split()[0] != "Ukraine" and claim.round_id is None
    }
