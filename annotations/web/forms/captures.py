"""Forms about captures that were made elsewhere; the services hold the rules."""

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

_limit_mib = lazy(lambda: str(settings.EVIDENCE_FILE_BYTES // (1024 * 1024)), str)


class CaptureFileForm(forms.Form):
    """Choose a WARC or WACZ file."""

    file = forms.FileField(
        label=_("WARC or WACZ file"),
        help_text=format_lazy(
            _("At most {limit} MiB. Each page in it becomes a capture of its own address."),
            limit=_limit_mib(),
        ),
        widget=forms.FileInput(attrs={"accept": ".warc,.gz,.wacz"}),
    )


class CopyForm(forms.Form):
    """Name the copy that a web archive keeps."""

    url = forms.CharField(
        label=_("Address of the copy"),
        max_length=2000,
        help_text=_("Its archive must say what it is a copy of, and from when (Memento)."),
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url", "autocapitalize": "none"}),
    )
