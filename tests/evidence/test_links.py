"""What evidence says of claims, and what is independent of what."""

import pytest
from django.db import DatabaseError, connection

from annotations.claims.services import claim_discard, mention_update
from annotations.lib.errors import Conflict, InvalidInput, StaleVersion
from annotations.models import (
    ClaimEvidence,
    Evidence,
    EvidenceIndependence,
)
from annotations.moderation.services import row_hide, row_lock
from annotations.projects.visibility import sight_of
from annotations.verification.evidence.independence import independence_set
from annotations.verification.evidence.links import (
    evidence_attach,
    link_discard,
    link_restore,
    link_update,
)
from annotations.verification.evidence.reading import evidence_of_claim
from annotations.verification.evidence.services import (
    evidence_discard,
    evidence_restore,
    evidence_update,
)
from tests.marking import make_claim as make_marked_claim
from tests.marking import make_version, place
from tests.material import make_evidence

pytestmark = pytest.mark.django_db


def actions(row) -> list[str]:
    return [one.pgh_context["action"] for one in row.history.order_by("pgh_id")]


def test_one_piece_serves_several_claims_with_a_stance_for_each(
    evidence, claim, other_claim, second_reviewer
):
    link, is_new = evidence_attach(
        actor=second_reviewer, claim=other_claim, evidence=evidence, stance="supports"
    )
    assert is_new
    stances = set(evidence.claim_links.values_list("claim__number", "stance"))
    assert stances == {(claim.number, "refutes"), (other_claim.number, "supports")}
    again = evidence_attach(
        actor=second_reviewer, claim=other_claim, evidence=evidence, stance="supports"
    )
    assert again == (link, False)
    with pytest.raises(Conflict, match="Supports"):
        evidence_attach(
            actor=second_reviewer, claim=other_claim, evidence=evidence, stance="refutes"
        )


def test_evidence_comes_off_a_claim_and_back_with_another_stance(evidence, claim, reviewer):
    link = evidence.claim_links.get()
    link_discard(actor=reviewer, link=link, reason="Another week's")
    link_discard(actor=reviewer, link=link, reason="Twice changes nothing")
    link.refresh_from_db()
    assert (link.discard_reason, link.revision) == ("Another week's", 2)
    with pytest.raises(Conflict):
        link_update(actor=reviewer, link=link, revision=2, stance="context")
    evidence_attach(actor=reviewer, claim=claim, evidence=evidence, stance="context")
    link.refresh_from_db()
    assert (link.discarded_at, link.stance, link.discard_reason) == (None, "context", "")
    assert actions(link) == ["evidence.create", "evidence.detach", "evidence.attach"]
    assert link_restore(actor=reviewer, link=link).revision == 3


def test_a_stance_is_changed_at_the_revision_that_was_seen(evidence, reviewer, second_reviewer):
    link = evidence.claim_links.get()
    link_update(actor=reviewer, link=link, revision=1, stance="mixed")
    with pytest.raises(StaleVersion):
        link_update(actor=second_reviewer, link=link, revision=1, stance="context")


def test_what_is_discarded_is_not_used(evidence, claim, other_claim, reviewer):
    evidence_discard(actor=reviewer, evidence=evidence, reason="Forged")
    evidence.refresh_from_db()
    with pytest.raises(Conflict):
        evidence_attach(actor=reviewer, claim=other_claim, evidence=evidence, stance="context")
    with pytest.raises(Conflict):
        evidence_update(actor=reviewer, evidence=evidence, revision=2, answer="?")
    evidence_restore(actor=reviewer, evidence=evidence)
    claim_discard(actor=reviewer, claim=other_claim)
    evidence.refresh_from_db()
    other_claim.refresh_from_db()
    with pytest.raises(Conflict):
        evidence_attach(actor=reviewer, claim=other_claim, evidence=evidence, stance="context")


def test_evidence_of_another_project_is_refused(evidence, other_project, outsider):
    theirs = make_evidence(other_project, outsider)
    claim = evidence.claim_links.get().claim
    with pytest.raises(InvalidInput):
        evidence_attach(actor=outsider, claim=claim, evidence=theirs, stance="context")
    with pytest.raises(InvalidInput):
        independence_set(actor=outsider, evidence=evidence, others={theirs: True})


def test_independence_is_the_same_from_both_ends(project, reviewer, evidence):
    other = make_evidence(project, reviewer, question="Another?")
    independence_set(actor=reviewer, evidence=other, others={evidence: True})
    said = EvidenceIndependence.objects.get()
    assert (said.first, said.second, said.is_independent) == (evidence, other, True)
    independence_set(actor=reviewer, evidence=evidence, others={other: True})
    independence_set(actor=reviewer, evidence=evidence, others={other: False})
    assert EvidenceIndependence.objects.get().is_independent is False
    independence_set(actor=reviewer, evidence=other, others={evidence: None})
    assert not EvidenceIndependence.objects.exists()
    labels = said.history.model.objects.order_by("pgh_id").values_list("pgh_label", flat=True)
    assert list(labels) == ["insert", "update", "delete"]
    with pytest.raises(InvalidInput):
        independence_set(actor=reviewer, evidence=evidence, others={evidence: True})


def test_a_decision_of_a_moderator_that_comes_between_wins(
    evidence, claim, other_claim, reviewer, moderator
):
    row_lock(actor=moderator, row=Evidence.objects.get(), reason="Under review")
    with pytest.raises(Conflict):
        evidence_attach(actor=reviewer, claim=other_claim, evidence=evidence, stance="context")
    fresh = Evidence.objects.get()
    row_hide(actor=moderator, row=claim.__class__.objects.get(pk=claim.pk), reason="Libel")
    link = ClaimEvidence.objects.select_related("evidence").get()
    link.claim, link.evidence = claim, fresh
    with pytest.raises(Conflict):
        link_discard(actor=reviewer, link=link)


def test_nothing_of_evidence_can_be_deleted(evidence):
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="Cannot delete"):
        cursor.execute("DELETE FROM annotations_claimevidence")


def test_evidence_stays_on_a_claim_whose_words_are_moved(project, reviewer):
    version = make_version(reviewer, project)
    claim = make_marked_claim(reviewer, version)
    evidence = make_evidence(project, reviewer, claim=claim)
    before = claim.history.count()
    mention = claim.mentions.get()
    hops = list(mention.attributions.values_list("pk", "source__name"))
    mention_update(
        actor=reviewer,
        mention=mention,
        revision=claim.revision,
        ranges=[place("2,000 civilians were killed")],
    )
    claim.refresh_from_db()
    view = evidence_of_claim(claim, reviewer, sight_of(reviewer, project.pk))
    assert [line.evidence for line in view.kept] == [evidence]
    assert list(claim.mentions.get().attributions.values_list("pk", "source__name")) == hops
    assert claim.history.count() == before + 1
    link_discard(actor=reviewer, link=evidence.claim_links.get())
    assert evidence_of_claim(claim, reviewer, sight_of(reviewer, project.pk)).kept == []
