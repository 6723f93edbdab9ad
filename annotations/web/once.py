"""A form sent twice does its work once: a double click, a reload, a lost answer."""

from collections.abc import Callable

from django.db import transaction

from annotations.accounts.models import IdempotencyKey, User

KEY_LENGTH = 200


def once(*, user: User, route: str, key: str, make: Callable[[], str]) -> str:
    """Run `make`, which returns the address to go to, unless `key` was used on `route` before.

    The key is the form's hidden `form_key`. A second sending, even at the same moment, waits for
    the first and gets its address. A refused first sending leaves the key unused.
    """
    if not key or len(key) > KEY_LENGTH:
        return make()
    with transaction.atomic():
        record, is_first = IdempotencyKey.objects.get_or_create(
            user=user, route=f"page:{route}", key=key, defaults={"request_hash": ""}
        )
        if not is_first:
            return bytes(record.response_body).decode()
        address = make()
        IdempotencyKey.objects.filter(pk=record.pk).update(
            response_status=302, response_body=address.encode()
        )
    return address
