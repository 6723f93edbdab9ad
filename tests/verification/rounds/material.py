"""Rounds for tests."""

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.claims.hops import HopInput
from annotations.claims.models import Claim
from annotations.claims.rounds import MarkingRound
from annotations.claims.services import claim_create
from annotations.verification.rounds.services import round_hand_in, round_open
from tests.material import make_article

# Of tests.material.TEXT.
CIVILIANS, MINISTRY = (17, 54), (56, 77)


def make_round(actor: User, *people: User, article: Article | None = None) -> MarkingRound:
    """A round of an article of two sentences."""
    project = article.project if article else actor.memberships.get().project
    article = article or make_article(project, actor)
    return round_open(actor=actor, article=article, people=people)


def mark(found: MarkingRound, actor: User, *ranges: tuple[int, int], text: str = "") -> Claim:
    """What the actor marks in the round's text."""
    claim: Claim = claim_create(
        actor=actor,
        project=found.project,
        text=text or f"Claimed at {ranges[0][0]}",
        version=found.version,
        ranges=ranges,
        hops=[HopInput(source_name="State Emergency Service")],
    )
    return claim


def hand_in(found: MarkingRound, *people: User) -> MarkingRound:
    """All of these are done."""
    for person in people:
        found = round_hand_in(actor=person, found=found)
    return found
