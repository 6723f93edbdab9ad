"""Saying of two pieces of evidence whether they are independent of each other."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.audit.context import context
from annotations.lib.errors import InvalidInput
from annotations.projects.editing import lock_row
from annotations.verification.evidence.models import Evidence, EvidenceIndependence


def independence_set(
    *, actor: User, evidence: Evidence, others: Mapping[Evidence, bool | None]
) -> None:
    """Say of each of `others` whether it is independent of the evidence; None takes it back.

    The same for both: it does not matter on which of the two it is said. What is so already stays
    as it is.
    """
    for other in others:
        _check_pair(evidence, other)
    with context(actor=actor, action="evidence.set_independence"):
        # In the order of their ids, so that two people who compare the same pieces never wait for
        # each other in a circle.
        for row in sorted({evidence, *others}, key=lambda one: one.pk):
            lock_row(row, None)
        for other, is_independent in others.items():
            _write(actor, evidence, other, is_independent)


def _check_pair(evidence: Evidence, other: Evidence) -> None:
    if evidence.project_id != other.project_id:
        raise InvalidInput(_("The evidence is not in the same project."), field="evidence")
    if evidence.pk == other.pk:
        raise InvalidInput(_("Evidence is not compared with itself."), field="evidence")


def _write(actor: User, one: Evidence, other: Evidence, is_independent: bool | None) -> None:
    first, second = sorted((one, other), key=lambda piece: piece.pk)
    said = EvidenceIndependence.objects.filter(first=first, second=second).first()
    if is_independent is None:
        if said is not None:
            said.delete()
    elif said is None:
        EvidenceIndependence.objects.create(
            project_id=first.project_id,
            first=first,
            second=second,
            is_independent=is_independent,
            created_by=actor,
        )
    elif said.is_independent != is_independent:
        said.is_independent = is_independent
        said.save(update_fields=["is_independent"])
