"""Where in each article of a page the search terms occur, for showing them in their context."""

from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, OuterRef, Q, Subquery, Value, When

from annotations.articles.models import ArticleVersion, Block
from annotations.claims.models import Mention
from annotations.projects.visibility import Sight
from annotations.search.marks import Piece, snippet
from annotations.search.matching import Matches, matches_any
from annotations.search.words import Term


@dataclass(frozen=True, slots=True)
class FoundText:
    """A passage with hits; `old_version` is its version's number unless that is the latest."""

    pieces: list[Piece]
    old_version: int | None


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A claim with hits, by its number in the project."""

    number: int
    pieces: list[Piece]


def found_texts(article_ids: list[int], terms: tuple[Term, ...]) -> dict[int, FoundText]:
    """Return for each article the best passage of its newest version that has one; one query.

    The best is the first block that holds all terms, else the first that holds any.
    """
    latest = ArticleVersion.objects.filter(article=OuterRef("version__article")).order_by("-number")
    blocks = (
        Block.objects.filter(matches_any("text", terms), version__article_id__in=article_ids)
        .annotate(latest=Subquery(latest.values("number")[:1]))
        # The list shows the headline of the latest version by itself.
        .exclude(kind="headline", version__number=F("latest"))
        .order_by("version__article_id", "-version__number", _fewer_terms("text", terms), "n")
        .distinct("version__article_id")
        .values_list("version__article_id", "version__number", "latest", "text")
    )
    return {
        article: FoundText(snippet(text, terms), number if number != newest else None)
        for article, number, newest, text in blocks
    }


def found_claims(
    article_ids: list[int], terms: tuple[Term, ...], sight: Sight
) -> dict[int, FoundClaim]:
    """Return for each article the first of its claims that holds a term; one query."""
    mentions = (
        Mention.objects.kept()
        .in_sight(sight)
        .filter(matches_any("claim__text", terms), article_id__in=article_ids)
    )
    rows = (
        mentions.order_by("article_id", _fewer_terms("claim__text", terms), "claim__number")
        .distinct("article_id")
        .values_list("article_id", "claim__number", "claim__text")
    )
    return {article: FoundClaim(number, snippet(text, terms)) for article, number, text in rows}


def _fewer_terms(column: str, terms: tuple[Term, ...]) -> Case:
    """Sort what holds all terms before what holds some of them."""
    holds_all = Q()
    for term in terms:
        holds_all &= Q(Matches(column, term))
    return Case(When(holds_all, then=Value(0)), default=Value(1), output_field=IntegerField())
