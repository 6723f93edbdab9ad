"""Who is told of what others do: of work, judgements, verdicts, flags, merges; and who is not."""

from contextlib import suppress
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from annotations.accounts.models import User
from annotations.inbox.shown import name_targets, notifications_shown
from annotations.lib.errors import DomainError
from annotations.models import Notification
from annotations.verification.assignments.telling import overdue_tell
from tests.factories import make_project, make_user
from tests.material import (
    make_claim,
    make_flag,
)
from tests.notifications.cases import ANEW, CASES
from tests.notifications.deeds import disputed, give
from tests.proofs import undone
from tests.ruling import (
    make_checked,
    make_people,
)


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """A blind project that needs two reviews; `author` has made a claim with evidence."""
    with django_db_blocker.unblock(), undone():
        project = make_project("Desk", slug="desk", reviews_needed=2, blind=True)
        one, two, author = make_people(project, "reviewer", "one", "two", "author")
        yield SimpleNamespace(
            project=project,
            reader=make_people(project, "reader", "reader")[0],
            one=one,
            two=two,
            author=author,
            moderator=make_people(project, "moderator", "moderator")[0],
            admin=make_people(project, "admin", "admin")[0],
            operator=make_user("operator", is_superuser=True),
            claim=make_checked(project, author),
        )


@pytest.fixture
def desk(made):
    """The same, as if nothing had happened there."""
    with undone():
        yield made


def told(desk):
    """Who is told what, by their names on the desk."""
    names = {one.pk: name for name, one in vars(desk).items() if isinstance(one, User)}
    rows = Notification.objects.values_list("recipient_id", "kind")
    return {f"{names[who]} {kind}" for who, kind in rows}


@pytest.mark.parametrize("case", CASES)
def test_those_whom_it_concerns_are_told_once_and_nobody_else(desk, case):
    before, deed, expected = CASES[case]
    there = before and before(desk)
    Notification.objects.all().delete()
    deed(desk, there)
    assert told(desk) == expected
    if case not in ANEW:
        with suppress(DomainError):
            deed(desk, there)
    assert set(Notification.objects.values_list("times", flat=True)) <= {1}
    assert told(desk) == expected
    # Whoever is told may read it, and is led to a page.
    for row in Notification.objects.exclude(kind="hidden"):
        shown = notifications_shown(row.recipient).get(pk=row.pk)
        assert name_targets([shown], row.recipient)[row.target_uid].path.startswith("/")


def test_who_moderates_no_longer_is_not_shown_what_moderators_were_told(desk):
    disputed(desk)
    make_flag(desk.claim, desk.reader)
    assert notifications_shown(desk.moderator).count() == 2
    desk.project.memberships.filter(user=desk.moderator).update(role="reviewer")
    assert notifications_shown(desk.moderator).count() == 0


def test_overdue_work_is_told_of_once_and_anew_when_more_becomes_overdue(desk):
    today = date(2026, 5, 10)
    give(desk, due=today - timedelta(days=1))
    give(desk, make_claim(desk.project, desk.author), due=today - timedelta(days=3))
    Notification.objects.all().delete()
    overdue_tell(today=today)
    told_once = Notification.objects.get()
    assert (told_once.kind, told_once.target_kind, told_once.times) == ("overdue", "project", 1)
    give(desk, make_claim(desk.project, desk.author), due=date.today())
    overdue_tell(today=today)
    assert Notification.objects.filter(kind="overdue").get().times == 1
    overdue_tell(today=date.today() + timedelta(days=1))
    assert Notification.objects.filter(kind="overdue").get().times == 2
