"""Merging claims, or sources, at the desk: which one stays, what would change, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.admin.decisions import Decision, ReasonForm
from annotations.claims.models import Claim
from annotations.lib.errors import DomainError
from annotations.moderation.merge_claims import check_claims_can_merge, claims_merge
from annotations.moderation.merge_claims import check_pair as check_claim_pair
from annotations.moderation.merge_plans import claim_merge_plan, source_merge_plan
from annotations.moderation.merge_sources import check_pair as check_source_pair
from annotations.moderation.merge_sources import check_sources_can_merge, sources_merge
from annotations.moderation.merge_words import claim_merge_sentences, source_merge_sentences
from annotations.projects.marking import claims_not_marked_by, sources_named_to
from annotations.sources.models import Source
from annotations.sources.services import source_resolve

NOT_UNDONE = gettext_lazy("Merging cannot be undone.")


class MergeForm(ReasonForm):
    """The row that stays, and why; it merges only what the page has shown before.

    `target` is the row that stays, as far as it is known.
    """

    field_order = ("into", "reason")
    warnings = (NOT_UNDONE,)
    previews = True
    target: Any = None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if len({row.project_id for row in self.rows}) == 1 and len(self.rows) > 1:
            self.fields["into"].initial = self.name_of(self.first())
        if not self.is_bound:
            self.target = self.first() if len(self.rows) > 1 else None
        # What the page to come shows, whatever this one showed.
        self._seen = self.data.get("previewed", "")

    def first(self) -> Any:
        """Return the row that is proposed to stay: the oldest."""
        return min(self.rows, key=lambda row: row.pk)

    @property
    def only_asks(self) -> bool:
        """Say whether to show first: when asked to, or when another row is to stay than shown."""
        return super().only_asks or self._seen != str(self.target.pk)

    def name_of(self, row: Any) -> Any:
        """Return what is typed to name a row."""
        raise NotImplementedError

    def find(self, typed: Any) -> Any:
        """Return the row of the chosen ones' project that goes by what was typed, or None."""
        raise NotImplementedError

    def clean_into(self) -> Any:
        """Find the row that stays, and see that all can be merged into it."""
        if len({row.project_id for row in self.rows}) > 1:
            raise forms.ValidationError(_("Choose rows of one project."))
        target = self.find(self.cleaned_data["into"])
        if target is None:
            raise forms.ValidationError(_("There is none of that name in this project."))
        going = [row for row in self.rows if row.pk != target.pk]
        if not going:
            raise forms.ValidationError(_("It cannot be merged into itself. Choose another."))
        try:
            for row in going:
                self.check(row, target)
        except DomainError as error:
            raise forms.ValidationError(error.message) from error
        self.target = target
        return target

    def check(self, row: Any, target: Any) -> None:
        """Raise DomainError saying what is in the way of merging the two."""
        raise NotImplementedError


class ClaimMergeForm(MergeForm):
    """The number of the claim that stays."""

    into = forms.IntegerField(
        label=gettext_lazy("Number of the claim that stays"),
        min_value=1,
        max_value=2**31 - 1,
        help_text=gettext_lazy("One of those below, or any other of the project."),
    )

    def name_of(self, row: Claim) -> int:
        """Return the claim's number."""
        return row.number

    def find(self, typed: int) -> Claim | None:
        """Return the claim of this number."""
        rows = Claim.objects.filter(project=self.rows[0].project_id, number=typed)
        rows = rows.filter(claims_not_marked_by(self.actor.pk, ""))
        return rows.select_related("project", "merged_into").first()

    def check(self, row: Claim, target: Claim) -> None:
        """Ask the rules of merging claims."""
        check_claim_pair(row, target)
        check_claims_can_merge(row, target)


class SourceMergeForm(MergeForm):
    """A name of the source that stays."""

    into = forms.CharField(
        label=gettext_lazy("Name of the source that stays"),
        max_length=200,
        help_text=gettext_lazy("Any of its names will do."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def name_of(self, row: Source) -> str:
        """Return the source's own name."""
        return row.name

    def find(self, typed: str) -> Source | None:
        """Return the source that goes by this name."""
        found = source_resolve(project=self.rows[0].project, name=typed)
        rows = Source.objects.filter(sources_named_to(self.actor))
        return None if found is None else rows.filter(pk=found.pk).first()

    def check(self, row: Source, target: Source) -> None:
        """Ask the rules of merging sources."""
        check_source_pair(row, target)
        check_sources_can_merge(row, target)


def _claim_effects(row: Claim, form: ReasonForm) -> Sequence[str]:
    target = getattr(form, "target", None)
    if target is None:
        return []
    if target.pk == row.pk:
        return [_("It stays, and gets what the others have.")]
    return claim_merge_sentences(claim_merge_plan(row, target))


def _source_effects(row: Source, form: ReasonForm) -> Sequence[str]:
    target = getattr(form, "target", None)
    if target is None:
        return []
    if target.pk == row.pk:
        return [_("It stays, and gets what the others have.")]
    return source_merge_sentences(source_merge_plan(row, target, form.actor))


def _not_one_by_one(actor: Any, row: Any, reason: str) -> None:
    raise NotImplementedError


MERGE_CLAIMS = Decision(
    "merge_claims",
    gettext_lazy("Merge"),
    "claim.merge",
    gettext_lazy(
        "For claims that say the same: one stays and gets the places, evidence and comments of the"
        " others. They keep their numbers, say where they went, and can no longer be changed."
    ),
    _not_one_by_one,
    lambda row: row.merged_into_id is None,
    form=ClaimMergeForm,
    effects=_claim_effects,
    whole=lambda actor, rows, values: claims_merge(
        actor=actor, claims=rows, into=values["into"], reason=values["reason"]
    ),
)
MERGE_SOURCES = Decision(
    "merge_sources",
    gettext_lazy("Merge"),
    "source.merge",
    gettext_lazy(
        "For names of one speaker: one stays, and all names and everything that was said are its"
        " own from then on."
    ),
    _not_one_by_one,
    lambda row: row.merged_into_id is None,
    form=SourceMergeForm,
    effects=_source_effects,
    whole=lambda actor, rows, values: sources_merge(
        actor=actor, sources=rows, into=values["into"], reason=values["reason"]
    ),
)
