"""The chain of who said it: one small form per hop, the original speaker first."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from annotations.claims import choices
from annotations.claims.chains import SPEAKER_WORDS
from annotations.claims.hops import MAX_HOPS, HopInput
from annotations.claims.models import Attribution
from annotations.lib.dates import parse_event_time
from annotations.lib.errors import DomainError
from annotations.projects.refusals import sentence
from annotations.projects.visibility import Sight
from annotations.sources.models import SourceKind
from annotations.statements.models import Statement
from annotations.web.forms.choices import ChoiceField
from annotations.web.forms.claims import WordsField

# What makes a hop worth storing when no source is named.
TELLING = ("role_at_time", "spokesperson_for", "said_on", "said_where", "statement")
SAME_NAMES = (
    "source_given",
    "source_kind",
    "role_at_time",
    "quote_type",
    "said_on",
    "said_where",
    "original_located",
    "attitude",
    "cue_negated",
    "commitment",
    "hop_type",
    "anonymity_reason",
    "basis_of_knowledge",
)
NOT_SAID = ("", _("Not said"))


def _hidden(row: Any, sight: Sight | None) -> Any:
    """Return the row if the viewer may not see it: such parts are kept as they are."""
    return row if sight is not None and not sight.shows(row) else None


def _of_the_speaker(row: Attribution) -> dict[str, Any]:
    """Return, by the names HopInput has for them, the parts of a hop that describe its source."""
    kept: dict[str, Any] = {name: getattr(row, name) for name in SPEAKER_WORDS}
    spans = row.source_span.ranges.all() if row.source_span else ()
    return {**kept, "source_ranges": tuple((one.start, one.end) for one in spans)}


class Chosen(Protocol):
    """Finds the statement that a hop names by its uid."""

    def get(self, uid: str, /) -> Statement | None:
        """Return it, if it is one that was offered."""


class HopForm(forms.Form):
    """One hop. `kept` names the stored hop it came from, whose hidden parts stay untouched."""

    kept = forms.UUIDField(required=False, widget=forms.HiddenInput)
    source_name = forms.CharField(
        label=_("Source"),
        max_length=200,
        required=False,
        widget=forms.TextInput(
            attrs={"list": "source-names", "dir": "auto", "autocomplete": "off", "data-source": ""}
        ),
    )
    source_given = ChoiceField(
        label=_("Named in the text"), choices=choices.SourceGiven.choices, required=False
    )
    source_kind = ChoiceField(
        label=_("Kind of source"),
        choices=[("", _("As known, else unknown")), *SourceKind.choices],
        required=False,
    )
    quote_type = ChoiceField(
        label=_("Rendered as"),
        choices=choices.QuoteType.choices,
        initial=choices.QuoteType.INDIRECT,
    )
    role_at_time = forms.CharField(label=_("Role at the time"), max_length=200, required=False)
    spokesperson_for = forms.CharField(
        label=_("Speaking for"),
        max_length=200,
        required=False,
        widget=forms.TextInput(
            attrs={"list": "source-names", "dir": "auto", "autocomplete": "off", "data-source": ""}
        ),
    )
    said_on = forms.CharField(
        label=_("Said on"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("2022-03-02, about: 2022-03~")}),
    )
    said_where = forms.CharField(label=_("Said where"), max_length=200, required=False)
    statement = ChoiceField(label=_("Statement"), required=False)
    original_located = ChoiceField(
        label=_("Original"),
        choices=choices.OriginalLocated.choices,
        initial=choices.OriginalLocated.NOT_SEARCHED,
        required=False,
    )
    attitude = ChoiceField(
        label=_("Attitude"), choices=[NOT_SAID, *choices.Attitude.choices], required=False
    )
    commitment = ChoiceField(
        label=_("Commitment"), choices=[NOT_SAID, *choices.Commitment.choices], required=False
    )
    hop_type = ChoiceField(
        label=_("Passed on as"), choices=[NOT_SAID, *choices.HopType.choices], required=False
    )
    cue_negated = forms.BooleanField(label=_("Negated cue (“did not say”)"), required=False)
    anonymity_reason = forms.CharField(
        label=_("Why anonymous, as stated"), max_length=300, required=False
    )
    basis_of_knowledge = forms.CharField(label=_("How they know"), max_length=300, required=False)
    cue_ranges = WordsField(label=_("Words that introduce it"), required=False)
    source_ranges = WordsField(label=_("Words that name the source"), required=False)

    def __init__(
        self,
        *args: Any,
        statements: Callable[[], Sequence[tuple[str, str]]] = tuple,
        stored: Mapping[str, Attribution] | None = None,
        sight: Sight | None = None,
        zone: str = "UTC",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        # Read when they are shown or one was chosen: most chains that are sent name none.
        self.fields["statement"].choices = lambda: [("", _("None")), *statements()]  # type: ignore[attr-defined]
        self.zone = zone
        row = (stored or {}).get(str(self["kept"].value() or ""))
        self.kept_source = _hidden(row.source, sight) if row else None
        # What describes a hidden source is hidden and kept with it.
        self.kept_words = _of_the_speaker(row) if row and self.kept_source else {}
        self.kept_statement = _hidden(row.statement, sight) if row else None
        self.kept_principal = _hidden(row.spokesperson_for, sight) if row else None

    def clean_said_on(self) -> str:
        """Return the date as entered, if this tool can read it."""
        said = str(self.cleaned_data["said_on"]).strip()
        if said:
            try:
                parse_event_time(said, self.zone)
            except DomainError as error:
                raise ValidationError(sentence(error)) from error
        return said

    @property
    def says_something(self) -> bool:
        """Say whether this is a hop, and not the empty form everybody is offered."""
        cleaned = getattr(self, "cleaned_data", {})
        if cleaned.get("DELETE"):
            return False
        not_named = cleaned.get("source_given") in ("implicit", "none")
        return bool(
            self.kept_source
            or not_named
            or cleaned.get("source_name")
            or any(cleaned.get(name) for name in TELLING)
        )

    def hop(self, statements: Chosen) -> HopInput:
        """Return the hop as the services take it."""
        cleaned = self.cleaned_data
        same = {name: cleaned[name] for name in SAME_NAMES}
        same["source_ranges"] = cleaned["source_ranges"]
        same |= self.kept_words
        same["source_given"] = same["source_given"] or choices.SourceGiven.NAMED
        same["original_located"] = same["original_located"] or choices.OriginalLocated.NOT_SEARCHED
        return HopInput(
            **same,
            source=self.kept_source,
            source_name="" if self.kept_source else cleaned["source_name"],
            spokesperson_for=self.kept_principal,
            spokesperson_for_name="" if self.kept_principal else cleaned["spokesperson_for"],
            statement=self.kept_statement or statements.get(cleaned["statement"]),
            cue_ranges=cleaned["cue_ranges"],
        )


class HopFormSet(forms.BaseFormSet):
    """The whole chain; position decides the order."""

    def ordered_hops(self, statements: Chosen) -> list[HopInput]:
        """Return the hops that say something, the original speaker first."""
        telling = [form for form in self.forms if form.says_something]
        telling.sort(key=lambda form: form.cleaned_data.get("ORDER") or 0)
        return [form.hop(statements) for form in telling]


def _factory(extra: int) -> type[HopFormSet]:
    made = forms.formset_factory(
        HopForm,
        formset=HopFormSet,
        extra=extra,
        can_order=True,
        can_delete=True,
        max_num=MAX_HOPS,
        absolute_max=MAX_HOPS,
    )
    return cast("type[HopFormSet]", made)


# A new chain offers one hop, a stored one its own and no empty ones.
NewHops = _factory(1)
StoredHops = _factory(0)


def initial_hop(row: Attribution, sight: Sight) -> dict[str, Any]:
    """Return what the form shows of a stored hop: nothing the viewer may not see."""

    def words(span: Any) -> str:
        return " ".join(f"{one.start}-{one.end}" for one in span.ranges.all()) if span else ""

    same = {name: getattr(row, name) for name in SAME_NAMES}
    source_shown = sight.shows(row.source)
    if not source_shown:
        same |= dict.fromkeys(SPEAKER_WORDS, "")
    for_whom = row.spokesperson_for
    shown_statement = row.statement if sight.shows(row.statement) else None
    return {
        **same,
        "kept": row.uid,
        "source_name": row.source.name if row.source and source_shown else "",
        "spokesperson_for": for_whom.name if for_whom and sight.shows(for_whom) else "",
        "statement": str(shown_statement.uid) if shown_statement else "",
        "cue_ranges": words(row.cue_span),
        "source_ranges": words(row.source_span) if source_shown else "",
    }
