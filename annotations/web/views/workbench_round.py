"""What an article's page says of a round of independent marking that is under way on its text."""

from dataclasses import dataclass

from annotations.accounts.roles import Permission
from annotations.articles.models import Article
from annotations.claims.rounds import MarkingRound, RoundState
from annotations.verification.rounds.people import Part, people_of
from annotations.web.access import SignedInRequest


@dataclass(frozen=True, slots=True)
class RoundUnderWay:
    """A round, and what part the viewer has in it."""

    found: MarkingRound
    people: int
    mine: Part | None

    @property
    def is_open(self) -> bool:
        """Say whether it is still being marked."""
        return self.found.state == RoundState.OPEN


def round_under_way(request: SignedInRequest, article: Article) -> RoundUnderWay | None:
    """Return the round of the article that is under way; one query where there is none."""
    rows = MarkingRound.objects.filter(article=article).under_way().select_related("version")
    found = rows.defer("version__text").first()
    if found is None:
        return None
    sees_all = request.access.allows(Permission.SEE_ALL_REVIEWS)
    parts = people_of([found], request.user, moderates=sees_all)[found.pk]
    mine = next((one for one in parts if one.is_mine), None)
    return RoundUnderWay(found, len(parts), mine)
