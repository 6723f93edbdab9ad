"""Who calls the API: a browser's session (with CSRF token) or a program's token."""

import base64
import binascii
import hashlib
import time
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from annotations.accounts.models import ApiToken, Scope, User
from annotations.accounts.tokens import token_find, token_mark_used
from annotations.lib.errors import Refused

# Guessing 256 random bits is hopeless; the limit keeps a misconfigured program from hammering.
BAD_TOKENS_PER_MINUTE = 30
WINDOW = 60


class ScopeMissing(Refused):
    """The token was not made for this."""


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer fc_...`."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return user and token; None without the header.

        Raises AuthenticationFailed for a token that is unknown, expired or revoked, or whose
        person was deactivated, and Throttled when one address sends too many of those.
        """
        scheme, _space, raw = request.headers.get("Authorization", "").partition(" ")
        if not scheme:
            return None
        if scheme.lower() != "bearer":
            raise AuthenticationFailed(_("Send the token as: Authorization: Bearer fc_..."))
        return self.authenticate_raw(request, raw)

    def authenticate_raw(self, request: Request, raw: str) -> tuple[User, ApiToken]:
        """Return user and token of a token as it was sent. Raises AuthenticationFailed."""
        token = token_find(raw.strip())
        if token is None:
            _count_bad_token(request)
            raise AuthenticationFailed(_("This token is not valid: unknown, expired or revoked."))
        token_mark_used(token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """Return the challenge of RFC 6750."""
        challenge = 'Bearer realm="factcheck"'
        sent = "Authorization" in request.headers
        return f'{challenge}, error="invalid_token"' if sent else challenge


class FeedAuthentication(TokenAuthentication):
    """The same token as the password of HTTP Basic: most readers of feeds know nothing else."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return user and token; None without Basic. The user name is not read.

        Raises as `TokenAuthentication` does.
        """
        scheme, _space, sent = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            given = base64.b64decode(sent.strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            given = ""
        return self.authenticate_raw(request, given.partition(":")[2])

    def authenticate_header(self, request: Request) -> str:
        """Return both challenges; the first is what programs that ask a person understand."""
        basic = 'Basic realm="factcheck: an API token as the password", charset="UTF-8"'
        return f"{basic}, {super().authenticate_header(request)}"


class HasScope(BasePermission):
    """Holds a token to its scopes; a session has all of them."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Return True, or raise ScopeMissing naming the scope."""
        if isinstance(request.auth, ApiToken):
            needed = scope_needed(request, view)
            if needed not in request.auth.scopes:
                raise ScopeMissing(
                    _("This token lacks the scope “%(scope)s”."), params={"scope": needed}
                )
        return True


def scope_needed(request: Request, view: Any) -> str:
    """Return the view's own `token_scope`, else read or write by method."""
    by_method = Scope.READ if request.method in SAFE_METHODS else Scope.WRITE
    return str(getattr(view, "token_scope", by_method))


def _count_bad_token(request: Request) -> None:
    """Count one more refused token of this address; raise Throttled past the minute's limit."""
    now = time.time()
    digest = hashlib.sha256(_client_address(request).encode()).hexdigest()[:32]
    key = f"api-bad-token:{digest}:{now // WINDOW:.0f}"
    if cache.add(key, 1, WINDOW):
        return
    try:
        seen = cache.incr(key)
    except ValueError:  # It expired between the two calls.
        return
    if seen > BAD_TOKENS_PER_MINUTE:
        wait = WINDOW - int(now % WINDOW)
        raise Throttled(wait, str(_("Too many refused tokens from this address.")))


def _client_address(request: Request) -> str:
    try:
        return str(get_adapter().get_client_ip(request._request))
    except PermissionDenied:  # A request that came through a socket names no address.
        return "unknown"
