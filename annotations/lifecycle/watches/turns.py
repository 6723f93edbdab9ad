"""Whose turn it is: due watches are handed out host by host, and whoever takes one holds it.

One check at a time per host, the longest waiting of each host first, and hosts by how long they
could have been asked already, so that ten thousand watches of one host delay nobody else's. A turn
in hand is leased: when its worker is killed the lease runs out, and the next one goes on from what
is known.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from annotations.jobs import enqueue_once
from annotations.lib.ids import uuid7
from annotations.lifecycle.watches.choices import Urgency, WatchState
from annotations.lifecycle.watches.hosts import gap_of, host_is_in_hand, host_lock
from annotations.lifecycle.watches.models import HostPace, Watch, WatchTurn

STEP_JOB = "watches.step"
HAND_OUT_JOB = "watches.hand_out"
# A killed worker's turn is taken up again after this; renewed by whoever is alive (leases.py).
LEASE = timedelta(seconds=20)
# How often one step may be begun in vain before the check counts as failed.
MOST_ATTEMPTS = 3
# A check whose worker was killed waits so long for its host, and then has failed: people are to
# know within a minute how it stands.
MOST_WAITING = timedelta(seconds=20)
# What went wrong for no known reason is tried again after this.
STUMBLE = timedelta(seconds=15)
# The minute's job hands out whatever becomes due later than this.
SOON = timedelta(seconds=60)
# In seconds; the queue itself looks for what became due as often.
STRIDE = 5

# The turn that is first at each host that may be asked now: what is under way, what a person asked
# for, the others; each of the three is one look into the index. Whoever hands out at the same
# moment leaves a locked host to the other, and finds `free_at` moved on when they come too late.
_FIRST_AT_HOST = """
  FROM annotations_hostpace h
 CROSS JOIN LATERAL (
       SELECT w.id, w.urgency, w.next_at
         FROM (VALUES (0), (1), (2)) AS of_all (urgency)
        CROSS JOIN LATERAL (
              SELECT t.id, t.urgency, t.next_at FROM annotations_watchturn t
               WHERE t.host = h.host AND t.urgency = of_all.urgency AND t.next_at <= %(until)s
               ORDER BY t.next_at, t.id LIMIT 1) w
        ORDER BY {order} LIMIT 1) waiting
"""
# What a person asks for counts as having waited a day longer: it is first, and keeps nobody waiting
# for ever.
_BY_URGENCY = "{row}.urgency > 0, {due} - ({row}.urgency = 1)::int * interval '1 day', {row}.id"
_PICK = (
    "SELECT h.id, waiting.id"
    + _FIRST_AT_HOST.format(order=_BY_URGENCY.format(row="w", due="w.next_at"))
    + """
 WHERE h.free_at <= %(until)s AND (h.held_until IS NULL OR h.held_until <= %(until)s)
   AND NOT EXISTS (SELECT FROM annotations_watchturn o
                    WHERE o.host = h.host AND o.leased_until > %(until)s)
 ORDER BY """
    + _BY_URGENCY.format(row="waiting", due="greatest(h.free_at, waiting.next_at)")
    + """
 LIMIT %(most)s FOR UPDATE OF h SKIP LOCKED
"""
)
_LEASE = """
UPDATE annotations_watchturn t
   SET check_uid = coalesce(t.check_uid, given.check_uid),
       capture_uid = coalesce(t.capture_uid, given.capture_uid),
       control_uid = coalesce(t.control_uid, given.control_uid),
       started_at = coalesce(t.started_at, %(now)s), urgency = 0, holder = NULL,
       leased_until = %(leased_until)s
  FROM unnest(%(ids)s::bigint[], %(checks)s::uuid[], %(captures)s::uuid[], %(controls)s::uuid[])
       AS given (id, check_uid, capture_uid, control_uid)
 WHERE t.id = given.id AND t.next_at <= %(now)s
   AND (t.leased_until IS NULL OR t.leased_until <= %(now)s)
RETURNING t.id, t.check_uid
"""
# Who was handed out and never taken up has asked nothing; whose worker was killed when all was
# fetched need ask nothing more: the host is waited for by neither. Others come when it is free.
_LAPSED = """
SELECT t.id FROM annotations_watchturn t
 WHERE t.leased_until <= %(now)s
   AND (t.holder IS NULL AND NOT EXISTS (
            SELECT FROM annotations_watchturn o
             WHERE o.host = t.host AND o.leased_until > %(now)s)
                              AND NOT EXISTS (
            SELECT FROM annotations_hostpace h
             WHERE h.host = t.host AND h.held_until > %(now)s)
        OR EXISTS (
            SELECT FROM annotations_capture c
             WHERE c.uid = CASE t.control_url WHEN '' THEN t.capture_uid ELSE t.control_uid END))
 ORDER BY t.leased_until, t.id LIMIT %(most)s FOR UPDATE OF t SKIP LOCKED
"""
# Where that takes long, the check ends: it counts as begun in vain too often.
_GIVEN_UP = """
UPDATE annotations_watchturn t SET attempts = %(attempts)s
  FROM (SELECT t.id FROM annotations_watchturn t JOIN annotations_hostpace h USING (host)
         WHERE t.leased_until <= %(now)s AND t.holder IS NOT NULL AND h.free_at > %(until)s
         ORDER BY t.leased_until, t.id LIMIT %(most)s FOR UPDATE OF t SKIP LOCKED) given_up
 WHERE t.id = given_up.id
RETURNING t.id
"""
_REST = """
UPDATE annotations_hostpace
   SET free_at = greatest(
           free_at, %(now)s + make_interval(secs => greatest(coalesce(delay, 0), %(gap)s)))
 WHERE id = ANY(%(hosts)s)
"""
_NEXT = (
    "SELECT least((SELECT min(leased_until) FROM annotations_watchturn"
    " WHERE leased_until > %(now)s),"
    " (SELECT min(greatest(h.free_at, h.held_until, waiting.next_at))"
    + _FIRST_AT_HOST.format(order="w.next_at")
    + " WHERE h.free_at <= %(until)s))"
)


def turns_hand_out(timestamp: int = 0, *, now: datetime | None = None) -> list[tuple[int, UUID]]:
    """Hand out what is due, as much as may be in hand at once; return turns and their checks.

    A job of its own does each, and another hands out what becomes due within the minute.
    `timestamp` is when the job was due and is not used.
    """
    moment = now or timezone.now()
    with transaction.atomic():
        handed = _hand_out(moment)
        for turn_id, check_uid in handed:
            enqueue_once(
                STEP_JOB, lock=f"{STEP_JOB} {turn_id}", turn_id=turn_id, check_uid=str(check_uid)
            )
        hand_out_later(moment)
    return handed


def _hand_out(now: datetime) -> list[tuple[int, UUID]]:
    in_hand = WatchTurn.objects.filter(leased_until__gt=now).count()
    most = settings.WATCH_CHECKS_AT_ONCE - in_hand
    if most <= 0:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_LAPSED, {"now": now, "most": most})
        lapsed = [turn for (turn,) in cursor.fetchall()]
        handed = _leased(cursor, lapsed, now)
        most -= len(handed)
        until = now + MOST_WAITING
        cursor.execute(
            _GIVEN_UP, {"attempts": MOST_ATTEMPTS, "now": now, "until": until, "most": most}
        )
        given_up = _leased(cursor, [turn for (turn,) in cursor.fetchall()], now)
        cursor.execute(_PICK, {"until": now, "most": most - len(given_up)})
        picked = cursor.fetchall()
        hosts = [host for host, _turn in picked]
        cursor.execute(_REST, {"now": now, "gap": settings.WATCH_HOST_GAP, "hosts": hosts})
        return handed + given_up + _leased(cursor, [turn for _host, turn in picked], now)


def _leased(cursor: Any, ids: Sequence[int], now: datetime) -> list[tuple[int, UUID]]:
    """Lease the turns; return them with their checks, which they keep where one is under way."""
    if not ids:
        return []
    cursor.execute(_LEASE, _leases(ids, now))
    leased: list[tuple[int, UUID]] = cursor.fetchall()
    return leased


def _leases(ids: Sequence[int], now: datetime) -> dict[str, Any]:
    uids = [[uuid7() for _id in ids] for _name in range(3)]
    checks, captures, controls = uids
    return {
        "ids": list(ids),
        "checks": checks,
        "captures": captures,
        "controls": controls,
        "now": now,
        "leased_until": now + LEASE,
    }


def hand_out_soon() -> None:
    """Have what is due handed out as soon as a worker is free."""
    enqueue_once(HAND_OUT_JOB, lock=HAND_OUT_JOB)


def hand_out_later(now: datetime) -> None:
    """Have handed out in time what becomes due, or runs out of its lease, within the minute."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, {"now": now, "until": now + SOON})
        moment: datetime | None = cursor.fetchone()[0]
    if moment is not None and moment < now + SOON:
        seconds = max(1, round((moment - now).total_seconds() + 0.5))
        # One for each few seconds: one that waits for later must not keep an earlier one away.
        when = int((now.timestamp() + seconds) // STRIDE)
        enqueue_once(HAND_OUT_JOB, lock=f"{HAND_OUT_JOB} {when}", seconds=seconds)


def turn_take(turn_id: int, check_uid: UUID) -> WatchTurn | None:
    """Take a turn that was handed out and count the attempt; None where another one has it, or
    the check has ended, or where it comes so late that its host is in other hands.
    """
    holder = uuid7()
    rows = WatchTurn.objects.filter(pk=turn_id, check_uid=check_uid, holder__isnull=True)
    host = rows.values_list("host", flat=True).first()
    if host is None:
        return None
    with transaction.atomic():
        # The host before the turn, as whoever hands out does.
        pace = host_lock(host)
        turn = rows.select_for_update(of=("self",)).first()
        if turn is None or _is_overtaken(turn, pace):
            return None
        turn.holder, turn.leased_until = holder, timezone.now() + LEASE
        turn.attempts += 1
        turn.save(update_fields=["holder", "leased_until", "attempts"])
    kept = WatchTurn.objects.select_related(
        "watch__project", "watch__article", "watch__statement", "good", "event", "asked_by"
    )
    return kept.get(pk=turn.pk)


def _is_overtaken(turn: WatchTurn, pace: HostPace) -> bool:
    """Say whether the turn was put off meanwhile, or its lease ran out before a worker came and
    somebody else has the host now; where nobody has, whoever hands out at the same moment finds
    that it is not free.
    """
    now = timezone.now()
    if turn.leased_until is not None and turn.leased_until > now:
        return False
    if turn.leased_until is None or host_is_in_hand(pace):
        return True
    pace.free_at = max(pace.free_at, now + gap_of(pace))
    pace.save(update_fields=["free_at"])
    return False


def turn_lock(turn: WatchTurn) -> bool:
    """Lock the turn until the transaction ends; False where it is no longer in the same hands."""
    rows = WatchTurn.objects.filter(pk=turn.pk, holder=turn.holder)
    return rows.select_for_update().values_list("pk").first() is not None


def turn_renew(turn: WatchTurn) -> bool:
    """Hold the turn longer; False where it is no longer in the same hands."""
    held = WatchTurn.objects.filter(pk=turn.pk, holder=turn.holder)
    return bool(held.update(leased_until=timezone.now() + LEASE))


def turn_put_off(turn: WatchTurn, until: datetime, *, control_url: str = "") -> None:
    """Let go of a turn whose check goes on later; this step is done."""
    _let_go(turn, next_at=until, attempts=0, control_url=control_url or turn.control_url)


def turn_stumble(turn: WatchTurn) -> None:
    """Let go of a turn whose step went wrong; it is tried again, and counted."""
    _let_go(turn, next_at=timezone.now() + STUMBLE)


def turn_drop(turn: WatchTurn, until: datetime) -> None:
    """End a check that came to nothing that is worth telling; of a paused watch for good."""
    with transaction.atomic():
        is_active = watch_lock(turn) == WatchState.ACTIVE
        _let_go(turn, **ENDED, next_at=until if is_active else None)


def watch_lock(turn: WatchTurn) -> str:
    """Lock the turn's watch until the transaction ends, before the turn, and return its state."""
    rows = Watch.objects.select_for_update(no_key=True).filter(pk=turn.watch_id)
    return rows.values_list("state", flat=True).get()


# The columns of a turn once its check has ended.
ENDED: dict[str, Any] = {
    "check_uid": None,
    "capture_uid": None,
    "control_uid": None,
    "control_url": "",
    "started_at": None,
    "asked_by": None,
    "leased_until": None,
    "holder": None,
    "attempts": 0,
    "urgency": Urgency.ORDINARY,
}


def _let_go(turn: WatchTurn, **columns: Any) -> None:
    held = WatchTurn.objects.filter(pk=turn.pk, holder=turn.holder)
    held.update(**{"holder": None, "leased_until": None, **columns})
    hand_out_soon()
