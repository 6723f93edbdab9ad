"""Who may change people's accounts."""

from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.lib.errors import Refused


def check_manage_users(actor: User) -> None:
    """Raise Refused unless `actor` runs the installation (or is the installation itself)."""
    if not actor.is_active or not (actor.is_superuser or actor.is_system):
        raise Refused(_("Only an operator may manage people's accounts."))


def check_edit_user(actor: User, user: User) -> None:
    """Raise Refused unless it is one's own account, or `actor` is an operator."""
    if actor.pk != user.pk:
        check_manage_users(actor)


def check_use_tokens(actor: User, user: User) -> None:
    """Raise Refused unless `actor` may have tokens for `user`: one's own, while active."""
    check_edit_user(actor, user)
    if not user.is_active or user.is_system:
        raise Refused(_("A deactivated account can have no tokens."))
