"""Articles by their address: fetched and archived by the worker, read, and checked by a person."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations import jobs
from annotations.accounts.models import User
from annotations.articles.capturing import capture_extract, page_capture
from annotations.articles.models import Article, ArticleUpload, UploadState
from annotations.articles.refreshing import Outcome, Refreshed, capture_apply
from annotations.articles.services import address_check
from annotations.articles.uploads import found_json, problem_json
from annotations.audit.context import context
from annotations.captures.asking import check_address
from annotations.captures.fetching import Border
from annotations.captures.models import Capture
from annotations.lib.errors import DomainError, InvalidInput
from annotations.lib.ids import uuid7
from annotations.projects.models import Project

JOB = "articles.fetch_upload"
ON_THE_WAY = (UploadState.WAITING, UploadState.FETCHING, UploadState.READING)
# A page is fetched within 30 seconds and read within 20: after this the worker is busy or stopped.
SLOW = timedelta(seconds=45)


def upload_address(
    *, actor: User, project: Project, url: str, article: Article | None = None
) -> ArticleUpload:
    """Have the worker fetch and read the page of an address. `article` is to get it as a version.

    Raises InvalidUrl for what cannot be fetched, and AddressTaken where another article has the
    address: that one can be refreshed.
    """
    canonical = check_address(url)
    if article is None or article.canonical_url != canonical:
        address_check(actor, project, canonical)
    return _queue(actor, ArticleUpload(project=project, article=article, url=url.strip()))


def article_refresh(*, actor: User, article: Article) -> ArticleUpload:
    """Have the worker look whether an article's page has changed; one look at a time.

    Raises InvalidInput for an article without an address, and InvalidUrl.
    """
    if not article.canonical_url:
        raise InvalidInput(_("The article has no address of its own to be fetched."), field="url")
    check_address(article.url)
    under_way = ArticleUpload.objects.filter(
        article=article, is_refresh=True, state__in=ON_THE_WAY, created_by=actor
    ).order_by("pk")
    recent = [one for one in under_way if not is_slow(one)]
    if recent:
        return recent[-1]
    upload = ArticleUpload(
        project_id=article.project_id, article=article, url=article.url, is_refresh=True
    )
    return _queue(actor, upload)


def upload_again(*, actor: User, upload: ArticleUpload) -> ArticleUpload:
    """Fetch anew what could not be used; what hangs is queued again. Otherwise nothing changes."""
    with context(actor=actor, action="upload.again"):
        rows = ArticleUpload.objects.select_for_update(of=("self",)).select_related("article")
        locked = rows.get(pk=upload.pk)
        if not locked.url or not (locked.state == UploadState.FAILED or is_slow(locked)):
            return locked
        if locked.state == UploadState.FAILED:
            locked.found, locked.capture, locked.error = {"capture_uid": str(uuid7())}, None, ""
            if locked.is_refresh and locked.article is not None:
                # The address may have been what was wrong, and been corrected since.
                locked.url = locked.article.url or locked.url
        locked.state = UploadState.WAITING
        locked.save()
        jobs.enqueue(JOB, upload_uid=str(locked.uid))
    return locked


def is_slow(upload: ArticleUpload) -> bool:
    """Say whether an upload that is on its way has not moved for longer than it should take."""
    return upload.state in ON_THE_WAY and timezone.now() - upload.updated_at > SLOW


def upload_fetch(*, upload_uid: str, border: Border | None = None) -> None:
    """Fetch, archive and read an upload's page, as a job; repeating it asks nobody again.

    The capture's uid was decided when it was queued: after a crash the capture that was made is
    found, and what had been done with it is not done twice.
    """
    rows = ArticleUpload.objects.select_related("project", "article__project", "created_by")
    upload = rows.get(uid=UUID(upload_uid))
    if upload.state not in ON_THE_WAY or "capture_uid" not in upload.found:
        return
    if not _note(upload, state=UploadState.FETCHING):
        return
    capture = page_capture(
        actor=upload.created_by,
        project=upload.project,
        url=upload.url,
        uid=UUID(upload.found["capture_uid"]),
        border=border,
    )
    if not _note(upload, state=UploadState.READING, capture=capture):
        return
    try:
        _read(upload, capture)
    except DomainError as error:
        _give_up(upload, error)


def _queue(actor: User, upload: ArticleUpload) -> ArticleUpload:
    with context(actor=actor, action="upload.create"):
        upload.created_by, upload.state = actor, UploadState.WAITING
        upload.found = {"capture_uid": str(uuid7())}
        upload.save()
        jobs.enqueue(JOB, upload_uid=str(upload.uid))
    return upload


def _read(upload: ArticleUpload, capture: Capture) -> None:
    """Note what the capture shows. Raises the errors of capture_extract and capture_apply."""
    if not upload.is_refresh:
        _note(upload, state=UploadState.READY, found=found_json(capture_extract(capture)))
        return
    assert upload.article is not None
    done = capture_apply(
        actor=upload.created_by, article=upload.article, capture=capture, upload=upload
    )
    if done.problem is not None:
        raise done.problem
    if done.outcome is not Outcome.TO_CHECK:
        _note(upload, state=UploadState.SAVED, found=outcome_json(done))


def outcome_json(done: Refreshed) -> dict[str, object]:
    """Return what a refresh came to as JSON for `ArticleUpload.found`."""
    number = done.version.number if done.version else None
    return {"outcome": done.outcome.value, "version": number}


def _give_up(upload: ArticleUpload, error: DomainError) -> None:
    """Keep the sentence, in a form that is translated when shown."""
    found = {"problem": problem_json(error)}
    _note(upload, state=UploadState.FAILED, found=found, error=error.message)


def _note(upload: ArticleUpload, **values: object) -> bool:
    """Note how far it has come, unless another worker was quicker; say which."""
    for name, value in values.items():
        setattr(upload, name, value)
    under_way = ArticleUpload.objects.filter(pk=upload.pk, state__in=ON_THE_WAY)
    return bool(under_way.update(**values, updated_at=timezone.now()))
