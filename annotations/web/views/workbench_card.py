"""What one claim's card and page show: places, chains, marks, my label, and what I may do."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.accounts.models import User
from annotations.articles.models import ArticleVersion
from annotations.claims.chains import Chain, chains_of_mentions, speakers_differ
from annotations.claims.choices import ClaimType
from annotations.claims.models import Claim, Mention
from annotations.claims.permissions import (
    check_add_mention,
    check_discard_claim,
    check_edit_claim,
)
from annotations.lifecycle.marks import Mark, marks_for
from annotations.projects.visibility import Sight
from annotations.verification.labels import ShownLabel, labels_for
from annotations.verification.permissions import check_review_claim
from annotations.web.forms.claims import ReviewForm
from annotations.web.views.claims_context import Piece, contexts_of
from annotations.web.views.claims_find import may
from annotations.web.views.workbench_rows import marks_in_words


@dataclass(frozen=True, slots=True)
class MentionView:
    """One appearance: where, in which words, who is said to have said it."""

    mention: Mention
    pieces: Sequence[Piece]
    chain: Chain
    is_latest: bool

    @property
    def quote(self) -> str:
        """Return the marked words alone."""
        return " … ".join(piece.text for piece in self.pieces if piece.is_marked)


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim as one viewer sees it."""

    claim: Claim
    mentions: Sequence[MentionView]
    marks: Sequence[Mark]
    label: ShownLabel | None
    is_disputed: bool
    may_edit: bool
    may_discard: bool
    may_review: bool
    may_add_mention: bool

    @property
    def types_in_words(self) -> str:
        """Return what sort of thing is claimed."""
        return ", ".join(str(ClaimType(one).label) for one in self.claim.types)

    @property
    def mark_lines(self) -> list[tuple[str, str]]:
        """Return style and sentence of each mark."""
        return marks_in_words(self.marks)

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
    latest = _latest_versions(mentions)
    chains = chains_of_mentions([mention.pk for mention in mentions], sight)
    contexts = contexts_of(mentions)
    views = [
        MentionView(
            mention=mention,
            pieces=contexts.get(mention.pk, ()),
            chain=chains.get(mention.pk, ()),
            is_latest=mention.version.number == latest[mention.article_id],
        )
        for mention in mentions
    ]
    kept = [view for view in views if view.mention.discarded_at is None]
    return ClaimView(
        claim=claim,
        mentions=views,
        marks=marks_for([claim], sight).get(claim.pk, []),
        label=labels_for([claim], viewer).get(claim.pk),
        is_disputed=speakers_differ(view.chain for view in kept),
        may_edit=may(check_edit_claim, viewer, claim),
        may_discard=may(check_discard_claim, viewer, claim),
        may_review=may(check_review_claim, viewer, claim) and claim.discarded_at is None,
        may_add_mention=may(check_add_mention, viewer, claim) and claim.discarded_at is None,
    )


def review_form(view: ClaimView) -> ReviewForm:
    """Return my judgement as a form; a stale one is offered again, to be confirmed."""
    initial: dict[str, object] = {"claim_revision": view.claim.content_revision}
    if view.label:
        review = view.label.review
        initial |= {
            "label": review.label,
            "confidence": review.confidence or "",
            "justification": review.justification,
        }
    return ReviewForm(initial=initial, auto_id="review_%s")


def _latest_versions(mentions: Sequence[Mention]) -> dict[int, int]:
    rows = (
        ArticleVersion.objects.filter(article_id__in={one.article_id for one in mentions})
        .order_by("article_id", "-number")
        .distinct("article_id")
        .values_list("article_id", "number")
    )
    return dict(rows)
