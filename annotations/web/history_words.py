"""What a claim's history calls rows and their columns: the words of the pages they are typed on."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MODELS = {
    "attribution": _("step of the chain"),
    "claimevidence": _("evidence"),
    "mention": _("place"),
    "mentionplacement": _("place in a later version"),
    "review": _("judgement"),
}
COLUMNS = {
    ("adjudication", "justification"): _("Why"),
    ("adjudication", "native_rating"): _("Rating"),
    ("attribution", "anonymity_reason"): _("Why anonymous, as stated"),
    ("attribution", "basis_of_knowledge"): _("How they know"),
    ("attribution", "cue_negated"): _("Negated cue (“did not say”)"),
    ("attribution", "hop_type"): _("Passed on as"),
    ("attribution", "order"): _("Position in the chain"),
    ("attribution", "original_located"): _("Original"),
    ("attribution", "quote_type"): _("Rendered as"),
    ("attribution", "source_given"): _("Named in the text"),
    ("attribution", "source_kind"): _("Kind of source"),
    ("claim", "types"): _("Type"),
    ("claimevidence", "stance"): _("What it says of the claim"),
    ("mention", "span"): _("Passage"),
    ("mention", "version"): pgettext_lazy("history", "In the text"),
    ("mentionplacement", "span"): _("Passage"),
    ("mentionplacement", "version"): pgettext_lazy("history", "In the text"),
    ("review", "discarded_at"): _("Taken back"),
    ("review", "guideline"): _("Guidelines"),
    ("review", "justification"): _("Why"),
    ("review", "native_rating"): _("Rating"),
    ("verdict", "native_rating"): _("Rating"),
    ("verdict", "reason"): _("What the verdict rests on"),
}


def model_words(model_name: str, otherwise: str) -> str:
    """Return what pages call such a row."""
    return str(MODELS.get(model_name, otherwise))


def column_words(model_name: str, field: str, otherwise: str) -> str:
    """Return what the form calls the column."""
    return str(COLUMNS.get((model_name, field), otherwise))
