"""The agreement of a project: which judgements count, the page, and the API."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from annotations.audit.context import context
from annotations.claims.services import claim_discard, claim_update
from annotations.models import Review
from annotations.verification.agreement import Undefined
from annotations.verification.project_agreement import Asked, agreement_of, reviewers_of
from annotations.verification.services import review_discard
from tests.factories import make_member, make_user
from tests.material import make_claim, make_review

pytestmark = pytest.mark.django_db

S, R, N = "supported", "refuted", "not_enough_evidence"
PAGE = "/p/desk/agreement/"
API = "/api/v1/projects/desk/agreement/"


@pytest.fixture
def judged(project, admin):
    """Make a claim that people have judged: `judged({person: label})`."""

    def make(labels):
        claim = make_claim(project, admin)
        for person, label in labels.items():
            make_review(claim, person, label)
        return claim

    return make


@pytest.fixture
def proposals(judged, reviewer, second_reviewer):
    """A tenth of the textbook's fifty proposals, doubled where it is odd: kappa 0.4 at 70 %."""
    for count, one, other in ((4, S, S), (1, S, R), (2, R, S), (3, R, R)):
        for _n in range(count):
            judged({reviewer: one, second_reviewer: other})


@pytest.fixture
def measured(project, moderator):
    """What moderators are shown: `measured(since=...)`."""

    def measure(**asked):
        people = reviewers_of(project, moderator)
        return agreement_of(project, moderator, people, Asked(**asked))

    return measure


class TestWhatCounts:
    def test_the_textbook(self, proposals, measured, reviewer, second_reviewer):
        found = measured(first=reviewer, second=second_reviewer)
        assert (found.claims, found.percentage) == (10, 0.7)
        assert found.kappa == pytest.approx(0.4, abs=0.0005)
        assert [row[:2] for row in found.matrix[:2]] == [[4, 1], [2, 3]]
        turned = measured(first=second_reviewer, second=reviewer)
        assert [row[:2] for row in turned.matrix[:2]] == [[4, 2], [1, 3]]
        assert (turned.kappa, turned.alpha) == (found.kappa, found.alpha)

    def test_everybody_is_every_pair_both_ways(self, proposals, measured):
        found = measured()
        assert found.kappa is None
        assert [row[:2] for row in found.matrix[:2]] == [[8, 3], [3, 6]]
        assert [(one.claims, one.percentage) for one in found.pairs] == [(10, 0.7)]

    def test_one_of_three_may_be_missing(self, judged, measured, reviewer, second_reviewer, admin):
        judged({reviewer: S, second_reviewer: S, admin: R})
        judged({reviewer: R, second_reviewer: R})
        judged({admin: N})
        found = measured()
        assert found.claims == 2
        assert found.percentage == 0.5
        # By hand: two and three values, of whose five coincidences two differ: 1 - 4 * 2 / 12.
        assert found.alpha == pytest.approx(1 - 2 / 3)
        pairs = {(one.first.display_name, one.second.display_name): one for one in found.pairs}
        assert pairs["Reviewer", "Second reviewer"].claims == 2
        assert pairs["Admin", "Reviewer"].kappa == 0

    def test_stale_taken_back_and_discarded_do_not(
        self, judged, measured, admin, reviewer, second_reviewer
    ):
        both = {reviewer: S, second_reviewer: R}
        stale, taken_back, discarded = judged(both), judged(both), judged(both)
        claim_update(actor=admin, claim=stale, revision=stale.revision, text="Other words")
        review_discard(actor=reviewer, review=taken_back.reviews.get(reviewer=reviewer))
        claim_discard(actor=admin, claim=discarded)
        found = measured()
        assert (found.claims, found.pairs) == (0, [])
        assert found.alpha == found.percentage == Undefined.NO_COMMON_CLAIMS

    def test_only_one_label_has_no_alpha(self, judged, measured, reviewer, second_reviewer):
        judged({reviewer: S, second_reviewer: S})
        found = measured(first=reviewer, second=second_reviewer)
        assert found.alpha == found.kappa == Undefined.ONE_LABEL
        assert found.percentage == 1

    def test_days_are_those_of_the_project(
        self, judged, measured, project, admin, reviewer, second_reviewer
    ):
        judged({reviewer: S, second_reviewer: R})
        project.time_zone = "Europe/Kyiv"
        late = datetime(2022, 3, 1, 22, 30, tzinfo=UTC)  # Half past midnight of the second.
        with context(actor=admin, action="test.time"):
            Review.objects.update(created_at=late)
        second = date(2022, 3, 2)
        assert measured(since=second, until=second).claims == 1
        assert measured(until=date(2022, 3, 1)).claims == 0
        assert measured(since=date(2022, 3, 3)).claims == 0
        assert measured(since=date.min, until=date.max).claims == 1

    def test_both_judgements_have_to_be_of_the_period(
        self, judged, measured, reviewer, second_reviewer
    ):
        claim = judged({reviewer: S, second_reviewer: R})
        claim.reviews.filter(reviewer=reviewer).update(created_at=datetime(2022, 3, 2, tzinfo=UTC))
        assert measured(since=date(2022, 3, 3)).claims == 0

    def test_another_project_is_not_in_it(
        self, judged, measured, project, other_project, outsider, reviewer, second_reviewer
    ):
        for one in (reviewer, second_reviewer):
            make_member(other_project, one)
        elsewhere = make_claim(other_project, outsider)
        make_review(elsewhere, reviewer, S)
        make_review(elsewhere, second_reviewer, R)
        assert measured().claims == 0


class TestPage:
    def page(self, client, **query) -> str:
        answer = client.get(PAGE, query)
        assert answer.status_code == 200
        return answer.content.decode()

    @pytest.fixture
    def as_moderator(self, client_for, moderator):
        return client_for(moderator)

    def test_it_shows_every_number(self, as_moderator, proposals, reviewer, second_reviewer):
        page = self.page(as_moderator, first=reviewer.uid, second=second_reviewer.uid)
        for words in ("0.400", "70.0 %", "Judged by both", "<svg", "Reviewer", "Second reviewer"):
            assert words in page
        assert page.count('class="matrix__square') == 25

    def test_what_is_undefined_says_why(self, as_moderator, judged, reviewer, second_reviewer):
        assert "Undefined, because no claim has two judgements" in self.page(as_moderator)
        judged({reviewer: S, second_reviewer: S})
        assert "Undefined, because only one label was given" in self.page(as_moderator)

    @pytest.mark.parametrize(
        ("query", "sentence"),
        [
            ({"first": "reviewer"}, "Choose two different reviewers, or none."),
            ({"first": "reviewer", "second": "reviewer"}, "Choose two different reviewers"),
            ({"first": "moderator", "second": "reviewer"}, "This choice is not offered."),
            ({"since": "2022-03-02", "until": "2022-03-01"}, "ends before it begins"),
            ({"since": "yesterday"}, "Enter a valid date."),
            ({"since": "yesterday", "first": "reviewer"}, "Choose two different reviewers"),
            (
                {"since": "2022-03-02", "until": "2022-03-01", "first": "reviewer"},
                "ends before it begins",
            ),
        ],
    )
    def test_what_is_not_understood_is_said_and_narrows_nothing(
        self, as_moderator, proposals, actor, query, sentence
    ):
        sent = {k: actor(v).uid if k in ("first", "second") else v for k, v in query.items()}
        page = self.page(as_moderator, **sent)
        assert sentence in page
        assert "70.0 %" in page
        assert "alone." not in page

    def test_pairs_come_by_pages(self, as_moderator, project, judged, reviewer):
        people = [make_user(f"person_{n}") for n in range(8)]
        for one in people:
            make_member(project, one)
        judged(dict.fromkeys(people, S))
        page = self.page(as_moderator)
        assert page.count('data-label="Claims judged by both"') == 25
        assert "28" in page.split("pagination")[1]

    def test_the_menu_leads_there_for_those_who_may(
        self, project, as_moderator, client_for, reviewer
    ):
        for client, is_there in ((as_moderator, True), (client_for(reviewer), False)):
            assert (PAGE in client.get("/p/desk/claims/").content.decode()) == is_there

    @pytest.mark.parametrize("who", ["reader", "reviewer"])
    def test_others_are_told_why_not(self, client_for, project, actor, who):
        answer = client_for(actor(who)).get(PAGE)
        assert answer.status_code == 403
        assert "judgements that are not revealed yet" in answer.content.decode()

    def test_a_renamed_project_leads_on(self, as_moderator):
        assert reverse("agreement-page", kwargs={"slug": "desk"}) == PAGE


class TestApi:
    @pytest.fixture
    def asked(self, client_for, moderator):
        client = client_for(moderator)

        def ask(status=200, **query):
            answer = client.get(API, query)
            assert answer.status_code == status, answer.content
            return answer.json()

        return ask

    def test_the_same_numbers(self, asked, proposals, reviewer, second_reviewer):
        found = asked(first=reviewer.uid, second=second_reviewer.uid)
        assert found["claims"] == 10
        assert found["percentage"] == {"value": 0.7, "undefined": None, "reason": ""}
        assert found["kappa"]["value"] == pytest.approx(0.4)
        assert found["matrix"]["labels"][:2] == [S, R]
        assert found["matrix"]["rows"][0][:2] == [4, 1]
        assert found["pairs"][0]["first"] == {"uid": str(reviewer.uid), "name": "Reviewer"}
        assert asked()["kappa"] is None

    def test_what_is_undefined_says_why(self, asked, project):
        found = asked()["alpha"]
        assert (found["value"], found["undefined"]) == (None, "no_common_claims")
        assert found["reason"].startswith("Undefined, because")

    @pytest.mark.parametrize(
        ("query", "parameter"),
        [
            ({"first": "01a216ed-d705-7343-b31d-bbb21ecd5831"}, "first"),
            ({"first": "me"}, "first"),
            ({"since": "2022-03-02", "until": "2022-03-01"}, "until"),
            ({"since": "soon"}, "since"),
            ({"reviewer": "1"}, "reviewer"),
        ],
    )
    def test_what_is_not_understood_is_refused(self, asked, project, query, parameter):
        assert asked(400, **query)["errors"][0]["parameter"] == parameter

    def test_one_of_a_pair_is_refused(self, asked, proposals, reviewer):
        assert asked(400, first=reviewer.uid)["errors"][0]["parameter"] == "second"

    def test_reviewers_are_refused_in_a_sentence(self, client_for, project, reviewer):
        answer = client_for(reviewer).get(API)
        assert answer.status_code == 403
        assert "moderators and admins" in answer.json()["detail"]
