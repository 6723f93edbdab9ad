"""What is said to be missing before a claim can be published, to whom."""

import pytest

from annotations.audit.context import context
from annotations.models import Adjudication, Project
from annotations.verification.stage_queries import in_stage, stages_for
from annotations.verification.stages import Stage
from annotations.verification.verdicts.missing import missing_of
from annotations.verification.verdicts.reading import judging_of
from tests.factories import make_user
from tests.material import make_claim, make_evidence
from tests.ruling import adjudicate, agree, dispute, make_checked, now, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(project, admin):
    return make_claim(project, admin)


def said(claim, viewer) -> dict[str, str]:
    return {one.code: one.sentence for one in missing_of(judging_of(now(claim), viewer))}


def test_a_moderator_reads_how_much_is_missing_and_who_can_do_it(
    claim, project, admin, reviewer, second_reviewer, moderator, chair
):
    assert said(claim, moderator) == {
        "reviews": "2 reviews by different people that agree.",
        "evidence": "Evidence: none is attached. Any reviewer can add some.",
        "publisher": "Somebody to publish it: a moderator who has not judged it.",
    }
    piece = make_evidence(project, admin, claim=claim, confidential=True, file=None, url="")
    agree(claim, reviewer)
    found = said(claim, moderator)
    assert found["reviews"] == "1 more review by someone other than Reviewer."
    assert found["evidence"].endswith("all that is attached is confidential.")
    make_evidence(project, admin, claim=claim, file=None, url="", question=f"Not {piece}?")
    agree(claim, second_reviewer)
    assert said(claim, moderator) == {
        "publisher": "Somebody to publish it: a moderator other than Second reviewer and Reviewer."
    }
    agree(claim, second_reviewer, label="refuted")
    assert "none of Second reviewer and Reviewer" in said(claim, moderator)["adjudication"]
    adjudicate(claim, chair)
    assert said(claim, moderator) == {
        "publisher": "Somebody to publish it: a moderator other than Chair."
    }
    publish(claim, moderator)
    assert said(claim, moderator) == {}


def test_who_may_not_see_reads_the_same_whatever_others_said(
    claim, project, admin, reviewer, second_reviewer, reader, chair
):
    with context(actor=admin, action="test.needed"):
        Project.objects.filter(pk=project.pk).update(reviews_needed=3)
    worlds = []
    for act in (
        lambda: None,
        lambda: agree(claim, second_reviewer),
        lambda: dispute(claim, second_reviewer, make_user("third")),
        lambda: adjudicate(claim, chair),
    ):
        act()
        worlds.append([said(claim, one) for one in (reader, reviewer)])
        assert stages_for([claim], reader) == {claim.pk: Stage.UNREVIEWED}
        assert in_stage(type(claim).objects.all(), Stage.UNREVIEWED, reader, project)
        assert not Adjudication.objects.visible_to(reader)
    assert all(world == worlds[0] for world in worlds)
    # Readers do not judge: what they read does not say that they could.
    to_reader, to_reviewer = (one["reviews"] for one in worlds[0])
    assert to_reader.startswith("3 reviews by different people that agree. How many are in")
    assert to_reviewer.startswith("3 reviews by different people that agree. One can be yours.")
    assert stages_for([claim], chair) == {claim.pk: Stage.ADJUDICATED}


def test_an_adjudication_shows_to_everybody_once_it_is_published(
    project, admin, reviewer, second_reviewer, reader, chair
):
    claim = make_checked(project, admin)
    with context(actor=admin, action="test.needed"):
        Project.objects.filter(pk=project.pk).update(reviews_needed=3)
    dispute(claim, reviewer, second_reviewer)
    made = adjudicate(claim, chair)
    assert not Adjudication.objects.visible_to(reader)
    publish(claim, admin)
    assert list(Adjudication.objects.visible_to(reader)) == [made]
    # The reviews that it weighed are no more revealed than before.
    assert not made.weighed.all().visible_to(reader)
    assert made.weighed.all().visible_to(reviewer).get().review.reviewer == reviewer
    assert stages_for([claim], reader) == {claim.pk: Stage.PUBLISHED}


@pytest.mark.parametrize(
    ("column", "code"),
    [("hidden_at", "hidden"), ("discarded_at", "discarded")],
)
def test_what_keeps_a_claim_back_comes_first(claim, moderator, column, code):
    with context(actor=moderator, action="test.state"):
        type(claim).objects.filter(pk=claim.pk).update(**{column: claim.created_at})
    assert next(iter(said(claim, moderator))) == code
