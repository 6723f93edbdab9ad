"""Raising a flag, who sees it, and deciding it."""

import pytest

from annotations.comments.services import comment_create
from annotations.lib.errors import Conflict, InvalidInput, Refused
from annotations.moderation.choices import FlagKind, FlagState
from annotations.moderation.flags import flag_accept, flag_dismiss, flag_raise
from annotations.moderation.models import Flag
from annotations.moderation.people import person_deactivate
from annotations.moderation.permissions import check_decide_flag, check_flag
from annotations.moderation.services import moderation_of
from annotations.moderation.targets import find_target, targets_of
from annotations.verification.assignments.models import Assignment
from tests.material import make_article, make_claim, make_event, make_evidence, make_statement

pytestmark = pytest.mark.django_db
MAKERS = {
    FlagKind.ARTICLE: make_article,
    FlagKind.CLAIM: make_claim,
    FlagKind.EVIDENCE: make_evidence,
    FlagKind.COMMENT: lambda project, actor: comment_create(
        actor=actor, claim=make_claim(project, actor), text="That is a lie."
    ),
    FlagKind.EVENT: lambda project, actor: make_event(make_statement(project, actor), actor),
}


def flag_on(row, by, kind=FlagKind.CLAIM, **fields):
    fields = {"reason": "wrong", "words": "It was 498.", **fields}
    return flag_raise(actor=by, project=row.project, kind=kind, target=row.uid, **fields)[0]


@pytest.mark.parametrize("kind", MAKERS)
def test_a_reader_flags_a_thing_and_a_moderator_hides_it(
    project, reviewer, reader, moderator, kind
):
    row = MAKERS[kind](project, reviewer)
    flag = flag_on(row, reader, kind)
    assert find_target(reader, project, kind, row.uid) == row
    flag_accept(actor=moderator, flag=flag, outcome="hide", reason="A person is named.")
    flag.refresh_from_db()
    assert (flag.state, flag.outcome, flag.answer) == ("accepted", "hide", "A person is named.")
    hidden = find_target(moderator, project, kind, row.uid)
    assert moderation_of(hidden).hidden_reason == "A person is named."
    assert targets_of([flag], reader) == {}
    history = flag.history.order_by("pgh_id").values_list("pgh_context__action", flat=True)
    assert list(history) == ["flag.raise", "flag.accept"]
    hidings = moderation_of(hidden).history.order_by("-pgh_id").first()
    assert hidings.pgh_context["reason"] == "A person is named."


def test_one_person_has_one_open_flag_on_a_thing(project, reviewer, reader, moderator):
    claim = make_claim(project, reviewer)
    flag = flag_on(claim, reader)
    again, is_new = flag_raise(
        actor=reader, project=project, kind="claim", target=claim.uid, reason="abuse"
    )
    assert (again, is_new, again.reason) == (flag, False, "wrong")
    assert flag_on(claim, reviewer) != flag
    flag_dismiss(actor=moderator, flag=flag, reason="It was 1,597.")
    assert flag_on(claim, reader) != flag


def test_only_the_one_who_raised_it_and_moderators_see_a_flag(
    project, reviewer, second_reviewer, reader, moderator, outsider, operator
):
    flag_on(make_claim(project, reviewer), reader)
    seen = {
        person: Flag.objects.visible_to(person).count()
        for person in (reader, reviewer, second_reviewer, moderator, outsider, operator)
    }
    assert [person for person, n in seen.items() if n] == [reader, moderator]


def test_who_may_flag_and_who_may_decide(project, reviewer, reader, moderator, outsider, operator):
    flag = flag_on(make_claim(project, reviewer), reader)
    for person, check, row in (
        (outsider, check_flag, project),
        (reviewer, check_decide_flag, flag),
    ):
        with pytest.raises(Refused):
            check(person, row)
    check_flag(reader, project)
    for person in (moderator, operator):
        check_decide_flag(person, flag)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "source"}, "kind"),
        ({"reason": "because"}, "reason"),
        ({"reason": "other", "words": " "}, "words"),
        ({"kind": "article"}, "target"),
        ({"words": "x" * 2001}, "words"),
    ],
)
def test_a_flag_says_what_is_wrong_with_it(project, reviewer, reader, changed, field):
    claim = make_claim(project, reviewer)
    fields = {"kind": "claim", "reason": "wrong", "words": "", **changed}
    with pytest.raises(InvalidInput) as refused:
        flag_raise(actor=reader, project=project, target=claim.uid, **fields)
    assert refused.value.field == field


def test_a_thing_elsewhere_cannot_be_flagged_here(project, other_project, outsider, reader):
    claim = make_claim(other_project, outsider)
    with pytest.raises(InvalidInput):
        flag_raise(actor=reader, project=project, kind="claim", target=claim.uid, reason="wrong")


def test_a_decided_flag_is_not_decided_otherwise(project, reviewer, reader, moderator):
    claim = make_claim(project, reviewer)
    flag = flag_on(claim, reader)
    for _twice in range(2):
        flag_dismiss(actor=moderator, flag=flag, reason="It is right.")
    with pytest.raises(Conflict):
        flag_accept(actor=moderator, flag=flag, outcome="hide", reason="After all.")
    claim.refresh_from_db()
    flag.refresh_from_db()
    assert (claim.hidden_at, flag.state, flag.revision) == (None, FlagState.DISMISSED, 2)


def test_accepting_locks_or_does_nothing_further(project, reviewer, reader, moderator):
    for outcome, is_locked in (("lock", True), ("nothing", False)):
        claim = make_claim(project, reviewer)
        flag = flag_on(claim, reader)
        flag_accept(actor=moderator, flag=flag, outcome=outcome, reason="Settled.")
        claim.refresh_from_db()
        assert (claim.locked_at is not None, claim.hidden_at) == (is_locked, None)


def test_who_is_deactivated_leaves_their_work_and_flags_and_frees_what_waits(
    project, reviewer, moderator, operator
):
    claim = make_claim(project, moderator)
    flag = flag_on(claim, reviewer)
    own = make_claim(project, reviewer)
    work = Assignment.objects.create(
        project=project, claim=claim, assignee=reviewer, created_by=moderator
    )
    person_deactivate(actor=operator, user=reviewer, reason="left the desk")
    for row in (work, flag, own):
        row.refresh_from_db()
    assert (work.state, work.leased_until) == ("withdrawn", None)
    last = work.history.order_by("-pgh_id").first()
    assert last.pgh_context["reason"] == "left the desk"
    assert flag.is_open
    assert own.created_by.display_name == "Reviewer"
