"""Who takes part in a round, what is theirs meanwhile, and when it is complete."""

import pytest

from annotations.claims.models import Claim, Mention
from annotations.claims.permissions import check_edit_claim
from annotations.claims.rounds import RoundState
from annotations.claims.services import (
    claim_create,
    claim_discard,
    claim_update,
    mention_add,
)
from annotations.lib.errors import Conflict, InvalidInput, Refused, StaleVersion
from annotations.moderation.people import person_deactivate
from annotations.projects.visibility import sight_for_role
from annotations.sources.models import Source
from annotations.verification.evidence.permissions import check_attach_evidence
from annotations.verification.models import Review
from annotations.verification.permissions import check_review_claim
from annotations.verification.rounds.permissions import (
    check_mark_in_round,
    check_merge_round,
    check_open_round,
)
from annotations.verification.rounds.services import (
    round_add_person,
    round_call_off,
    round_hand_in,
    round_open,
    round_take_back,
    round_withdraw_person,
)
from tests.factories import make_member
from tests.material import TEXT, make_article, make_claim, make_review
from tests.verification.rounds.material import CIVILIANS, MINISTRY, hand_in, make_round, mark

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(project, admin):
    return make_article(project, admin)


@pytest.fixture
def found(article, moderator, reviewer, second_reviewer):
    return make_round(moderator, reviewer, second_reviewer, article=article)


def numbers(rows):
    return sorted(rows.values_list("number", flat=True))


class TestPeople:
    def test_a_round_is_of_the_current_text_and_gives_each_their_part(self, found, article):
        assert found.version == article.versions.latest("number")
        assert [(one.mode, one.state) for one in found.assignments.order_by("pk")] == [
            ("independent", "waiting")
        ] * 2
        assert found.history.get().pgh_context["action"] == "round.open"

    def test_again_changes_nothing_and_another_is_a_conflict(
        self, found, article, moderator, reviewer, second_reviewer, admin
    ):
        people = [second_reviewer, reviewer]
        assert round_open(actor=moderator, article=article, people=people) == found
        with pytest.raises(Conflict):
            round_open(actor=moderator, article=article, people=[reviewer, admin])

    def test_it_takes_two_who_may_mark(self, article, moderator, reviewer, reader, outsider):
        for people in ([reviewer], [reviewer, reviewer], [reviewer, reader], [reviewer, outsider]):
            with pytest.raises(InvalidInput) as refused:
                round_open(actor=moderator, article=article, people=people)
            assert refused.value.field == "people"

    def test_moderators_open_and_bring_together(self, found, article, project, reviewer, moderator):
        check_open_round(moderator, article)
        with pytest.raises(Refused):
            check_open_round(reviewer, article)
        for person in (reviewer, moderator):
            with pytest.raises(Refused):
                check_merge_round(person, found)
        check_mark_in_round(reviewer, found)
        with pytest.raises(Refused):
            check_mark_in_round(moderator, found)

    def test_people_come_and_go_while_it_is_open(
        self, found, moderator, admin, reviewer, second_reviewer
    ):
        with pytest.raises(Conflict):
            round_withdraw_person(actor=moderator, found=found, person=reviewer)
        more = round_add_person(actor=moderator, found=found, person=admin)
        assert more.revision == found.revision + 1
        with pytest.raises(StaleVersion):
            round_withdraw_person(actor=moderator, found=found, person=admin, revision=1)
        assert round_add_person(actor=moderator, found=more, person=admin).revision == 2
        hand_in(found, reviewer, second_reviewer)
        closed = round_withdraw_person(actor=moderator, found=found, person=admin)
        assert closed.state == RoundState.HANDED_IN

    def test_a_round_waits_for_nobody_who_was_shut_out(
        self, found, moderator, admin, operator, reviewer, second_reviewer
    ):
        round_add_person(actor=moderator, found=found, person=admin)
        hand_in(found, reviewer, second_reviewer)
        person_deactivate(actor=operator, user=admin, reason="left")
        found.refresh_from_db()
        assert (found.state, found.assignments.get(assignee=admin).state) == (
            RoundState.HANDED_IN,
            "withdrawn",
        )
        assert found.history.latest("pgh_id").pgh_context["reason"] == "left"

    def test_a_round_of_one_who_is_left_waits_for_a_moderator(
        self, found, moderator, admin, operator, reviewer, second_reviewer
    ):
        hand_in(found, reviewer)
        person_deactivate(actor=operator, user=second_reviewer, reason="left")
        found.refresh_from_db()
        assert found.state == RoundState.OPEN
        round_add_person(actor=moderator, found=found, person=admin)
        assert hand_in(found, admin).state == RoundState.HANDED_IN

    def test_called_off_it_leaves_each_their_own(self, found, moderator, reviewer, second_reviewer):
        mine = mark(found, reviewer, CIVILIANS)
        with pytest.raises(InvalidInput):
            round_call_off(actor=moderator, found=found, reason=" ")
        ended = round_call_off(actor=moderator, found=found, reason="Wrong text")
        assert ended.state == RoundState.CALLED_OFF
        assert round_call_off(actor=moderator, found=found, reason="Again") == ended
        assert ended.history.latest("pgh_id").pgh_context["reason"] == "Wrong text"
        for person, sees in ((reviewer, True), (second_reviewer, False), (moderator, True)):
            assert Claim.objects.visible_to(person).filter(pk=mine.pk).exists() is sees
        with pytest.raises(Refused):
            check_edit_claim(reviewer, Claim.objects.get(pk=mine.pk))


class TestHandingIn:
    def test_with_the_last_one_all_see_everything(self, found, reviewer, second_reviewer, reader):
        mine, theirs = (mark(found, one, CIVILIANS) for one in (reviewer, second_reviewer))
        assert hand_in(found, reviewer).state == RoundState.OPEN
        assert numbers(Claim.objects.visible_to(reviewer)) == [mine.number]
        assert hand_in(found, reviewer, second_reviewer).state == RoundState.HANDED_IN
        both = sorted([mine.number, theirs.number])
        for person in (reviewer, second_reviewer):
            assert numbers(Claim.objects.visible_to(person)) == both
            assert numbers(Claim.objects.listed_to(person)) == []
        assert numbers(Claim.objects.visible_to(reader)) == []

    def test_it_may_be_taken_back_until_then(self, found, reviewer, second_reviewer):
        hand_in(found, reviewer)
        with pytest.raises(Conflict):
            mark(found, reviewer, CIVILIANS)
        round_take_back(actor=reviewer, found=found)
        mark(found, reviewer, CIVILIANS)
        hand_in(found, reviewer, second_reviewer)
        with pytest.raises(Conflict):
            round_take_back(actor=reviewer, found=found)

    def test_nobody_else_hands_in(self, found, moderator):
        with pytest.raises(Conflict):
            round_hand_in(actor=moderator, found=found)

    def test_what_was_handed_in_stays_as_it_is(
        self, found, project, reviewer, second_reviewer, moderator
    ):
        mine = mark(found, reviewer, CIVILIANS)
        for check in (check_edit_claim, check_review_claim):
            check(reviewer, mine)
            for person in (moderator, second_reviewer):
                with pytest.raises(Refused):
                    check(person, mine)
        with pytest.raises(Refused):
            check_attach_evidence(reviewer, mine)
        with pytest.raises(Conflict):
            claim_update(actor=moderator, claim=mine, revision=1, text="Other words")
        hand_in(found, reviewer, second_reviewer)
        mine = Claim.objects.get(pk=mine.pk)
        with pytest.raises(Refused):
            check_edit_claim(reviewer, mine)
        with pytest.raises(Conflict):
            claim_discard(actor=reviewer, claim=mine)
        assert Claim.objects.get(pk=mine.pk).discarded_at is None


class TestApart:
    def test_each_sees_their_own_alone_whatever_their_role(
        self, article, project, moderator, reviewer, second_reviewer, admin, reader
    ):
        shared = make_claim(project, admin, article=article)
        second = make_article(project, admin, title="Another", text=TEXT + "More.")
        elsewhere = make_claim(project, admin, article=second, text="Elsewhere")
        spoken = make_claim(project, admin, text="Spoken")
        make_review(shared, admin)
        found = make_round(admin, reviewer, moderator, article=article)
        mine, theirs = (mark(found, one, CIVILIANS) for one in (reviewer, moderator))
        make_review(theirs, moderator)
        common = [elsewhere.number, spoken.number]
        sees = {
            reviewer: [*common, mine.number],
            moderator: [*common, theirs.number],
            admin: [shared.number, *common, mine.number, theirs.number],
            second_reviewer: [shared.number, *common],
            reader: [shared.number, *common],
        }
        lists = {**sees, admin: [shared.number, *common]}
        for person, wanted in sees.items():
            claims = Claim.objects.visible_to(person)
            assert numbers(claims) == sorted(wanted), person
            assert numbers(Claim.objects.listed_to(person)) == sorted(lists[person]), person
            with_places = set(numbers(claims)) - {spoken.number}
            of_mentions = Mention.objects.visible_to(person)
            assert set(of_mentions.values_list("claim__number", flat=True)) == with_places
        assert not Review.objects.visible_to(reviewer).exists()
        assert not Review.objects.visible_to(moderator).exclude(reviewer=moderator).exists()

    def test_a_claim_that_stands_elsewhere_too_keeps_its_place_there(
        self, article, project, moderator, reviewer, second_reviewer, admin
    ):
        second = make_article(project, admin, title="Another", text=TEXT + "More.")
        shared = make_claim(project, admin, article=second)
        version = article.versions.get()
        mention_add(actor=admin, claim=shared, version=version, ranges=[CIVILIANS])
        make_round(moderator, reviewer, second_reviewer, article=article)
        there = Mention.objects.visible_to(reviewer).filter(claim=shared)
        assert [one.article for one in there] == [second]
        with pytest.raises(Conflict, match="anew"):
            mention_add(actor=reviewer, claim=shared, version=version, ranges=[MINISTRY])

    def test_numbers_tell_nothing_of_the_others(
        self, found, project, reviewer, second_reviewer, admin
    ):
        before = make_claim(project, admin).number
        first = mark(found, reviewer, CIVILIANS).number
        other = mark(found, second_reviewer, CIVILIANS).number
        assert mark(found, reviewer, MINISTRY).number == first + 1
        assert abs(other - first) >= 10_000
        assert make_claim(project, admin).number == before + 1

    def test_sources_the_others_add_are_not_known_until_one_names_them(
        self, found, project, reviewer, second_reviewer
    ):
        mark(found, second_reviewer, CIVILIANS)
        assert not Source.objects.visible_to(reviewer).exists()
        assert Source.objects.visible_to(second_reviewer).exists()
        mark(found, reviewer, CIVILIANS)
        assert Source.objects.visible_to(reviewer).count() == 1

    def test_a_claim_of_the_round_stands_in_its_text_alone(
        self, found, project, reviewer, admin, moderator
    ):
        mine = mark(found, reviewer, CIVILIANS)
        mention_add(actor=reviewer, claim=mine, version=found.version, ranges=[MINISTRY])
        other = make_article(project, admin, title="Another", text=TEXT + "More.").versions.get()
        with pytest.raises(Conflict):
            mention_add(actor=reviewer, claim=mine, version=other, ranges=[CIVILIANS])
        assert mine.round == found
        outside = claim_create(actor=reviewer, project=project, text="Spoken")
        assert outside.round is None

    def test_without_a_round_a_row_asks_nothing(
        self, project, article, reviewer, django_assert_num_queries
    ):
        claim = make_claim(project, reviewer, article=article)
        with django_assert_num_queries(0):
            assert sight_for_role(reviewer, "reviewer").shows(claim)

    def test_who_is_withdrawn_sees_the_shared_set_again(
        self, found, article, project, reviewer, second_reviewer, moderator, admin
    ):
        third = make_member(project).user
        shared = make_claim(project, admin, article=article)
        round_add_person(actor=moderator, found=found, person=third)
        mine = mark(found, third, CIVILIANS)
        assert numbers(Claim.objects.listed_to(third)) == [mine.number]
        round_withdraw_person(actor=moderator, found=found, person=third)
        assert numbers(Claim.objects.listed_to(third)) == [shared.number]
        assert numbers(Claim.objects.visible_to(third)) == [shared.number, mine.number]
