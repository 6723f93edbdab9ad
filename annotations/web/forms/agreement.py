"""Whose agreement, on what, and of which days: the filters of the agreement page."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.lib.errors import DomainError
from annotations.verification.project_agreement import Asked
from annotations.verification.standards.models import RatingScale
from annotations.web.errors import add_error
from annotations.web.forms.quick_widgets import QuickInput, QuickSelect

ANYONE = ("", _("Anyone"))
LABELS = ("", _("The five labels"))


class AgreementForm(forms.Form):
    """Filters in the address. What is not understood is left out and said at its field."""

    scale = forms.CharField(label=_("Agreement on"), required=False, widget=QuickSelect)
    first = forms.CharField(label=_("First reviewer"), required=False, widget=QuickSelect)
    second = forms.CharField(label=_("Second reviewer"), required=False, widget=QuickSelect)
    since = forms.DateField(
        label=_("Judged from"), required=False, widget=QuickInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Judged until"), required=False, widget=QuickInput(attrs={"type": "date"})
    )

    def __init__(
        self, data: Any, *, people: Sequence[User], scales: Sequence[RatingScale] = ()
    ) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.scales = {str(one.version): one for one in scales}
        if scales:
            offered = [LABELS, *((version, str(one)) for version, one in self.scales.items())]
            widget = self.fields["scale"].widget
            assert isinstance(widget, QuickSelect)
            widget.flat_choices = offered
        else:
            del self.fields["scale"]
        self.people = {str(one.uid): one for one in people}
        for name in ("first", "second"):
            widget = self.fields[name].widget
            assert isinstance(widget, QuickSelect)
            # Set past the property, which would copy and normalise every choice.
            widget.flat_choices = [
                ANYONE,
                *((uid, one.display_name) for uid, one in self.people.items()),
            ]

    def clean_scale(self) -> RatingScale | None:
        """Accept a version of the project's scale, or none for the labels."""
        version = self.cleaned_data["scale"]
        if version and version not in self.scales:
            raise forms.ValidationError(_("This choice is not offered."))
        return self.scales.get(version)

    def clean_first(self) -> User | None:
        """Accept somebody who has judged, or nobody."""
        return self._person("first")

    def clean_second(self) -> User | None:
        """Accept somebody who has judged, or nobody."""
        return self._person("second")

    def _person(self, name: str) -> User | None:
        uid = self.cleaned_data[name]
        if uid and uid not in self.people:
            raise forms.ValidationError(_("This choice is not offered."))
        return self.people.get(uid)

    def wanted(self) -> Asked:
        """Return what is asked for; a field that does not validate asks nothing."""
        self.is_valid()
        pair = self._acceptable("first", "second")
        period = self._acceptable("since", "until")
        scale = self.cleaned_data.get("scale")
        return replace(pair, since=period.since, until=period.until, scale=scale)

    def _acceptable(self, *names: str) -> Asked:
        """Return what these fields ask for together; nothing, and why, where they contradict."""
        asked = Asked(**{name: self.cleaned_data.get(name) for name in names})
        try:
            asked.check()
        except DomainError as error:
            if error.field not in self.errors:
                add_error(self, error)
            return Asked()
        return asked

    @property
    def is_narrowed(self) -> bool:
        """Say whether the address asks for less than everything."""
        return any(self.data.get(name) for name in self.fields if name != "scale")
