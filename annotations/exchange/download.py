"""An export as an answer over HTTP, the same for pages and for the API."""

from django.http import StreamingHttpResponse

from annotations.exchange.services import Export


def download(export: Export) -> StreamingHttpResponse:
    """Stream the export as a file to save.

    When reading fails, the server breaks the connection off, so that nobody takes the half for
    the whole; when the client goes away, the server closes the stream and with it the snapshot.
    """
    response = StreamingHttpResponse(export.content, content_type=export.format.media_type)
    response["Content-Disposition"] = f'attachment; filename="{export.filename}"'
    response["Cache-Control"] = "no-store"
    return response
