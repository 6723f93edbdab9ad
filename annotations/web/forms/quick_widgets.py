"""Widgets that cost a page a fraction of a millisecond: Django's own render a template for each."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.safestring import SafeString

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


class QuickInput(forms.TextInput):
    """An input of one line; its type is given among its attributes."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        """Return the HTML; name, value and attributes are escaped."""
        attributes = {"type": self.input_type, "name": name, **self.attrs, **(attrs or {})}
        if value not in (None, ""):
            attributes["value"] = self.format_value(value)
        return SafeString(f"<input{flatatt(attributes)}>")


class QuickSelect(forms.Select):
    """A select with a flat list of options, hundreds if need be."""

    # Options that are no field's choices; they take the place of those.
    flat_choices: Sequence[tuple[Any, Any]] = ()

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        """Return the HTML; every value and label is escaped."""
        chosen = "" if value is None else str(value)
        choices: Iterable[tuple[Any, Any]] = self.flat_choices or self.choices
        options = "".join(
            f'<option value="{key.translate(_ESCAPES)}"{" selected" if key == chosen else ""}>'
            f"{str(label).translate(_ESCAPES)}</option>"
            for key, label in choices
        )
        attributes = {"name": name, **self.attrs, **(attrs or {})}
        return SafeString(f"<select{flatatt(attributes)}>{options}</select>")
