"""Draws the everyday form fields without a template each.

Django draws a radio button with four nested templates; a claim's card has eight fields and a chain
of sources twenty a hop. What is drawn here is what the templates draw, byte for byte but for the
white space between options; every other widget, and every whole form, still is a template's.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

Widget = Mapping[str, Any]
_HOME = "django/forms/widgets/"
_INPUTS = ("text", "hidden", "number", "email", "url", "password", "date", "checkbox", "input")


class QuickWidgets(DjangoTemplates):
    """The forms' renderer."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Return the HTML of a widget or a form."""
        draw = _DRAWN.get(template_name)
        if draw is None:
            return super().render(template_name, context, request)
        # Every text in it went through conditional_escape().
        return mark_safe(draw(context["widget"]))


def _text(value: object) -> str:
    return conditional_escape(value if isinstance(value, str) else str(value))


def _attributes(widget: Widget) -> str:
    drawn = []
    for name, value in widget["attrs"].items():
        if value is True:
            drawn.append(f" {_text(name)}")
        elif value is not False:
            drawn.append(f' {_text(name)}="{_text(value)}"')
    return "".join(drawn)


def _input(widget: Widget) -> str:
    value = widget["value"]
    given = "" if value is None else f' value="{_text(value)}"'
    return (
        f'<input type="{_text(widget["type"])}" name="{_text(widget["name"])}"{given}'
        f"{_attributes(widget)}>"
    )


def _choice(widget: Widget) -> str:
    drawn = _input(widget)
    if not widget.get("wrap_label"):
        return drawn
    identity = widget["attrs"].get("id")
    target = f' for="{_text(identity)}"' if identity else ""
    return f"<label{target}>{drawn} {conditional_escape(widget['label'])}</label>"


def _textarea(widget: Widget) -> str:
    words = conditional_escape(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_text(widget["name"])}"{_attributes(widget)}>\n{words}</textarea>'


def _select(widget: Widget) -> str:
    drawn = []
    for group, options, _index in widget["optgroups"]:
        if group:
            drawn.append(f'<optgroup label="{conditional_escape(group)}">')
        drawn.extend(_option(one) for one in options)
        if group:
            drawn.append("</optgroup>")
    return f'<select name="{_text(widget["name"])}"{_attributes(widget)}>{"".join(drawn)}</select>'


def _option(widget: Widget) -> str:
    label = conditional_escape(widget["label"])
    return f'<option value="{_text(widget["value"])}"{_attributes(widget)}>{label}</option>'


_DRAWN: dict[str, Callable[[Widget], str]] = {
    **{f"{_HOME}{name}.html": _input for name in _INPUTS},
    f"{_HOME}radio_option.html": _choice,
    f"{_HOME}checkbox_option.html": _choice,
    f"{_HOME}input_option.html": _choice,
    f"{_HOME}textarea.html": _textarea,
    f"{_HOME}select.html": _select,
    f"{_HOME}select_option.html": _option,
}
