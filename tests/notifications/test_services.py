"""Telling people, without words of what it is about, and once while it is unread."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.notifications import services
from annotations.notifications.kinds import Kind, TargetKind
from annotations.notifications.models import Notification
from annotations.notifications.targets import Target
from tests.material import make_claim

pytestmark = pytest.mark.django_db


def test_only_active_members_are_told_and_never_the_actor(
    project, reviewer, second_reviewer, reader, outsider
):
    reader.is_active = False
    reader.save()
    claim = make_claim(project, reviewer)
    everybody = [reviewer, second_reviewer.pk, reader, outsider, second_reviewer]
    services.notify(
        project=project,
        recipients=everybody,
        kind=Kind.CLAIM_EDITED,
        actor=reviewer,
        target=claim,
    )
    told = Notification.objects.get()
    assert (told.recipient, told.actor) == (second_reviewer, reviewer)
    assert (told.target_kind, told.target_uid, told.claim_number) == ("claim", claim.uid, 1)


def test_what_is_unread_already_is_counted_up_and_told_anew_once_read(
    project, reviewer, moderator, second_reviewer
):
    about = Target(TargetKind.ARTICLE, uuid4())

    def tell(actor):
        services.notify(
            project=project,
            recipients=[second_reviewer],
            kind="assigned",
            actor=actor,
            target=about,
        )

    tell(reviewer)
    tell(moderator)
    told = Notification.objects.get()
    assert (told.times, told.actor) == (2, moderator)
    assert services.notifications_read(actor=second_reviewer, uids=[told.uid]) == 1
    assert services.notifications_read(actor=second_reviewer, uids=[told.uid]) == 0
    tell(reviewer)
    assert Notification.objects.count() == 2
    # Another's are not one's own to read.
    assert services.notifications_read_all(actor=reviewer) == 0
    assert services.notifications_read_all(actor=second_reviewer, project=project) == 1


def test_nobody_to_tell_costs_no_query_and_many_cost_one(project, reviewer, second_reviewer, admin):
    claim = make_claim(project, reviewer)
    for people, queries in (([], 0), ([reviewer], 0), ([second_reviewer, admin], 1)):
        with CaptureQueriesContext(connection) as asked:
            services.notify(
                project=project, recipients=people, kind="merged", actor=reviewer, target=claim
            )
        assert len(asked) == queries
