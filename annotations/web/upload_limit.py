"""Keeps a request that carries too large a file from filling the disk."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler

from annotations.lib.text import MAX_UPLOAD_BYTES


class BoundedUploadHandler(FileUploadHandler):
    """Drops what comes after the limit, first in the chain; the rest is still over the limit.

    So the view sees a file that is too large and can say so, instead of a broken connection.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Pass the chunk on until one has gone past the limit."""
        limit = max(MAX_UPLOAD_BYTES, settings.EVIDENCE_FILE_BYTES)
        return raw_data if start <= limit else None

    def file_complete(self, file_size: int) -> None:
        """Leave it to the handlers that follow."""
        return
