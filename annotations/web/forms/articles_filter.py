"""The search row above the article list: its shape, and what it asks for."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.articles.models import ArticleKind, MarkingState
from annotations.projects.models import Project
from annotations.projects.visibility import Sight
from annotations.search.articles import DEFAULT_SORT, NONE, SORTS, ArticleSearch
from annotations.search.choices import languages_of, outlets_of
from annotations.search.words import LONGEST_QUERY, read_terms
from annotations.web.forms.quick_widgets import QuickInput, QuickSelect

ANY = ("", _("Any"))
SORT_LABELS = (
    ("-added", _("Added, newest first")),
    ("added", _("Added, oldest first")),
    ("-published", _("Published, newest first")),
    ("published", _("Published, oldest first")),
    ("title", _("Title, A to Z")),
    ("-title", _("Title, Z to A")),
    ("outlet", _("Outlet, A to Z")),
    ("-outlet", _("Outlet, Z to A")),
    ("marking", _("Marking, to do first")),
    ("-marking", _("Marking, done first")),
)


class ArticleFilterForm(forms.Form):
    """Filters in the address. What is not understood is left out and said at its field."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=LONGEST_QUERY,
        help_text=_("Words, beginnings of words (kill*) and exact “phrases”."),
        widget=QuickInput(attrs={"type": "search", "autocomplete": "off", "dir": "auto"}),
    )
    # Not ChoiceFields: these would look at each of 500 outlets several times.
    outlet = forms.CharField(label=_("Outlet"), required=False, widget=QuickSelect)
    language = forms.CharField(label=_("Language"), required=False, widget=QuickSelect)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[ANY, *ArticleKind.choices], widget=QuickSelect
    )
    marking = forms.ChoiceField(
        label=_("Marking"), required=False, choices=[ANY, *MarkingState.choices], widget=QuickSelect
    )
    since = forms.DateField(
        label=_("Published from"), required=False, widget=QuickInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Published until"), required=False, widget=QuickInput(attrs={"type": "date"})
    )
    claims = forms.ChoiceField(
        label=_("Claims"),
        required=False,
        choices=[ANY, ("yes", _("With claims")), ("no", _("Without claims"))],
        widget=QuickSelect,
    )
    added = forms.ChoiceField(
        label=_("Added by"),
        required=False,
        choices=[("", _("Anyone")), ("me", _("Me"))],
        widget=QuickSelect,
    )
    sort = forms.ChoiceField(
        label=_("Sort"), required=False, choices=SORT_LABELS, widget=QuickSelect
    )

    def __init__(self, data: Any, *, project: Project, sight: Sight) -> None:
        super().__init__(data, auto_id="filter-%s")
        outlets = [(str(uid), name) for uid, name in outlets_of(project, sight)]
        tags = languages_of(project, sight)
        languages = [(tag or NONE, tag or _("Unknown")) for tag in tags]
        self._offer("outlet", [ANY, *outlets, (NONE, _("None"))])
        self._offer("language", [ANY, *languages])

    def clean_outlet(self) -> str:
        """Accept an outlet of the project, or none."""
        return self._offered("outlet")

    def clean_language(self) -> str:
        """Accept a language of the project's articles, or unknown."""
        return self._offered("language")

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        widget = self.fields[name].widget
        assert isinstance(widget, QuickSelect)
        # Set past the property, which would copy and normalise every choice.
        widget.flat_choices = choices

    def _offered(self, name: str) -> str:
        value = self.cleaned_data[name]
        widget = self.fields[name].widget
        assert isinstance(widget, QuickSelect)
        if all(value != str(key) for key, _label in widget.flat_choices):
            raise forms.ValidationError(_("This choice is not offered."))
        return value

    def wanted(self, user: User) -> ArticleSearch:
        """Return what is asked for; a field that does not validate asks nothing."""
        self.is_valid()
        values = self.cleaned_data
        outlet = values.get("outlet", "")
        sort = values.get("sort", "")
        return ArticleSearch(
            terms=read_terms(values.get("q", "")),
            outlet=UUID(outlet) if outlet not in ("", NONE) else None,
            without_outlet=outlet == NONE,
            language=values.get("language", ""),
            kind=values.get("kind", ""),
            marking_state=values.get("marking", ""),
            published_from=values.get("since"),
            published_to=values.get("until"),
            has_claims={"yes": True, "no": False}.get(values.get("claims", "")),
            added_by=user.pk if values.get("added") == "me" else None,
            sort=sort if sort in SORTS else DEFAULT_SORT,
        )

    @property
    def filters(self) -> list[forms.BoundField]:
        """The fields behind the fold."""
        return [self[name] for name in self.fields if name not in ("q", "sort")]

    @property
    def is_narrowed(self) -> bool:
        """Whether the address asks for less than everything."""
        return bool(self.data.get("q", "").strip()) or self.filters_in_use > 0

    @property
    def filters_in_use(self) -> int:
        """How many filters are set, the words and the order aside."""
        names = set(self.fields) - {"q", "sort"}
        return sum(1 for name in names if self.data.get(name))
