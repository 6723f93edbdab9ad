"""What the list of flags may be filtered by."""

import django_filters as filters

from annotations.api.filters import EditedFilters
from annotations.moderation.choices import FlagKind, FlagReason, FlagState
from annotations.moderation.models import Flag


class FlagFilters(EditedFilters):
    """Filters of the list of flags."""

    kind = filters.ChoiceFilter(choices=FlagKind.choices)
    target = filters.UUIDFilter(label="uid of the thing")
    reason = filters.ChoiceFilter(choices=FlagReason.choices)
    state = filters.ChoiceFilter(choices=FlagState.choices)

    class Meta:
        model = Flag
        fields: list[str] = []
