"""Shows what people wrote in Markdown."""

from django import template
from django.utils.safestring import SafeString

from annotations.lib.markdown import as_html

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    """Return a note's HTML; its headings are paragraphs."""
    return SafeString(as_html(text or ""))


@register.filter
def markdown_below(text: str, level: int) -> SafeString:
    """Return the HTML of a text of its own, under a heading of this level."""
    return SafeString(as_html(text or "", headings_below=level))
