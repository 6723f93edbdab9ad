"""The shape of what people say about statements and about what became of them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.lib.ids import uuid7
from annotations.lifecycle import choices
from annotations.projects.visibility import Sight
from annotations.statements.models import Statement

TIME_HELP = _("2022-03-02, 2022-03, 2022-03-02 18:30, or between: 2022-03-02/2022-03-03")


def source_input() -> forms.TextInput:
    """Return an input that offers the project's sources while typing."""
    return forms.TextInput(attrs={"list": "source-names", "dir": "auto", "autocomplete": "off"})


class StatementForm(forms.Form):
    """Say who said what, when and where."""

    source_name = forms.CharField(
        label=_("Who said it"), max_length=200, required=False, widget=source_input()
    )
    channel = forms.CharField(
        label=_("Channel"),
        max_length=200,
        required=False,
        help_text=_("Where it was said: Facebook, briefing, interview with …"),
    )
    url = forms.CharField(label=_("URL"), max_length=2000, required=False)
    said_on = forms.CharField(label=_("When"), max_length=80, required=False, help_text=TIME_HELP)
    text = forms.CharField(
        label=_("Its words, as far as known"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    language = forms.CharField(label=_("Language"), max_length=35, required=False)
    confidential = forms.BooleanField(
        label=_("Confidential"),
        required=False,
        help_text=_("Reviewers and up see it; readers, their exports and public pages do not."),
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    form_key = forms.CharField(required=False, widget=forms.HiddenInput, initial=uuid7)

    def wanted(self) -> dict[str, Any]:
        """Return the service's own arguments."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("revision", "form_key")
        }

    @staticmethod
    def initial_of(statement: Statement, sight: Sight) -> dict[str, Any]:
        """Return what is stored, for editing; a speaker the viewer may not see stays unnamed.

        An empty name leaves the speaker as it is.
        """
        names = ("channel", "url", "said_on", "text", "language", "confidential", "revision")
        values = {name: getattr(statement, name) for name in names}
        source = statement.source
        values["source_name"] = source.name if source and sight.shows(source) else ""
        return values


def event_type_choices() -> list[tuple[Any, list[tuple[str, Any]]]]:
    """Return the event types by group; verdict events come with the verdict itself."""
    return [
        (
            group.label,
            [(kind.value, kind.label) for kind in kinds if not kind.value.startswith("verdict_")],
        )
        for group, kinds in choices.EVENT_GROUPS.items()
    ]


class EventForm(forms.Form):
    """Say what happened, who reports it, and how sure we are."""

    type = forms.ChoiceField(
        label=_("What happened"),
        choices=event_type_choices,
        initial=choices.EventType.DELETED_BY_AUTHOR,
    )
    reported_by_name = forms.CharField(
        label=_("Reported by"), max_length=200, required=False, widget=source_input()
    )
    relayed_by_name = forms.CharField(
        label=_("Relayed by"),
        max_length=200,
        required=False,
        widget=source_input(),
        help_text=_("Through whom we know of that report, if not from the reporter directly."),
    )
    self_observed = forms.BooleanField(label=_("We saw it ourselves"), required=False)
    noticed = forms.CharField(
        label=_("Noticed"), max_length=80, required=False, help_text=_("By whoever saw it first.")
    )
    happened = forms.CharField(
        label=_("Happened"), max_length=80, required=False, help_text=TIME_HELP
    )
    happened_basis = forms.ChoiceField(
        label=_("The time rests on"),
        choices=choices.TimeBasis.choices,
        initial=choices.TimeBasis.UNKNOWN,
        required=False,
    )
    event_actor_name = forms.CharField(
        label=_("Done by"), max_length=200, required=False, widget=source_input()
    )
    on_behalf_of_name = forms.CharField(
        label=_("On behalf of"), max_length=200, required=False, widget=source_input()
    )
    reason_given = forms.ChoiceField(
        label=_("Reason"),
        choices=choices.ReasonGiven.choices,
        initial=choices.ReasonGiven.UNKNOWN,
        required=False,
    )
    reason_text = forms.CharField(
        label=_("Reason, in their words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    reason_inferred = forms.ChoiceField(
        label=_("Reason, as we read it"),
        choices=[("", _("No reading of ours")), *choices.ReasonInferred.choices],
        required=False,
    )
    notice_url = forms.CharField(label=_("Notice or report (URL)"), max_length=2000, required=False)
    note = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )
    standing = forms.ChoiceField(
        label=_("Standing"),
        choices=choices.Standing.choices,
        initial=choices.Standing.REPORTED,
        required=False,
    )
    form_key = forms.CharField(required=False, widget=forms.HiddenInput, initial=uuid7)


class AssessmentForm(forms.Form):
    """Say anew how sure we are, and why."""

    standing = forms.ChoiceField(label=_("Standing"), choices=choices.Standing.choices)
    reason = forms.CharField(
        label=_("Why"), widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    reporter_name = forms.CharField(
        label=_("Independent reporter"),
        max_length=200,
        required=False,
        widget=source_input(),
        help_text=_("Corroborated takes two reporters who do not rest on each other."),
    )
    evidence_url = forms.CharField(label=_("Evidence (URL)"), max_length=2000, required=False)
    evidence_note = forms.CharField(
        label=_("Evidence, in words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    form_key = forms.CharField(required=False, widget=forms.HiddenInput, initial=uuid7)
