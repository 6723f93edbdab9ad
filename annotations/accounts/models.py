"""People, the invitations that bring them in, and the tokens programs act with."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from annotations.accounts.roles import Role
from annotations.audit.history import tracked
from annotations.lib.ids import uuid7

SYSTEM_EMAIL = "system@factcheck.invalid"


class UserManager(BaseUserManager["User"]):
    """Creates people by e-mail address."""

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Return the address in lower case: allauth looks people up by nothing else."""
        return super().normalize_email(email).lower()

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a person; without a password they cannot sign in by one."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an operator."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a person by e-mail, whatever its case."""
        return self.get(email__iexact=username)

    def system(self) -> "User":
        """Return the machine's own account, which no one can sign in as."""
        return self.get(is_system=True)


@tracked(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """A person, or the system; deactivated, never deleted."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    # Unique as written for Django's own checks, and on lower case by the constraint below.
    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    display_name = models.CharField(_("display name"), max_length=120)
    is_active = models.BooleanField(_("active"), default=True)
    is_superuser = models.BooleanField(_("operator"), default=False)
    is_system = models.BooleanField(_("system account"), default=False, editable=False)
    language = models.CharField(_("interface language"), max_length=12, blank=True)
    # Counted up to end every session of this person at once: it is part of the session's hash. No
    # secret, and the trace in history of a password set, a second step taken off, a sign-out.
    session_epoch = models.PositiveIntegerField(
        _("times signed out everywhere"), default=0, editable=False
    )
    date_joined = models.DateTimeField(_("joined"), auto_now_add=True)
    deactivated_at = models.DateTimeField(_("deactivated"), null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_is_unique"),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="user_email_is_in_lower_case"
            ),
            models.UniqueConstraint(
                fields=["is_system"],
                condition=models.Q(is_system=True),
                name="only_one_system_user",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name or self.email

    def get_session_auth_hash(self) -> str:
        """Bind sessions to the password and to the epoch, so either ends them all."""
        return self._session_hash(None)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Yield the hashes under earlier secret keys, so rotating the key ends no session."""
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(secret)

    def _session_hash(self, secret: str | bytes | None) -> str:
        return salted_hmac(
            "annotations.accounts.User.session",
            f"{self.password}:{self.session_epoch}:{self.is_active}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    @property
    def is_staff(self) -> bool:
        """Django's own name for an operator; the admin site decides by role as well."""
        return self.is_superuser

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Operators may do everything Django asks about; roles answer for all others."""
        return self.is_active and self.is_superuser

    def has_perms(self, perm_list: list[str], obj: object = None) -> bool:
        """See `has_perm`."""
        return self.is_active and self.is_superuser

    def has_module_perms(self, app_label: str) -> bool:
        """See `has_perm`."""
        return self.is_active and self.is_superuser


@tracked(exclude=["token_hash"])
class Invitation(models.Model):
    """A single-use, expiring way into one project; only the hash of its link is kept."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey("annotations.Project", models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mail"), max_length=254)
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="invitations_sent")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="invitations_accepted"
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="accepted_invitation_names_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} ({self.get_role_display()})"


class Scope(models.TextChoices):
    """What a token may be used for; never more than its user may do."""

    READ = "read", _("read")
    WRITE = "write", _("write")
    EXPORT = "export", _("export")


@tracked(exclude=["token_hash", "last_used_at"])
class ApiToken(models.Model):
    """A program's key: hashed, scoped, expiring."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="api_tokens")
    name = models.CharField(_("name"), max_length=120)
    prefix = models.CharField(_("starts with"), max_length=12)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    scopes = ArrayField(models.CharField(max_length=12, choices=Scope.choices))
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=models.Q(scopes__len__gt=0), name="token_has_a_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class IdempotencyKey(models.Model):
    """The remembered answer to one create request, for 24 hours, per user and route."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    route = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    request_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    response_status = models.PositiveSmallIntegerField(null=True)
    response_headers = models.JSONField(default=dict)
    response_body = models.BinaryField(default=b"")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "route", "key"], name="idempotency_key_is_used_once"
            ),
        ]
        indexes = [models.Index(fields=["created_at"])]

    def __str__(self) -> str:
        return f"{self.route} {self.key}"
