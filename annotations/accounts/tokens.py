"""Tokens that programs sign in with: made once, shown once, kept as a hash."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import ApiToken, Scope, User
from annotations.accounts.permissions import check_edit_user, check_use_tokens
from annotations.audit.context import context
from annotations.lib.errors import InvalidInput
from annotations.planned import Planned, Slot

LONGEST_DAYS = 366
DEFAULT_DAYS = 90
# What is kept to recognise a token in a list: "fc_" and eight of its 43 random characters.
PREFIX_LENGTH = 11
# Writing the time of every single request would cost each of them a row update.
LAST_USED_EVERY = timedelta(minutes=1)


def token_create(
    *,
    actor: User,
    user: User,
    name: str,
    scopes: Iterable[str] = (Scope.READ,),
    days: int = DEFAULT_DAYS,
) -> tuple[ApiToken, str]:
    """Create a token that expires in `days`; the second value is the token, shown never again."""
    check_use_tokens(actor, user)
    if not 1 <= days <= LONGEST_DAYS:
        raise InvalidInput(
            _("A token lives between 1 and %(most)s days."),
            field="days",
            params={"most": LONGEST_DAYS},
        )
    if not name.strip():
        raise InvalidInput(_("Give the token a name to know it by."), field="name")
    raw = "fc_" + secrets.token_urlsafe(32)
    with context(actor=actor, action="token.create"):
        token = ApiToken.objects.create(
            user=user,
            name=name.strip()[:120],
            prefix=raw[:PREFIX_LENGTH],
            token_hash=hash_token(raw),
            scopes=clean_scopes(scopes),
            expires_at=timezone.now() + timedelta(days=days),
        )
    return token, raw


def token_revoke(*, actor: User, token: ApiToken) -> ApiToken:
    """Make the token useless from now on; already revoked changes nothing."""
    check_edit_user(actor, token.user)
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        with context(actor=actor, action="token.revoke"):
            token.save(update_fields=["revoked_at"])
    return token


def token_find(raw: str) -> ApiToken | None:
    """Return the live token (not revoked, not expired, of an active person), with its user."""
    found = _of_hash(hash_token(raw))
    if not found:
        return None
    token = found[0]
    is_live = token.revoked_at is None and token.expires_at > timezone.now()
    return token if is_live and token.user.is_active else None


@Planned
def _of_hash(token_hash: Slot) -> QuerySet[ApiToken]:
    return ApiToken.objects.select_related("user").filter(token_hash=token_hash)


def token_mark_used(token: ApiToken) -> None:
    """Note that the token was used, at most once a minute; kept out of history."""
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at >= LAST_USED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


def hash_token(raw: str) -> str:
    """Return the SHA-256 that stands for a secret; 256 random bits need no salt."""
    return hashlib.sha256(raw.encode()).hexdigest()


def clean_scopes(scopes: Iterable[str]) -> list[str]:
    """Return the scopes in their own order; raise InvalidInput for none or an unknown one."""
    asked = set(scopes)
    unknown = asked - set(Scope.values)
    if unknown or not asked:
        raise InvalidInput(
            _("Choose one or more of these scopes: %(known)s."),
            field="scopes",
            params={"known": ", ".join(Scope.values)},
        )
    return [scope for scope in Scope.values if scope in asked]
