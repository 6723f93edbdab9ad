"""Fields drawn without templates are what Django's own templates draw."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from annotations.web.widgets import _DRAWN, QuickWidgets

QUICK, STOCK = QuickWidgets(), DjangoTemplates()
CHOICES = [
    ("", gettext_lazy("Not given")),
    (1, "One <b>"),
    ("two & more", mark_safe("<i>Two</i>")),
    ('Group "x"', [("a", "A"), ("b", "<B>")]),
]
WIDGETS = [
    forms.TextInput(),
    forms.TextInput(attrs={"class": "a", "required": True, "hidden": False, "data-x": None}),
    forms.HiddenInput(),
    forms.NumberInput(attrs={"min": 0}),
    forms.EmailInput(),
    forms.URLInput(),
    forms.PasswordInput(render_value=True),
    forms.DateInput(),
    forms.CheckboxInput(),
    forms.Textarea(attrs={"rows": 3}),
    forms.Select(choices=CHOICES),
    forms.Select(attrs={"disabled": True}, choices=CHOICES),
    forms.SelectMultiple(choices=CHOICES),
]
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(), st.sampled_from(["1", "two & more", "b"])
)


def flat(html: str) -> str:
    """Leave out the white space around tags, which nobody sees."""
    return re.sub(r"\s*([<>])\s*", r"\1", html)


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda one: type(one).__name__)
@given(value=VALUES, attribute=st.text())
def test_a_field_is_drawn_alike(widget, value, attribute):
    if isinstance(widget, forms.SelectMultiple):
        value = [value]
    attrs = {"id": "id_x", "title": attribute}
    drawn, stock = (widget.render("x<y", value, attrs, renderer=one) for one in (QUICK, STOCK))
    assert drawn == stock or ("<select" in stock and flat(drawn) == flat(stock))


@pytest.mark.parametrize("kind", [forms.RadioSelect, forms.CheckboxSelectMultiple])
@pytest.mark.parametrize("value", ["1", "b", None])
def test_choices_are_drawn_alike_one_by_one_and_all_together(kind, value):
    drawn = {}
    for renderer in (QUICK, STOCK):

        class Form(forms.Form):
            default_renderer = renderer
            field = forms.ChoiceField(choices=CHOICES, widget=kind)

        field = Form(initial={"field": value}, auto_id="my_%s")["field"]
        one_by_one = [(one.tag(), flat(one.tag(wrap_label=True))) for one in field]
        drawn[renderer] = (one_by_one, flat(str(field)))
    assert drawn[QUICK] == drawn[STOCK]


def test_other_widgets_and_forms_are_templates():
    class Form(forms.Form):
        default_renderer = QUICK
        file = forms.FileField()
        when = forms.SplitDateTimeField()

    assert 'type="file"' in str(Form())
    assert all(STOCK.get_template(name) for name in _DRAWN if not name.endswith("/url.html"))
