"""Where a claim stood in another version of a text: shown, never guessed onto the version at hand.

A reviewer selects its words anew; who is said to have said them comes along, the words that were
marked as speaker and cue do not.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from annotations.accounts.models import User
from annotations.articles.models import ArticleVersion
from annotations.claims.chains import chains_of_mentions
from annotations.claims.models import Claim, Mention
from annotations.claims.placements.models import MentionPlacement
from annotations.projects.visibility import Sight
from annotations.web.forms.claims_hops import initial_hop
from annotations.web.views.claims_chain import stored_hops
from annotations.web.views.claims_context import Piece, contexts_of

# What of a hop belongs to the text it was marked in.
OF_ITS_TEXT = frozenset({"kept", "cue_ranges", "source_ranges"})


@dataclass(frozen=True, slots=True)
class Former:
    """The place of a claim in another version of the same article, with its words in context."""

    mention: Mention
    pieces: Sequence[Piece]
    # What the comparison of the texts found here, where it did not find the words.
    placement: MentionPlacement | None = None

    @property
    def first_words(self) -> str:
        """Return the words of its first range, to look for."""
        return next((piece.text for piece in self.pieces if piece.is_marked), "")


def latest_former(
    mentions: Sequence[Mention], version: ArticleVersion, standing: Collection[int] = ()
) -> Mention | None:
    """Return the kept mention in the latest other version of the text; None where the claim has a
    place in this version, or never had one in this article.

    `standing` are the ids of mentions of other versions that are placed in this one.
    """
    of_article = [
        one for one in mentions if one.article_id == version.article_id and one.discarded_at is None
    ]
    if any(one.version_id == version.pk or one.pk in standing for one in of_article):
        return None
    return max(of_article, key=lambda one: (one.version.number, -one.pk), default=None)


def find_former(user: User, claim: Claim, version: ArticleVersion) -> Former | None:
    """Read where the claim stood, for the form that adds its place in this version."""
    rows = Mention.objects.visible_to(user).filter(claim=claim, article_id=version.article_id)
    mentions = list(rows.select_related("version").defer("version__text"))
    placed = MentionPlacement.objects.filter(mention__in=mentions, version=version.pk)
    placements = {one.mention_id: one for one in placed}
    standing = {pk for pk, one in placements.items() if one.stands}
    mention = latest_former(mentions, version, standing)
    if mention is None:
        return None
    pieces = contexts_of([mention]).get(mention.pk, ())
    return Former(mention, pieces, placements.get(mention.pk))


def former_hops(former: Former, sight: Sight) -> list[Mapping[str, object]]:
    """Return its chain as a form begins with it; nothing where the viewer sees a part of it only,
    as a chain must not lose a speaker by being copied.
    """
    chain = chains_of_mentions([former.mention.pk], sight).get(former.mention.pk, ())
    if not all(hop.is_whole for hop in chain):
        return []
    hops = [initial_hop(row, sight) for row in stored_hops(former.mention)]
    return [{name: hop[name] for name in hop if name not in OF_ITS_TEXT} for hop in hops]
