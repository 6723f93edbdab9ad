"""Scales to begin with; docs/scales.md says where they come from and what each value means."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from annotations.verification.models import Label

Words = str | Promise


class Value(NamedTuple):
    """One value: what it is called, what it means, which label is suggested."""

    name: Words
    description: Words = ""
    suggested_label: str = ""


@dataclass(frozen=True, slots=True)
class ShippedScale:
    """A scale that a project may take as it is, or change before it takes it."""

    key: str
    name: Words
    description: Words
    values: Sequence[Value]
    is_ordered: bool = True


SIX_STEPS = ShippedScale(
    "six-steps",
    _("Six steps of truth"),
    _("As PolitiFact rates: from true to more than false."),
    (
        Value(
            pgettext_lazy("rating", "True"),
            _("Accurate, and nothing significant is missing."),
            Label.SUPPORTED,
        ),
        Value(
            pgettext_lazy("rating", "Mostly true"),
            _("Accurate, but needs clarification or additional information."),
            Label.SUPPORTED,
        ),
        Value(
            pgettext_lazy("rating", "Half true"),
            _("Partly accurate; leaves out important details or takes things out of context."),
            Label.CONFLICTING_EVIDENCE,
        ),
        Value(
            pgettext_lazy("rating", "Mostly false"),
            _("Holds an element of truth, but ignores facts that would give another impression."),
            Label.REFUTED,
        ),
        Value(pgettext_lazy("rating", "False"), _("Not accurate."), Label.REFUTED),
        Value(
            pgettext_lazy("rating", "Absurdly false"),
            _("Not accurate, and makes a ridiculous claim."),
            Label.REFUTED,
        ),
    ),
)
KINDS_OF_FALSE = ShippedScale(
    "kinds-of-false",
    _("Kinds of false"),
    _("As AFP rates: what is wrong with it. The values have no order."),
    (
        Value(pgettext_lazy("rating", "True"), _("Accurate."), Label.SUPPORTED),
        Value(pgettext_lazy("rating", "False"), _("Not accurate."), Label.REFUTED),
        Value(
            pgettext_lazy("rating", "Altered"),
            _("A picture, a recording or a document was changed or made up."),
            Label.REFUTED,
        ),
        Value(
            pgettext_lazy("rating", "Misleading"),
            _("True parts are put together so that they say something false."),
            Label.CONFLICTING_EVIDENCE,
        ),
        Value(
            pgettext_lazy("rating", "Missing context"),
            _("Without what was left out, readers will take it wrongly."),
            Label.CONFLICTING_EVIDENCE,
        ),
        Value(
            pgettext_lazy("rating", "Unproven"),
            _("Nothing that can be found decides it."),
            Label.NOT_ENOUGH_EVIDENCE,
        ),
        Value(
            pgettext_lazy("rating", "Satire"),
            _("Meant as a joke, and taken for a report."),
            Label.NOT_CHECKABLE,
        ),
    ),
    is_ordered=False,
)
ONE_TO_FIVE = ShippedScale(
    "one-to-five",
    _("1 to 5"),
    _("A number from 1, false, to 5, true."),
    (
        Value("1", _("False."), Label.REFUTED),
        Value("2", _("More false than true."), Label.REFUTED),
        Value("3", _("As much true as false."), Label.CONFLICTING_EVIDENCE),
        Value("4", _("More true than false."), Label.SUPPORTED),
        Value("5", _("True."), Label.SUPPORTED),
    ),
)
SHIPPED = {scale.key: scale for scale in (SIX_STEPS, KINDS_OF_FALSE, ONE_TO_FIVE)}
