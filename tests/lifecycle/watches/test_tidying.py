"""How servers are asked is let go of once nobody needs it, and never while a watch begins."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from annotations.lifecycle.watches.hosts import host_asked, host_lock, host_pace
from annotations.lifecycle.watches.models import HostPace
from annotations.lifecycle.watches.services import watch_start
from annotations.lifecycle.watches.tidying import KEPT_FOR, hosts_forget
from tests.material import make_statement

pytestmark = pytest.mark.django_db


def asked_long_ago(*hosts, **columns):
    """Servers that were last asked longer ago than they are kept."""
    long_ago = timezone.now() - KEPT_FOR - timedelta(minutes=1)
    for host in hosts:
        host_pace(host)
    HostPace.objects.filter(host__in=hosts).update(**{"free_at": long_ago, **columns})


def kept():
    return set(HostPace.objects.values_list("host", flat=True))


def test_a_server_that_nobody_needs_is_let_go_of(project, reviewer):
    lately = timezone.now() - timedelta(days=29)
    asked_long_ago("old.test", "older.test", "watched.test")
    asked_long_ago("robots.test", robots_read_at=lately)
    asked_long_ago("held.test", held_until=lately)
    asked_long_ago("asked.test", free_at=lately)
    watch_start(
        actor=reviewer, subject=make_statement(project, reviewer, url="https://watched.test/a")
    )
    asked_long_ago("watched.test")
    assert hosts_forget() == 2
    assert kept() == {"watched.test", "robots.test", "held.test", "asked.test"}
    assert hosts_forget() == 0


def test_a_server_that_was_let_go_of_is_known_again_when_it_is_asked():
    asked_long_ago("old.test")
    hosts_forget()
    host_asked("old.test", is_unwell=True, retry_after=60)
    assert HostPace.objects.get().refusals == 1


@pytest.mark.django_db(transaction=True)
def test_the_server_of_a_watch_that_begins_just_now_stays(project, reviewer):
    asked_long_ago("old.test", "new.test")
    subject = make_statement(project, reviewer, url="https://new.test/a")

    def forget():
        try:
            return hosts_forget()
        finally:
            connection.close()

    with transaction.atomic():
        watch_start(actor=reviewer, subject=subject)
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(forget).result(10) == 1
    assert kept() == {"new.test"}


@pytest.mark.django_db(transaction=True)
def test_who_waits_for_a_server_that_is_let_go_of_makes_it_anew():
    asked_long_ago("old.test")

    def lock():
        try:
            with transaction.atomic():
                return host_lock("old.test").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assert hosts_forget() == 1
            found = pool.submit(lock)
        assert found.result(10) == HostPace.objects.get().pk
