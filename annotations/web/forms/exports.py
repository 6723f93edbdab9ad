"""What people say when they export: which format, and whether with history."""

from django import forms
from django.utils.translation import gettext_lazy as _

FORMAT_CHOICES = (
    ("json", _("Native JSON: everything, to keep or to move")),
    ("jsonl", _("JSON Lines: the same, one record a line, for programs")),
    ("csv", _("CSV: one row for each mention, for spreadsheets")),
    ("webannotation", _("Web Annotation (JSON-LD): for other annotation tools")),
)


class ExportForm(forms.Form):
    """Choose an export."""

    format = forms.ChoiceField(
        label=_("Format"), choices=FORMAT_CHOICES, initial="json", widget=forms.RadioSelect
    )
    known_at = forms.CharField(
        label=_("As known at"),
        max_length=40,
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}),
        help_text=_("Empty for now. In the project's zone. Native JSON and JSON Lines only."),
    )
    with_history = forms.BooleanField(
        label=_("With history"),
        required=False,
        help_text=_("Who changed what, when and why. Native JSON and JSON Lines only."),
    )
