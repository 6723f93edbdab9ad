"""The shape of a new scale and of new guidelines."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.verification.models import Label
from annotations.verification.standards.models import MOST_VALUES, NAME_LENGTH, RatingScale
from annotations.verification.standards.services import (
    DESCRIPTION_LENGTH,
    NOTE_LENGTH,
    TEXT_LENGTH,
)
from annotations.verification.standards.shipped import ShippedScale, Value
from annotations.web.forms.choices import ChoiceField

# Empty rows below those that are filled, and how many more a click brings.
SPARE_ROWS = 2


class FirstForm(forms.Form):
    """What both have: the version that held when the form was opened, and a key of its own."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class ScaleForm(FirstForm):
    """A new scale; its values are a formset beside it."""

    name = forms.CharField(
        label=_("Name"), max_length=NAME_LENGTH, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    description = forms.CharField(
        label=_("Description"),
        max_length=DESCRIPTION_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    is_ordered = forms.BooleanField(
        label=_("The ratings go in order from one end to the other"),
        required=False,
        help_text=_("Then reviewers agree more when they are one step apart than when five."),
    )

    def scale(self) -> dict[str, Any]:
        """Return it as the service takes it."""
        names = ("name", "description", "is_ordered", "seen")
        return {name: self.cleaned_data[name] for name in names}


class ValueForm(forms.Form):
    """One value; an empty row is none."""

    name = forms.CharField(
        label=_("Rating"),
        max_length=NAME_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    description = forms.CharField(
        label=_("What it means"),
        max_length=DESCRIPTION_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    suggested_label = ChoiceField(
        label=_("Suggested label"),
        choices=[("", _("None")), *Label.choices],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a description without a name, which would be dropped silently."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("name") and (
            cleaned.get("description") or cleaned.get("suggested_label")
        ):
            self.add_error("name", _("Give it a name, or leave the whole row empty."))
        return cleaned


class ValueFormSet(forms.BaseFormSet):
    """The values in their order."""

    def values(self) -> list[Value]:
        """Return the rows that have a name."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("name")]
        return [Value(one["name"], one["description"], one["suggested_label"]) for one in rows]


_Values = forms.formset_factory(
    ValueForm,
    formset=ValueFormSet,
    extra=SPARE_ROWS,
    max_num=MOST_VALUES,
    absolute_max=MOST_VALUES,
    validate_max=True,
)


def values_of(rows: Iterable[Any]) -> Any:
    """Return the formset of these values, with empty rows below."""
    initial = [
        {
            "name": str(one.name),
            "description": str(one.description),
            "suggested_label": str(one.suggested_label),
        }
        for one in rows
    ]
    return _Values(initial=initial, prefix="values")


def values_sent(sent: Any, *, more: int = 0) -> Any:
    """Return the formset that was sent, with so many more empty rows."""
    data = sent.copy()
    total = data.get("values-TOTAL_FORMS", "")
    if more and total.isdecimal() and len(total) < 4:
        data["values-TOTAL_FORMS"] = str(min(MOST_VALUES, int(total) + more))
    return _Values(data, prefix="values")


def scale_form(base: RatingScale | ShippedScale | None, seen: int) -> tuple[ScaleForm, Any]:
    """Return the forms of a new scale that begins as `base`."""
    initial: dict[str, Any] = {"key": uuid4(), "seen": seen, "is_ordered": True}
    rows: Sequence[Any] = ()
    if base is not None:
        rows = list(base.values.all()) if isinstance(base, RatingScale) else base.values
        initial |= {
            "name": str(base.name),
            "description": str(base.description),
            "is_ordered": base.is_ordered,
        }
    return ScaleForm(initial=initial), values_of(rows or [Value("")] * SPARE_ROWS)


class GuidelineForm(FirstForm):
    """New guidelines."""

    text = forms.CharField(
        label=_("Guidelines"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 18, "dir": "auto"}),
        help_text=_(
            "In Markdown: # before a heading, - before a point, **bold**, [words](https://...)."
        ),
    )
    note = forms.CharField(
        label=_("What changed"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def guideline(self) -> dict[str, Any]:
        """Return it as the service takes it."""
        return {name: self.cleaned_data[name] for name in ("text", "note", "seen")}


class StandingForm(forms.Form):
    """Which version held when the page was opened."""

    seen = forms.IntegerField(required=False)
