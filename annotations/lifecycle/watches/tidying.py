"""Letting go of how servers are to be asked that nobody has asked for long."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from annotations.lifecycle.watches.hosts import ROBOTS_OUTLAST
from annotations.lifecycle.watches.models import HostPace, WatchTurn

# What was read of robots.txt holds as long; longer than any server may ask to be left alone.
KEPT_FOR = ROBOTS_OUTLAST + timedelta(days=1)
AT_ONCE = 1000


def hosts_forget(timestamp: int = 0) -> int:
    """Delete the servers that are not watched and were last asked before KEPT_FOR; return how many.

    `timestamp` is when the queue meant this to run; not used.
    """
    since, forgotten = timezone.now() - KEPT_FOR, 0
    unwatched = HostPace.objects.filter(
        ~Exists(WatchTurn.objects.filter(host=OuterRef("host"))), free_at__lt=since
    )
    idle = unwatched.exclude(held_until__gte=since).exclude(robots_read_at__gte=since)
    while True:
        with transaction.atomic():
            free = idle.select_for_update(of=("self",), skip_locked=True)
            keys = list(free.values_list("pk", flat=True)[:AT_ONCE])
            # Asked anew now that they are locked: a watch may just have begun.
            forgotten += unwatched.filter(pk__in=keys).delete()[0]
        if len(keys) < AT_ONCE:
            return forgotten
