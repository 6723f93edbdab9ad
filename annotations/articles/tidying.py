"""Letting go of texts that were handed in and never saved as an article."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from annotations.articles.models import ArticleUpload, UploadState
from annotations.captures.services import file_drop, file_is_used

# Long enough to come back to after a holiday.
KEPT_FOR = timedelta(days=30)
AT_ONCE = 500


def uploads_forget(timestamp: int = 0) -> int:
    """Delete uploads nobody touched for KEPT_FOR, and files only they had; return how many.

    What was saved keeps its file with the article's version. `timestamp` is when the queue meant
    this to run; not used.
    """
    old = ArticleUpload.objects.filter(updated_at__lt=timezone.now() - KEPT_FOR)
    # A refresh keeps what it found in a version, and had nothing else to keep.
    kept = Q(state=UploadState.SAVED, is_refresh=False)
    forgotten = 0
    for upload in old.exclude(kept).select_related("file")[:AT_ONCE]:
        with transaction.atomic():
            upload.delete()
            if upload.file is not None and not file_is_used(upload.file):
                file_drop(stored=upload.file)
        forgotten += 1
    return forgotten
