"""Pages and API of flags and of merging: what a person reads, sends and is told."""

import json

import pytest
from django.urls import reverse

from annotations.moderation.flags import flag_accept
from annotations.moderation.merge_claims import claim_merge
from annotations.moderation.models import Flag
from annotations.moderation.services import row_hide
from tests.material import make_claim, make_source

pytestmark = pytest.mark.django_db
WHY = "They say the same."


def text(answer):
    return answer.content.decode()


def page(client, route, *names, **query):
    return client.get(reverse(route, args=["desk", *names]), query)


def call(client, route, *names, body, etag=""):
    headers = {"If-Match": etag} if etag else {}
    return client.post(
        reverse(route, args=["desk", *names]),
        json.dumps(body, default=str),
        content_type="application/json",
        headers=headers,
    )


def etag_of(client, route, row):
    return client.get(reverse(route, args=["desk", row.uid]))["ETag"]


def test_a_reader_flags_a_claim_from_its_page_and_reads_what_became_of_it(
    project, reviewer, reader, moderator, client_for
):
    claim, client = make_claim(project, reviewer), client_for(reader)
    address = reverse("flag-create", args=["desk", "claim", claim.uid])
    assert address in text(page(client, "claim-detail", claim.number))
    for _twice in range(2):
        sent = {"reason": "wrong", "words": "It was 498."}
        assert client.post(address, sent).url == reverse("claim-detail", args=["desk", 1])
    flag = Flag.objects.get()
    assert "Waits for a moderator" in text(page(client, "flag-list"))
    flag_accept(actor=moderator, flag=flag, outcome="hide", reason="A person is named.")
    mine = text(page(client, "flag-list"))
    assert "A person is named." in mine
    assert claim.text not in mine
    assert "It was 498." not in text(page(client_for(reviewer), "flag-list"))


def test_a_flag_in_no_words_is_given_back(project, reviewer, reader, client_for):
    claim = make_claim(project, reviewer)
    address = reverse("flag-create", args=["desk", "claim", claim.uid])
    answer = client_for(reader).post(address, {"reason": "other"})
    assert (answer.status_code, Flag.objects.count()) == (400, 0)
    assert "in your own words" in text(answer)


def test_no_reason_is_chosen_for_whoever_flags(project, reviewer, reader, client_for):
    claim, client = make_claim(project, reviewer), client_for(reader)
    address = reverse("flag-create", args=["desk", "claim", claim.uid])
    assert '<option value="" selected>Choose</option>' in text(client.get(address))
    assert (client.post(address, {"reason": ""}).status_code, Flag.objects.count()) == (400, 0)


def test_flags_of_others_are_shown_and_decided_in_the_api_by_moderators_alone(
    project, reviewer, reader, moderator, client_for
):
    claim = make_claim(project, reviewer)
    body = {"kind": "claim", "target": claim.uid, "reason": "abuse"}
    made = call(client_for(reader), "api-flags", body=body)
    again = call(client_for(reader), "api-flags", body=body)
    assert (made.status_code, again.status_code) == (201, 200)
    assert again.json()["uid"] == made.json()["uid"]
    flag = Flag.objects.get()
    assert page(client_for(reviewer), "api-flags").json()["results"] == []
    client = client_for(moderator)
    (shown,) = page(client, "api-flags", state="open").json()["results"]
    assert shown["created_by"]["uid"] == str(reader.uid)
    etag = etag_of(client, "api-flag", flag)
    decision = {"state": "accepted", "outcome": "lock", "reason": "Settled."}
    assert call(client, "api-flag-decide", flag.uid, body=decision).status_code == 428
    answer = call(client, "api-flag-decide", flag.uid, body=decision, etag=etag)
    assert (answer.json()["state"], answer.json()["answer"]) == ("accepted", "Settled.")
    assert call(client, "api-flag-decide", flag.uid, body=decision, etag=etag).status_code == 412
    claim.refresh_from_db()
    assert claim.locked_at is not None


def test_a_moderator_merges_after_reading_what_changes(project, reviewer, moderator, client_for):
    stays, goes = make_claim(project, reviewer), make_claim(project, reviewer, text="Same again")
    client = client_for(moderator)
    address = reverse("claim-merge", args=["desk", goes.number])
    assert address in text(page(client, "claim-detail", goes.number))
    shown = text(client.get(address, {"into": stays.number}))
    assert "Claim #2 is merged into #1" in shown
    assert "cannot be undone" in shown
    for wrong in (2, 77):
        assert client.get(address, {"into": wrong}).status_code == 400
    sent = {"into": stays.uid, "revision": goes.revision}
    assert client.post(address, {**sent, "reason": " "}).status_code == 400
    assert client.post(address, {**sent, "revision": 9, "reason": WHY}).status_code == 400
    assert client.post(address, {**sent, "reason": WHY}).status_code == 302
    goes.refresh_from_db()
    assert goes.merged_into == stays


def test_a_merged_claim_keeps_its_page_and_stands_in_no_list(
    project, reviewer, moderator, client_for
):
    stays, goes = make_claim(project, reviewer), make_claim(project, reviewer, text="Same again")
    claim_merge(actor=moderator, claim=goes, into=stays, reason=WHY)
    client = client_for(reviewer)
    assert "Merged into #1" in text(page(client, "claim-detail", goes.number))
    assert "Same again" not in text(page(client, "claim-list"))
    listed = page(client, "api-claims").json()["results"]
    assert [one["uid"] for one in listed] == [str(stays.uid)]
    (merged,) = page(client, "api-claims", merged="true").json()["results"]
    assert (merged["uid"], merged["merged_into"]) == (str(goes.uid), str(stays.uid))
    assert page(client, "claim-edit", goes.number).status_code == 403
    row_hide(actor=moderator, row=stays, reason="A person is named.")
    assert "Same again" not in text(page(client_for(reviewer), "claim-detail", goes.number))


def test_claims_are_merged_in_the_api_once(project, reviewer, moderator, client_for):
    stays, goes = make_claim(project, reviewer), make_claim(project, reviewer)
    client, body = client_for(moderator), {"into": stays.uid, "reason": WHY}
    etag = etag_of(client, "api-claim", goes)
    for _twice in range(2):
        answer = call(client, "api-claim-merge", goes.uid, body=body, etag=etag)
        assert (answer.status_code, answer.json()["merged_into"]) == (200, str(stays.uid))
    refused = call(client, "api-claim-merge", stays.uid, body={**body, "into": goes.uid}, etag=etag)
    assert refused.status_code in (409, 412)


def test_the_address_of_a_merged_source_leads_to_the_other(
    project, reviewer, moderator, client_for
):
    stays, goes = make_source(project, reviewer), make_source(project, reviewer, "Rescuers")
    client = client_for(moderator)
    address = reverse("source-merge", args=["desk", goes.uid])
    assert "Rescuers" in text(client.get(address, {"into": "state emergency service"}))
    sent = {"into": stays.uid, "revision": goes.revision, "reason": WHY}
    assert client.post(address, sent).status_code == 302
    moved = page(client, "source-detail", goes.uid)
    assert moved.url == reverse("source-detail", args=["desk", stays.uid])
    listed = page(client, "api-sources").json()["results"]
    assert [one["uid"] for one in listed] == [str(stays.uid)]
    assert page(client, "api-source", goes.uid).json()["merged_into"] == str(stays.uid)
