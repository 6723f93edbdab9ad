"""Forms by which things are flagged and merged; the services hold the rules."""

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.moderation.choices import FlagReason
from annotations.moderation.flags import WORDS_LENGTH
from annotations.moderation.services import REASON_LENGTH

_WORDS = forms.Textarea(attrs={"rows": 3, "dir": "auto"})


class FlagForm(forms.Form):
    """What is wrong with a thing."""

    # Nothing is chosen for anybody: the first reason accuses somebody.
    reason = forms.ChoiceField(
        label=_("What is wrong"), choices=[("", _("Choose")), *FlagReason.choices]
    )
    words = forms.CharField(
        label=_("In your words"), max_length=WORDS_LENGTH, required=False, widget=_WORDS
    )


class ClaimChoiceForm(forms.Form):
    """The claim that another is merged into."""

    into = forms.IntegerField(
        label=_("Number of the claim that stays"), min_value=1, max_value=2**31 - 1
    )


class SourceChoiceForm(forms.Form):
    """The source that another is merged into."""

    into = forms.CharField(
        label=_("Name of the source that stays"),
        max_length=200,
        help_text=_("Any of its names will do."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class MergeForm(forms.Form):
    """Why two are merged; `into` and `revision` are those the page has shown."""

    into = forms.UUIDField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        widget=_WORDS,
        help_text=_("Kept in the history of everything that moves."),
    )
