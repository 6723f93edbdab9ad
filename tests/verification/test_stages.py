"""The stage of a claim: what its current reviews add up to, as a person may see them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.accounts.roles import Role
from annotations.audit.context import context
from annotations.claims.services import claim_update
from annotations.models import Claim, Review
from annotations.verification.models import Label
from annotations.verification.services import review_discard
from annotations.verification.stage_queries import in_stage, stages_for
from annotations.verification.stages import Stage, stage_of_claim, stage_of_labels
from tests.factories import make_member, make_user
from tests.material import make_claim, make_review
from tests.matrix.scene import undone

START = datetime(2022, 3, 2, tzinfo=UTC)
S, R = "supported", "refuted"


@dataclass(frozen=True)
class Judgement:
    pk: int
    label: str
    claim_revision: int = 1
    updated_at: datetime = START
    discarded_at: datetime | None = None


class TestFromLabels:
    """Latest first."""

    @pytest.mark.parametrize(
        ("labels", "needed", "stage"),
        [
            ([], 2, Stage.UNREVIEWED),
            ([S], 2, Stage.IN_REVIEW),
            ([S, S], 2, Stage.AGREED),
            ([S, R], 2, Stage.DISPUTED),
            ([S], 1, Stage.AGREED),
            ([S, R], 1, Stage.AGREED),
            ([S, S, R], 2, Stage.AGREED),
            ([R, S, S], 2, Stage.DISPUTED),
            ([S, S], 3, Stage.IN_REVIEW),
            # Enough or not: two labels are a dispute.
            ([S, R], 3, Stage.DISPUTED),
            ([S, S, S], 3, Stage.AGREED),
        ],
    )
    def test_the_latest_that_are_needed_decide(self, labels, needed, stage):
        assert stage_of_labels(labels, needed) == stage

    def test_stale_and_taken_back_reviews_never_count(self):
        reviews = [
            Judgement(1, S, claim_revision=2),
            Judgement(2, R, claim_revision=1),
            Judgement(3, R, claim_revision=2, discarded_at=START),
        ]
        assert stage_of_claim(2, reviews, 2) == Stage.IN_REVIEW
        assert stage_of_claim(3, reviews, 2) == Stage.UNREVIEWED

    def test_a_changed_judgement_is_the_latest(self):
        changed = Judgement(1, R, updated_at=START + timedelta(hours=2))
        others = [Judgement(n, S, updated_at=START + timedelta(hours=1, minutes=n)) for n in (2, 3)]
        assert stage_of_claim(1, [changed, *others], 2) == Stage.DISPUTED


@pytest.fixture
def claim(project, admin):
    return make_claim(project, admin)


def seen(claim: Claim, viewer) -> Stage:
    """The stage by page and by every filter, which have to say the same."""
    claim.refresh_from_db()
    stage = stages_for([claim], viewer)[claim.pk]
    found = [one for one in Stage if in_stage(Claim.objects.filter(pk=claim.pk), one, viewer)]
    assert found == [stage]
    return stage


@pytest.mark.django_db
class TestOfAClaim:
    def test_it_goes_from_unreviewed_to_agreed(self, claim, reviewer, second_reviewer, moderator):
        assert seen(claim, moderator) == Stage.UNREVIEWED
        make_review(claim, reviewer)
        assert seen(claim, moderator) == Stage.IN_REVIEW
        second = make_review(claim, second_reviewer)
        assert seen(claim, moderator) == Stage.AGREED
        make_review(claim, second_reviewer, R)
        assert seen(claim, moderator) == Stage.DISPUTED
        review_discard(actor=second_reviewer, review=second)
        assert seen(claim, moderator) == Stage.IN_REVIEW

    def test_a_changed_claim_is_unreviewed(self, claim, admin, reviewer, moderator):
        make_review(claim, reviewer)
        claim_update(actor=admin, claim=claim, revision=claim.revision, text="Other words")
        assert seen(claim, moderator) == Stage.UNREVIEWED

    def test_many_take_one_statement(self, project, claim, admin, reviewer, moderator):
        claims = [claim, *(make_claim(project, admin, text=f"Claim {n}") for n in range(5))]
        for one in claims:
            make_review(one, reviewer)
        with CaptureQueriesContext(connection) as asked:
            stages_for(claims, moderator)
        assert len(asked) == 1


# How many were needed, and what each of four people did: label, stale, taken back, seconds later.
DEEDS = st.lists(
    st.none() | st.tuples(st.sampled_from(Label.values[:3]), st.booleans(), st.booleans(),
                          st.integers(0, 3)),
    min_size=4, max_size=4,
)  # fmt: skip


class TestBySql:
    """What the database answers is what the rule says, of the reviews the viewer may see."""

    @pytest.fixture
    def people(self, project, reviewer, second_reviewer, moderator, admin):
        third, fourth = make_user("third"), make_user("fourth")
        for one in (third, fourth):
            make_member(project, one, Role.REVIEWER)
        return [reviewer, second_reviewer, third, fourth]

    def store(self, claim: Claim, people, deeds) -> None:
        for person, deed in zip(people, deeds, strict=True):
            if deed is None:
                continue
            label, is_stale, is_taken_back, later = deed
            review = make_review(claim, person, label)
            at = START + timedelta(seconds=later)
            Review.objects.filter(pk=review.pk).update(
                updated_at=at,
                discarded_at=at if is_taken_back else None,
                claim_revision=1 if is_stale else 2,
            )

    @pytest.mark.django_db
    @given(rounds=st.lists(DEEDS, min_size=1, max_size=3), needed=st.integers(1, 4),
           blind=st.booleans())  # fmt: skip
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_it_equals_the_rule(self, project, people, admin, reader, rounds, needed, blind):
        with undone(), context(actor=admin, action="test.stages"):
            project.reviews_needed, project.blind = needed, blind
            project.save()
            claims = [make_claim(project, admin, text=f"Claim {n}") for n in range(len(rounds))]
            Claim.objects.update(content_revision=2)
            for claim, deeds in zip(claims, rounds, strict=True):
                claim.refresh_from_db()
                self.store(claim, people, deeds)
            for viewer in (people[0], people[3], reader, admin):
                stages = stages_for(claims, viewer)
                for claim in claims:
                    reviews = Review.objects.visible_to(viewer).filter(claim=claim)
                    assert stages[claim.pk] == stage_of_claim(2, reviews, needed)
                    assert seen(claim, viewer) == stages[claim.pk]
