"""Many people ask the queue at once, each on a connection of their own."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from annotations.audit.context import context
from annotations.models import Assignment, Claim, Review
from annotations.verification.assignments.queue import queue_next, queue_settle
from annotations.verification.services import review_save
from tests.factories import make_member, make_user

pytestmark = pytest.mark.django_db(transaction=True)
NEEDED = 2


def make_claims(project, actor, count):
    with context(actor=actor, action="test.claims"):
        Claim.objects.bulk_create(
            Claim(project=project, created_by=actor, number=n, text=f"Claim {n}")
            for n in range(1, count + 1)
        )


def together(people, work):
    """Let everybody work on a connection of their own; return what came of each."""
    start = Barrier(len(people))

    def run(person):
        try:
            start.wait(30)
            return work(person)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(run, people))


def judge_all(project):
    """Return work: ask for the next claim and judge it, until none is left.

    Everybody leaves the first claim they are handed lying, as if their computer had died.
    """

    def work(person):
        judged, left = [], None
        while (one := queue_next(actor=person, project=project)) is not None:
            if left is None:
                left = one.claim_id
                past = timezone.now() - timedelta(hours=1)
                Assignment.objects.filter(pk=one.pk).update(leased_until=past)
                queue_settle(project=project)
                continue
            review_save(actor=person, claim=one.claim, label="supported")
            judged.append(one.claim_id)
        return judged

    return work


@pytest.mark.parametrize(
    ("workers", "claims"), [(8, 60), pytest.param(20, 1000, marks=pytest.mark.long)]
)
def test_nothing_is_handed_to_more_than_it_needs_and_nothing_is_stuck(
    project, admin, workers, claims
):
    people = [make_user() for _ in range(workers)]
    for one in people:
        make_member(project, one)
    make_claims(project, admin, claims)
    judged = Counter(one for work in together(people, judge_all(project)) for one in work)
    # Each claim got as many judgements as it needs, and never another: the queue gave no more.
    assert set(judged.values()) == {NEEDED}
    assert len(judged) == claims
    assert Review.objects.count() == claims * NEEDED
    assert not Assignment.objects.unfinished().exists()
    assert Counter(Assignment.objects.values_list("state", flat=True)) == {
        "handed_in": claims * NEEDED,
        "expired": workers,
    }


def test_all_asking_at_the_same_moment_are_handed_no_more_than_there_is(project, admin):
    people = [make_user() for _ in range(8)]
    for one in people:
        make_member(project, one)
    make_claims(project, admin, 2)
    handed = together(people, lambda one: queue_next(actor=one, project=project))
    assert Counter(one.claim_id for one in handed if one) == Counter(
        dict.fromkeys(Claim.objects.values_list("pk", flat=True), NEEDED)
    )


def test_one_person_asking_twice_at_once_is_handed_one(project, reviewer, admin):
    make_claims(project, admin, 5)
    both = together([reviewer, reviewer], lambda one: queue_next(actor=one, project=project))
    assert both[0] == both[1]
    assert Assignment.objects.count() == 1
