"""A form sent twice does its work once: a double click, a reload, a lost answer."""

from collections.abc import Callable

from django.db import connection

from annotations.accounts.models import IdempotencyKey, User
from annotations.audit.context import context

KEY_LENGTH = 200
# One statement, where get_or_create takes four; a second sending waits here for the first.
_TAKE = """
    INSERT INTO annotations_idempotencykey
           (user_id, route, key, request_hash, created_at, response_headers, response_body)
    VALUES (%s, %s, %s, '', now(), '{}', '')
    ON CONFLICT (user_id, route, key) DO NOTHING RETURNING id
"""


def once(*, user: User, route: str, action: str, key: str, make: Callable[[], str]) -> str:
    """Run `make`, which returns the address to go to, unless `key` was used on `route` before.

    `action` is what history calls the work. The key is the form's hidden `form_key`. A second
    sending, even at the same moment, waits for the first and gets its address. A refused first
    sending leaves the key unused.
    """
    if not key or len(key) > KEY_LENGTH:
        return make()
    route = f"page:{route}"
    with context(actor=user, action=action):
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, [user.pk, route, key])
            taken = cursor.fetchone()
        if taken is None:
            known = IdempotencyKey.objects.get(user=user, route=route, key=key)
            return bytes(known.response_body).decode()
        address = make()
        IdempotencyKey.objects.filter(pk=taken[0]).update(
            response_status=302, response_body=address.encode()
        )
    return address
