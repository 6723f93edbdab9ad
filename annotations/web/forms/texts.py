"""Text that people paste."""

from typing import Any

from django import forms


class WholeText(forms.CharField):
    """Text that comes as it was pasted: one that is too long is refused with a sentence.

    With a `maxlength` a browser cuts it without a word, and counts a letter beyond U+FFFF twice.
    """

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave the length to the server."""
        attrs: dict[str, Any] = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs
