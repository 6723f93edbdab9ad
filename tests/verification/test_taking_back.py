"""A judgement taken back: readable with a mark, never counted, and restored as it was."""

import pytest
from django.urls import reverse

from annotations.claims.services import claim_discard, claim_update
from annotations.lib.errors import Conflict, StaleVersion
from annotations.models import Review
from annotations.verification.labels import judgement_of, labels_for
from annotations.verification.services import (
    review_discard,
    review_restore,
    review_save,
    review_update,
)
from tests.marking import make_claim, make_version
from tests.material import make_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(project, reviewer):
    return make_claim(reviewer, make_version(reviewer, project))


@pytest.fixture
def as_reviewer(client_for, reviewer):
    return client_for(reviewer)


def now(review: Review) -> Review:
    return Review.objects.select_related("claim").get(pk=review.pk)


def test_a_label_taken_back_is_no_longer_shown_and_comes_back_whole(claim, reviewer):
    review = make_review(claim, reviewer, "refuted", justification="Counted twice.")
    review_discard(actor=reviewer, review=review, reason="Too early")
    assert labels_for([claim], reviewer) == {}
    taken = now(review)
    assert (taken.discarded_by, taken.discard_reason) == (reviewer, "Too early")
    assert judgement_of(claim, reviewer) == (None, taken)
    review_restore(actor=reviewer, review=review)
    label, taken_back = judgement_of(claim, reviewer)
    assert label is not None
    assert (label.value, label.review.justification, taken_back) == (
        "refuted",
        "Counted twice.",
        None,
    )
    assert now(review).discarded_by is None


def test_doing_it_twice_changes_nothing(claim, reviewer):
    review = make_review(claim, reviewer)
    review_discard(actor=reviewer, review=review, reason="First")
    review_discard(actor=reviewer, review=review, reason="Second")
    assert (now(review).revision, now(review).discard_reason) == (2, "First")
    review_restore(actor=reviewer, review=review)
    review_restore(actor=reviewer, review=review)
    assert now(review).revision == 3


def test_judging_anew_lets_it_stand_again(claim, reviewer):
    review = make_review(claim, reviewer, "refuted")
    review_discard(actor=reviewer, review=review)
    again = review_save(actor=reviewer, claim=claim, label="supported")
    assert again.pk == review.pk
    assert (now(review).label, now(review).discarded_at) == ("supported", None)


def test_the_label_of_earlier_words_shows_again_as_stale(claim, reviewer):
    make_review(claim, reviewer, "refuted")
    claim = claim_update(actor=reviewer, claim=claim, revision=claim.revision, text="Other words")
    second = make_review(claim, reviewer, "supported")
    review_discard(actor=reviewer, review=second)
    label, _taken_back = judgement_of(claim, reviewer)
    assert label is not None
    assert (label.value, label.is_stale) == ("refuted", True)


def test_a_stale_judgement_stays_as_it_was(claim, reviewer):
    review = make_review(claim, reviewer)
    claim_update(actor=reviewer, claim=claim, revision=claim.revision, text="Other words")
    for turn in (review_discard, review_restore):
        with pytest.raises(Conflict, match="Judge it anew"):
            turn(actor=reviewer, review=review)
    assert now(review).revision == 1


def test_what_was_taken_back_is_restored_before_it_is_changed(claim, reviewer):
    review = make_review(claim, reviewer)
    review_discard(actor=reviewer, review=review)
    with pytest.raises(Conflict, match="Restore it"):
        review_update(actor=reviewer, review=now(review), revision=2, label="refuted")
    with pytest.raises(StaleVersion):
        review_restore(actor=reviewer, review=now(review), revision=1)


def test_no_judgement_of_a_discarded_claim_is_restored(claim, reviewer):
    review = make_review(claim, reviewer)
    review_discard(actor=reviewer, review=review)
    claim_discard(actor=reviewer, claim=claim)
    with pytest.raises(Conflict, match="discarded"):
        review_restore(actor=reviewer, review=now(review))


def test_history_says_who_took_it_back_and_why(claim, reviewer):
    review = make_review(claim, reviewer)
    review_discard(actor=reviewer, review=review, reason="Too early")
    rows = Review.pgh_event_model.objects.filter(pgh_obj_id=review.pk).order_by("pgh_id")
    assert [(one.pgh_label, one.discard_reason) for one in rows] == [
        ("insert", ""),
        ("update", "Too early"),
    ]


class TestBlind:
    """What was taken back is not in: it opens nobody's eyes and counts for nothing."""

    @pytest.fixture
    def reviews(self, claim, reviewer, second_reviewer):
        return make_review(claim, reviewer), make_review(claim, second_reviewer, "refuted")

    def seen_by(self, user) -> set[str]:
        return {one.label for one in Review.objects.visible_to(user).kept()}

    def test_one_of_two_taken_back_closes_the_other(self, reviews, reviewer, second_reviewer):
        assert self.seen_by(reviewer) == {"supported", "refuted"}
        review_discard(actor=reviewer, review=reviews[0])
        assert self.seen_by(reviewer) == set()
        assert self.seen_by(second_reviewer) == {"refuted"}
        review_restore(actor=reviewer, review=reviews[0])
        assert self.seen_by(second_reviewer) == {"supported", "refuted"}


class TestPages:
    def post(self, client, name, claim, **fields):
        names = {"slug": claim.project.slug, "number": claim.number}
        return client.post(reverse(name, kwargs=names), fields)

    def page(self, client, claim) -> str:
        names = {"slug": claim.project.slug, "number": claim.number}
        return client.get(reverse("claim-detail", kwargs=names)).content.decode()

    def test_by_plain_forms(self, as_reviewer, claim, reviewer):
        review = make_review(claim, reviewer, "refuted", justification="Counted twice.")
        assert "Take my judgement back" in self.page(as_reviewer, claim)
        answer = self.post(as_reviewer, "review-discard", claim, reason="Too early")
        assert answer.status_code == 302
        assert now(review).discard_reason == "Too early"
        page = self.page(as_reviewer, claim)
        assert "You took back" in page
        assert "Counted twice." in page
        assert self.post(as_reviewer, "review-restore", claim).status_code == 302
        assert now(review).discarded_at is None
        assert "You took back" not in self.page(as_reviewer, claim)

    def test_who_has_not_judged_has_nothing_to_take_back(self, as_reviewer, claim, second_reviewer):
        make_review(claim, second_reviewer)
        assert self.post(as_reviewer, "review-discard", claim).status_code == 404
        assert not Review.objects.filter(discarded_at__isnull=False).exists()

    def test_others_do_not_see_what_was_taken_back(
        self, as_reviewer, claim, reviewer, second_reviewer, project
    ):
        project.blind = False
        project.save()
        review = make_review(claim, second_reviewer, "refuted", justification="Only theirs.")
        assert "Only theirs." in self.page(as_reviewer, claim)
        review_discard(actor=second_reviewer, review=review)
        assert "Only theirs." not in self.page(as_reviewer, claim).split("claim-history")[0]

    def test_lists_and_filters_count_it_as_not_judged(self, as_reviewer, claim, reviewer):
        review = make_review(claim, reviewer, "refuted")
        review_discard(actor=reviewer, review=review)
        address = reverse("claim-list", kwargs={"slug": claim.project.slug})
        found = {
            label: f"claims/{claim.number}/"
            in as_reviewer.get(address, {"label": label}).content.decode()
            for label in ("refuted", "none")
        }
        assert found == {"refuted": False, "none": True}
