"""Several people at the same evidence at once, each on a connection of their own."""

import pytest

from annotations.lib.errors import Conflict, StaleVersion
from annotations.models import Claim, ClaimEvidence, Evidence, EvidenceIndependence, StoredFile
from annotations.verification.evidence.files import GivenFile
from annotations.verification.evidence.independence import independence_set
from annotations.verification.evidence.links import evidence_attach, link_update
from annotations.verification.evidence.services import evidence_discard, evidence_update
from tests.claims.test_concurrency import at_once
from tests.material import make_evidence

pytestmark = pytest.mark.django_db(transaction=True)


def attaching(actor, claim, evidence, stance):
    def work():
        fresh = Claim.objects.get(pk=claim.pk), Evidence.objects.get(pk=evidence.pk)
        return evidence_attach(actor=actor, claim=fresh[0], evidence=fresh[1], stance=stance)

    return work


def test_two_who_attach_the_same_piece_make_one_link(
    evidence, other_claim, reviewer, second_reviewer
):
    people = (reviewer, second_reviewer) * 3
    made = at_once(*(attaching(one, other_claim, evidence, "supports") for one in people))
    assert sorted(is_new for _link, is_new in made) == [False] * 5 + [True]
    assert ClaimEvidence.objects.filter(claim=other_claim).count() == 1


def test_of_two_stances_one_wins_and_the_other_is_told(
    evidence, other_claim, reviewer, second_reviewer
):
    made = at_once(
        attaching(reviewer, other_claim, evidence, "supports"),
        attaching(second_reviewer, other_claim, evidence, "refutes"),
    )
    assert sum(isinstance(one, Conflict) for one in made) == 1
    assert ClaimEvidence.objects.filter(claim=other_claim).count() == 1


def test_of_two_who_edit_the_same_piece_one_is_told(evidence, reviewer, second_reviewer):
    def editing(actor, answer):
        return lambda: evidence_update(
            actor=actor, evidence=Evidence.objects.get(), revision=1, answer=answer
        )

    made = at_once(editing(reviewer, "One"), editing(second_reviewer, "Two"))
    assert sum(isinstance(one, StaleVersion) for one in made) == 1
    evidence.refresh_from_db()
    assert evidence.revision == 2
    assert evidence.answer in ("One", "Two")


def test_of_two_who_change_a_stance_one_is_told(evidence, reviewer, second_reviewer):
    def changing(actor, stance):
        def work():
            link = ClaimEvidence.objects.select_related("claim", "evidence").get()
            return link_update(actor=actor, link=link, revision=1, stance=stance)

        return work

    made = at_once(changing(reviewer, "mixed"), changing(second_reviewer, "context"))
    assert sum(isinstance(one, StaleVersion) for one in made) == 1


def test_what_is_discarded_while_it_is_attached_ends_whole(
    evidence, other_claim, reviewer, second_reviewer
):
    made = at_once(
        attaching(second_reviewer, other_claim, evidence, "context"),
        lambda: evidence_discard(actor=reviewer, evidence=Evidence.objects.get()),
    )
    refused = [one for one in made if isinstance(one, Exception)]
    assert all(isinstance(one, Conflict) for one in refused)
    links = ClaimEvidence.objects.filter(claim=other_claim).count()
    assert links == (0 if refused else 1)


def test_two_who_compare_the_same_pieces_from_both_ends_do_not_wait_in_a_circle(
    project, evidence, reviewer, second_reviewer
):
    other = make_evidence(project, reviewer, question="Another?", file=None)

    def comparing(actor, here, there):
        return lambda: independence_set(actor=actor, evidence=here, others={there: True})

    made = at_once(
        *(comparing(reviewer, evidence, other), comparing(second_reviewer, other, evidence)) * 4
    )
    assert made == [None] * 8
    assert EvidenceIndependence.objects.count() == 1


def test_the_same_bytes_handed_in_at_once_are_one_file(project, reviewer, second_reviewer):
    def handing_in(actor):
        file = GivenFile("a.txt", b"The same words")
        return lambda: make_evidence(project, actor, file=file)

    made = at_once(*(handing_in(one) for one in (reviewer, second_reviewer) * 3))
    assert len({one.file_id for one in made}) == 1
    assert StoredFile.objects.count() == 1
