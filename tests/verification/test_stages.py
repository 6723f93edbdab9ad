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
from annotations.models import Claim, Project, Review
from annotations.verification.models import Label
from annotations.verification.services import review_discard
from annotations.verification.stage_queries import in_stage, stages_for
from annotations.verification.stages import Stage, stage_of_claim, stage_of_labels
from tests.factories import make_member, make_user
from tests.material import make_claim, make_review
from tests.proofs import undone

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
    rows = Claim.objects.filter(pk=claim.pk)
    found = [one for one in Stage if in_stage(rows, one, viewer, claim.project)]
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


def store(claim: Claim, people, deeds) -> None:
    """Make the rows of what people did, with the times of the deeds."""
    made = []
    for person, deed in zip(people, deeds, strict=True):
        if deed is None:
            continue
        label, is_stale, is_taken_back, later = deed
        at = START + timedelta(seconds=later)
        review = Review(
            project=claim.project,
            claim=claim,
            reviewer=person,
            created_by=person,
            label=label,
            claim_revision=1 if is_stale else 2,
            discarded_at=at if is_taken_back else None,
        )
        made.append((review, at))
    Review.objects.bulk_create([review for review, _at in made])
    # Making a row sets this column to now.
    for review, at in made:
        review.updated_at = at
    Review.objects.bulk_update([review for review, _at in made], ["updated_at"])


class TestBySql:
    """What the database answers is what the rule says, of the reviews the viewer may see."""

    @pytest.fixture
    def people(self, project, reviewer, second_reviewer):
        third, fourth = make_user("third"), make_user("fourth")
        for one in (third, fourth):
            make_member(project, one, Role.REVIEWER)
        return [reviewer, second_reviewer, third, fourth]

    @pytest.fixture
    def claims(self, project, admin):
        for n in range(3):
            make_claim(project, admin, text=f"Claim {n}")
        Claim.objects.update(content_revision=2)
        return list(Claim.objects.order_by("number"))

    @pytest.mark.django_db
    @given(
        rounds=st.tuples(DEEDS, DEEDS, DEEDS),
        needed=st.integers(1, 4),
        blind=st.booleans(),
        set_last=st.booleans(),
        who=st.sampled_from(["reviewer", "second_reviewer", "reader", "moderator"]),
    )
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_it_equals_the_rule(
        self, project, claims, people, admin, actor, rounds, needed, blind, set_last, who
    ):
        viewer = actor(who)
        with undone(), context(actor=admin, action="test.stages"):
            # What was judged before the settings changed follows them.
            Project.objects.update(reviews_needed=9 if set_last else needed, blind=blind)
            for claim, deeds in zip(claims, rounds, strict=True):
                store(claim, people, deeds)
            Project.objects.update(reviews_needed=needed)
            shown = list(Review.objects.visible_to(viewer))
            of_claim = {pk: [one for one in shown if one.claim_id == pk] for pk in self.ids(claims)}
            wanted = {pk: stage_of_claim(2, rows, needed) for pk, rows in of_claim.items()}
            assert stages_for(claims, viewer) == wanted
            for stage in Stage:
                found = in_stage(Claim.objects.all(), stage, viewer, project)
                assert self.ids(found) == {pk for pk, one in wanted.items() if one == stage}

    def ids(self, claims) -> set[int]:
        return {claim.pk for claim in claims}
