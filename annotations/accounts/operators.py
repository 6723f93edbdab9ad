"""Who runs the installation, and the links by which operators let people set a password."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.accounts.permissions import check_manage_users
from annotations.accounts.services import access_end, operators_lock
from annotations.audit.context import context
from annotations.lib.errors import Refused


def operator_grant(*, actor: User, user: User, reason: str = "") -> User:
    """Let a person run the installation; their sessions and tokens end, as with any new role."""
    return _set_operator(actor, user, "operator.grant", reason, wanted=True)


def operator_revoke(*, actor: User, user: User, reason: str = "") -> User:
    """Take the installation out of a person's hands; the last operator stays one."""
    return _set_operator(actor, user, "operator.revoke", reason, wanted=False)


def password_link(*, actor: User, user: User) -> str:
    """Return a link, valid once and for a limited time, by which the person sets a password."""
    check_manage_users(actor)
    if not user.is_active or user.is_system:
        raise Refused(_("A deactivated account cannot set a password."))
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    link: str = get_adapter().get_reset_password_from_key_url(key)
    return link


def _set_operator(actor: User, user: User, action: str, reason: str, *, wanted: bool) -> User:
    check_manage_users(actor)
    with context(actor=actor, action=action, reason=reason):
        operators = operators_lock()
        locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if locked.is_superuser == wanted:
            return locked
        if wanted and (locked.is_system or not locked.is_active):
            raise Refused(_("A deactivated account cannot run the installation."))
        if not wanted and operators <= {locked.pk}:
            raise Refused(_("The installation keeps at least one operator."))
        locked.is_superuser = wanted
        locked.save(update_fields=["is_superuser"])
        access_end(actor=actor, user=locked)
    return locked
