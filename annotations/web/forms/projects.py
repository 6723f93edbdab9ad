"""Forms about projects: their shape only; the services hold the rules."""

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.accounts.roles import Role
from annotations.projects.models import LookAgainPolicy, Project, QueuePolicy
from annotations.projects.services import ProjectSettings, known_time_zones

COMMON_LANGUAGES = ("ar", "de", "en", "es", "fr", "he", "it", "pl", "pt", "ru", "tr", "uk", "zh")


class ProjectForm(forms.Form):
    """Open a project or change how it works."""

    name = forms.CharField(label=_("Name"), max_length=200)
    slug = forms.CharField(
        label=_("Address"),
        max_length=60,
        required=False,
        help_text=_("Last part of the project's address: a-z, 0-9 and hyphens."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    language = forms.CharField(
        label=_("Language"),
        max_length=35,
        initial="en",
        help_text=_("What most articles are written in, as a tag: en, uk, pt-BR."),
        widget=forms.TextInput(attrs={"list": "languages", "autocapitalize": "none"}),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        initial="UTC",
        help_text=_("Times are shown in it, and bare dates are meant in it."),
    )
    reviews_needed = forms.IntegerField(
        label=_("Reviews needed"),
        min_value=1,
        max_value=9,
        initial=2,
        help_text=_("How many reviewers must agree on a claim."),
    )
    blind = forms.BooleanField(
        label=_("Blind reviews"),
        required=False,
        initial=True,
        help_text=_("Reviewers see each other's judgement only after giving their own."),
    )
    queue_policy = forms.ChoiceField(
        label=_("Order of the queue"),
        choices=QueuePolicy.choices,
        initial=QueuePolicy.PRIORITY,
        required=False,
        help_text=_("Which claim comes first when a reviewer asks for the next."),
    )
    look_again_policy = forms.ChoiceField(
        label=_("Who looks again"),
        choices=LookAgainPolicy.choices,
        initial=LookAgainPolicy.NOBODY,
        required=False,
        help_text=_("At a published verdict when a statement that it rests on is withdrawn."),
    )
    shared_editing = forms.BooleanField(
        label=_("Shared editing"),
        required=False,
        initial=True,
        help_text=_("Reviewers may edit each other's claims; the author is told."),
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        # A new project's address may be made from its name; an old one keeps the one it has.
        self.fields["slug"].required = "slug" in self.initial
        zones = forms.ChoiceField(choices=[(name, name) for name in known_time_zones()])
        self.fields["time_zone"].choices = zones.choices  # type: ignore[attr-defined]

    @property
    def languages(self) -> tuple[str, ...]:
        """Offer common language tags while typing."""
        return COMMON_LANGUAGES

    def wanted(self) -> ProjectSettings:
        """Return what was filled in, for the service."""
        values = {key: value for key, value in self.cleaned_data.items() if key != "revision"}
        # A form from before there was the choice leaves both as they are.
        values["queue_policy"] = values["queue_policy"] or self.initial.get(
            "queue_policy", QueuePolicy.PRIORITY
        )
        values["look_again_policy"] = values["look_again_policy"] or self.initial.get(
            "look_again_policy", LookAgainPolicy.NOBODY
        )
        return ProjectSettings(**values)

    @staticmethod
    def initial_of(project: Project) -> dict[str, object]:
        """Return the present settings, with the revision they were read at."""
        names = [*ProjectSettings.__dataclass_fields__, "revision"]
        return {name: getattr(project, name) for name in names}


class InvitationForm(forms.Form):
    """Invite someone by e-mail."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.REVIEWER)


class RoleForm(forms.Form):
    """Give a member another role."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


class AcceptAsNewForm(forms.Form):
    """What someone new tells us when they accept an invitation."""

    display_name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("Others see it beside what you write."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least 10 characters; a sentence is best."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
