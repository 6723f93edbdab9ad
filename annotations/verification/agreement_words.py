"""Agreement for people: a number, or the sentence that says why there is none."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from annotations.verification.agreement import Measured, Undefined

_SENTENCES = {
    Undefined.NO_COMMON_CLAIMS: _(
        "Undefined, because no claim has two judgements that count here."
    ),
    Undefined.ONE_LABEL: _(
        "Undefined, because only one label was given: chance alone would agree every time."
    ),
    Undefined.NOTHING_MARKED: _("Undefined, because nobody marked anything."),
    Undefined.NO_TOKENS: _("Undefined, because the text has no words."),
    Undefined.NO_TEXTS: _(
        "Undefined, because no text was marked independently and handed in by all yet."
    ),
}
# The same of ratings on a scale.
_OF_RATINGS = {
    Undefined.NO_COMMON_CLAIMS: _("Undefined, because no claim was rated twice on this scale."),
    Undefined.ONE_LABEL: _(
        "Undefined, because only one rating was given: chance alone would agree every time."
    ),
}


@dataclass(frozen=True, slots=True)
class Stated:
    """A number, or None with the code and the sentence of the reason."""

    value: float | None
    undefined: str | None = None
    reason: str = ""


def stated(measured: Measured, *, of_ratings: bool = False) -> Stated:
    """Return what was measured as it is shown, in the language of the reader."""
    if isinstance(measured, Undefined):
        sentences = {**_SENTENCES, **(_OF_RATINGS if of_ratings else {})}
        return Stated(None, measured.value, str(sentences[measured]))
    return Stated(measured)
