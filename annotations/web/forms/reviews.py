"""The shape of my judgement of a claim: label, rating, reasons, and what they rest on."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from annotations.verification.evidence.models import ClaimEvidence
from annotations.verification.models import Label
from annotations.verification.standards.models import RatingValue
from annotations.verification.standards.offered import Offered
from annotations.web.forms.claims import ReviewForm


class PiecesField(forms.Field):
    """Uids of pieces of evidence, any number."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[str]:
        """Return them as they were sent."""
        return [str(one) for one in value or []]


class JudgementForm(ReviewForm):
    """My judgement, with what the project and the claim offer to choose from."""

    rating = forms.CharField(label=_("Rating"), required=False)
    evidence = PiecesField(label=_("Evidence used"), required=False)
    guideline = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, offered: Offered, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer(offered)

    def offer(self, offered: Offered) -> None:
        """Let these ratings and pieces be chosen from."""
        self.offered = offered
        self._ratings = {str(one.uid): one for one in offered.ratings}
        self._links = {str(one.uid): one for one in offered.links}
        suggests = any(one.suggested_label for one in offered.ratings)
        # Asked for in `clean` where the rating suggests one.
        self.fields["label"].required = not (self._suggestion() if self.is_bound else suggests)

    @property
    def rating_chosen(self) -> str:
        """Return the uid of the rating that is shown as chosen."""
        return str(self["rating"].value() or "")

    @property
    def evidence_lines(self) -> Sequence[tuple[ClaimEvidence, bool]]:
        """Return every piece, and whether it is ticked."""
        ticked = {str(one) for one in self["evidence"].value() or ()}
        return [(link, uid in ticked) for uid, link in self._links.items()]

    def clean_rating(self) -> RatingValue | None:
        """Accept a value that is offered, or none."""
        uid = self.cleaned_data["rating"]
        if uid and uid not in self._ratings:
            raise ValidationError(
                _("The rating scale has changed since you opened this. Choose on the present one.")
            )
        return self._ratings.get(uid)

    def clean_evidence(self) -> list[ClaimEvidence]:
        """Accept pieces that are offered; an empty one says that the form asked for them."""
        chosen = [one for one in self.cleaned_data["evidence"] if one]
        if any(one not in self._links for one in chosen):
            raise ValidationError(_("Some of this evidence is not on the claim any more."))
        return [self._links[one] for one in chosen]

    def clean(self) -> dict[str, Any]:
        """Ask for the label that a rating suggests: a person confirms it, here without scripts."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("label") and "label" not in self.errors:
            suggested = self._suggestion()
            sent = cast(QueryDict, self.data).copy()
            sent["label"] = suggested
            self.data = sent
            label = dict(Label.choices)[suggested]
            sentence = _("This rating suggests “%(label)s”. Save once more, or choose another.")
            self.add_error("label", ValidationError(sentence, params={"label": label}))
        return cleaned

    def judgement(self) -> dict[str, Any]:
        """Return it as the service takes it; what the form did not ask for is left as it was."""
        given = dict(self.cleaned_data)
        for name in ("rating", "evidence"):
            if name not in self.data:
                given.pop(name)
        return given

    def _suggestion(self) -> str:
        value = self._ratings.get(self.data.get("rating", "")) if self.is_bound else None
        return value.suggested_label if value else ""
