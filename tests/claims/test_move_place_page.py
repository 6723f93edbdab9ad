"""Other ranges for a place by its handles: everything that hangs on it stays."""

from uuid import uuid4

import pytest
from django.urls import reverse

from annotations.claims.hops import HopInput
from annotations.claims.services import claim_update
from annotations.models import Claim, Mention, MentionHistory, SpanRange
from annotations.verification.services import review_save
from tests.marking import WORDS, make_claim, make_version, place

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def version(project, reviewer):
    return make_version(reviewer, project)


@pytest.fixture
def claim(reviewer, version):
    hop = HopInput(source_name="CNN", source_ranges=[place("The emergency service")])
    return make_claim(reviewer, version, hops=[hop])


def address(claim: Claim) -> str:
    uid = claim.mentions.get().uid
    return reverse("mention-move", kwargs={"slug": "desk", "uid": uid})


def fields(claim: Claim, version, words: str = "A family fled", **more) -> dict[str, object]:
    start, end = place(words)
    return {
        "range": f"{start}-{end}",
        "content_hash": version.content_hash,
        "revision": claim.revision,
        "key": str(uuid4()),
        **more,
    }


def stored() -> list[str]:
    return [one.exact for one in Mention.objects.get().span.ranges.order_by("n")]


def test_a_place_moves_and_keeps_its_chain(client_for, reviewer, version, claim):
    review_save(actor=reviewer, claim=claim, label="refuted")
    hop = claim.mentions.get().attributions.get()
    answer = client_for(reviewer).post(address(claim), fields(claim, version))
    assert answer.status_code == 302
    assert answer.url.endswith("?version=1&claim=1#claim-1")
    assert stored() == ["A family fled"]
    same = Mention.objects.get().attributions.get()
    assert (same.pk, same.source_span_id) == (hop.pk, hop.source_span_id)
    changed = Claim.objects.get()
    assert (changed.revision, changed.content_revision) == (2, 2)
    assert SpanRange.objects.filter(exact=WORDS).exists()
    assert MentionHistory.objects.filter(pgh_obj=same.mention_id).count() == 2


def test_a_script_is_answered_with_the_blocks_of_both_places(client_for, reviewer, version, claim):
    sent = fields(claim, version, "lost count")
    answer = client_for(reviewer).post(address(claim), sent, headers=HTMX).content.decode()
    assert 'data-claims="1">lost count</mark>' in answer
    assert 'id="b1"' in answer
    assert 'id="b2"' in answer
    start, end = place("lost count")
    assert f'data-place="{start}-{end} "' in answer


def test_several_ranges_move_together(client_for, reviewer, version, claim):
    ranges = ["{}-{}".format(*place(words)) for words in ("civilians", "A family")]
    client_for(reviewer).post(address(claim), fields(claim, version, range=ranges))
    assert stored() == ["civilians", "A family"]


def test_a_range_snaps_to_whole_letters(client_for, reviewer, version, claim):
    start, _end = place("👨‍👩‍👧 A")
    client_for(reviewer).post(
        address(claim), fields(claim, version, range=f"{start + 1}-{start + 9}")
    )
    assert stored() == ["👨‍👩‍👧 A f"]


def test_sent_twice_it_moves_once(client_for, reviewer, version, claim):
    client, sent = client_for(reviewer), fields(claim, version)
    assert client.post(address(claim), sent).status_code == 302
    assert client.post(address(claim), sent).status_code == 302
    assert Claim.objects.get().revision == 2


def test_a_claim_changed_meanwhile_is_refused(
    client_for, reviewer, second_reviewer, version, claim
):
    sent = fields(claim, version)
    claim_update(actor=second_reviewer, claim=claim, revision=1, text="Their words.")
    answer = client_for(reviewer).post(address(claim), sent, headers=HTMX)
    assert answer.status_code == 412
    assert "Someone changed this since" in answer.content.decode()
    assert stored() == [WORDS]


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"content_hash": "0" * 64}, 409),
        ({"range": "900000-900010"}, 400),
        ({"range": "20-10"}, 400),
        ({"range": "here"}, 400),
        ({"range": []}, 400),
        ({"revision": ""}, 400),
        ({"key": "no key"}, 400),
    ],
)
def test_what_does_not_fit_the_text_is_refused(
    client_for, reviewer, version, claim, changed, status
):
    answer = client_for(reviewer).post(
        address(claim), fields(claim, version, **changed), headers=HTMX
    )
    assert answer.status_code == status
    assert 'role="alert"' in answer.content.decode()
    assert stored() == [WORDS]


@pytest.mark.parametrize("verb", ["discard", "restore"])
@pytest.mark.parametrize("noun", ["claim", "mention"])
def test_who_undoes_an_action_says_what_they_undo(client_for, reviewer, claim, noun, verb):
    client = client_for(reviewer)
    name = {"number": 1} if noun == "claim" else {"uid": claim.mentions.get().uid}
    if verb == "restore":
        client.post(reverse(f"{noun}-discard", kwargs={"slug": "desk", **name}))
    seen = Claim.objects.get().revision
    target = reverse(f"{noun}-{verb}", kwargs={"slug": "desk", **name})
    assert client.post(target, {"revision": seen - 1}).status_code == 412
    assert Claim.objects.get().revision == seen
    assert client.post(target, {"revision": seen}).status_code == 302
    assert Claim.objects.get().revision == seen + 1
