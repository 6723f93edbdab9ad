"""A rating, guidelines and evidence of a judgement: stored, kept, refused, and shown to whom."""

from functools import partial

import pytest

from annotations.claims.services import claim_update
from annotations.lib.errors import Conflict, InvalidInput
from annotations.models import Review, ReviewEvidence
from annotations.moderation.services import row_hide
from annotations.verification.evidence.links import link_discard
from annotations.verification.services import review_save, review_update
from annotations.verification.standards.services import scale_choose
from annotations.verification.standards.shipped import Value
from annotations.verification.verdicts.adjudicating import adjudication_create
from tests.material import (
    make_claim,
    make_evidence,
    make_guideline,
    make_review,
    make_scale,
)
from tests.ruling import make_people, publish

pytestmark = pytest.mark.django_db
API = "/api/v1/projects/desk/reviews/"


@pytest.fixture
def scale(project, admin):
    made = make_scale(project, admin)
    project.refresh_from_db()
    return made


@pytest.fixture
def claim(project, reviewer):
    return make_claim(project, reviewer)


def on(claim, actor, **fields):
    """Put a piece on the claim; return its link."""
    piece = make_evidence(claim.project, actor, claim=claim, file=None, **fields)
    return piece.claim_links.get(claim=claim)


def now(review: Review) -> Review:
    return Review.objects.select_related("claim__project", "rating").get(pk=review.pk)


def used(review: Review) -> list[ReviewEvidence]:
    return list(ReviewEvidence.objects.filter(review=review).kept())


class TestRatings:
    def test_the_label_is_the_reviewers_whatever_the_rating_suggests(self, scale, claim, reviewer):
        review = make_review(claim, reviewer, "refuted", rating=scale.values.get(name="True"))
        assert (review.label, review.rating_words) == ("refuted", "True")

    def test_a_name_chooses_the_value_and_other_words_are_refused(self, scale, claim, reviewer):
        review = make_review(claim, reviewer, native_rating="half TRUE")
        assert (review.rating.name, review.native_rating) == ("Half true", "")
        with pytest.raises(InvalidInput, match="True, Half true, False"):
            make_review(claim, reviewer, native_rating="Pants on fire")
        assert now(review).rating.name == "Half true"

    def test_a_decision_and_a_verdict_carry_the_rating_of_the_scale(
        self, scale, claim, project, reviewer, second_reviewer, moderator
    ):
        make_evidence(project, reviewer, claim=claim, file=None)
        chair = make_people(project, "moderator", "chair")[0]
        one = make_review(claim, reviewer, "supported", native_rating="True")
        make_review(claim, second_reviewer, "refuted", native_rating="False")
        taken = {"label": one, "native_rating": one}
        made = adjudication_create(actor=chair, claim=claim, reason="Counted.", taken=taken)
        assert made.native_rating == "True"
        make_review(claim, second_reviewer, "supported", native_rating="True")
        assert publish(claim, moderator).native_rating == "True"

    def test_whoever_decides_rates_on_the_scale_or_takes_what_a_review_has(
        self, scale, project, claim, reviewer, second_reviewer, admin
    ):
        chair = make_people(project, "moderator", "chair")[0]
        one = make_review(claim, reviewer, "supported", native_rating="True")
        make_review(claim, second_reviewer, "refuted", native_rating="False")
        decide = partial(adjudication_create, actor=chair, claim=claim, reason="Counted.")
        with pytest.raises(InvalidInput, match="True, Half true, False"):
            decide(own={"label": "refuted", "native_rating": "Pants on fire"})
        made = decide(own={"label": "refuted", "native_rating": "half TRUE"})
        assert made.native_rating == "Half true"
        make_scale(project, admin, name="Another", values=(Value("Yes"), Value("No")))
        claim.project.refresh_from_db()
        taken = decide(own={"label": "refuted"}, taken={"native_rating": one})
        assert taken.native_rating == "True"

    def test_words_typed_without_a_scale_stay_readable(self, project, claim, reviewer, admin):
        review = make_review(claim, reviewer, native_rating="Three Pinocchios")
        scale = make_scale(project, admin)
        project.refresh_from_db()
        again = make_review(claim, reviewer, justification="Counted.")
        assert again.rating_words == "Three Pinocchios"
        make_review(claim, reviewer, native_rating="Three Pinocchios")
        rated = make_review(claim, reviewer, rating=scale.values.first())
        assert (rated.pk, rated.rating_words, rated.native_rating) == (review.pk, "True", "")
        assert make_review(claim, reviewer, rating=None).rating is None

    def test_a_value_of_an_earlier_version_can_be_kept_and_not_given(
        self, scale, project, claim, reviewer, second_reviewer, admin
    ):
        value = scale.values.first()
        review = make_review(claim, reviewer, rating=value)
        make_scale(project, admin)
        project.refresh_from_db()
        assert make_review(claim, reviewer, "refuted", rating=value).rating == value
        with pytest.raises(Conflict):
            make_review(claim, second_reviewer, rating=value)
        scale_choose(actor=admin, project=project, scale=None)
        assert now(review).rating == value

    def test_saving_twice_changes_nothing(self, scale, claim, reviewer):
        given = {"rating": scale.values.first(), "evidence": [on(claim, reviewer)]}
        first = make_review(claim, reviewer, **given)
        assert make_review(claim, reviewer, **given).revision == first.revision
        assert first.history.count() == 1


class TestGuidelines:
    def test_those_that_were_shown_are_kept_where_others_hold_by_now(
        self, project, claim, reviewer, admin, other_project, outsider
    ):
        first = make_guideline(project, admin)
        project.refresh_from_db()
        assert make_review(claim, reviewer).guideline == first
        second = make_guideline(project, admin, "Three sources.")
        project.refresh_from_db()
        assert make_review(claim, reviewer, guideline=first.pk).guideline == first
        assert make_review(claim, reviewer).guideline == second
        elsewhere = make_guideline(other_project, outsider)
        with pytest.raises(InvalidInput):
            make_review(claim, reviewer, guideline=elsewhere.pk)


class TestEvidenceUsed:
    def test_it_is_chosen_dropped_and_chosen_again_in_one_row(self, claim, reviewer):
        one, two = on(claim, reviewer), on(claim, reviewer, question="Two?")
        review = make_review(claim, reviewer, evidence=[one, two])
        assert [row.link for row in used(review)] == [one, two]
        assert make_review(claim, reviewer).revision == review.revision
        dropped = make_review(claim, reviewer, evidence=[one])
        assert (dropped.revision, [row.link for row in used(review)]) == (2, [one])
        make_review(claim, reviewer, evidence=[two])
        assert [row.link for row in used(review)] == [two]
        assert ReviewEvidence.objects.count() == 2
        history = ReviewEvidence.history.rel.related_model.objects
        assert list(history.values_list("pgh_label", flat=True)).count("update") == 3

    def test_only_pieces_on_the_claim_can_be_used(self, project, claim, reviewer):
        other = on(make_claim(project, reviewer, text="Another"), reviewer)
        off = on(claim, reviewer)
        link_discard(actor=reviewer, link=off)
        off.refresh_from_db()
        for link in (other, off):
            with pytest.raises(InvalidInput):
                make_review(claim, reviewer, evidence=[link])
        assert not Review.objects.exists()

    def test_a_piece_that_is_hidden_now_is_not_dropped_unseen(self, claim, reviewer, moderator):
        one, two = on(claim, reviewer), on(claim, reviewer, question="Two?")
        review = make_review(claim, reviewer, evidence=[one, two])
        row_hide(actor=moderator, row=two.evidence, reason="libel")
        make_review(claim, reviewer, evidence=[one])
        assert [row.link for row in used(review)] == [one, two]

    def test_who_may_see_it(self, claim, reviewer, second_reviewer, reader, moderator):
        open_one, private = on(claim, reviewer), on(claim, reviewer, confidential=True)
        make_review(claim, reviewer, evidence=[open_one, private])

        def seen(person):
            rows = ReviewEvidence.objects.visible_to(person)
            return [row.link for row in rows.order_by("pk")]

        assert seen(second_reviewer) == []
        assert seen(moderator) == seen(reviewer) == [open_one, private]
        make_review(claim, second_reviewer)
        assert seen(second_reviewer) == [open_one, private]
        assert seen(reader) == [open_one]


class TestPages:
    def test_the_claims_page_stores_all_of_it(self, scale, claim, reviewer, client_for):
        link = on(claim, reviewer)
        value = scale.values.get(name="False")
        client = client_for(reviewer)
        page = client.get("/p/desk/claims/1/").content.decode()
        assert f'<option value="{value.uid}" data-label="refuted">' in page
        sent = {"claim_revision": "1", "rating": value.uid, "evidence": ["", link.uid]}
        asked = client.post("/p/desk/claims/1/review/", sent)
        # Without a script a person is asked to confirm what the rating suggests.
        assert asked.status_code == 400
        assert "This rating suggests “Refuted”" in asked.content.decode()
        assert not Review.objects.exists()
        sent["label"] = "not_checkable"
        assert client.post("/p/desk/claims/1/review/", sent).status_code == 302
        review = Review.objects.get()
        assert (review.rating, review.label) == (value, "not_checkable")
        assert [row.link for row in used(review)] == [link]
        sent |= {"rating": "", "evidence": [""]}
        assert client.post("/p/desk/claims/1/review/", sent).status_code == 302
        assert (now(review).rating, used(review)) == (None, [])
        client.post("/p/desk/claims/1/review/", {**sent, "rating": value.uid})
        # What the form did not ask for stays: a script's undo sends the label alone.
        client.post("/p/desk/claims/1/review/", {"claim_revision": "1", "label": "refuted"})
        assert now(review).rating == value

    def test_others_read_it_sanitised_and_without_what_they_may_not_see(
        self, project, claim, reviewer, second_reviewer, reader, client_for
    ):
        private = on(claim, reviewer, confidential=True, question="SECRET call?")
        note = "**Counted** <img src=x onerror=alert(1)> ![p](https://x.example/p.png)"
        make_review(claim, reviewer, justification=note, evidence=[private])
        make_review(claim, second_reviewer)
        page = client_for(reader).get("/p/desk/claims/1/").content.decode()
        assert "<strong>Counted</strong>" in page
        assert "<img" not in page
        assert "SECRET" not in page
        assert "SECRET" in client_for(second_reviewer).get("/p/desk/claims/1/").content.decode()

    def test_history_says_what_was_rated_and_hides_it_while_blind(
        self, scale, claim, reviewer, second_reviewer, client_for
    ):
        link = on(claim, reviewer, question="Whose count?")
        make_review(claim, reviewer, rating=scale.values.first(), evidence=[link])
        make_review(claim, reviewer, evidence=[])
        own = client_for(reviewer).get("/p/desk/claims/1/").content.decode()
        assert "True (scale version 1)" in own
        assert "evidence used" in own.lower()
        other = client_for(second_reviewer).get("/p/desk/claims/1/").content.decode()
        assert "True (scale version 1)" not in other
        assert "<strong>evidence used</strong>" not in other


class TestApi:
    def test_it_takes_a_name_or_a_value_and_answers_both(
        self, scale, claim, project, reviewer, admin, client_for
    ):
        make_guideline(project, admin)
        link = on(claim, reviewer)
        client = client_for(reviewer)

        def judge(**fields):
            body = {"claim": str(claim.uid), "label": "refuted", **fields}
            return client.post(API, body, content_type="application/json")

        made = judge(native_rating="False", evidence=[str(link.evidence.uid)])
        assert made.status_code == 201
        body = made.json()
        assert (body["native_rating"], body["rating"]["scale_version"]) == ("False", 1)
        assert (body["guideline_version"], body["evidence"]) == (1, [str(link.evidence.uid)])
        assert judge(native_rating="Whatever").status_code == 400
        changed = client.patch(
            f"{API}{body['uid']}/",
            {"rating": str(scale.values.first().uid), "evidence": []},
            content_type="application/json",
            headers={"If-Match": made["ETag"]},
        )
        assert changed.json()["native_rating"] == "True"
        assert changed.json()["evidence"] == []
        older = client.get(f"{API}?under_older=guideline").json()["results"]
        make_guideline(project, admin, "Three sources.")
        later = client.get(f"{API}?under_older=guideline").json()["results"]
        assert (older, [one["uid"] for one in later]) == ([], [body["uid"]])


def test_a_changed_claim_begins_with_what_was_judged_before(claim, reviewer, client_for):
    link = on(claim, reviewer)
    review = make_review(claim, reviewer, evidence=[link])
    claim_update(actor=reviewer, claim=claim, revision=claim.revision, text="Other words")
    page = client_for(reviewer).get("/p/desk/claims/1/").content.decode()
    assert f'value="{link.uid}" checked' in page
    with pytest.raises(Conflict):
        review_update(actor=reviewer, review=now(review), revision=1, evidence=[])
    claim.refresh_from_db()
    new = review_save(actor=reviewer, claim=claim, label="refuted", evidence=[link])
    assert new.pk != review.pk
    assert len(used(new)) == len(used(review)) == 1
