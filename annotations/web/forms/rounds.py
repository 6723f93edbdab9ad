"""The shape of what people say of rounds of independent marking."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.accounts.roles import Permission, roles_with
from annotations.claims.models import Claim
from annotations.projects.models import Project

NOTE_LENGTH = 1000


def may_mark(project: Project) -> "QuerySet[User]":
    """Return who of the project may mark texts, by name."""
    roles = roles_with(Permission.ANNOTATE)
    rows = User.objects.filter(
        is_active=True, memberships__project=project, memberships__role__in=roles
    )
    return rows.order_by("display_name", "pk")


class _PartForm(forms.Form):
    due = forms.DateField(
        label=_("Due"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What each of them is told."),
    )


class RoundForm(_PartForm):
    """Who is to mark a text, until when."""

    people = forms.MultipleChoiceField(
        label=_("Who marks it"), widget=forms.CheckboxSelectMultiple, required=False
    )
    field_order = ("people", "due", "note")

    def __init__(self, data: Any = None, *, project: Project) -> None:
        super().__init__(data)
        self.members = {str(one.uid): one for one in may_mark(project)}
        self.fields["people"].choices = [  # type: ignore[attr-defined]
            (uid, one.display_name) for uid, one in self.members.items()
        ]

    def wanted(self) -> dict[str, Any]:
        """Return what was filled in, for the service."""
        chosen = [self.members[uid] for uid in self.cleaned_data["people"]]
        return {**self.cleaned_data, "people": chosen}


class RoundPersonForm(forms.Form):
    """Somebody of the project; the revision of the round that was seen; why."""

    person = forms.ChoiceField(label=_("Name"))
    reason = forms.CharField(label=_("Reason"), required=False, max_length=NOTE_LENGTH)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, people: Sequence[User], **options: Any) -> None:
        super().__init__(data, **options)
        self.people = {str(one.uid): one for one in people}
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            (uid, one.display_name) for uid, one in self.people.items()
        ]

    @property
    def chosen(self) -> User:
        """Return the person."""
        return self.people[self.cleaned_data["person"]]


class RoundReasonForm(forms.Form):
    """Why, and at which revision of the round."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=NOTE_LENGTH)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)


class MergeForm(forms.Form):
    """Which of a group's claims, by number, and whose words and place are taken."""

    originals = forms.MultipleChoiceField(required=False)
    wording = forms.ChoiceField(required=False)
    place = forms.ChoiceField(required=False)
    into = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    original = forms.ChoiceField(required=False)
    reason = forms.CharField(required=False, max_length=NOTE_LENGTH)

    def __init__(self, data: Any, *, claims: Sequence[Claim]) -> None:
        super().__init__(data)
        self.claims = {str(one.number): one for one in claims}
        for name in ("originals", "wording", "place", "original"):
            self.fields[name].choices = [(one, one) for one in self.claims]  # type: ignore[attr-defined]

    def one(self, name: str) -> Claim | None:
        """Return the claim that a field names, if it does."""
        return self.claims.get(self.cleaned_data.get(name) or "")

    def number(self, name: str) -> int | None:
        """Return the number of the claim that a field names."""
        claim = self.one(name)
        return claim.number if claim else None

    @property
    def chosen(self) -> list[Claim]:
        """Return the chosen originals."""
        return [self.claims[one] for one in self.cleaned_data.get("originals", ())]
