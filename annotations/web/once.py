"""A form sent twice does its work once: a double click, a reload, a lost answer."""

import hashlib
from collections.abc import Callable
from typing import NamedTuple, cast
from urllib.parse import urlencode
from uuid import uuid4

from django import forms
from django.db import connection
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import IdempotencyKey, User
from annotations.audit.context import context
from annotations.lib.errors import Conflict, DomainError
from annotations.web.errors import add_error

KEY_LENGTH = 36
# One statement, where get_or_create takes four; a second sending waits here for the first.
_TAKE = """
    INSERT INTO annotations_idempotencykey
           (user_id, route, key, request_hash, created_at, response_headers, response_body)
    VALUES (%s, %s, %s, %s, now(), '{}', '')
    ON CONFLICT (user_id, route, key) DO NOTHING RETURNING id
"""
_KEEP = (
    "UPDATE annotations_idempotencykey SET response_status = 302, response_body = %s WHERE id = %s"
)


class FormKey(NamedTuple):
    """The hidden key of a form and a digest of all that it holds; both empty without a key."""

    key: str
    digest: str


class SentBefore(Conflict):
    """The form was sent before with other words, and that was done; `made` is what came of it."""

    def __init__(self, made: str) -> None:
        super().__init__(
            _(
                "This form was saved before, with other words. Open what it made to change that;"
                " save once more to make another."
            )
        )
        self.made = made


def form_key(sent: QueryDict, field: str = "key") -> FormKey:
    """Read the form's hidden key. Line ends count as one: browsers send them in more ways."""
    key = sent.get(field, "")[:KEY_LENGTH]
    if not key:
        return FormKey("", "")
    pairs = [
        (name, value.replace("\r\n", "\n"))
        for name, values in sorted(sent.lists())
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    return FormKey(key, hashlib.sha256(urlencode(pairs).encode()).hexdigest())


def once(*, user: User, route: str, action: str, key: FormKey, make: Callable[[], str]) -> str:
    """Run `make`, which returns the address to go to, unless `key` was used on `route` before.

    `action` is what history calls the work. A second sending, even at the same moment, waits for
    the first and gets its address; with other words it is SentBefore, so that nobody's new words
    are taken for old ones, nor stored beside them unasked. A refused first sending leaves the key
    unused.
    """
    if not key.key:
        return make()
    route = f"page:{route}"
    with context(actor=user, action=action):
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, [user.pk, route, *key])
            taken = cursor.fetchone()
        if taken is None:
            known = IdempotencyKey.objects.get(user=user, route=route, key=key.key)
            made = bytes(known.response_body).decode()
            if known.request_hash != key.digest:
                raise SentBefore(made)
            return made
        address = make()
        with connection.cursor() as cursor:
            cursor.execute(_KEEP, [address.encode(), taken[0]])
    return address


def refused(form: forms.BaseForm, error: DomainError, field: str = "key") -> None:
    """Show the error in the form. One that was sent before gets another key, so that it can be sent
    once more, knowingly.
    """
    add_error(form, error)
    if isinstance(error, SentBefore):
        data = cast(QueryDict, form.data).copy()
        data[field] = str(uuid4())
        form.data = data
