"""The filters of the project's list of claims: allow-listed, all in the address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.claims import choices
from annotations.search.claims import ALL, DISCARDED, MARKED, ClaimSearch
from annotations.search.narrowing import NOT_JUDGED
from annotations.verification.models import Label
from annotations.verification.stages import Stage

ANY = ("", _("Any"))


class ClaimFilterForm(forms.Form):
    """What the list is narrowed to; nonsense in the address narrows nothing."""

    q = forms.CharField(
        label=_("Words or number"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto"}),
    )
    label = forms.ChoiceField(
        label=_("Label"),
        choices=[ANY, (NOT_JUDGED, _("Not judged")), *Label.choices],
        required=False,
    )
    stage = forms.ChoiceField(label=_("Stage"), choices=[ANY, *Stage.choices], required=False)
    type = forms.ChoiceField(
        label=_("Type"), choices=[ANY, *choices.ClaimType.choices], required=False
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "source-names", "dir": "auto", "data-source": ""}),
    )
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", _("Kept")),
            (MARKED, _("With a mark: changed, withdrawn, removed")),
            (DISCARDED, _("Discarded")),
            (ALL, _("All, discarded too")),
        ],
        required=False,
    )
    mine = forms.BooleanField(label=_("Added by me"), required=False)

    def wanted(self) -> ClaimSearch:
        """Return what the address asks for."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        return ClaimSearch(words=asked.pop("q", ""), **asked)
