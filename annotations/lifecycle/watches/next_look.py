"""When a watched page is looked at next, as it is said to people: in one time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from annotations.lifecycle.watches.models import WatchTurn


class LooksNext:
    """What a watch says of its next look."""

    turn: WatchTurn
    # When its host may be asked next, where that was annotated.
    free_at: datetime | None = None

    if TYPE_CHECKING:

        @property
        def is_active(self) -> bool:
            """Say whether the page is looked at."""
            ...

    @property
    def look_at(self) -> datetime | None:
        """Return when the page is looked at next: not before its turn, nor before its host may be
        asked; None where it is not.
        """
        times = [at for at in (self.turn.next_at, self.free_at) if at is not None]
        return max(times) if self.turn.next_at is not None else None

    @property
    def must_wait(self) -> bool:
        """Say whether its host wants to be left alone for longer than it takes to say so."""
        return self.free_at is not None and self.free_at > timezone.now() + timedelta(minutes=1)

    @property
    def is_due(self) -> bool:
        """Say whether a check is under way, asked for, or about to begin."""
        turn = self.turn
        is_now = turn.next_at is not None and turn.next_at <= timezone.now()
        return turn.is_under_way or (self.is_active and (turn.is_asked or is_now))
