"""What one claim's card and page show: places, chains, marks, my label, and what I may do."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from annotations.accounts.models import User
from annotations.articles.models import ArticleVersion
from annotations.articles.passages import Passage
from annotations.claims.chains import Chain, chains_of_mentions, hop_for, speakers_differ
from annotations.claims.choices import ClaimType
from annotations.claims.models import Claim, Mention
from annotations.claims.permissions import (
    check_add_mention,
    check_discard_claim,
    check_edit_claim,
)
from annotations.claims.placements.models import MentionPlacement
from annotations.comments.reading import comment_counts
from annotations.lifecycle.marks import Mark, marks_for
from annotations.projects.visibility import Sight
from annotations.verification.drafts import drafts_of
from annotations.verification.labels import ShownLabel, judgement_of, published_of
from annotations.verification.models import Review
from annotations.verification.permissions import check_review_claim
from annotations.verification.standards.offered import Offered, offered_for
from annotations.web.forms.reviews import JudgementForm
from annotations.web.views.claims_context import Piece, contexts_of, in_context
from annotations.web.views.claims_find import may
from annotations.web.views.claims_former import Former, latest_former
from annotations.web.views.workbench_rows import marks_in_words


@dataclass(frozen=True, slots=True)
class MadeClaim:
    """A claim that this request has made, with its one mention and nothing hidden from its maker.

    `is_judged` says whether a label came with it.
    """

    claim: Claim
    is_judged: bool

    @property
    def mention(self) -> Mention:
        """Return its first and only mention."""
        made = self.claim.made_mention
        assert made is not None
        return made

    @property
    def ranges(self) -> list[tuple[int, int]]:
        """Return the places of the mention in code points, as they were stored."""
        return [(one.start, one.end) for one in self.mention.span.made_ranges]


@dataclass(frozen=True, slots=True)
class MentionView:
    """One appearance: where, in which words, who is said to have said it."""

    mention: Mention
    pieces: Sequence[Piece]
    chain: Chain
    is_latest: bool
    # Where it stands in later versions, the latest first.
    placements: Sequence[MentionPlacement] = ()

    def placed_in(self, version: ArticleVersion | None) -> MentionPlacement | None:
        """Return how it stands in a later version of its text; None in others."""
        wanted = version.pk if version else None
        return next((one for one in self.placements if one.version_id == wanted), None)

    @property
    def latest_placement(self) -> MentionPlacement | None:
        """Return how it stands in the latest version it was placed in."""
        return self.placements[0] if self.placements else None

    @property
    def draft(self) -> str:
        """Return what a draft of its form is about, as the page names it."""
        return f"mention-edit:{self.mention.uid}"

    @property
    def quote(self) -> str:
        """Return the marked words alone."""
        return " … ".join(piece.text for piece in self.pieces if piece.is_marked)


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim as one viewer sees it.

    `label` is their own judgement, `taken_back` the one they discarded; `published` the verdict's.
    """

    claim: Claim
    mentions: Sequence[MentionView]
    marks: Sequence[Mark]
    label: ShownLabel | None
    taken_back: Review | None
    published: ShownLabel | None
    offered: Offered
    is_disputed: bool
    may_edit: bool
    may_discard: bool
    may_review: bool
    may_add_mention: bool
    # Counts the comments on it that the viewer sees, where that is shown; a new one has none.
    comments: Callable[[], int] = int

    @property
    def edit_draft(self) -> str:
        """Return what a draft of changed words is about."""
        return f"claim-edit:{self.claim.number}"

    @property
    def review_draft(self) -> str:
        """Return what a draft of my judgement is about."""
        return f"review:{self.claim.number}"

    @property
    def types_in_words(self) -> str:
        """Return what sort of thing is claimed."""
        return ", ".join(str(ClaimType(one).label) for one in self.claim.types)

    @property
    def mark_lines(self) -> list[tuple[str, str]]:
        """Return style and sentence of each mark."""
        return marks_in_words(self.marks)

    def former_in(self, version: ArticleVersion) -> Former | None:
        """Return where the claim stood in another version of this text, if it has no place here."""
        placed = [one.placed_in(version) for one in self.mentions]
        standing = {one.mention_id for one in placed if one and one.stands}
        mention = latest_former([one.mention for one in self.mentions], version, standing)
        if mention is None:
            return None
        found = next(one for one in self.mentions if one.mention is mention)
        return Former(mention, found.pieces, found.placed_in(version))

    @property
    def kept_mentions(self) -> list[MentionView]:
        """Return the appearances that were not discarded."""
        return [one for one in self.mentions if one.mention.discarded_at is None]


def view_claim(claim: Claim, viewer: User, sight: Sight) -> ClaimView:
    """Read one claim whole; a constant number of queries."""
    mentions = list(
        Mention.objects.visible_to(viewer)
        .filter(claim=claim)
        .select_related("article__outlet", "version")
        .defer("version__text")
        .order_by("discarded_at", "id")
    )
    chains = chains_of_mentions([one.pk for one in mentions], sight)
    latest = _latest_versions(mentions)
    placed = _placements(mentions, latest)
    views = [
        replace(one, placements=placed.get(one.mention.pk, ()))
        for one in _views(mentions, chains, contexts_of(mentions), latest)
    ]
    marks = marks_for([claim], sight).get(claim.pk, [])
    judgement = (*judgement_of(claim, viewer), published_of(claim))
    # Asked along with the claim by whoever found it for a page.
    has_evidence = getattr(claim, "has_evidence", True)
    view = _view(claim, viewer, views, marks, judgement, has_evidence=has_evidence)
    return replace(view, comments=lambda: comment_counts([claim.pk], viewer).get(claim.pk, 0))


def view_new_claim(made: MadeClaim, viewer: User, sight: Sight, passage: Passage) -> ClaimView:
    """Show a claim the viewer has just made in a version, reading only what is not in hand.

    `passage` are the words of the version around its one mention.
    """
    claim, mention = made.claim, made.mention
    mention.article = mention.version.article
    chain = tuple(hop_for(row, sight) for row in mention.made_hops)
    contexts = {mention.pk: in_context(passage, made.ranges)}
    rests = claim.statement_id or any(hop.statement for hop in chain)
    marks = marks_for([claim], sight).get(claim.pk, []) if rests else []
    mine = judgement_of(claim, viewer) if made.is_judged else (None, None)
    latest = {mention.article_id: mention.version.latest_number}
    views = _views([mention], {mention.pk: chain}, contexts, latest)
    return _view(claim, viewer, views, marks, (*mine, None), has_evidence=False)


def _views(
    mentions: Sequence[Mention],
    chains: dict[int, Chain],
    contexts: dict[int, list[Piece]],
    latest: dict[int, int],
) -> list[MentionView]:
    return [
        MentionView(
            mention=mention,
            pieces=contexts.get(mention.pk, ()),
            chain=chains.get(mention.pk, ()),
            is_latest=mention.version.number == latest[mention.article_id],
        )
        for mention in mentions
    ]


def _view(
    claim: Claim,
    viewer: User,
    views: Sequence[MentionView],
    marks: Sequence[Mark],
    judgement: tuple[ShownLabel | None, Review | None, ShownLabel | None],
    *,
    has_evidence: bool,
) -> ClaimView:
    label, taken_back, published = judgement
    may_review = may(check_review_claim, viewer, claim) and claim.discarded_at is None
    mine = label.review if label else taken_back
    kept = [view for view in views if view.mention.discarded_at is None]
    return ClaimView(
        claim=claim,
        mentions=views,
        marks=marks,
        label=label,
        taken_back=taken_back,
        published=published,
        offered=(
            offered_for(claim, viewer, mine, has_evidence=has_evidence) if may_review else Offered()
        ),
        is_disputed=speakers_differ(view.chain for view in kept),
        may_edit=may(check_edit_claim, viewer, claim),
        may_discard=may(check_discard_claim, viewer, claim),
        may_review=may_review,
        may_add_mention=may(check_add_mention, viewer, claim) and claim.discarded_at is None,
    )


def drafts_on(view: ClaimView, viewer: User) -> set[str]:
    """Return which of the card's forms the viewer has typed into and not saved; one query."""
    abouts = [view.edit_draft, view.review_draft, *(one.draft for one in view.kept_mentions)]
    return set(drafts_of(viewer, view.claim.project, abouts))


def review_form(view: ClaimView) -> JudgementForm:
    """Return my judgement as a form; a stale one is offered again, to be confirmed."""
    offered = view.offered
    initial: dict[str, object] = {
        "claim_revision": view.claim.content_revision,
        "guideline": offered.guideline_id,
        "evidence": [str(link.uid) for link in offered.links if link.pk in offered.used],
    }
    review = view.label.review if view.label else None
    if review:
        initial |= {
            "label": review.label,
            "rating": review.rating.uid if review.rating else "",
            "confidence": review.confidence or "",
            "justification": review.justification,
        }
    return JudgementForm(initial=initial, auto_id="review_%s", offered=offered)


def _placements(
    mentions: Sequence[Mention], latest: dict[int, int]
) -> dict[int, list[MentionPlacement]]:
    """Read how mentions stand in later versions; no query where there is no later one."""
    former = [one.pk for one in mentions if one.version.number < latest[one.article_id]]
    found: dict[int, list[MentionPlacement]] = defaultdict(list)
    if former:
        rows = MentionPlacement.objects.filter(mention__in=former).select_related("version")
        for row in rows.defer("version__text").order_by("-version__number"):
            found[row.mention_id].append(row)
    return found


def _latest_versions(mentions: Sequence[Mention]) -> dict[int, int]:
    rows = (
        ArticleVersion.objects.filter(article_id__in={one.article_id for one in mentions})
        .order_by("article_id", "-number")
        .distinct("article_id")
        .values_list("article_id", "number")
    )
    return dict(rows)
