"""One claim's page, and the project's list of claims."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.claims.hops import HopInput
from annotations.claims.services import claim_discard, claim_update, mention_add
from annotations.lifecycle.services import assessment_add, event_record
from annotations.models import Claim, Review
from annotations.moderation import services as moderation
from annotations.statements.services import statement_create
from annotations.verification.services import review_save
from tests.marking import make_claim, make_version, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(project, reviewer):
    return make_version(reviewer, project)


@pytest.fixture
def statement(reviewer, project):
    return statement_create(
        actor=reviewer,
        project=project,
        source_name="State Emergency Service",
        channel="Facebook",
        said_on="2022-03-02",
        text="More than 2,000 civilians were killed.",
    )


@pytest.fixture
def claim(reviewer, version, statement):
    hops = [
        HopInput(source_name="State Emergency Service", statement=statement),
        HopInput(source_name="CNN"),
    ]
    return make_claim(reviewer, version, hops=hops)


def detail(claim: Claim) -> str:
    return reverse("claim-detail", kwargs={"slug": "desk", "number": claim.number})


def listing(**query: str) -> str:
    address = reverse("claim-list", kwargs={"slug": "desk"})
    return f"{address}?{'&'.join(f'{name}={value}' for name, value in query.items())}"


def page_of(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_shows_words_in_context_and_the_chain(client_for, reader, claim):
    page = page_of(client_for(reader), detail(claim))
    assert (
        'The emergency service said <mark class="d1">more than 2,000 civilians were killed</mark>.'
        in page
    )
    assert page.index("State Emergency Service") < page.index("CNN")
    # A reader judges nothing.
    assert "My judgement" not in page


def test_a_deletion_stands_on_the_claim_with_its_standing(client_for, reviewer, claim, statement):
    event = event_record(
        actor=reviewer,
        subject=statement,
        type="deleted_by_author",
        noticed="2022-03-02",
        reported_by_name="CNN",
        reason_given="none",
    )
    client = client_for(reviewer)
    said = "Deleted by its author – reported by CNN – standing: reported"
    for address in (detail(claim), listing(), listing(state="marked")):
        assert said in page_of(client, address)
    assessment_add(actor=reviewer, event=event, standing="refuted", reason="It is still there")
    assert "standing: refuted" in page_of(client, detail(claim))


def test_different_original_speakers_are_a_dispute(client_for, reviewer, claim, version):
    assert "Attribution disputed" not in page_of(client_for(reviewer), detail(claim))
    mention_add(
        actor=reviewer,
        claim=claim,
        version=version,
        ranges=[place("A family fled")],
        hops=[HopInput(source_name="Ministry of Defence")],
    )
    assert "Attribution disputed" in page_of(client_for(reviewer), detail(claim))


def test_my_judgement_is_saved_and_goes_stale(client_for, reviewer, claim):
    client = client_for(reviewer)
    address = reverse("review-save", kwargs={"slug": "desk", "number": claim.number})
    sent = {
        "label": "refuted",
        "confidence": "3",
        "justification": "Counted otherwise",
        "claim_revision": claim.content_revision,
    }
    assert client.post(address, sent).status_code == 302
    review = Review.objects.get()
    assert (review.label, review.confidence, review.reviewer) == ("refuted", 3, reviewer)
    claim_update(actor=reviewer, claim=claim, revision=claim.revision, text="Something else.")
    assert "judged before a change" in page_of(client, detail(claim))
    stale = client.post(address, sent)
    assert stale.status_code == 412
    assert "Counted otherwise" in stale.content.decode()


def test_others_judgements_stay_closed_in_a_blind_project(
    client_for, reviewer, second_reviewer, moderator, claim
):
    review_save(actor=second_reviewer, claim=claim, label="refuted", justification="Secret why")
    assert "Secret why" not in page_of(client_for(reviewer), detail(claim))
    assert "Secret why" in page_of(client_for(moderator), detail(claim))
    review_save(actor=reviewer, claim=claim, label="supported")
    assert "Secret why" in page_of(client_for(reviewer), detail(claim))


def test_history_says_who_what_and_word_by_word(client_for, reviewer, claim):
    claim_update(
        actor=reviewer,
        claim=claim,
        revision=claim.revision,
        text="It is claimed: fewer than 2,000 civilians were killed",
    )
    page = page_of(client_for(reviewer), detail(claim))
    assert "<del>more</del>" in page
    assert "<ins>fewer</ins>" in page
    assert "Reviewer" in page


def test_a_hidden_claim_shows_its_author_the_reason_only(
    client_for, reviewer, second_reviewer, moderator, claim
):
    moderation.row_hide(actor=moderator, row=claim, reason="Names a victim")
    page = page_of(client_for(reviewer), detail(claim))
    assert "Names a victim" in page
    assert claim.text not in page
    assert client_for(second_reviewer).get(detail(claim)).status_code == 404
    assert claim.text in page_of(client_for(moderator), detail(claim))


def test_outsiders_and_strange_numbers_find_nothing(client_for, outsider, reviewer, claim):
    assert client_for(outsider).get(detail(claim)).status_code == 404
    strange = reverse("claim-detail", kwargs={"slug": "desk", "number": 999})
    assert client_for(reviewer).get(strange).status_code == 404


def test_a_confidential_statement_is_not_named_to_readers(
    client_for, reader, reviewer, project, version
):
    secret = statement_create(
        actor=reviewer, project=project, channel="Signal", text="Told in confidence",
        confidential=True,
    )  # fmt: skip
    claim = make_claim(reviewer, version, hops=[HopInput(source_name="A source", statement=secret)])
    event_record(actor=reviewer, subject=secret, type="retracted", reported_by_name="Nobody Else")
    page = page_of(client_for(reader), detail(claim))
    for word in ("Signal", "Told in confidence", "Retracted", "Nobody Else"):
        assert word not in page
    assert "Retracted" in page_of(client_for(reviewer), detail(claim))


@pytest.fixture
def several(reviewer, version):
    first = make_claim(reviewer, version, text="Alpha claim", types=["numerical"])
    second = make_claim(
        reviewer, version, text="Beta claim", hops=[HopInput(source_name="Volodymyr Zelenskyy")]
    )
    third = make_claim(reviewer, version, text="Gamma claim")
    review_save(actor=reviewer, claim=first, label="refuted")
    claim_discard(actor=reviewer, claim=third, reason="Twice")
    return first, second, third


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, "Alpha Beta"),
        ({"q": "alpha"}, "Alpha"),
        ({"q": "2"}, "Beta"),
        ({"label": "refuted"}, "Alpha"),
        ({"label": "none"}, "Beta"),
        ({"type": "numerical"}, "Alpha"),
        ({"source": "volodymyr zelenskyy"}, "Beta"),
        ({"state": "discarded"}, "Gamma"),
        ({"state": "all"}, "Alpha Beta Gamma"),
        ({"state": "marked"}, ""),
        ({"mine": "on"}, "Alpha Beta"),
        ({"label": "nonsense", "page": "99"}, "Alpha Beta"),
    ],
)
def test_the_list_is_narrowed(client_for, reviewer, several, query, shown):
    page = page_of(client_for(reviewer), listing(**query))
    found = [name for name in ("Alpha", "Beta", "Gamma") if f"{name} claim" in page]
    assert found == shown.split()


def test_the_list_asks_as_much_for_one_claim_as_for_eleven(
    client_for, reviewer, version, statement
):
    client = client_for(reviewer)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            page_of(client, listing())
        return len(seen)

    hops = [HopInput(source_name="CNN", statement=statement)]
    event_record(actor=reviewer, subject=statement, type="retracted", reported_by_name="CNN")
    review_save(actor=reviewer, claim=make_claim(reviewer, version, hops=hops), label="refuted")
    for_one = queries()
    for _ in range(10):
        claim = make_claim(reviewer, version, hops=hops)
        review_save(actor=reviewer, claim=claim, label="refuted")
    assert queries() == for_one
