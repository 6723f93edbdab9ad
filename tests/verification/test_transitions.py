"""The one table of stages: every cell of it, and that the services do what it says."""

import pytest

from annotations.accounts.roles import LEAST_ROLE, Role
from annotations.lib.errors import Conflict
from annotations.models import Claim, Verdict
from annotations.verification.services import review_discard
from annotations.verification.stage_queries import stages_for
from annotations.verification.stages import Stage
from annotations.verification.transitions import (
    LEAST,
    ROLES,
    STAGES,
    TABLE,
    Act,
    acts,
    allowed,
    carries,
    is_open,
    may,
)
from annotations.verification.verdicts.permissions import NEEDED
from annotations.verification.verdicts.services import (
    claim_reopen,
    verdict_rescind,
)
from tests.ruling import (
    adjudicate,
    agree,
    change,
    dispute,
    make_checked,
    make_people,
    now,
    publish,
    supersede,
)

LETTERS = {
    "R": Act.REVIEW,
    "C": Act.CHANGE,
    "A": Act.ADJUDICATE,
    "P": Act.PUBLISH,
    "S": Act.SUPERSEDE,
    "X": Act.RESCIND,
    "O": Act.REOPEN,
}
# From the stage at the left to that at the top, by which acts of a moderator.
WANTED = """
            unreviewed in_review disputed agreed adjudicated published reopened
unreviewed  C          R         .        R      .           .         .
in_review   RC         RX        R        R      .           .         RC
disputed    C          R         RX       R      A           .         C
agreed      RC         R         R        RX     .           PS        RC
adjudicated C          .         .        .      RAX         PS        C
published   .          .         .        .      .           RAS       CXO
reopened    .          R         .        R      .           .         CX
"""
BY_ROLE = {"reader": "", "reviewer": "RC", "moderator": "RCAPSXO", "admin": "RCAPSXO"}


def wanted() -> dict[tuple[str, str], str]:
    head, *lines = WANTED.strip().splitlines()
    return {
        (line.split()[0], to): cell
        for line in lines
        for to, cell in zip(head.split(), line.split()[1:], strict=True)
    }


@pytest.mark.parametrize("role", BY_ROLE)
def test_every_cell_says_who_may_do_it_and_how(role):
    cells = wanted()
    assert len(cells) == len(STAGES) ** 2
    for (before, after), letters in cells.items():
        expected = {LETTERS[one] for one in letters if one in BY_ROLE[role]}
        assert acts(role, before, after) == expected, (role, before, after)
        assert allowed(role, before, after) == bool(expected)


def test_an_outsider_may_nothing():
    assert not any(acts(None, before, after) for before in STAGES for after in STAGES)
    assert not any(may(None, stage, act) for stage in STAGES for act in Act)


def test_the_table_speaks_of_the_roles_and_stages_there_are():
    assert tuple(Role.values) == ROLES
    assert tuple(Stage.values) == STAGES == tuple(TABLE)


@pytest.mark.parametrize("act", Act)
def test_permissions_ask_for_the_role_of_the_table(act):
    assert LEAST_ROLE[NEEDED[act]] == LEAST[act]
    assert [role for role in ROLES if carries(role, act)] == list(ROLES[ROLES.index(LEAST[act]) :])


@pytest.fixture
def desk(project, admin):
    """Two who judge, two who moderate, and the admin, who changes claims."""
    judges = make_people(project, "reviewer", "anna", "borys")
    chairs = make_people(project, "moderator", "chair", "deputy")
    return project, admin, judges, chairs


def bring(desk, stage: str, *, was_published: bool) -> Claim:
    """Make a claim of that stage; with `was_published`, one with a verdict of other words."""
    project, admin, judges, chairs = desk
    claim = make_checked(project, admin)
    if was_published or stage in ("published", "reopened"):
        dispute(claim, *judges)
        adjudicate(claim, chairs[0])
        publish(claim, chairs[1])
        if stage != "published":
            change(claim, admin)
    if stage == "in_review":
        agree(claim, judges[0])
    elif stage == "agreed":
        agree(claim, *judges)
    elif stage in ("disputed", "adjudicated"):
        dispute(claim, *judges)
    if stage == "adjudicated":
        adjudicate(claim, chairs[0])
    return claim


def current(claim: Claim) -> Verdict | None:
    return Verdict.objects.current().select_related("claim__project").filter(claim=claim).first()


def review(claim: Claim, by) -> None:
    """Judge it, and as far as that is so already, take it back."""
    mine = claim.reviews.filter(reviewer=by, claim_revision=now(claim).content_revision).first()
    if mine is None:
        agree(claim, by)
    else:
        review_discard(actor=by, review=mine)


DO = {
    Act.REVIEW: lambda desk, claim: review(claim, desk[2][0]),
    Act.CHANGE: lambda desk, claim: change(claim, desk[1]),
    Act.ADJUDICATE: lambda desk, claim: adjudicate(claim, desk[3][0]),
    Act.PUBLISH: lambda desk, claim: publish(claim, desk[3][1]),
    Act.SUPERSEDE: lambda desk, claim: supersede(claim, desk[3][1]),
    Act.RESCIND: lambda desk, claim: verdict_rescind(
        actor=desk[3][0], verdict=current(claim), correction_note="Wrong."
    ),
    Act.REOPEN: lambda desk, claim: claim_reopen(
        actor=desk[3][0], claim=now(claim), reason="New evidence."
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("was_published", [False, True], ids=["new", "once published"])
@pytest.mark.parametrize("stage", STAGES)
def test_the_services_do_what_the_table_says(desk, stage, was_published):
    if was_published and stage in ("unreviewed", "published"):
        return
    # Whoever decides sees all: what a moderator sees is the stage as it is.
    chair = desk[3][0]
    for act in Act:
        claim = bring(desk, stage, was_published=was_published)
        assert stages_for([claim], chair) == {claim.pk: stage}, act
        if act in (Act.SUPERSEDE, Act.RESCIND) and current(claim) is None:
            continue
        if act is Act.REOPEN and stage == "reopened":
            continue  # Already so changes nothing.
        if act is Act.PUBLISH and current(claim) is not None:
            continue  # It is superseded, not published twice; see test_verdicts.py.
        if not is_open(stage, act):
            with pytest.raises(Conflict):
                DO[act](desk, claim)
            assert stages_for([claim], chair) == {claim.pk: stage}, act
            continue
        DO[act](desk, claim)
        assert stages_for([claim], chair)[claim.pk] in TABLE[stage][act], act
