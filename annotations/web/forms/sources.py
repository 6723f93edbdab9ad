"""The shape of what people say about sources."""

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.sources.models import SourceKind


class SourceForm(forms.Form):
    """Name a source."""

    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=SourceKind.choices, initial=SourceKind.UNKNOWN
    )
    description = forms.CharField(
        label=_("Description"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)


class AliasForm(forms.Form):
    """Another spelling of a source's name."""

    name = forms.CharField(
        label=_("Also known as"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
