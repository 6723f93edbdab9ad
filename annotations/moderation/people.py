"""Ending somebody's access so that nothing waits for them."""

from annotations.accounts.models import User
from annotations.accounts.services import user_deactivate
from annotations.audit.context import context
from annotations.verification.rounds.leaving import person_free


def person_deactivate(*, actor: User, user: User, reason: str = "") -> User:
    """Deactivate somebody and withdraw what they had not finished.

    What they wrote stays, with their name; so do their open flags.
    """
    with context(actor=actor, action="user.deactivate", reason=reason):
        user = user_deactivate(actor=actor, user=user, reason=reason)
        person_free(actor=actor, person=user, reason=reason)
    return user
