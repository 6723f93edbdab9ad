"""The file of a piece of evidence as an answer over HTTP, the same for pages and for the API.

Whatever a stranger's file holds, no browser runs it here: it is saved, never shown, under the type
that its content has, and in a sandbox should anything open it all the same.
"""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from annotations.captures.services import file_read
from annotations.lib.errors import Conflict
from annotations.verification.evidence.files import saved_name
from annotations.verification.evidence.models import Evidence


def file_response(evidence: Evidence) -> HttpResponse:
    """Return the file as a download; raise Conflict where the installation has lost it."""
    assert evidence.file is not None
    try:
        content = file_read(evidence.file)
    except FileNotFoundError:
        raise Conflict(_("The file is missing from this installation's storage.")) from None
    response = HttpResponse(content, content_type=_content_type(evidence.file_type))
    response["Content-Disposition"] = content_disposition_header(True, saved_name(evidence))
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _content_type(media_type: str) -> str:
    return "text/plain; charset=utf-8" if media_type == "text/plain" else media_type
