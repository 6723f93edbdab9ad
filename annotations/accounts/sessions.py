"""Django's sessions in the database; the one question that every request asks is planned."""

from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from annotations.planned import Planned, Slot


@Planned
def _session(key: Slot, now: Slot) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


class SessionStore(DatabaseSessionStore):
    """A session in the database, as Django keeps it."""

    def _get_session_from_db(self) -> Session | None:
        """Return the session of the key; forget a key that has none or whose time is over."""
        now: datetime = timezone.now()
        for found in _session(self.session_key, now):
            return found
        self._session_key = None
        return None
