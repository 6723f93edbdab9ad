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
class Choice:
    """Which originals of a group are taken, by number, and whose words and place."""

    originals: Sequence[int]
    wording: int | None
    place: int | None
    into: int | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was refused on a round's page: in which form, why, and what had been typed or chosen."""

    where: str
    sentence: str
    typed: str = ""
    chosen: Choice | None = None


@dataclass(frozen=True, slots=True)
class OriginalView:
    """One person's claim in a group."""

    claim: Claim
    places: Sequence[tuple[Sequence[Piece], Chain]]
    decision: OriginalDecision | None

    @property
    def name(self) -> str:
        """Return its number, for the names of its forms in the page."""
        return str(self.claim.number)

    @property
    def is_accepted(self) -> bool:
        """Say whether it is in the shared set; what was left out may still come in."""
        return self.decision is not None and self.decision.claim_id is not None


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
    # What was chosen in its form when that was refused.
    sent: Choice | None = None

    @property
    def name(self) -> str:
        """Return its number, for the names of its forms in the page."""
        return str(self.number)

    @property
    def takeable(self) -> list[OriginalView]:
        """Return what may be accepted still."""
        return [one for one in self.originals if not one.is_accepted]

    @property
    def has_choice(self) -> bool:
        """Say whether words and places of several can be chosen from."""
        return len(self.takeable) > 1

    @property
    def chosen(self) -> Choice:
        """Return what its form proposes: what nobody has decided, in the words of the first."""
        undecided = [one.claim.number for one in self.takeable if one.decision is None]
        proposed = undecided or [one.claim.number for one in self.takeable[:1]]
        ticked = proposed if undecided or not self.has_choice else []
        return self.sent or Choice(ticked, *(proposed[:1] * 2 or (None, None)))


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
