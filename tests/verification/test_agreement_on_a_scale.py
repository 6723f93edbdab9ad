"""Agreement on the ratings of one version of a scale: which count, and how far apart they are."""

import pytest

from annotations.verification.project_agreement import Asked, agreement_of, reviewers_of
from annotations.verification.standards.shipped import Value
from tests.material import make_claim, make_review, make_scale

pytestmark = pytest.mark.django_db
PAGE = "/p/desk/agreement/"
API = "/api/v1/projects/desk/agreement/"
FIVE = [Value(str(n)) for n in range(1, 6)]
# Krippendorff (2011), example C, observers A and B: the units that both rated.
FIRST = (1, 2, 3, 3, 2, 1, 4, 1, 2)
SECOND = (1, 2, 3, 3, 2, 2, 4, 1, 2)


@pytest.fixture
def rate(project, admin):
    """Let people rate a claim: `rate(scale, {person: n})`."""

    def make(scale, ratings):
        project.refresh_from_db()
        claim = make_claim(project, admin)
        for person, n in ratings.items():
            make_review(claim, person, rating=scale.values.get(n=n))

    return make


@pytest.fixture
def measured(project, moderator):
    def measure(**asked):
        people = reviewers_of(project, moderator)
        return agreement_of(project, moderator, people, Asked(**asked))

    return measure


def test_one_step_apart_is_less_than_four_where_there_is_an_order(
    project, admin, rate, measured, reviewer, second_reviewer
):
    alphas = {}
    for ordered in (True, False):
        near = make_scale(project, admin, values=FIVE, is_ordered=ordered)
        for one, other in zip(FIRST, SECOND, strict=True):
            rate(near, {reviewer: one, second_reviewer: other})
        far = make_scale(project, admin, values=FIVE, is_ordered=ordered)
        for one, other in zip(FIRST, (*SECOND[:5], 5, *SECOND[6:]), strict=True):
            rate(far, {reviewer: one, second_reviewer: other})
        found = [measured(scale=scale) for scale in (near, far)]
        assert {one.is_ordinal for one in found} == {ordered}
        assert {one.claims for one in found} == {9}
        alphas[ordered] = [one.alpha for one in found]
    assert alphas[True][0] > alphas[False][0] > alphas[True][1]
    assert alphas[False][0] == pytest.approx(0.852, abs=0.0005)
    assert alphas[True][0] == pytest.approx(0.955, abs=0.0005)


def test_only_ratings_on_that_version_count(
    project, admin, rate, measured, reviewer, second_reviewer
):
    first = make_scale(project, admin, values=FIVE)
    rate(first, {reviewer: 1, second_reviewer: 2})
    second = make_scale(project, admin, values=FIVE)
    rate(second, {reviewer: 5, second_reviewer: 5})
    found = measured(scale=first, first=reviewer, second=second_reviewer)
    assert (found.claims, found.percentage, found.values[0]) == (1, 0, "1")
    assert found.matrix[0][1] == 1
    assert measured(scale=second).percentage == 1
    assert measured().claims == 2


def test_the_page_and_the_api_name_the_scale(
    project, admin, rate, reviewer, second_reviewer, client_for
):
    scale = make_scale(project, admin)
    rate(scale, {reviewer: 1, second_reviewer: 1})
    client = client_for(admin)
    page = client.get(f"{PAGE}?scale=1").content.decode()
    assert "Krippendorff&#x27;s alpha, ordinal" in page
    assert "because only one rating was given" in page
    assert "This choice is not offered" in client.get(f"{PAGE}?scale=7").content.decode()
    body = client.get(f"{API}?scale=1").json()
    assert (body["scale"], body["is_ordinal"], body["claims"]) == (1, True, 1)
    assert body["matrix"]["labels"] == ["True", "Half true", "False"]
    assert body["alpha"]["undefined"] == "one_label"
    assert client.get(f"{API}?scale=7").status_code == 400
