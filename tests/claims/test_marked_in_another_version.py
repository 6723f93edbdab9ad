"""A claim of an earlier text: its words and where they stood are shown, and marked anew by hand."""

from uuid import uuid4

import pytest
from django.urls import reverse

from annotations.articles.services import version_add
from annotations.claims.hops import HopInput
from annotations.claims.services import mention_add, mention_discard
from annotations.models import ArticleVersion, Claim, Mention
from annotations.moderation.services import row_hide
from tests.marking import TEXT, WORDS, hop_fields, make_claim, make_version, place
from tests.material import make_statement

pytestmark = pytest.mark.django_db
LATER = TEXT.replace("more than", "well over") + "More.\n"


@pytest.fixture
def first(project, reviewer):
    return make_version(reviewer, project)


@pytest.fixture
def claim(project, reviewer, first):
    statement = make_statement(project, reviewer)
    start = place("The emergency service")
    hops = [
        HopInput(source_name="State Emergency Service", source_ranges=[start], statement=statement),
        HopInput(source_name="CNN", role_at_time="broadcaster"),
    ]
    return make_claim(reviewer, first, hops=hops)


@pytest.fixture
def later(reviewer, first, claim):
    version_add(actor=reviewer, article=first.article, text=LATER)
    return ArticleVersion.objects.select_related("article").get(number=2)


@pytest.fixture
def client(client_for, reviewer):
    return client_for(reviewer)


def card(client, claim, version) -> str:
    names = {"slug": "desk", "number": claim.number}
    return client.get(f"{reverse('claim-card', kwargs=names)}?in={version.uid}").content.decode()


def new_place(client, claim, version, *words: str):
    start, end = place("civilians were killed", LATER)
    names = {"slug": "desk", "uid": version.uid}
    address = reverse("mention-create", kwargs=names)
    return client.get(f"{address}?range={start}-{end}&claim={claim.number}")


def test_its_card_beside_a_later_text_says_where_it_stood(client, claim, later):
    shown = card(client, claim, later)
    assert "Not marked in this version." in shown
    assert "In version 1 it stands here:" in shown
    assert f'<mark class="d1">{WORDS}</mark>' in shown
    assert "Look for the same words in this text" in shown


def test_beside_its_own_text_there_is_nothing_to_say(client, claim, first, later):
    assert "data-former" not in card(client, claim, first)
    mention_add(actor=claim.created_by, claim=claim, version=later, ranges=[place("lost", LATER)])
    assert "data-former" not in card(client, claim, later)


def test_a_discarded_place_here_counts_as_none(client, reviewer, claim, later):
    ranges = [place("lost", LATER)]
    mention = mention_add(actor=reviewer, claim=claim, version=later, ranges=ranges)
    mention_discard(actor=reviewer, mention=mention)
    assert "data-former" in card(client, claim, later)


def test_a_claim_of_another_article_stood_nowhere_here(client, project, reviewer, claim):
    other = make_version(reviewer, project, text="Another text altogether.")
    assert "data-former" not in card(client, claim, other)


def test_who_said_it_comes_along_and_what_was_marked_does_not(client, claim, later):
    page = new_place(client, claim, later)
    hops = page.context["chain"].initial
    assert [one["source_name"] for one in hops] == ["State Emergency Service", "CNN"]
    assert hops[1]["role_at_time"] == "broadcaster"
    assert hops[0]["statement"]
    assert not any(one.get("source_ranges") or one.get("kept") for one in hops)
    assert "Who said it is taken over from there." in page.content.decode()


def test_a_chain_that_is_seen_in_part_is_not_copied(client, moderator, claim, later):
    source = Mention.objects.get().attributions.get(order=1).source
    row_hide(actor=moderator, row=source, reason="A court forbids it")
    page = new_place(client, claim, later)
    names = [one.get("source_name", "") for one in page.context["chain"].initial]
    assert "CNN" not in page.content.decode()
    assert "State Emergency Service" not in names


def test_the_place_is_saved_beside_the_earlier_one(client, claim, first, later):
    start, end = place("civilians were killed", LATER)
    names = {"slug": "desk", "uid": later.uid}
    sent = {
        "claim": claim.number,
        "range": f"{start}-{end}",
        "content_hash": later.content_hash,
        "key": str(uuid4()),
        **hop_fields({"source_name": "State Emergency Service"}, {"source_name": "CNN"}),
    }
    answer = client.post(reverse("mention-create", kwargs=names), sent)
    assert answer.status_code == 302
    here = Mention.objects.get(version=later)
    assert here.claim == claim
    assert [one.exact for one in here.span.ranges.all()] == ["civilians were killed"]
    assert Mention.objects.get(version=first).span.ranges.get().exact == WORDS
    assert Claim.objects.count() == 1


@pytest.mark.parametrize(("words", "found"), [("civilians were killed", True), (WORDS, False)])
def test_the_same_words_are_looked_for_and_offered(client, claim, later, words, found):
    names = {"slug": "desk", "uid": later.uid}
    address = reverse("passage-find", kwargs=names)
    page = client.get(address, {"q": words, "claim": claim.number})
    assert page.status_code == 200
    assert ("Add to claim 1" in page.content.decode()) is found
    assert ("These words do not stand in the text." in page.content.decode()) is not found


def test_the_list_leads_to_the_card_beside_this_text(client, claim, later):
    names = {"slug": "desk", "uid": later.article.uid}
    page = client.get(reverse("workbench", kwargs=names)).content.decode()
    assert f'href="?version=2&amp;claim={claim.number}" data-again="1"' in page
    older = client.get(f"{reverse('workbench', kwargs=names)}?version=1&claim=1").content.decode()
    assert 'href="?version=2&amp;claim=1">Read the current one' in older
