"""When two people change one claim: theirs, mine and what both began with, field by field.

What only one of them changed needs no decision and is kept from whoever changed it. What both
changed is shown three times over, and the person says whose stands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from annotations.audit.timeline import history_model
from annotations.claims.models import Claim
from annotations.web.forms.claims import ClaimForm

FIELDS = ("text", "types", "checkability", "priority")
# Names of the choices in the form: "whose-text" is "mine" or "theirs".
WHOSE = "whose-"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field that both changed, each value in words."""

    name: str
    label: str
    base: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class Merge:
    """What comes of three versions: a value for every field, and where a person must decide."""

    values: Mapping[str, Any]
    conflicting: Sequence[str]
    adopted: Sequence[str]


def merge(base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> Merge:
    """Merge field by field; a conflicting field keeps mine until somebody decides.

    Without a base (its history is not to be had) every difference is a conflict.
    """
    values, conflicting, adopted = {}, [], []
    for name in mine:
        values[name] = mine[name]
        if mine[name] == theirs[name]:
            continue
        if base and mine[name] == base[name]:
            values[name] = theirs[name]
            adopted.append(name)
        elif not base or theirs[name] != base[name]:
            conflicting.append(name)
    return Merge(values, conflicting, adopted)


def values_of(row: Any) -> dict[str, Any]:
    """Return what a claim, or a row of its history, says in the fields a person changes."""
    values = {name: getattr(row, name) for name in FIELDS}
    return values | {"types": sorted(values["types"])}


def base_of(claim: Claim, revision: int) -> dict[str, Any]:
    """Return what the claim said at the revision somebody began with; empty when unknown."""
    history: Any = history_model(Claim)
    rows = history.objects.filter(pgh_obj=claim.pk, revision=revision).order_by("pgh_id")
    row = rows.first()
    return values_of(row) if row is not None else {}


def mine_of(form: ClaimForm) -> dict[str, Any]:
    """Return what the form says."""
    wording = form.wording()
    return wording | {"types": sorted(wording["types"])}


def decided(sent: QueryDict, claim: Claim, mine: dict[str, Any]) -> dict[str, Any]:
    """Return the values to store: theirs in each field for which the person said so."""
    return {
        name: getattr(claim, name) if sent.get(f"{WHOSE}{name}") == "theirs" else value
        for name, value in mine.items()
    }


def conflicts_shown(
    form: ClaimForm, merged: Merge, base: Mapping[str, Any], theirs: Mapping[str, Any]
) -> list[Conflict]:
    """Return the conflicting fields as a page shows them."""
    mine = merged.values
    return [
        Conflict(
            name,
            str(form.fields[name].label),
            _in_words(form, name, base.get(name)),
            _in_words(form, name, theirs[name]),
            _in_words(form, name, mine[name]),
        )
        for name in merged.conflicting
    ]


def _in_words(form: ClaimForm, name: str, value: Any) -> str:
    if value is None:
        return ""
    choices = dict(getattr(form.fields[name], "choices", ()))
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(choices.get(one, one)) for one in values)
