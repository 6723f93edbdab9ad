"""Comparing text columns with a term, by the expressions that the search indexes are made of."""

import re

from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.expressions import Combinable

from annotations.search.words import Term

_UNLETTERED = re.compile(r"[\W_]+")
# The words of a phrase stand next to each other.
_PHRASE = ("phraseto_tsquery('simple', factcheck_unaccent(", "))")
# Quoted, so that nothing a person types is read as an operator.
_PREFIX = (
    "to_tsquery('simple', '''' || replace(replace(factcheck_unaccent(",
    r"), '\', '\\'), '''', '''''') || ''':*')",
)


class Matches(Func):
    """Whether a text column holds a term, whatever its case and accents.

    The indexes block_text_search, claim_text_search, article_title_search, outlet_name_search,
    statement_text_search (whose text is channel and words, joined) and evidence_text_search (of
    question, answer and quote) answer it.
    """

    output_field = BooleanField()
    vector = ("to_tsvector('simple', factcheck_unaccent(", "))")

    def __init__(self, column: str | Combinable, term: Term) -> None:
        opening, closing = _PREFIX if term.is_prefix else _PHRASE
        super().__init__(
            F(column) if isinstance(column, str) else column,
            Value(self.tidy(term.words)),
            template=f"({self.vector[0]}%(expressions)s{closing})",
            arg_joiner=f"{self.vector[1]} @@ {opening}",
        )

    def tidy(self, words: str) -> str:
        """Return the words as the column's index cuts them."""
        return words


class UrlMatches(Matches):
    """Whether an address holds a term's words in a row; article_url_search answers it."""

    vector = ("to_tsvector('simple', regexp_replace(", ", '[^[:alnum:]]+', ' ', 'g'))")

    def tidy(self, words: str) -> str:
        """Cut an address into words, as its index does."""
        return _UNLETTERED.sub(" ", words).strip()


def matches_any(column: str, terms: tuple[Term, ...]) -> Q:
    """Return the condition that a text column holds at least one of the terms."""
    condition = Q()
    for term in terms:
        condition |= Q(Matches(column, term))
    return condition
