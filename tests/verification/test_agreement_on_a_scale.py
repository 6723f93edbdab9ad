"""Agreement on the ratings of one version of a scale: which count, and how far apart they are."""

import pytest

from annotations.verification.project_agreement import Asked, agreement_of, reviewers_of
from annotations.verification.standards.shipped import Value
from tests.material import make_claim, make_review, make_scale
from tests.verification.test_agreement import UNITS

pytestmark = pytest.mark.django_db
PAGE = "/p/desk/agreement/"
API = "/api/v1/projects/desk/agreement/"
FIVE = [Value(str(n)) for n in range(1, 6)]


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


def test_the_published_example_with_and_without_an_order(
    project, admin, rate, measured, reviewer, second_reviewer, moderator
):
    people = (reviewer, second_reviewer, moderator, admin)
    found = {}
    for is_ordered in (True, False):
        scale = make_scale(project, admin, values=FIVE, is_ordered=is_ordered)
        for unit in UNITS:
            given = zip(people, unit, strict=True)
            rate(scale, {person: n for person, n in given if n is not None})
        found[is_ordered] = measured(scale=scale)
    assert [found[True].is_ordinal, found[False].is_ordinal] == [True, False]
    assert found[True].alpha == pytest.approx(0.815, abs=0.0005)
    assert found[False].alpha == pytest.approx(0.743, abs=0.0005)
    assert found[True].matrix == found[False].matrix


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
    assert "alpha, ordinal" in page
    assert "because only one rating was given" in page
    assert "This choice is not offered" in client.get(f"{PAGE}?scale=7").content.decode()
    body = client.get(f"{API}?scale=1").json()
    assert (body["scale"], body["is_ordinal"], body["claims"]) == (1, True, 1)
    assert body["matrix"]["labels"] == ["True", "Half true", "False"]
    assert body["alpha"]["undefined"] == "one_label"
    assert client.get(f"{API}?scale=7").status_code == 400
