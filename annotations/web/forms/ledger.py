"""The filters of the retraction ledger, all in the address; and keeping a verdict as it is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.lifecycle import choices
from annotations.lifecycle.ledger import (
    ARTICLE,
    HAPPENED,
    NOTICED,
    RECORDED,
    STATEMENT,
    LedgerSearch,
)
from annotations.lifecycle.marks import MARKING_GROUPS

ANY = ("", _("Any"))


def _types() -> list[Any]:
    listed = [
        (group.label, [(kind.value, kind.label) for kind in choices.EVENT_GROUPS[group]])
        for group in MARKING_GROUPS
    ]
    return [ANY, *listed]


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


_FURTHER = ("type", "subject", "since", "until", "by")


class LedgerFilterForm(forms.Form):
    """What the ledger is narrowed to; nonsense in the address narrows nothing."""

    q = forms.CharField(
        label=_("Words"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto"}),
    )
    group = forms.ChoiceField(
        label=_("Kind"),
        choices=[ANY, *((one.value, one.label) for one in MARKING_GROUPS)],
        required=False,
    )
    type = forms.ChoiceField(label=_("What happened"), choices=_types, required=False)
    standing = forms.ChoiceField(
        label=_("Standing"), choices=[ANY, *choices.Standing.choices], required=False
    )
    subject = forms.ChoiceField(
        label=_("To what"),
        choices=[ANY, (STATEMENT, _("Statements")), (ARTICLE, _("Articles"))],
        required=False,
    )
    source = forms.CharField(
        label=_("Source or outlet"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "source-names", "dir": "auto", "data-source": ""}),
    )
    since = forms.DateField(label=_("From"), required=False, widget=_day())
    until = forms.DateField(label=_("To"), required=False, widget=_day())
    by = forms.ChoiceField(
        label=_("By when"),
        choices=[
            (HAPPENED, _("it happened")),
            (NOTICED, _("it was noticed")),
            (RECORDED, _("it was recorded")),
        ],
        required=False,
    )

    @property
    def nearby(self) -> list[forms.BoundField]:
        """Return the filters beside the words."""
        return [self[name] for name in ("group", "standing", "source")]

    @property
    def further(self) -> list[forms.BoundField]:
        """Return the filters behind the fold."""
        return [self[name] for name in _FURTHER]

    @property
    def further_in_use(self) -> bool:
        """Say whether one of those is in use."""
        return any(self.data.get(name) for name in _FURTHER if name != "by")

    def wanted(self) -> LedgerSearch:
        """Return what the address asks for."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        return LedgerSearch(words=asked.pop("q", ""), **asked)


class KeepForm(forms.Form):
    """Why a verdict stands though what it rests on was withdrawn."""

    reason = forms.CharField(
        label=_("Why it stands nevertheless"),
        help_text=_("Kept in history; everybody who reads the verdict reads it."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
