"""What people say about where a mention stands in a later version."""

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.spans.selectors import MAX_QUOTE


class DecisionForm(forms.Form):
    """A decision: the revision of what it is about, and why, if the person says so."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = forms.CharField(max_length=1000, required=False)


class WordsForm(forms.Form):
    """The words as they stand in the later version, typed or pasted."""

    words = forms.CharField(
        label=_("The words in this version"),
        max_length=MAX_QUOTE,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "autofocus": True}),
        help_text=_("Type or paste them as they stand there, once; nothing is looked for loosely."),
    )
    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
