"""Drafts are their writer's alone, on every machine, and leave no trace when they go."""

import json

import pytest
from django.urls import reverse

from annotations.models import Draft
from annotations.verification import drafts
from tests.material import make_claim

pytestmark = pytest.mark.django_db
ABOUT = "claim:017f4b5c-0000-7000-8000-000000000001"
TYPED = {"query": "range=1-5", "fields": [["text", "Понад 2000 👨‍👩‍👧"]]}


def address(about: str = ABOUT, slug: str = "desk") -> str:
    return reverse("draft", kwargs={"slug": slug, "about": about})


def keep(client, content=TYPED, about: str = ABOUT):
    return client.post(address(about), {"content": json.dumps(content)})


def test_what_was_typed_is_there_on_another_machine(client_for, reviewer, project):
    assert keep(client_for(reviewer)).status_code == 200
    other = client_for(reviewer)
    assert other.get(address()).json()["content"] == TYPED
    keep(other, {"fields": []})
    assert client_for(reviewer).get(address()).json()["content"] == {"fields": []}
    assert Draft.objects.count() == 1


def test_all_of_one_text_are_listed_newest_first(client_for, reviewer, moderator, project):
    client = client_for(reviewer)
    named = [f"{ABOUT}:{key}" for key in ("a1", "b2")]
    for about in (*named, ABOUT.replace("claim", "claim-edit"), f"{ABOUT[:-1]}2:c3"):
        keep(client, about=about)
    listing = reverse("draft-list", kwargs={"slug": "desk"})
    found = client.get(listing, {"of": ABOUT}).json()
    assert [one["about"] for one in found] == named[::-1]
    assert found[0]["content"] == TYPED
    assert client_for(moderator).get(listing, {"of": ABOUT}).json() == []
    assert client.get(listing, {"of": "claim:%"}).status_code == 404


def test_nobody_else_finds_it(client_for, reviewer, moderator, project):
    keep(client_for(reviewer))
    assert client_for(moderator).get(address()).status_code == 204
    assert client_for(moderator).delete(address()).status_code == 204
    assert Draft.objects.count() == 1


def test_it_goes_for_good(client_for, reviewer, project):
    client = client_for(reviewer)
    keep(client)
    assert client.delete(address()).status_code == 204
    assert client.get(address()).status_code == 204
    assert not Draft.objects.exists()


@pytest.mark.parametrize("content", ["", "{", "[]", '"words"', '{"a": "\\u0000"}'])
def test_what_is_no_draft_is_refused(client_for, reviewer, project, content):
    answer = client_for(reviewer).post(address(), {"content": content})
    assert answer.status_code == 400
    assert not Draft.objects.exists()


def test_a_draft_has_a_largest_size(client_for, reviewer, project):
    assert keep(client_for(reviewer), {"text": "a" * drafts.LONGEST}).status_code == 400


@pytest.mark.parametrize("about", ["claim", "Claim:1", "claim:..", "x" * 90 + ":1"])
def test_an_odd_name_is_not_found(client_for, reviewer, project, about):
    assert client_for(reviewer).get(address(about)).status_code == 404


def test_the_oldest_make_room(client_for, reviewer, project, monkeypatch):
    monkeypatch.setattr(drafts, "MOST_KEPT", 3)
    client = client_for(reviewer)
    for n in range(5):
        keep(client, {"n": n}, f"claim:{n}")
    assert sorted(Draft.objects.values_list("about", flat=True)) == [
        "claim:2",
        "claim:3",
        "claim:4",
    ]


def test_a_form_of_a_plain_page_drops_its_draft_once_it_is_saved(client_for, reviewer, project):
    claim = make_claim(project, reviewer)
    client = client_for(reviewer)
    about = f"review:{claim.number}"
    keep(client, about=about)
    page = reverse("review-save", kwargs={"slug": "desk", "number": claim.number})
    sent = {"label": "refuted", "claim_revision": claim.content_revision}
    assert client.post(page, {**sent, "label": "maybe"}).status_code == 400
    # More may have been typed in the workbench since: it drops its own.
    assert client.post(page, sent, headers={"HX-Request": "true"}).status_code < 400
    assert Draft.objects.count() == 1
    assert "Saved." in client.post(page, sent, follow=True).content.decode()
    assert not Draft.objects.exists()
