"""Where django-allauth meets our accounts: no open sign-up, one public address, our services."""

from urllib.parse import quote, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from annotations.accounts import encryption
from annotations.accounts.models import User
from annotations.accounts.services import password_set


class AccountAdapter(DefaultAccountAdapter):
    """Signing in, and passwords."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: an account comes from an invitation or from an operator."""
        return False

    def set_password(self, user: User, password: str) -> None:
        """Set it through the service, which ends other sessions and all tokens."""
        password_set(actor=user, user=user, password=password)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Build the mailed link on SITE_URL, whatever host the request named."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "U", "key": "K"})
        return settings.SITE_URL + path.replace("U-K", quote(key))


class MFAAdapter(DefaultMFAAdapter):
    """TOTP and passkeys."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Bind passkeys to the host of SITE_URL."""
        return {"id": urlsplit(settings.SITE_URL).hostname or "", "name": "Factcheck"}

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """Suggest a plain name; the person may give their own."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}

    def encrypt(self, text: str) -> str:
        """Keep TOTP and recovery seeds unreadable to who has only the database."""
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Undo `encrypt`, also under an earlier SECRET_KEY."""
        return encryption.decrypt(encrypted_text)
