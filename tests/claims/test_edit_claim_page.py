"""Changing claims and their places: words, ranges, chains, discarding, restoring, collisions."""

import pytest
from django.urls import reverse

from annotations.claims.services import claim_update
from annotations.models import Claim, ClaimHistory, Source
from annotations.moderation import services as moderation
from annotations.statements.services import statement_create
from tests.marking import hop_fields, make_claim, make_version, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(project, reviewer):
    return make_version(reviewer, project)


@pytest.fixture
def claim(reviewer, version):
    return make_claim(reviewer, version)


def url(name: str, claim: Claim) -> str:
    return reverse(name, kwargs={"slug": "desk", "number": claim.number})


def mention_url(name: str, claim: Claim) -> str:
    mention = claim.mentions.first()
    return reverse(name, kwargs={"slug": "desk", "uid": mention.uid})


def wording(claim: Claim, **fields) -> dict[str, object]:
    return {"text": claim.text, "revision": claim.revision, "priority": 2, **fields}


def test_words_and_types_are_changed(client_for, reviewer, claim):
    sent = wording(claim, text="Other words.", types=["numerical", "causal"], priority=4)
    answer = client_for(reviewer).post(url("claim-edit", claim), sent)
    assert answer.status_code == 302
    changed = Claim.objects.get()
    assert (changed.text, changed.types, changed.priority) == (
        "Other words.",
        ["numerical", "causal"],
        4,
    )
    assert ClaimHistory.objects.filter(pgh_obj=claim, pgh_label="update").exists()


def test_a_stale_edit_comes_back_with_all_three_texts(client_for, reviewer, second_reviewer, claim):
    sent = wording(claim, text="My words.")
    before = claim.text
    claim_update(actor=second_reviewer, claim=claim, revision=claim.revision, text="Their words.")
    client = client_for(reviewer)
    answer = client.post(url("claim-edit", claim), sent)
    page = answer.content.decode()
    assert answer.status_code == 412
    for words in ("Their words.", "My words.", before, 'name="whose-text" value="theirs"'):
        assert words in page
    current = Claim.objects.get()
    assert current.text == "Their words."
    client.post(url("claim-edit", claim), {**sent, "revision": current.revision})
    assert Claim.objects.get().text == "My words."


def test_their_words_stand_when_the_person_says_so(client_for, reviewer, second_reviewer, claim):
    sent = wording(claim, text="My words.", priority=3)
    claim_update(actor=second_reviewer, claim=claim, revision=claim.revision, text="Their words.")
    revision = Claim.objects.get().revision
    client_for(reviewer).post(
        url("claim-edit", claim), {**sent, "revision": revision, "whose-text": "theirs"}
    )
    stored = Claim.objects.get()
    assert (stored.text, stored.priority) == ("Their words.", 3)


def test_changes_of_different_fields_need_no_decision(client_for, reviewer, second_reviewer, claim):
    sent = wording(claim, text="My words.")
    claim_update(actor=second_reviewer, claim=claim, revision=claim.revision, priority=3)
    client = client_for(reviewer)
    answer = client.post(url("claim-edit", claim), sent)
    page = answer.content.decode()
    assert answer.status_code == 412
    assert "whose-" not in page
    assert "Taken over from theirs:" in page
    assert '<option value="3" selected>' in page
    assert "My words." in page


def test_ranges_and_chain_of_a_place_are_changed(client_for, reviewer, claim, version):
    start, end = place("removed the post")
    sent = {
        "range": [f"{start}-{end}"],
        "content_hash": version.content_hash,
        "revision": claim.revision,
        **hop_fields({"source_name": "CNN", "quote_type": "direct"}),
    }
    answer = client_for(reviewer).post(mention_url("mention-edit", claim), sent)
    assert answer.status_code == 302
    mention = Claim.objects.get().mentions.get()
    assert mention.span.ranges.get().exact == "removed the post"
    assert [hop.source.name for hop in mention.attributions.all()] == ["CNN"]


def test_a_stale_place_comes_back(client_for, reviewer, claim, version):
    sent = {
        "range": ["0-5"],
        "content_hash": version.content_hash,
        "revision": claim.revision,
        **hop_fields({"source_name": "CNN"}),
    }
    claim_update(actor=reviewer, claim=claim, revision=claim.revision, text="Changed.")
    answer = client_for(reviewer).post(mention_url("mention-edit", claim), sent)
    assert answer.status_code == 412
    page = answer.content.decode()
    assert 'value="CNN"' in page
    # What is stored stands beside it: the words and the chain it would replace.
    theirs = page[page.index("data-theirs") : page.index("</div>", page.index("data-theirs"))]
    assert "State Emergency Service" in theirs
    assert claim.mentions.get().span.ranges.get().exact in theirs
    assert claim.mentions.get().attributions.get().source.name == "State Emergency Service"


def test_a_hidden_source_stays_and_is_not_named(client_for, reviewer, moderator, claim, version):
    source = Source.objects.get(name="State Emergency Service")
    moderation.row_hide(actor=moderator, row=source, reason="Privacy")
    address = mention_url("mention-edit", claim)
    client = client_for(reviewer)
    page = client.get(address).content.decode()
    assert "State Emergency Service" not in page
    hop = claim.mentions.get().attributions.get()
    sent = {
        "range": ["0-5"],
        "content_hash": version.content_hash,
        "revision": claim.revision,
        **hop_fields({"kept": str(hop.uid), "said_where": "Facebook"}),
    }
    assert client.post(address, sent).status_code == 302
    changed = Claim.objects.get().mentions.get().attributions.get()
    assert (changed.source, changed.said_where) == (source, "Facebook")


def test_a_statement_is_linked(client_for, reviewer, project, claim, version):
    said = statement_create(actor=reviewer, project=project, channel="Facebook", text="2,000")
    sent = {
        "range": ["0-5"],
        "content_hash": version.content_hash,
        "revision": claim.revision,
        **hop_fields({"source_name": "CNN", "statement": str(said.uid)}),
    }
    client_for(reviewer).post(mention_url("mention-edit", claim), sent)
    assert Claim.objects.get().mentions.get().attributions.get().statement == said


def test_a_claim_is_discarded_and_restored_with_a_reason(client_for, reviewer, claim):
    client = client_for(reviewer)
    client.post(url("claim-discard", claim), {"reason": "Said twice"})
    discarded = Claim.objects.get()
    assert discarded.discard_reason == "Said twice"
    page = client.get(url("claim-detail", claim)).content.decode()
    assert "Said twice" in page
    client.post(url("claim-restore", claim), {"reason": "It was not"})
    assert Claim.objects.get().discarded_at is None


def test_a_place_is_discarded_and_restored(client_for, reviewer, claim):
    client = client_for(reviewer)
    client.post(mention_url("mention-discard", claim), {"reason": "Wrong words"})
    assert claim.mentions.get().discard_reason == "Wrong words"
    client.post(mention_url("mention-restore", claim))
    assert claim.mentions.get().discarded_at is None


def test_another_place_is_added_by_number_or_words(client_for, reviewer, claim, version):
    address = reverse("mention-create", kwargs={"slug": "desk", "uid": version.uid})
    start, end = place("A family fled")
    client = client_for(reviewer)
    for words in (str(claim.number), "civilians killed"):
        page = client.get(address, {"range": f"{start}-{end}", "q": words}).content.decode()
        assert f"claim={claim.number}&amp;range={start}-{end}" in page
    form = client.get(address, {"range": f"{start}-{end}", "claim": claim.number})
    assert "Add this place" in form.content.decode()
    sent = {
        "key": "0f1d5f8e-5b1a-4a6e-9d53-0a6d6a1d2c12",
        "claim": claim.number,
        "range": [f"{start}-{end}"],
        "content_hash": version.content_hash,
        **hop_fields({"source_name": "CNN"}),
    }
    assert client.post(address, sent).status_code == 302
    client.post(address, sent)
    assert claim.mentions.count() == 2


@pytest.mark.parametrize("name", ["claim-edit", "claim-discard", "review-save"])
def test_a_locked_claim_says_so(client_for, reviewer, moderator, claim, name):
    moderation.row_lock(actor=moderator, row=claim, reason="Under dispute")
    answer = client_for(reviewer).post(
        url(name, claim), wording(claim, text="Mine", label="refuted")
    )
    assert answer.status_code == 403
    assert "moderator has locked this" in answer.content.decode()
    assert Claim.objects.get().text == claim.text


def test_a_script_gets_the_card_the_row_and_the_touched_block(client_for, reviewer, claim, version):
    client = client_for(reviewer)
    sent = {**wording(claim, text="Other words."), "in": str(version.uid)}
    answer = client.post(url("claim-edit", claim), sent, headers={"hx-request": "true"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="opened"' in page
    assert f'id="row-{claim.number}"' in page
    assert page.count('class="line ') == 1
    assert "<html" not in page
