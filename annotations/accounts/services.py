"""Every change to a person's account; whatever weakens it ends sessions and tokens at once."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import ApiToken, User
from annotations.accounts.permissions import check_edit_user, check_manage_users
from annotations.audit.context import context
from annotations.lib.errors import Conflict, InvalidInput, Refused


def user_create(
    *,
    actor: User,
    email: str,
    display_name: str,
    password: str | None = None,
    language: str = "",
    is_operator: bool = False,
) -> User:
    """Create a person who can sign in; without a password, only once they have set one.

    Raises InvalidInput for a bad address, name or password, Conflict for an address in use.
    Who may call it is the caller's to check: an operator, or an invitation being accepted.
    """
    user = User(
        email=clean_email(email),
        display_name=clean_display_name(display_name),
        language=language,
        is_superuser=is_operator,
    )
    if password is not None:
        check_password_strength(password, user)
    user.set_password(password)
    try:
        with context(actor=actor, action="user.create"), transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise Conflict(_("This e-mail address already has an account."), field="email") from error
    return user


def operator_create(*, email: str, display_name: str, password: str) -> User:
    """Create someone who runs the installation; the machine itself is named as the one who did."""
    return user_create(
        actor=User.objects.system(),
        email=email,
        display_name=display_name,
        password=password,
        is_operator=True,
    )


def user_update(*, actor: User, user: User, display_name: str, language: str) -> User:
    """Change how a person is named and which language they read pages in."""
    check_edit_user(actor, user)
    name = clean_display_name(display_name)
    if (user.display_name, user.language) == (name, language):
        return user
    user.display_name, user.language = name, language
    with context(actor=actor, action="user.update"):
        user.save(update_fields=["display_name", "language"])
    return user


def user_deactivate(*, actor: User, user: User, reason: str = "") -> User:
    """Shut a person out: sessions and tokens end at once; their work keeps their name."""
    check_manage_users(actor)
    with context(actor=actor, action="user.deactivate", reason=reason):
        operators_lock()
        locked = _lock(user)
        if not locked.is_active:
            return _copy(locked, user)
        if locked.is_superuser and not _other_operators(locked):
            raise Refused(_("The last operator cannot be deactivated."))
        locked.is_active = False
        locked.deactivated_at = timezone.now()
        locked.save(update_fields=["is_active", "deactivated_at"])
        access_end(actor=actor, user=locked)
    return _copy(locked, user)


def user_reactivate(*, actor: User, user: User, reason: str = "") -> User:
    """Let a deactivated person sign in again; old sessions and tokens stay ended."""
    check_manage_users(actor)
    with context(actor=actor, action="user.reactivate", reason=reason):
        locked = _lock(user)
        if locked.is_system:
            raise Refused(_("No one can sign in as the system."))
        if not locked.is_active:
            locked.is_active = True
            locked.deactivated_at = None
            locked.save(update_fields=["is_active", "deactivated_at"])
    return _copy(locked, user)


def password_set(*, actor: User, user: User, password: str, reason: str = "") -> User:
    """Give the person a new password and end every session and token they have.

    The password is checked for strength here, and is never written to history. `user` is brought
    up to date, so a caller may keep the present session with `update_session_auth_hash`.
    """
    check_edit_user(actor, user)
    if user.is_system:
        raise Refused(_("No one can sign in as the system."))
    check_password_strength(password, user)
    with context(actor=actor, action="user.password_set", reason=reason):
        locked = _lock(user)
        locked.set_password(password)
        locked.save(update_fields=["password"])
        access_end(actor=actor, user=locked)
    return _copy(locked, user)


def access_end(*, actor: User, user: User) -> None:
    """End every session of the person and revoke every token, at once.

    Whoever may call it has been checked by the service that has the reason to.
    """
    with context(actor=actor, action="user.access_end"):
        locked = _lock(user)
        locked.session_epoch += 1
        locked.save(update_fields=["session_epoch"])
        ApiToken.objects.filter(user=locked, revoked_at__isnull=True).update(
            revoked_at=timezone.now()
        )
    _copy(locked, user)


def sessions_end(*, actor: User, user: User, reason: str = "") -> User:
    """Sign the person out everywhere; tokens too, because a thief may hold either."""
    check_edit_user(actor, user)
    with context(actor=actor, action="user.sessions_end", reason=reason):
        access_end(actor=actor, user=user)
    return user


def second_step_remove(*, actor: User, user: User, reason: str = "") -> int:
    """Take off every passkey, authenticator app and recovery code; return how many there were.

    For someone who has lost them all: operators only, because it makes the account weaker.
    """
    check_manage_users(actor)
    with context(actor=actor, action="user.second_step_remove", reason=reason):
        removed, _by_model = Authenticator.objects.filter(user=user).delete()
        access_end(actor=actor, user=user)
    return removed


def operators_lock() -> set[int]:
    """Lock every operator and return their ids.

    So two cannot each shut out, or stop, the other as the last but one.
    """
    operators = User.objects.select_for_update(no_key=True).filter(is_superuser=True)
    return set(operators.filter(is_active=True).order_by("pk").values_list("pk", flat=True))


def clean_email(email: str) -> str:
    """Return the address as it is stored; raise InvalidInput when it is none."""
    address = User.objects.normalize_email(email.strip())
    try:
        validate_email(address)
    except ValidationError as error:
        raise InvalidInput(_("This is not an e-mail address."), field="email") from error
    return address


def clean_display_name(name: str) -> str:
    """Return the name in one line; raise InvalidInput when it is empty or over 120 characters."""
    name = " ".join(name.split())
    if not name:
        raise InvalidInput(_("Give a name for others to see."), field="display_name")
    if len(name) > 120:
        raise InvalidInput(_("A name has at most 120 characters."), field="display_name")
    return name


def check_password_strength(password: str, user: User) -> None:
    """Raise InvalidInput with every reason the password is too weak."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InvalidInput(" ".join(error.messages), field="password") from error


def _lock(user: User) -> User:
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _other_operators(user: User) -> bool:
    return User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk).exists()


def _copy(locked: User, user: User) -> User:
    """Bring the caller's object up to date with the row that was changed."""
    for name in ("is_active", "deactivated_at", "password", "session_epoch"):
        setattr(user, name, getattr(locked, name))
    return user
