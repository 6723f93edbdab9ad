"""Idempotency-Key: a create that is sent twice happens once, and both are answered with its row.

The key, the work and what is remembered of it are one transaction, so a crash leaves neither a
claim without its key nor a key that blocks the retry. Which row was made is remembered, not how it
looked: a replay shows it as the caller may see it now.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.accounts.models import IdempotencyKey
from annotations.api.encoding import read_body
from annotations.api.errors import KeyInFlight, KeyReused
from annotations.lib.errors import InvalidInput

KEPT_FOR = timedelta(hours=24)
REPLAYED = "Idempotency-Replayed"
_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_KEPT_HEADERS = ("Location",)
# Old keys are cleared away by the requests that add new ones, a few at a time.
_CLEARED_AT_ONCE = 20

Create = Callable[..., Response]


def idempotent(create: Create) -> Callable[..., HttpResponseBase]:
    """Make a view's create obey Idempotency-Key, per user and path, for 24 hours."""

    @wraps(create)
    def once(view: Any, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        key = request.headers.get("Idempotency-Key")
        if key is None:
            return create(view, request, *args, **kwargs)
        if not _KEY.fullmatch(key):
            raise InvalidInput(_("An Idempotency-Key has 1 to 200 visible ASCII characters."))
        names = {"user": request.user, "route": request.path[:200], "key": key}
        with transaction.atomic():
            _lock(request, key)
            digest = _digest(request)
            known = IdempotencyKey.objects.filter(**names).first()
            if known is not None and known.created_at > timezone.now() - KEPT_FOR:
                return _replay(view, known, digest)
            if known is not None:
                known.delete()
            answer = create(view, request, *args, **kwargs)
            _remember(answer, digest, names)
        return answer

    return once


def _lock(request: Request, key: str) -> None:
    """Hold the key until the transaction ends; raise KeyInFlight when another request does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"idempotency:{request.user.pk}:{request.path}:{key}"],
        )
        row = cursor.fetchone()
    if row != (True,):
        raise KeyInFlight(_("A request with this Idempotency-Key is still being answered."))


def _digest(request: Request) -> str:
    return hashlib.sha256(read_body(request)).hexdigest()


def _remember(answer: Response, digest: str, names: dict[str, Any]) -> None:
    IdempotencyKey.objects.create(
        **names,
        request_hash=digest,
        response_status=answer.status_code,
        response_headers={
            name: answer.headers[name] for name in _KEPT_HEADERS if name in answer.headers
        },
        response_body=str(answer.data["uid"]).encode(),
    )
    old = IdempotencyKey.objects.filter(created_at__lt=timezone.now() - KEPT_FOR)
    ids = old.select_for_update(skip_locked=True).values_list("pk", flat=True)[:_CLEARED_AT_ONCE]
    IdempotencyKey.objects.filter(pk__in=list(ids)).delete()


def _replay(view: Any, known: IdempotencyKey, digest: str) -> Response:
    if known.request_hash != digest:
        raise KeyReused(_("This Idempotency-Key was sent before with another body."))
    row = view.find_made(UUID(bytes(known.response_body).decode()))
    body, etag = view.describe(row)
    headers = {**known.response_headers, "ETag": etag, REPLAYED: "true"}
    return Response(body, status=known.response_status or 201, headers=headers)
