"""Deciding by pages: what a person sees, sends, and is told."""

import html
import re
from uuid import uuid4

import pytest
from django.urls import reverse

from annotations.models import Adjudication, Verdict
from annotations.verification.verdicts.services import claim_reopen
from tests.material import make_review
from tests.ruling import adjudicate, agree, dispute, evidence_on, now
from tests.ruling import publish as publish_it

pytestmark = pytest.mark.django_db


def words(response) -> str:
    """What a person reads, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def address(route: str, claim) -> str:
    return reverse(route, kwargs={"slug": "desk", "number": claim.number})


def decided(claim, reviews, **changed) -> dict[str, str]:
    seen = " ".join(f"{one.uid}:{one.revision}" for one in reviews)
    own = {f"{name}_from": "own" for name in ("label", "native_rating", "confidence")}
    return {
        **own,
        "label": "refuted",
        "justification_from": str(reviews[0].uid),
        "reason": "The UN counted.",
        "claim_revision": str(now(claim).content_revision),
        "seen": seen,
        "key": str(uuid4()),
        **changed,
    }


def said(claim, **changed) -> dict[str, object]:
    return {
        "reason": "The UN verified 136.",
        "evidence": [str(one.uid) for one in evidence_on(claim)],
        "claim_revision": str(now(claim).content_revision),
        "key": str(uuid4()),
        **changed,
    }


def test_from_a_dispute_to_a_rescinded_verdict(
    claim, client_for, reviewer, second_reviewer, moderator, chair, reader
):
    one = make_review(claim, reviewer, "supported", justification="The service said so.")
    other = make_review(claim, second_reviewer, "refuted")
    as_chair, as_moderator = client_for(chair), client_for(moderator)
    page = words(as_chair.get(address("claim-adjudicate", claim)))
    assert "The service said so." in page
    sent = decided(claim, [one, other])
    for _time in range(2):  # A double click decides once.
        assert as_chair.post(address("claim-adjudicate", claim), sent).status_code == 302
    assert Adjudication.objects.get().justification == "The service said so."

    refused = as_chair.post(address("verdict-publish", claim), said(claim, reason="Kept words"))
    assert refused.status_code == 403
    assert "Another moderator has to publish" in words(refused)
    assert "Kept words" in words(refused)
    sent = said(claim)
    for _time in range(2):
        assert as_moderator.post(address("verdict-publish", claim), sent).status_code == 302
    verdict = Verdict.objects.get()

    correction = said(claim, revision="1", correction_note="One more was found.")
    assert as_moderator.post(address("verdict-publish", claim), correction).status_code == 302
    current = Verdict.objects.get(state="current")
    assert current.supersedes == verdict
    rescinding = reverse("verdict-rescind", kwargs={"slug": "desk", "uid": current.uid})
    note = {"correction_note": "The count is withdrawn.", "revision": "1"}
    assert as_chair.post(rescinding, note).status_code == 302

    shown = words(client_for(reader).get(address("claim-detail", claim)))
    for sentence in (
        "One more was found.",
        "The count is withdrawn.",
        "None is published.",
        "2 earlier verdicts",
        "Reopened",
    ):
        assert sentence in shown
    listed = words(client_for(reader).get(reverse("verdict-list", kwargs={"slug": "desk"})))
    assert "Rescinded" in listed
    assert "One more was found." in listed


def test_a_stale_form_keeps_what_was_typed(
    claim, client_for, reviewer, second_reviewer, chair, moderator
):
    reviews = dispute(claim, reviewer, second_reviewer)
    sent = decided(claim, reviews, reason="My long reason")
    make_review(now(claim), second_reviewer, "not_checkable")
    refused = client_for(chair).post(address("claim-adjudicate", claim), sent)
    assert refused.status_code == 412
    assert "My long reason" in words(refused)
    assert not Adjudication.objects.exists()
    seen = re.search(r'name="seen" value="([^"]+)"', refused.content.decode())
    assert seen is not None
    again = {**sent, "seen": seen[1]}
    assert client_for(chair).post(address("claim-adjudicate", claim), again).status_code == 302
    stale = said(claim, claim_revision="9", reason="Typed")
    refused = client_for(moderator).post(address("verdict-publish", claim), stale)
    assert refused.status_code == 412
    assert 'name="claim_revision" value="1"' in refused.content.decode()


def test_what_was_taken_from_a_review_that_changed_is_chosen_again(
    claim, client_for, reviewer, second_reviewer, chair
):
    reviews = one, other = dispute(claim, reviewer, second_reviewer)
    stale = decided(claim, reviews, label_from=str(one.uid), justification_from=str(other.uid))
    make_review(now(claim), reviewer, "not_enough_evidence")
    refused = client_for(chair).post(address("claim-adjudicate", claim), stale)
    assert refused.status_code == 412
    form = refused.context["form"]
    assert form["label_from"].value() is None
    assert form["justification_from"].value() == str(other.uid)
    assert form["reason"].value() == stale["reason"]
    assert "Choose whose this is." in words(refused)


def test_buttons_are_for_who_may(claim, client_for, reviewer, moderator, chair, second_reviewer):
    dispute(claim, reviewer, moderator)
    detail, button = address("claim-detail", claim), address("claim-adjudicate", claim)
    assert button in client_for(chair).get(detail).content.decode()
    page = client_for(moderator).get(detail)
    assert button not in page.content.decode()
    assert "A moderator who took no side adjudicates." in words(page)
    assert button not in client_for(reviewer).get(detail).content.decode()
    adjudicate(claim, chair)
    publishing = address("verdict-publish", claim)
    assert publishing not in client_for(chair).get(detail).content.decode()
    assert publishing in client_for(moderator).get(detail).content.decode()


def test_every_page_of_lists_shows_the_published_label(
    claim, client_for, reviewer, second_reviewer, chair, reader, api_label
):
    agree(claim, reviewer, second_reviewer, label="refuted")
    verdict = publish_it(claim, chair)
    make_review(now(claim), reviewer, "supported")
    for who in (reader, reviewer):
        client = client_for(who)
        assert "Refuted · Published" in words(client.get("/p/desk/claims/"))
        assert "Refuted · Published" in words(client.get("/p/desk/claims/?label=refuted"))
        assert "No claim matches" in words(client.get("/p/desk/claims/?label=supported"))
        assert api_label(client) == {
            "verdict": str(verdict.uid), "review": None, "label": "refuted", "is_stale": False,
        }  # fmt: skip
    claim_reopen(actor=chair, claim=now(claim), reason="New evidence.")
    assert "judged before a change" in words(client_for(reader).get("/p/desk/claims/"))


@pytest.fixture
def api_label():
    return lambda client: client.get("/api/v1/projects/desk/claims/").json()["results"][0]["label"]
