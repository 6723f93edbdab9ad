"""Encrypts the few secrets that must be read back, with a key made from SECRET_KEY."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def encrypt(text: str) -> str:
    """Return `text` encrypted and authenticated under the present SECRET_KEY."""
    return _keys().encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """Return the text; raises cryptography.fernet.InvalidToken when no key fits."""
    return _keys().decrypt(token.encode()).decode()


def _keys() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derive(secret)) for secret in keys])


def _derive(secret: str) -> bytes:
    digest = hashlib.sha256(b"annotations.accounts.encryption:" + secret.encode()).digest()
    return base64.urlsafe_b64encode(digest)
