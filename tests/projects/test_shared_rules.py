"""Rules that pages and API share: what a refusal says, what a role lets one see."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from annotations.lib.errors import InvalidInput
from annotations.projects.models import Membership
from annotations.projects.refusals import sentence
from annotations.projects.visibility import sight_for_role, sight_of
from tests.material import make_source

pytestmark = pytest.mark.django_db


def test_a_sentence_is_filled_in_and_a_percent_sign_stays():
    error = InvalidInput(_("“%(name)s” is no field of an event."), params={"name": "50%"})
    assert sentence(error) == "“50%” is no field of an event."
    assert sentence(InvalidInput("100% sure")) == "100% sure"


@pytest.mark.parametrize("who", ["reader", "reviewer", "moderator", "admin", "outsider"])
def test_a_known_role_sees_what_one_that_is_looked_up_sees(project, actor, who):
    person = actor(who)
    role = Membership.objects.filter(project=project, user=person).values_list("role", flat=True)
    assert sight_for_role(person, role.first()) == sight_of(person, project.pk)


@pytest.mark.parametrize("route", ["sources", "aliases"])
def test_a_taken_name_is_refused_alike_wherever_it_is_given(project, reviewer, client_for, route):
    taken = make_source(project, reviewer, "CNN")
    other = make_source(project, reviewer, "BBC")
    address = {
        "sources": reverse("api-sources", args=[project.slug]),
        "aliases": reverse("api-aliases", args=[project.slug, other.uid]),
    }[route]
    answer = client_for(reviewer).post(address, {"name": "CNN"}, "application/json")
    assert answer.status_code == 409
    assert answer.json()["conflicts_with"]["uid"] == str(taken.uid)
