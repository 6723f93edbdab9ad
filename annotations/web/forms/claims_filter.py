"""The filters of the project's list of claims: allow-listed, all in the address."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.claims import choices
from annotations.claims.models import Attribution, Claim
from annotations.lib.names import fold_name
from annotations.lifecycle.marks import MARKING_TYPES
from annotations.lifecycle.models import LifecycleEvent
from annotations.projects.models import Project
from annotations.sources.models import Source, SourceAlias
from annotations.statements.models import Statement
from annotations.verification.models import Label, Review
from annotations.verification.stage_queries import in_stage
from annotations.verification.stages import Stage
from annotations.verification.verdicts.models import Verdict

ANY = ("", _("Any"))


class ClaimFilterForm(forms.Form):
    """What the list is narrowed to; nonsense in the address narrows nothing."""

    q = forms.CharField(
        label=_("Words or number"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto"}),
    )
    label = forms.ChoiceField(
        label=_("Label"),
        choices=[ANY, ("none", _("Not judged")), *Label.choices],
        required=False,
    )
    stage = forms.ChoiceField(label=_("Stage"), choices=[ANY, *Stage.choices], required=False)
    type = forms.ChoiceField(
        label=_("Type"), choices=[ANY, *choices.ClaimType.choices], required=False
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "source-names", "dir": "auto", "data-source": ""}),
    )
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", _("Kept")),
            ("marked", _("With a mark: changed, withdrawn, removed")),
            ("discarded", _("Discarded")),
            ("all", _("All, discarded too")),
        ],
        required=False,
    )
    mine = forms.BooleanField(label=_("Added by me"), required=False)

    @property
    def is_narrowed(self) -> bool:
        """Say whether any filter is on."""
        return self.is_valid() and any(self.cleaned_data.values())

    def narrow(
        self, claims: "QuerySet[Claim]", viewer: User, project: Project
    ) -> "QuerySet[Claim]":
        """Keep the project's claims that the filters leave; what the viewer may not see decides
        nothing.
        """
        self.is_valid()
        asked: dict[str, Any] = self.cleaned_data
        claims = _in_state(claims, asked.get("state", ""), viewer)
        if asked.get("q"):
            claims = _with_words(claims, asked["q"])
        if asked.get("label"):
            claims = _labelled(claims, asked["label"], viewer)
        if asked.get("type"):
            claims = claims.filter(types__contains=[asked["type"]])
        if asked.get("source"):
            claims = _from_source(claims, asked["source"], viewer)
        if asked.get("mine"):
            claims = claims.filter(created_by=viewer)
        if asked.get("stage"):
            claims = in_stage(claims, asked["stage"], viewer, project)
        return claims


def _with_words(claims: "QuerySet[Claim]", words: str) -> "QuerySet[Claim]":
    condition = Q()
    for word in words.split():
        condition &= Q(text__icontains=word)
    number = words.strip().removeprefix("#")
    if number.isdecimal() and len(number) < 10:
        condition |= Q(number=int(number))
    return claims.filter(condition)


def _labelled(claims: "QuerySet[Claim]", label: str, viewer: User) -> "QuerySet[Claim]":
    """Keep the claims that show this label: the published verdict's, else the viewer's own."""
    mine = Review.objects.filter(claim=OuterRef("pk"), reviewer=viewer, discarded_at__isnull=True)
    verdicts = Verdict.objects.current().filter(claim=OuterRef("pk"))
    if label == "none":
        return claims.filter(~Exists(mine), ~Exists(verdicts))
    latest = mine.order_by("-claim_revision").values("label")[:1]
    shown = Coalesce(Subquery(verdicts.values("label")[:1]), Subquery(latest))
    return claims.annotate(shown_label=shown).filter(shown_label=label)


def _from_source(claims: "QuerySet[Claim]", name: str, viewer: User) -> "QuerySet[Claim]":
    known = SourceAlias.objects.filter(
        name_key=fold_name(name), source__in=Source.objects.visible_to(viewer)
    ).values("source")
    hops = Attribution.objects.crediting_claims(viewer)
    return claims.filter(Exists(hops.filter(mention__claim=OuterRef("pk"), source__in=known)))


def _in_state(claims: "QuerySet[Claim]", state: str, viewer: User) -> "QuerySet[Claim]":
    if state == "all":
        return claims
    if state == "discarded":
        return claims.filter(discarded_at__isnull=False)
    if state == "marked":
        claims = claims.filter(_rests_on(_marked_statements(viewer), viewer))
    return claims.filter(discarded_at__isnull=True)


def _marked_statements(viewer: User) -> "QuerySet[Statement]":
    events = LifecycleEvent.objects.visible_to(viewer).filter(type__in=MARKING_TYPES)
    return Statement.objects.visible_to(viewer).filter(pk__in=events.values("statement"))


def _rests_on(statements: "QuerySet[Statement]", viewer: User) -> Q:
    hops = Attribution.objects.crediting_claims(viewer).filter(
        mention__claim=OuterRef("pk"), statement__in=statements.values("pk")
    )
    return Q(Exists(hops)) | Q(statement__in=statements.values("pk"))
