"""Forms about who works on what: their shape only; the services hold the rules."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.verification.assignments.models import AssignmentState
from annotations.verification.assignments.services import NOTE_LENGTH

_WORDS = forms.Textarea(attrs={"rows": 3, "dir": "auto"})


class PersonField(forms.ChoiceField):
    """One of the people who can be given work here, by uid."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("To whom"), **options)
        self.people: dict[str, User] = {}

    def offer(self, people: Sequence[User]) -> None:
        """Offer these people."""
        self.people = {str(one.uid): one for one in people}
        named = [(uid, one.display_name) for uid, one in self.people.items()]
        self.choices = [("", _("Choose a person")), *named]

    def clean(self, value: Any) -> User | None:
        """Return the person."""
        return self.people.get(super().clean(value))


class GiveForm(forms.Form):
    """Give the chosen claims and articles to somebody."""

    assignee = PersonField()
    due = forms.DateField(
        label=_("Due"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=_WORDS,
        help_text=_("The person reads it with the work."),
    )

    def __init__(self, data: Any, *, people: Sequence[User]) -> None:
        super().__init__(data)
        field = self.fields["assignee"]
        assert isinstance(field, PersonField)
        field.offer(people)


class WhyForm(forms.Form):
    """Say why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=NOTE_LENGTH,
        widget=_WORDS,
        help_text=_("Kept in the history."),
    )


class ReassignForm(WhyForm):
    """Give what others have to somebody else."""

    assignee = PersonField()
    field_order = ("assignee", "reason")

    def __init__(self, data: Any, *, people: Sequence[User]) -> None:
        super().__init__(data)
        field = self.fields["assignee"]
        assert isinstance(field, PersonField)
        field.offer(people)


class SendBackForm(forms.Form):
    """Say what is to be looked at again."""

    note = forms.CharField(
        label=_("What is to be looked at again"),
        max_length=NOTE_LENGTH,
        widget=_WORDS,
        help_text=_("The person reads it with the work."),
    )


class AssignmentFilterForm(forms.Form):
    """What the list of assignments is narrowed to; nonsense in the address narrows nothing."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("Unfinished")),
            ("overdue", _("Overdue")),
            *AssignmentState.choices,
            ("all", _("All")),
        ],
    )
    assignee = forms.ChoiceField(label=_("Person"), required=False)

    def __init__(self, data: Any, *, people: Sequence[User]) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.people = {str(one.uid): one for one in people}
        self.fields["assignee"].choices = [  # type: ignore[attr-defined]
            ("", _("Anyone")),
            *((uid, one.display_name) for uid, one in self.people.items()),
        ]

    @property
    def is_narrowed(self) -> bool:
        """Say whether any filter is on."""
        return self.is_valid() and any(self.cleaned_data.values())
