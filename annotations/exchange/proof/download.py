"""A proof bundle as an answer over HTTP, the same for pages and for the API."""

from django.http import StreamingHttpResponse
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.captures.download import as_download
from annotations.captures.services import file_pieces
from annotations.exchange.models import ProofBundle
from annotations.exchange.proof.services import bundle_check_sight
from annotations.lib.errors import Conflict

MEDIA_TYPE = "application/zip"


def bundle_response(bundle: ProofBundle, viewer: User) -> StreamingHttpResponse:
    """Send a bundle as a file to be saved, a piece at a time.

    Raises Refused where the viewer may not see all of it any more, and Conflict where there is no
    file: not yet, not any more, or replaced by a redaction.
    """
    if not bundle.is_there or bundle.file is None:
        raise Conflict(_("There is no file of this bundle. Its page says why; ask for a new one."))
    bundle_check_sight(viewer=viewer, bundle=bundle)
    try:
        pieces = file_pieces(bundle.file)
    except FileNotFoundError:
        raise Conflict(_("The file is missing from this installation's storage.")) from None
    response = StreamingHttpResponse(pieces)
    response["Content-Length"] = str(bundle.file.size)
    return as_download(response, MEDIA_TYPE, f"proof-{bundle.event.uid}.zip")
