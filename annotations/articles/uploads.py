"""Handing in a text: pasted or uploaded, read into an ArticleUpload, saved once a person agrees."""

import codecs
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.utils.translation import gettext_lazy as _

from annotations import jobs
from annotations.accounts.models import User
from annotations.articles.blocks import BlockCut, BlockKind
from annotations.articles.decoding import UnknownEncoding, decode, decode_html
from annotations.articles.errors import UnreadableUpload, UploadNotReady
from annotations.articles.extraction import ExtractedArticle, extract_text
from annotations.articles.models import (
    Article,
    ArticleUpload,
    ArticleVersion,
    UploadState,
    VersionOrigin,
)
from annotations.articles.saved import check_latest, saved_version
from annotations.articles.services import article_create, version_add
from annotations.audit.context import context
from annotations.captures.services import file_read, file_store
from annotations.lib.errors import DomainError
from annotations.lib.text import accept_text, check_upload_size
from annotations.projects.models import Project

TEXT_NAMES = (".txt", ".text", ".md")
HTML_NAMES = (".html", ".htm", ".xhtml")
TEXT_TYPE, HTML_TYPE = "text/plain", "text/html"
# Enough to tell encodings apart, and small enough to try 25 of them within a request.
SAMPLE_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """What was read from an upload, as it waits in `ArticleUpload.found`.

    `is_another_text` is of a refresh: it shares next to nothing with the version before.
    """

    text: str = ""
    title: str = ""
    standfirst: str = ""
    outlet: str = ""
    byline: str = ""
    published: str = ""
    language: str = ""
    url: str = ""
    blocks: tuple[tuple[str, int, int], ...] = ()
    is_another_text: bool = False

    def cuts(self) -> list[BlockCut]:
        """Return the blocks, for a text that is saved as it was read."""
        return [BlockCut(BlockKind(kind), start, end) for kind, start, end in self.blocks]


def upload_paste(
    *, actor: User, project: Project, text: str, article: Article | None = None, url: str = ""
) -> ArticleUpload:
    """Take in pasted text; it is ready to be checked at once. `article` is to get it as a version.

    `url` is where the text stands, for an article whose page could not be fetched. Raises the
    errors of accept_text.
    """
    found = found_json(extract_text(text, url=url))
    return ArticleUpload.objects.create(
        project=project, created_by=actor, article=article, state=UploadState.READY, found=found
    )


def upload_file(
    *, actor: User, project: Project, content: bytes, name: str, article: Article | None = None
) -> ArticleUpload:
    """Take in a file; the worker reads it. Nothing is stored of what no encoding makes text of.

    A file whose encoding is not certain waits for `upload_pick_encoding`, with previews. Raises
    UnreadableUpload for another kind of file, and the errors of decoding and accept_text.
    """
    media_type = media_type_of(name)
    candidates = _check_content(content, media_type)
    with context(actor=actor, action="upload.create"):
        stored = file_store(
            actor=actor, project=project, content=content, name=name, media_type=media_type
        )
        upload = ArticleUpload.objects.create(
            project=project,
            created_by=actor,
            article=article,
            file=stored,
            state=UploadState.FAILED if candidates else UploadState.WAITING,
            found={"candidates": candidates} if candidates else {},
        )
        if not candidates:
            jobs.enqueue("articles.read_upload", upload_uid=str(upload.uid))
    return upload


def upload_pick_encoding(*, actor: User, upload: ArticleUpload, encoding: str) -> ArticleUpload:
    """Read the file in the encoding the person recognised; a second pick meanwhile changes nothing.
    Raises WrongEncoding if it does not fit.
    """
    with context(actor=actor, action="upload.pick_encoding"):
        locked = ArticleUpload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
        if locked.state != UploadState.FAILED or locked.file is None:
            return locked
        content = file_read(locked.file)
        if locked.file.media_type == HTML_TYPE:
            decode_html(content, encoding)
        else:
            accept_text(decode(content, encoding))
        locked.encoding, locked.error = encoding, ""
        locked.state = UploadState.WAITING
        locked.save(update_fields=["encoding", "error", "state", "updated_at"])
        jobs.enqueue("articles.read_upload", upload_uid=str(locked.uid))
    return locked


def upload_save_article(
    *, actor: User, upload: ArticleUpload, text: str, copy_ok: bool = False, **fields: str
) -> Article:
    """Make an article of a checked upload; a second saving returns the first one's article.

    `fields` are those of article_create, whose errors it raises; also UploadNotReady, SavedAlready.
    """
    with context(actor=actor, action="article.create"):
        locked = _lock_ready(upload)
        if locked.state == UploadState.SAVED and locked.article is not None:
            return saved_version(locked.article, text).article
        article = article_create(
            actor=actor,
            project=locked.project,
            text=text,
            standfirst=found_of(locked).standfirst,
            block_kinds=_blocks_if_untouched(locked, text),
            origin=_origin(locked),
            file=locked.file,
            capture=locked.capture,
            copy_ok=copy_ok,
            **fields,
        )
        _close(locked, article)
    return article


def upload_save_version(
    *, actor: User, upload: ArticleUpload, article: Article, text: str, after: int | None = None
) -> tuple[ArticleVersion, bool]:
    """Give an article the checked upload as a further version; say whether one was added.

    `after` is the number of the version it was held against. Raises UploadNotReady, SavedAlready,
    StaleVersion where that is not the latest any more, and what version_add raises.
    """
    with context(actor=actor, action="article.add_version"):
        locked = _lock_ready(upload)
        if locked.state == UploadState.SAVED and locked.article is not None:
            return saved_version(locked.article, text), False
        check_latest(article, after, text)
        version, is_new = version_add(
            actor=actor,
            article=article,
            text=text,
            origin=_origin(locked),
            file=locked.file,
            capture=locked.capture,
            standfirst=found_of(locked).standfirst,
            block_kinds=_blocks_if_untouched(locked, text),
        )
        _close(locked, article)
    return version, is_new


def media_type_of(name: str) -> str:
    """Return what the file's name says it is; raise UnreadableUpload unless text or HTML."""
    lowered = name.lower()
    if lowered.endswith(HTML_NAMES):
        return HTML_TYPE
    if lowered.endswith(TEXT_NAMES):
        return TEXT_TYPE
    raise UnreadableUpload(_("Only .txt and .html files can be read."), field="file")


def found_json(read: ExtractedArticle) -> dict[str, object]:
    """Return what was read as JSON for `ArticleUpload.found`."""
    found = FoundArticle(
        text=read.text,
        title=read.title,
        standfirst=read.standfirst,
        outlet=read.outlet,
        byline=read.byline,
        published=read.published,
        language=read.language,
        url=read.canonical_url,
        blocks=tuple((cut.kind.value, cut.start, cut.end) for cut in read.blocks),
    )
    return asdict(found)


def found_of(upload: ArticleUpload) -> FoundArticle:
    """Return what was read from an upload that is ready; empty before that."""
    return FoundArticle(**upload.found) if "text" in upload.found else FoundArticle()


def candidates_of(upload: ArticleUpload) -> Sequence[dict[str, str]]:
    """Return the encodings to pick from: `encoding` and `preview` each, the likeliest first.

    None once one was picked, while the file is being read by it.
    """
    return upload.found.get("candidates", ()) if upload.state == UploadState.FAILED else ()


def problem_of(upload: ArticleUpload) -> DomainError | None:
    """Return why an upload could not be read, if that is so."""
    problem = upload.found.get("problem")
    return UnreadableUpload(problem["msgid"], params=problem["params"]) if problem else None


def problem_json(error: DomainError) -> dict[str, object]:
    """Return why an upload cannot be used as JSON for `found`; it is translated when shown."""
    return {"msgid": str(error.msgid), "params": {k: str(v) for k, v in error.params.items()}}


def candidates_json(unknown: UnknownEncoding) -> list[dict[str, str]]:
    """Return the encodings a file may be in as JSON for `ArticleUpload.found`."""
    return [asdict(one) for one in unknown.candidates]


def _check_content(content: bytes, media_type: str) -> list[dict[str, str]]:
    """Return the encodings to pick from, none when it is certain; raise for what is no text.

    Trying every encoding on 10 MiB would take seconds and half a gigabyte: of a large file that
    is not Unicode, a part decides here, and the worker reads the rest.
    """
    check_upload_size(len(content))
    sample = _sample(content)
    try:
        text = decode_html(sample) if media_type == HTML_TYPE else decode(sample)
    except UnknownEncoding as unknown:
        if not unknown.candidates:
            raise
        return candidates_json(unknown)
    if media_type == TEXT_TYPE and len(sample) == len(content):
        accept_text(text)
    return []


def _sample(content: bytes) -> bytes:
    """Return the part around the first byte that is not ASCII; all of a Unicode or short file.

    Cut after a line feed or a space, so that no letter of several bytes is cut in two.
    """
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if len(content) <= SAMPLE_BYTES or is_wide or b"\0" in content or _is_utf8(content):
        return content
    first = next((n for n, byte in enumerate(content) if byte > 127), 0)
    start = max(0, first - 4096)
    part = content[start : start + SAMPLE_BYTES]
    edge = max(part.rfind(b"\n"), part.rfind(b" "))
    # A page says near its beginning what its encoding is.
    head = content[: min(start, 1024)]
    return head + (part[: edge + 1] if edge > 0 else part)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _lock_ready(upload: ArticleUpload) -> ArticleUpload:
    locked = (
        ArticleUpload.objects.select_for_update(of=("self",))
        .select_related("project", "article", "file", "capture")
        .get(pk=upload.pk)
    )
    if locked.state not in (UploadState.READY, UploadState.SAVED):
        raise UploadNotReady(_("This has not been read yet."))
    return locked


def _origin(upload: ArticleUpload) -> VersionOrigin:
    if upload.capture_id:
        return VersionOrigin.FETCHED
    return VersionOrigin.UPLOAD if upload.file_id else VersionOrigin.PASTE


def _blocks_if_untouched(upload: ArticleUpload, text: str) -> list[BlockCut] | None:
    found = found_of(upload)
    return found.cuts() if accept_text(text) == found.text else None


def _close(upload: ArticleUpload, article: Article) -> None:
    """Note what became of the upload; its text is in the version now."""
    upload.article, upload.state, upload.found = article, UploadState.SAVED, {}
    upload.save(update_fields=["article", "state", "found", "updated_at"])
