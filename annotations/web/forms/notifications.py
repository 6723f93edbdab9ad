"""The shape of what people follow and want by mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.notifications.kinds import FOLLOWED, Kind
from annotations.web.forms.choices import ChoiceField, MultipleChoiceField


class FollowForm(forms.Form):
    """What is followed."""

    kind = ChoiceField(choices=[(one.value, one.label) for one in FOLLOWED])
    uid = forms.UUIDField()


class MailForm(forms.Form):
    """Of what to tell by mail too; the page of notifications shows everything."""

    by_mail = MultipleChoiceField(
        label=_("Tell me by mail too when"),
        choices=Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    no_mail = forms.BooleanField(
        label=_("No mail at all"),
        required=False,
        help_text=_("What is ticked above is kept for when you want mail again."),
    )
