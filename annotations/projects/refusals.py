"""What people are told when something is refused, the same on pages and in the API."""

from django.utils.translation import gettext

from annotations.lib.errors import DomainError


def sentence(error: DomainError) -> str:
    """Return the error's sentence in the reader's language."""
    message = gettext(str(error.msgid))
    return message % error.params if error.params else message
