"""The verdict that stood at a moment, and what all may know of an adjudication."""

import pytest
from django.utils import timezone

from annotations.verification.verdicts.services import verdict_rescind
from tests import ruling
from tests.api.conftest import api
from tests.known_at.test_export import exported
from tests.known_at.test_reading import ROOT, at, told

pytestmark = pytest.mark.django_db(transaction=True)

__all__ = ["api"]


def test_the_verdict_and_the_stage_of_a_moment_are_those_of_then(
    project, api, client_for, reader, reviewer, second_reviewer, moderator, admin
):
    claim = ruling.make_checked(project, reviewer)
    none_yet = timezone.now()
    ruling.dispute(claim, reviewer, second_reviewer)
    ruling.adjudicate(claim, moderator)
    adjudicated = timezone.now(), exported(project, None)
    first = ruling.publish(claim, admin)
    published = timezone.now(), exported(project, None)
    second = ruling.supersede(claim, admin)
    superseded = timezone.now(), exported(project, None)
    verdict_rescind(actor=admin, verdict=second, correction_note="The count was wrong.")
    path = f"{ROOT}/claims/{claim.uid}/"
    stages = {
        none_yet: "unreviewed",
        adjudicated[0]: "adjudicated",
        published[0]: "published",
        superseded[0]: "published",
    }
    for moment, stage in stages.items():
        for person in (reader, admin):
            assert told(api(person), path, moment)["stage"] == stage
            found = told(api(person), f"{ROOT}/claims/?stage={stage}", moment)["results"]
            assert [one["uid"] for one in found] == [str(claim.uid)]
    (then,) = told(api(reader), f"{ROOT}/verdicts/", published[0])["results"]
    assert (then["uid"], then["state"]) == (str(first.uid), "current")
    page = client_for(reader).get(at("/p/desk/claims/1/", published[0])).content.decode()
    assert f"verdict-{first.uid}" in page
    assert f"verdict-{second.uid}" not in page
    assert "The count was wrong." not in page[: page.index('id="since-title"')]
    for moment, then in (published, superseded):
        assert exported(project, None, moment) == then
