"""What a viewer is shown of a claim's evidence, and what they are warned of in it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.claims.hops import HopInput
from annotations.models import ClaimEvidence, Evidence, EvidenceIndependence
from annotations.moderation.services import row_hide
from annotations.projects.visibility import sight_of
from annotations.verification.evidence.independence import independence_set
from annotations.verification.evidence.links import evidence_attach, link_discard
from annotations.verification.evidence.models import LONGEST_TITLE
from annotations.verification.evidence.reading import evidence_of_claim, same_link, when_made
from annotations.verification.evidence.services import evidence_discard
from annotations.verification.evidence.warnings import Answer
from tests.material import make_article, make_claim, make_evidence, make_source, make_statement

pytestmark = pytest.mark.django_db
ROLES = ("outsider", "reader", "second_reviewer", "reviewer", "moderator", "admin", "operator")


def seen(claim, viewer):
    return evidence_of_claim(claim, viewer, sight_of(viewer, claim.project_id))


def test_evidence_is_shown_in_the_order_it_was_added(project, reviewer, reader, claim, evidence):
    second = make_evidence(project, reviewer, claim=claim, stance="supports", file=None)
    view = seen(claim, reader)
    assert [line.evidence for line in view.kept] == [evidence, second]
    assert view.set_aside == []


def test_what_was_discarded_or_taken_off_is_set_aside(project, reviewer, claim, evidence):
    off = make_evidence(project, reviewer, claim=claim, question="Off?", file=None)
    link_discard(actor=reviewer, link=off.claim_links.get(), reason="Off topic")
    evidence_discard(actor=reviewer, evidence=evidence, reason="Forged")
    view = seen(claim, reviewer)
    assert [line.evidence for line in view.set_aside] == [evidence, off]
    assert view.kept == []


def expected(row, role: str, project) -> bool:
    """The visibility table of the domain, by hand."""
    if role in ("outsider", "operator"):
        return False
    if row.hidden_at and role not in ("moderator", "admin"):
        return False
    return not (row.confidential and role == "reader")


def test_each_role_sees_what_it_may_and_the_links_follow(
    project, reviewer, moderator, actor, claim
):
    rows = {
        "plain": make_evidence(project, reviewer, claim=claim, question="Plain"),
        "hidden": make_evidence(project, reviewer, claim=claim, question="Hidden"),
        "secret": make_evidence(project, reviewer, claim=claim, question="S", confidential=True),
    }
    row_hide(actor=moderator, row=rows["hidden"], reason="Libel")
    others = {rows["hidden"]: True, rows["secret"]: True}
    independence_set(actor=reviewer, evidence=rows["plain"], others=others)
    for role in ROLES:
        person = actor(role)
        visible = set(Evidence.objects.visible_to(person))
        assert visible == {row for row in rows.values() if expected(row, role, project)}, role
        links = ClaimEvidence.objects.visible_to(person)
        assert {link.evidence for link in links} == visible, role
        pairs = EvidenceIndependence.objects.visible_to(person)
        assert all({one.first, one.second} <= visible for one in pairs), role
        assert {line.evidence for line in seen(claim, person).lines} == visible, role


def test_a_reader_who_added_something_confidential_sees_it(project, reader, claim):
    own = make_evidence(project, reader, claim=claim, confidential=True)
    assert [line.evidence for line in seen(claim, reader).lines] == [own]


def test_a_hidden_claims_evidence_is_not_reached_through_it(
    evidence, claim, other_claim, reviewer, moderator, reader
):
    evidence_attach(actor=reviewer, claim=other_claim, evidence=evidence, stance="mixed")
    row_hide(actor=moderator, row=claim, reason="Libel")
    links = ClaimEvidence.objects.visible_to(reader)
    assert [link.claim for link in links] == [other_claim]
    assert Evidence.objects.visible_to(reader).get() == evidence


def test_dates_are_compared_with_when_the_claim_was_said(project, reviewer, claim, evidence):
    later = make_evidence(project, reviewer, claim=claim, published="2022-03-05", file=None)
    same = make_evidence(project, reviewer, claim=claim, published="2022-03-02", file=None)
    answers = {line.evidence: line.dated_after for line in seen(claim, reviewer).lines}
    assert answers == {evidence: Answer.NO, later: Answer.YES, same: Answer.UNKNOWN}


def test_a_claim_without_a_said_date_was_made_when_first_published(project, reviewer):
    article = make_article(project, reviewer, published="2022-03-02")
    claim = make_claim(project, reviewer, article=article)
    make_evidence(project, reviewer, claim=claim, published="2022-03-03")
    assert seen(claim, reviewer).lines[0].dated_after is Answer.YES


def test_only_the_first_speaker_says_when(project, reviewer):
    article = make_article(project, reviewer, published="2022-03-09")
    hops = [HopInput(source_name="A", said_on="2022-03-02"), HopInput(source_name="B")]
    claim = make_claim(project, reviewer, article=article, hops=hops)
    made = when_made(claim, reviewer, sight_of(reviewer, project.pk))
    assert str(made.earliest.date()) == "2022-03-02"


def test_a_statement_the_viewer_may_not_see_dates_nothing_for_them(project, reviewer, reader):
    secret = make_statement(project, reviewer, said_on="2022-03-02", confidential=True)
    claim = make_claim(project, reviewer, statement=secret)
    make_evidence(project, reviewer, claim=claim, published="2022-03-03")
    assert seen(claim, reviewer).lines[0].dated_after is Answer.YES
    assert seen(claim, reader).lines[0].dated_after is Answer.UNKNOWN


def test_all_from_one_origin_rests_on_what_the_viewer_sees(
    project, reviewer, moderator, reader, claim
):
    source = make_source(project, reviewer, "UN")
    for url in ("https://one.example/a", "https://two.example/b"):
        make_evidence(project, reviewer, claim=claim, source=source, url=url, file=None)
    make_evidence(project, reviewer, claim=claim, url="https://x.example/", confidential=True)
    assert seen(claim, reader).one_origin is Answer.YES
    assert seen(claim, reviewer).one_origin is Answer.NO
    row_hide(actor=moderator, row=source, reason="Protected")
    assert seen(claim, reader).one_origin is Answer.NO


def test_people_say_what_is_independent(project, reviewer, claim):
    one = make_evidence(project, reviewer, claim=claim, url="https://cnn.com/a", file=None)
    two = make_evidence(project, reviewer, claim=claim, url="https://bbc.com/b", file=None)
    assert seen(claim, reviewer).one_origin is Answer.NO
    independence_set(actor=reviewer, evidence=one, others={two: False})
    assert seen(claim, reviewer).one_origin is Answer.YES


def test_a_link_used_twice_is_found_whatever_its_spelling(project, reviewer, reader, claim):
    one = make_evidence(project, reviewer, claim=claim, url="https://un.example/a#x", file=None)
    two = make_evidence(project, reviewer, claim=claim, url="HTTPS://UN.example/a?utm_id=1")
    hidden = make_evidence(
        project, reviewer, claim=claim, url="https://un.example/a", confidential=True
    )
    (group,) = seen(claim, reader).twice
    assert [line.evidence for line in group] == [one, two]
    assert same_link(one, reader) == [two]
    assert same_link(one, reviewer) == [two, hidden]


def test_reading_takes_as_many_queries_for_many_pieces(project, reviewer, claim, evidence):
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            evidence_of_claim(claim, reviewer, sight)
        return len(captured)

    sight = sight_of(reviewer, project.pk)
    make_evidence(project, reviewer, claim=claim)
    few = count()
    for _n in range(9):
        make_evidence(project, reviewer, claim=claim)
    assert count() == few <= 4


def test_a_title_is_the_first_of_its_words_and_short(project, reviewer):
    long = make_evidence(project, reviewer, question="Why " * 100)
    assert len(long.title) == LONGEST_TITLE
    assert long.title.endswith("…")
    only_link = make_evidence(project, reviewer, question="", answer="", file=None)
    assert only_link.title == only_link.url
