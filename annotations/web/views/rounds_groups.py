"""What was marked in a round, side by side, as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.claims.chains import Chain, chains_of_mentions
from annotations.claims.models import Claim, Mention
from annotations.claims.rounds import MarkingRound
from annotations.projects.visibility import Sight
from annotations.verification.rounds.groups import Group, Kind
from annotations.verification.rounds.merge import decision_of
from annotations.verification.rounds.models import OriginalDecision
from annotations.verification.rounds.originals import Originals
from annotations.web.views.claims_context import Piece, contexts_of

KINDS: dict[str, str | Promise] = {
    Kind.SAME.value: _("The same words"),
    Kind.OVERLAPPING.value: _("Overlapping"),
    Kind.ALONE.value: _("Only one found"),
}
LEFT = "left"


@dataclass(frozen=True, slots=True)
class OriginalView:
    """One person's claim in a group."""

    claim: Claim
    places: Sequence[tuple[Sequence[Piece], Chain]]
    decision: OriginalDecision | None


@dataclass(frozen=True, slots=True)
class SharedPlace:
    """A claim of the shared set and where it stands in the text."""

    number: int
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class GroupView:
    """Claims that share words, and what is in the shared set there."""

    number: int
    kind: str | Promise
    originals: Sequence[OriginalView]
    shared: Sequence[SharedPlace]

    @property
    def undecided(self) -> list[OriginalView]:
        """Return what is left to decide."""
        return [one for one in self.originals if one.decision is None]

    @property
    def has_choice(self) -> bool:
        """Say whether words and places of several can be chosen from."""
        return len(self.undecided) > 1


def wanted_groups(there: Originals, kind: str) -> list[Group]:
    """Return the groups of a kind, or those that are not wholly decided; else all."""
    if kind == LEFT:
        return [one for one in there.groups if is_left(there, one)]
    if kind in KINDS:
        return [one for one in there.groups if one.kind == kind]
    return there.groups


def is_left(there: Originals, group: Group) -> bool:
    """Say whether something in the group is undecided."""
    return any(decision_of(there.claims[one.claim]) is None for one in group.members)


def view_groups(
    found: MarkingRound, there: Originals, groups: Sequence[Group], viewer: User, sight: Sight
) -> list[GroupView]:
    """Read what a page of groups shows; the same number of queries for any number of them."""
    mentions = [
        mention
        for group in groups
        for one in group.members
        for mention in there.mentions[one.claim]
    ]
    contexts = contexts_of(mentions)
    chains = chains_of_mentions([mention.pk for mention in mentions], sight)
    shared = _shared_places(found, viewer)
    numbers = {id(group): n for n, group in enumerate(there.groups, start=1)}
    return [
        GroupView(
            numbers[id(group)],
            KINDS[group.kind.value],
            [
                OriginalView(
                    there.claims[one.claim],
                    [
                        (contexts.get(mention.pk, ()), chains.get(mention.pk, ()))
                        for mention in there.mentions[one.claim]
                    ],
                    decision_of(there.claims[one.claim]),
                )
                for one in group.members
            ],
            [place for place in shared if _meets(place, group)],
        )
        for group in groups
    ]


def _shared_places(found: MarkingRound, viewer: User) -> list[SharedPlace]:
    rows = Mention.objects.listed_to(viewer).kept()
    rows = rows.filter(version=found.version_id, claim__round__isnull=True)
    columns = ("claim__number", "claim__text", "span__start", "span__end")
    return [SharedPlace(*row) for row in rows.order_by("span__start", "pk").values_list(*columns)]


def _meets(place: SharedPlace, group: Group) -> bool:
    return any(
        start < place.end and place.start < end
        for one in group.members
        for start, end in one.ranges
    )
