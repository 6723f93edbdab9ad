"""Evidence on a claim's page, its own page, and the forms it is entered in."""

import pytest

from annotations.models import ClaimEvidence, Evidence, EvidenceIndependence
from annotations.moderation.services import row_hide
from annotations.verification.evidence.services import evidence_update
from tests.evidence.forms import address, fields
from tests.material import make_evidence, make_source

pytestmark = pytest.mark.django_db


def test_a_reviewer_adds_evidence_to_anybodys_claim(
    client_for, project, second_reviewer, claim, form_page, claim_page
):
    client = client_for(second_reviewer)
    answer = client.post(form_page, fields())
    made = Evidence.objects.get()
    assert answer.url == f"{claim_page}#evidence-{made.uid}"
    page = client.get(claim_page).content.decode()
    for words in (made.question, "136 killed", "Refutes", "Published after the claim was made"):
        assert words in page
    assert made.claim_links.get().claim == claim


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"stance": ""}, "stance"),
        ({"stance": "loves"}, "stance"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"published": "soon"}, "published"),
        ({"medium": "claimant_response"}, "response"),
        ({"asked_on": "2022-03-04"}, "asked_on"),
    ],
)
def test_what_is_wrong_stands_at_its_field(client_for, reviewer, form_page, sent, field):
    answer = client_for(reviewer).post(form_page, fields(**sent))
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert "136 killed" in answer.content.decode()
    assert not Evidence.objects.exists()


def test_a_stale_form_shows_both_and_saves_when_sent_again(
    client_for, project, reviewer, second_reviewer, evidence
):
    page = address("evidence-edit", project, uid=evidence.uid)
    evidence_update(actor=second_reviewer, evidence=evidence, revision=1, answer="Theirs")
    client = client_for(reviewer)
    answer = client.post(page, fields(answer="Mine", revision="1"))
    words = answer.content.decode()
    assert answer.status_code == 412
    assert "Theirs" in words
    assert "Mine" in words
    again = answer.context["form"]["revision"].value()
    assert client.post(page, fields(answer="Mine", revision=again)).status_code == 302
    evidence.refresh_from_db()
    assert evidence.answer == "Mine"
    assert evidence.file is not None


def test_a_source_one_may_not_see_stays_when_its_field_is_empty(
    client_for, project, reviewer, moderator
):
    secret = make_source(project, reviewer, "Informant")
    piece = make_evidence(project, reviewer, source=secret)
    row_hide(actor=moderator, row=secret, reason="Protected")
    page = address("evidence-edit", project, uid=piece.uid)
    client = client_for(reviewer)
    assert "Informant" not in client.get(page).content.decode()
    client.post(page, fields(source_name="", revision="1"))
    piece.refresh_from_db()
    assert piece.source == secret
    client_for(moderator).post(page, fields(source_name="", revision="2"))
    piece.refresh_from_db()
    assert piece.source is None


def test_evidence_of_another_claim_is_found_by_words_and_put_here(
    client_for, project, reviewer, evidence, other_claim
):
    make_evidence(project, reviewer, question="Quite another thing", url="", file=None)
    page = address("evidence-attach", project, number=other_claim.number)
    client = client_for(reviewer)
    found = client.get(page, {"q": "COUNTED deaths"}).content.decode()
    assert evidence.title in found
    assert "Quite another thing" not in found
    sent = {"evidence": evidence.uid, "stance": "supports"}
    assert client.post(page, sent).status_code == 302
    assert evidence.claim_links.count() == 2
    assert evidence.title not in client.get(page).content.decode()
    assert client.post(page, {**sent, "stance": "refutes"}).status_code == 400
    assert client.post(page, {"stance": "supports"}).status_code == 400


def test_the_stance_is_changed_from_the_claims_page(
    client_for, project, reviewer, evidence, claim_page
):
    link = evidence.claim_links.get()
    page = address("evidence-link-edit", project, uid=link.uid)
    client = client_for(reviewer)
    client.post(page, {"stance": "mixed", "revision": 1})
    assert "Mixed" in client.get(claim_page).content.decode()
    assert client.post(page, {"stance": "context", "revision": 1}).status_code == 412
    assert client.post(page, {"stance": "", "revision": 2}).status_code == 400


def test_evidence_comes_off_and_back(client_for, project, reviewer, evidence, claim_page):
    link = evidence.claim_links.get()
    client = client_for(reviewer)
    off = address("evidence-link-discard", project, uid=link.uid)
    client.post(off, {"reason": "Another week's"})
    page = client.get(claim_page)
    assert page.context["evidence"].kept == []
    assert "Another week&#x27;s" in page.content.decode()
    client.post(address("evidence-link-restore", project, uid=link.uid))
    assert len(client.get(claim_page).context["evidence"].kept) == 1


def test_only_changed_pairs_are_stored(client_for, project, reviewer, claim, evidence):
    one = make_evidence(project, reviewer, claim=claim, question="One", file=None)
    two = make_evidence(project, reviewer, claim=claim, question="Two", file=None)
    page = address("evidence-independence", project, uid=evidence.uid)
    client = client_for(reviewer)
    client.post(page, {f"pair-{one.uid}": "yes", f"was-{one.uid}": ""})
    # Of a page that was opened before: what it did not change is left alone.
    client.post(page, {f"pair-{two.uid}": "no", f"was-{two.uid}": "", f"pair-{one.uid}": ""})
    said = dict(EvidenceIndependence.objects.values_list("second__question", "is_independent"))
    assert said == {"One": True, "Two": False}
    client.post(page, {f"pair-{one.uid}": "", f"was-{one.uid}": "yes"})
    assert EvidenceIndependence.objects.get().second == two


def test_warnings_stand_in_plain_sentences(
    client_for, project, reviewer, reader, claim, claim_page
):
    for question in ("One", "Two"):
        make_evidence(project, reviewer, claim=claim, question=question, file=None)
    page = client_for(reader).get(claim_page).content.decode()
    assert "All from one origin." in page
    assert "One link is used twice." in page


def test_a_reader_is_offered_nothing_to_change(client_for, reader, evidence, project, claim_page):
    client = client_for(reader)
    for page in (claim_page, address("evidence-detail", project, uid=evidence.uid)):
        words = client.get(page).content.decode()
        assert "evidence-links/" not in words
        assert "Add evidence" not in words
        assert f"evidence/{evidence.uid}/edit/" not in words


def test_history_tells_of_the_piece_and_of_its_claims(client_for, project, reviewer, evidence):
    evidence_update(actor=reviewer, evidence=evidence, revision=1, answer="137 were verified.")
    page = client_for(reviewer).get(address("evidence-detail", project, uid=evidence.uid))
    entries = page.context["history"]
    assert [(entry.model, entry.verb) for entry in entries] == [
        ("evidence", "changed"),
        ("evidence of the claim", "added"),
        ("evidence", "added"),
    ]
    assert [change.after for change in entries[0].changes] == ["137 were verified."]


def test_the_claims_history_tells_what_evidence_came_and_went(
    client_for, project, reviewer, reader, moderator, evidence, claim_page
):
    words = client_for(reader).get(claim_page).content.decode()
    assert "<dt>What it says of the claim</dt>" in words
    row_hide(actor=moderator, row=evidence, reason="Libel")
    page = client_for(reader).get(claim_page).content.decode()
    assert "<dt>What it says of the claim</dt>" not in page
    assert evidence.title not in page
    assert ClaimEvidence.objects.visible_to(reader).count() == 0


def test_a_long_address_is_refused_and_not_cut_and_a_list_shows_its_beginning(
    client_for, project, reviewer, form_page, claim_page
):
    client = client_for(reviewer)
    page = client.get(form_page).content.decode()
    # A browser would cut what is pasted, without a word.
    assert 'maxlength="2000"' not in page
    long = f"https://un.example/{'x' * 2000}"
    refused = client.post(form_page, fields(url=long))
    assert refused.status_code == 400
    assert long in refused.content.decode()
    client.post(form_page, fields(url=long[:1900]))
    shown = client.get(claim_page).content.decode()
    assert f"<bdi>{long[:159]}…</bdi>" in shown
