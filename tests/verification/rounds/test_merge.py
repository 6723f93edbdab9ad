"""Originals go into the shared set, and stay; how far people agreed is counted from them."""

import pytest

from annotations.claims.models import Claim, Mention
from annotations.claims.rounds import RoundState
from annotations.lib.errors import Conflict, InvalidInput, StaleVersion
from annotations.models import OriginalDecision
from annotations.verification.agreement import Undefined
from annotations.verification.rounds.merge import (
    original_reject,
    originals_accept,
    originals_accept_same,
    round_finish,
)
from annotations.verification.rounds.originals import originals_of
from annotations.verification.rounds.scores import span_agreement_of, tokens_of
from tests.material import make_article, make_claim
from tests.verification.rounds.material import CIVILIANS, MINISTRY, hand_in, make_round, mark

pytestmark = pytest.mark.django_db
FEWER = (22, 54)


@pytest.fixture
def article(project, admin):
    return make_article(project, admin)


@pytest.fixture
def marked(article, moderator, reviewer, second_reviewer):
    """The same words; overlapping ones; and what one found alone."""
    found = make_round(moderator, reviewer, second_reviewer, article=article)
    claims = {
        "mine": mark(found, reviewer, CIVILIANS, text="2,000 died"),
        "theirs": mark(found, second_reviewer, CIVILIANS, text="Over 2,000 died"),
        "alone": mark(found, reviewer, MINISTRY, text="498 died"),
    }
    return hand_in(found, reviewer, second_reviewer), claims


def shared(project, viewer):
    return list(Claim.objects.listed_to(viewer).filter(project=project).order_by("number"))


def test_the_same_is_accepted_once_with_who_found_it(marked, project, moderator, reader):
    found, claims = marked
    (made,) = originals_accept_same(actor=moderator, found=found)
    assert (made.text, made.round, made.created_by) == ("2,000 died", None, moderator)
    assert [one.claim for one in OriginalDecision.objects.order_by("original_id")] == [made] * 2
    assert made.mentions.get().span.ranges.get().start == CIVILIANS[0]
    assert made.mentions.get().attributions.get().source.name == "State Emergency Service"
    assert shared(project, reader) == shared(project, moderator) == [made]
    assert originals_accept_same(actor=moderator, found=found) == []
    both = [claims["theirs"], claims["mine"]]
    assert originals_accept(actor=moderator, found=found, originals=both) == made
    assert Claim.objects.get(pk=claims["mine"].pk).text == "2,000 died"


def test_words_of_one_and_place_of_the_other(
    article, project, moderator, reviewer, second_reviewer
):
    found = make_round(moderator, reviewer, second_reviewer, article=article)
    mine, theirs = mark(found, reviewer, CIVILIANS), mark(found, second_reviewer, FEWER)
    hand_in(found, reviewer, second_reviewer)
    assert originals_accept_same(actor=moderator, found=found) == []
    made = originals_accept(
        actor=moderator, found=found, originals=[mine, theirs], wording=theirs, place=mine
    )
    assert made.text == theirs.text
    assert made.mentions.get().span.start == CIVILIANS[0]


def test_into_a_claim_that_is_shared_already(marked, article, project, moderator):
    found, claims = marked
    there = make_claim(project, moderator, article=article)
    into = originals_accept(actor=moderator, found=found, originals=[claims["mine"]], into=there)
    assert into == there
    assert shared(project, moderator) == [there]
    with pytest.raises(InvalidInput):
        originals_accept(
            actor=moderator, found=found, originals=[claims["alone"]], into=claims["mine"]
        )


def test_rejected_with_a_reason_and_accepted_after_all(marked, moderator):
    found, claims = marked
    alone = claims["alone"]
    with pytest.raises(InvalidInput):
        original_reject(actor=moderator, found=found, original=alone, reason=" ")
    for _again in range(2):
        decision = original_reject(actor=moderator, found=found, original=alone, reason="None")
    assert decision.revision == 1
    assert decision.history.get().pgh_context["action"] == "round.reject"
    made = originals_accept(actor=moderator, found=found, originals=[alone])
    decision.refresh_from_db()
    assert (decision.claim, decision.reason, decision.revision) == (made, "", 2)
    with pytest.raises(Conflict):
        original_reject(actor=moderator, found=found, original=alone, reason="None")
    with pytest.raises(Conflict):
        originals_accept(actor=moderator, found=found, originals=[alone, claims["mine"]])


def test_finished_everybody_reads_the_originals_and_none_counts(marked, project, moderator, reader):
    found, claims = marked
    originals_accept_same(actor=moderator, found=found)
    with pytest.raises(Conflict) as left:
        round_finish(actor=moderator, found=found)
    assert left.value.params == {"count": 1}
    with pytest.raises(StaleVersion):
        round_finish(actor=moderator, found=found, rest_reason="None", revision=99)
    done = round_finish(actor=moderator, found=found, rest_reason="None", revision=found.revision)
    assert done.state == RoundState.MERGED
    assert round_finish(actor=moderator, found=found) == done
    assert len(shared(project, reader)) == 1
    assert Claim.objects.visible_to(reader).filter(round=found).count() == 3
    assert Mention.objects.listed_to(reader).count() == 1
    with pytest.raises(Conflict):
        originals_accept(actor=moderator, found=found, originals=[claims["alone"]])


def test_only_what_is_handed_in_is_brought_together(
    article, project, moderator, reviewer, second_reviewer
):
    found = make_round(moderator, reviewer, second_reviewer, article=article)
    mine = mark(found, reviewer, CIVILIANS)
    for merging in (
        lambda: originals_accept(actor=moderator, found=found, originals=[mine]),
        lambda: originals_accept_same(actor=moderator, found=found),
        lambda: original_reject(actor=moderator, found=found, original=mine, reason="None"),
        lambda: round_finish(actor=moderator, found=found, rest_reason="None"),
    ):
        with pytest.raises(Conflict):
            merging()
    assert not OriginalDecision.objects.exists()
    assert [len(originals_of(found, one).groups) for one in (moderator, second_reviewer)] == [1, 0]


def test_agreement_is_counted_from_complete_rounds_alone(
    marked, project, admin, moderator, reviewer, second_reviewer
):
    other = make_article(project, admin, title="Another", text="Quite another text, of 9 words.")
    under_way = make_round(moderator, reviewer, second_reviewer, article=other)
    mark(under_way, reviewer, (0, 5))
    found = span_agreement_of(project, moderator)
    assert (found.rounds, found.marks) == (1, 3)
    # Thirteen words: six marked by both, four by one alone, three by nobody. Of 26 values 16 say
    # marked; alpha is 1 - 25 * 8 / (2 * 16 * 10).
    assert len(tokens_of(marked[0].version.text)) == 13
    assert found.alpha == pytest.approx(1 - 25 * 8 / (2 * 16 * 10))
    (pair,) = found.pairs
    assert (pair.exact, pair.overlap) == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    hand_in(under_way, reviewer, second_reviewer)
    (pair,) = span_agreement_of(project, moderator).pairs
    assert (pair.rounds, pair.exact) == (2, pytest.approx(0.5))


def test_without_rounds_there_is_no_number(project, moderator):
    found = span_agreement_of(project, moderator)
    assert (found.alpha, found.pairs) == (Undefined.NO_TEXTS, [])
