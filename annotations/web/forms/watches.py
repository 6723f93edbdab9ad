"""Pausing a watch; the service holds the rules."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PauseForm(forms.Form):
    """Why the page is not to be looked at."""

    reason = forms.CharField(
        label=_("Why pause it"),
        help_text=_("Kept in history; everybody who sees the watch reads it."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
