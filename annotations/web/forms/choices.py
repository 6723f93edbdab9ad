"""Fields whose choices are the same in every form, so that a form shares them with its class.

Django copies all choices of all fields whenever a form is made: a chain of sources has nine such
fields a hop. A form that sets `choices` of its own field still changes that one alone.
"""

from typing import Any, Self

from django import forms


class ChoiceField(forms.ChoiceField):
    """One of the choices."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Copy the field for a form, and leave the choices where they are."""
        return forms.Field.__deepcopy__(self, memo)


class TypedChoiceField(ChoiceField, forms.TypedChoiceField):
    """One of the choices, as another type."""


class MultipleChoiceField(ChoiceField, forms.MultipleChoiceField):
    """Any number of the choices."""
