"""The shape of decisions: an adjudication field by field, a verdict, a correction, a reopening."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.verification.evidence.models import ClaimEvidence, Evidence
from annotations.verification.models import Confidence, Label, Review
from annotations.verification.verdicts.models import FIELDS
from annotations.web.forms.choices import ChoiceField, TypedChoiceField
from annotations.web.forms.texts import WholeText

OWN = "own"
_LENGTH = 20_000


def _text(label: Any, rows: int, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    return WholeText(
        label=label,
        max_length=_LENGTH,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """Evidence that a verdict can rest on."""

    evidence: Evidence
    link: ClaimEvidence

    @property
    def in_words(self) -> str:
        """Return what it says of the claim, and what it is called."""
        title = f"{self.link.get_stance_display()}: {self.evidence.title}"
        if not self.evidence.confidential:
            return title
        return gettext("%(title)s (confidential)") % {"title": title}


class AdjudicationForm(forms.Form):
    """Each field from one of the reviews, or in own words; `fields_of` pairs them for the page."""

    label = ChoiceField(
        label=_("Label"), choices=[("", _("Choose")), *Label.choices], required=False
    )
    native_rating = forms.CharField(
        label=_("Rating"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    confidence = TypedChoiceField(
        label=_("Confidence"),
        choices=[("", _("Not given")), *Confidence.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    justification = _text(_("Why"), 4, required=False)
    reason = _text(
        _("Reason for the decision"), 4, _("Why this and not the other. It is kept for good.")
    )
    claim_revision = forms.IntegerField(widget=forms.HiddenInput)
    # The reviews as they were read: "UID:REVISION UID:REVISION".
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(
        self,
        reviews: Sequence[Review],
        claim_revision: int,
        data: Any = None,
        *,
        ratings: Sequence[str] = (),
    ) -> None:
        seen = " ".join(f"{one.uid}:{one.revision}" for one in reviews)
        initial = {"claim_revision": claim_revision, "seen": seen}
        super().__init__(data, initial=initial)
        if ratings:
            self.fields["native_rating"] = ChoiceField(
                label=_("Rating"),
                choices=[("", _("Not rated")), *((name, name) for name in ratings)],
                required=False,
            )
        self.reviews = {str(one.uid): one for one in reviews}
        choices = [(uid, one.reviewer.display_name) for uid, one in self.reviews.items()]
        for name in FIELDS:
            self.fields[f"{name}_from"] = forms.ChoiceField(
                label=self.fields[name].label,
                choices=[*choices, (OWN, _("Own words"))],
                initial=OWN,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose whose this is.")},
            )

    def fields_of(self) -> list[tuple[BoundField, BoundField, list[tuple[str, Review, str]]]]:
        """Return for each field whose it is, the own words, and what each review says."""
        return [(self[f"{name}_from"], self[name], self._offered(name)) for name in FIELDS]

    def _offered(self, name: str) -> list[tuple[str, Review, str]]:
        shown = {"label": "get_label_display", "confidence": "get_confidence_display"}
        own = "rating_words" if name == "native_rating" else name
        found = []
        for uid, review in self.reviews.items():
            value = getattr(review, shown[name])() if name in shown else getattr(review, own)
            found.append((uid, review, str(value or "")))
        return found

    def clean(self) -> dict[str, Any]:
        """Ask for a label where none is taken."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("label_from") == OWN and not cleaned.get("label"):
            self.add_error("label", _("Choose a label, or take that of one of the reviews."))
        return cleaned

    def decided(self) -> dict[str, Any]:
        """Return what was decided, as the service takes it."""
        asked = self.cleaned_data
        taken = {name: self.reviews.get(asked[f"{name}_from"]) for name in FIELDS}
        return {
            "reason": asked["reason"],
            "claim_revision": asked["claim_revision"],
            "seen": _seen(asked["seen"]),
            "taken": {name: one for name, one in taken.items() if one is not None},
            "own": {name: asked[name] for name, one in taken.items() if one is None},
        }


def changed_since(sent: QueryDict, reviews: Sequence[Review]) -> list[str]:
    """Return the fields that were taken from a review which is not as it was read."""
    seen = _seen(sent.get("seen", ""))
    as_read = {str(one.uid) for one in reviews if seen.get(one.uid) == one.revision}
    names = [f"{name}_from" for name in FIELDS]
    return [one for one in names if one in sent and sent[one] not in {OWN, *as_read}]


def _seen(text: str) -> Mapping[UUID, int]:
    """Read the reviews that were seen; nonsense names none, and so is stale."""
    found: dict[UUID, int] = {}
    for part in text.split():
        uid, _colon, revision = part.partition(":")
        try:
            found[UUID(uid)] = int(revision)
        except ValueError:
            return {}
    return found


class VerdictForm(forms.Form):
    """What a verdict rests on; the label is that of its basis."""

    reason = _text(
        _("What the verdict rests on"),
        5,
        _("Say it for readers: what is known, from whom, and what follows. Every member reads it."),
    )
    evidence = forms.MultipleChoiceField(
        label=_("Evidence"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "One piece at least that is not confidential. Confidential pieces are named only to"
            " those who may see them."
        ),
    )
    correction_note = _text(
        _("What is corrected"),
        3,
        _("It stands with the earlier verdict, for every member to read."),
    )
    claim_revision = forms.IntegerField(widget=forms.HiddenInput)
    # Of the verdict that is superseded.
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    field_order = ["correction_note", "reason", "evidence"]

    def __init__(self, pieces: Sequence[Piece], data: Any = None, **initial: Any) -> None:
        chosen = [str(one.evidence.uid) for one in pieces if not one.evidence.confidential]
        super().__init__(data, initial={"evidence": chosen, **initial})
        self.pieces = {str(one.evidence.uid): one.evidence for one in pieces}
        evidence: Any = self.fields["evidence"]
        evidence.choices = [(str(one.evidence.uid), one.in_words) for one in pieces]
        if initial.get("revision") is None:
            del self.fields["correction_note"]

    def said(self) -> dict[str, Any]:
        """Return what is published, as the services take it."""
        asked = self.cleaned_data
        said = {"reason": asked["reason"], "claim_revision": asked["claim_revision"]}
        return {**said, "evidence": [self.pieces[uid] for uid in asked["evidence"]]}


class RescindForm(forms.Form):
    """Why a verdict is taken back."""

    correction_note = _text(
        _("Correction note"), 4, _("Why it is rescinded. Every member reads it.")
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class ReopenForm(forms.Form):
    """Why a claim is judged anew."""

    reason = _text(_("Reason"), 3, _("It is kept in the claim's history."))
