"""The shape of what people say of a claim: its words, where they stand, my judgement."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from annotations.claims import choices
from annotations.claims.columns import TEXT_LENGTH
from annotations.verification.models import Confidence, Label
from annotations.web.forms.choices import ChoiceField, MultipleChoiceField, TypedChoiceField
from annotations.web.forms.texts import WholeText

_RANGE = re.compile(r"(\d{1,7})-(\d{1,7})\Z")
Ranges = list[tuple[int, int]]


def read_range(text: str) -> tuple[int, int]:
    """Read "START-END" in code points. Raises ValidationError."""
    found = _RANGE.match(text.strip())
    if not found:
        raise ValidationError(_("Select the words again: this is not a place in the text."))
    return int(found[1]), int(found[2])


class RangesField(forms.Field):
    """Places in the text: any number of hidden inputs "START-END", in code points."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> Ranges:
        """Return (start, end) pairs, each once, in text order."""
        given = [str(one) for one in value or [] if str(one).strip()]
        if self.required and not given:
            raise ValidationError(_("Select some text first."))
        return sorted({read_range(one) for one in given})


class WordsField(forms.CharField):
    """Places of a cue or of the words that name a source: "START-END START-END" in one input."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> Any:
        """Return (start, end) pairs, in text order."""
        return sorted({read_range(one) for one in str(value or "").split()})


class PlaceForm(forms.Form):
    """Where in the text: ranges, and the hash of the version they were selected in."""

    range = RangesField(label=_("Passage"))
    content_hash = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)


class WordingForm(forms.Form):
    """What is claimed."""

    text = forms.CharField(
        label=_("Claim"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("So that it can be understood without the article."),
    )
    types = MultipleChoiceField(
        label=_("Type"),
        choices=choices.ClaimType.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    checkability = ChoiceField(
        label=_("Checkability"),
        choices=choices.Checkability.choices,
        initial=choices.Checkability.CHECKABLE,
        required=False,
    )
    priority = TypedChoiceField(
        label=_("Priority"),
        choices=choices.Priority.choices,
        coerce=int,
        initial=choices.Priority.NORMAL,
        required=False,
    )

    def clean_checkability(self) -> str:
        """Fall back on what most claims are."""
        return str(self.cleaned_data["checkability"] or choices.Checkability.CHECKABLE)

    def clean_priority(self) -> int:
        """Fall back on normal."""
        return int(self.cleaned_data["priority"] or choices.Priority.NORMAL)

    def wording(self) -> dict[str, Any]:
        """Return the claim's own fields, as the services take them."""
        names = ("text", "types", "checkability", "priority")
        return {name: self.cleaned_data[name] for name in names}


class LabelForm(forms.Form):
    """My judgement, given with a new claim or left open."""

    label = ChoiceField(
        label=_("My label"),
        choices=[("", _("Not judged yet")), *Label.choices],
        required=False,
    )
    justification = WholeText(
        label=_("Why"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


class NewClaimForm(LabelForm, WordingForm, PlaceForm):
    """A new claim in an article: place, words, my label; the chain is a formset beside it."""

    # Sent back unchanged, so that a double submit makes one claim.
    key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ["text", "types", "label", "justification"]


class ClaimForm(WordingForm):
    """Changed words of a claim; `revision` is what the person was looking at."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class NewMentionForm(PlaceForm):
    """A further appearance of a claim."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    claim = forms.IntegerField(widget=forms.HiddenInput)


class MentionForm(PlaceForm):
    """A moved appearance; `revision` is the claim's."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class MoveForm(MentionForm):
    """Other ranges for an appearance whose chain stays: what dragging a handle sends."""

    key = forms.UUIDField(widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """Why something is discarded or restored; whoever undoes says what revision they undo."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def turn(self) -> dict[str, Any]:
        """Return reason and revision, as the services take them."""
        cleaned = self.cleaned_data
        return {"reason": cleaned.get("reason", ""), "revision": cleaned.get("revision")}


class ReviewForm(forms.Form):
    """My judgement of a claim, as it stood when I read it."""

    label = ChoiceField(label=_("Label"), choices=Label.choices, widget=forms.RadioSelect)
    confidence = TypedChoiceField(
        label=_("Confidence"),
        choices=[("", _("Not given")), *Confidence.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    justification = WholeText(
        label=_("Why"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    claim_revision = forms.IntegerField(widget=forms.HiddenInput)
