"""Says a time as entered in words, with what was entered behind it."""

import re

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from annotations.projects.time_words import time_words

register = template.Library()
# What HTML reads as a time: a year alone it does only of four digits, and no interval or doubt.
_MACHINE = re.compile(r"\d{4}(-(0\d|1[0-2])(-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?)?)?")


@register.filter
def in_words(edtf: str, zone: str = "") -> str:
    """Return the time in words, in the project's zone; what was entered is its title; "" for none.

    `zone` is the one that a bare date was meant in.
    """
    if not edtf:
        return ""
    entered = _("entered as %(text)s (%(zone)s)") if zone else _("entered as %(text)s")
    title = entered % {"text": edtf, "zone": zone}
    words = time_words(edtf, zone)
    if _MACHINE.fullmatch(edtf):
        return format_html('<time datetime="{}" title="{}">{}</time>', edtf, title, words)
    return format_html('<span title="{}">{}</span>', title, words)
