"""Forms about one's own account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import Scope
from annotations.accounts.tokens import DEFAULT_DAYS, LONGEST_DAYS
from annotations.web.language import language_choices


class AccountForm(forms.Form):
    """How one is named and reads pages."""

    display_name = forms.CharField(
        label=_("Display name"),
        max_length=120,
        help_text=_("Others see it beside what you write."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Interface language"),
        required=False,
        choices=lambda: [("", _("As the browser asks")), *language_choices()],
    )


class TokenForm(forms.Form):
    """Make a token for a program."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("To recognise it later, such as “nightly export”."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("Scopes"),
        choices=Scope.choices,
        initial=[Scope.READ],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Never more than you yourself may do."),
    )
    days = forms.IntegerField(
        label=_("Days until it expires"),
        min_value=1,
        max_value=LONGEST_DAYS,
        initial=DEFAULT_DAYS,
    )
