"""The worker's part of an upload: from the stored file to what a person checks before saving."""

from annotations.articles.decoding import UnknownEncoding, decode
from annotations.articles.extraction import ExtractedArticle, extract_bounded, extract_text
from annotations.articles.models import ArticleUpload, UploadState
from annotations.articles.uploads import HTML_TYPE, candidates_json, found_json, problem_json
from annotations.captures.services import file_drop, file_is_used, file_read
from annotations.lib.errors import DomainError


def upload_read(*, upload_uid: str) -> None:
    """Read an upload's file and note what was found, or why it cannot be read.

    A file that cannot be read is not kept. Repeating it after a crash does no harm.
    """
    waiting = (UploadState.WAITING, UploadState.READING)
    upload = ArticleUpload.objects.select_related("file").get(uid=upload_uid)
    if upload.state not in waiting or upload.file is None:
        return
    _note(upload, state=UploadState.READING)
    try:
        found = found_json(read_bytes(file_read(upload.file), upload))
    except UnknownEncoding as unknown:
        candidates = candidates_json(unknown)
        if candidates:
            _note(upload, state=UploadState.FAILED, found={"candidates": candidates})
        else:
            _give_up(upload, unknown)
    except DomainError as error:
        _give_up(upload, error)
    else:
        _note(upload, state=UploadState.READY, found=found)


def read_bytes(content: bytes, upload: ArticleUpload) -> ExtractedArticle:
    """Return what the file holds; HTML is read within bounds in a process of its own.

    Raises the errors of decoding, accept_text and ExtractionFailed.
    """
    assert upload.file is not None
    encoding = upload.encoding or None
    if upload.file.media_type == HTML_TYPE:
        return extract_bounded(content, encoding=encoding)
    return extract_text(decode(content, encoding))


def _give_up(upload: ArticleUpload, error: DomainError) -> None:
    """Keep the sentence, in a form that is translated when shown, and let the file go."""
    stored = upload.file
    upload.file = None
    found = {"problem": problem_json(error)}
    _note(upload, state=UploadState.FAILED, found=found, error=error.message)
    if stored is not None and not file_is_used(stored):
        file_drop(stored=stored)


def _note(upload: ArticleUpload, **values: object) -> None:
    for name, value in values.items():
        setattr(upload, name, value)
    upload.save(update_fields=[*values, "file", "updated_at"])
