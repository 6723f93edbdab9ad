"""Publishing and rescinding at the desk: the product's own checks, in its own words."""

import pytest

from annotations.accounts.roles import Role
from annotations.models import Verdict
from tests.admin.conftest import list_url
from tests.factories import make_member
from tests.ruling import agree, make_checked, make_people, now

pytestmark = pytest.mark.django_db


def decide(client, choose, action, row, reason="The UN verified 136."):
    sent = choose(action, row, decided="1", reason=reason)
    return client.post(list_url(row._meta.model_name), sent, follow=True)


def test_four_eyes_hold_at_the_desk_for_operators_too(
    project, admin, reviewer, operator, client_for, choose
):
    claim = make_checked(project, admin)
    page = decide(client_for(operator), choose, "publish_verdicts", claim)
    assert "Only someone with the role Moderator or above" in page.content.decode()
    make_member(project, operator, Role.ADMIN)
    agree(claim, reviewer, operator)
    page = decide(client_for(operator), choose, "publish_verdicts", claim)
    assert "Four eyes" in page.content.decode()
    assert not Verdict.objects.exists()
    (chair,) = make_people(project, "moderator", "chair")
    decide(client_for(chair), choose, "publish_verdicts", claim)
    verdict = Verdict.objects.get()
    assert (verdict.created_by, verdict.reason) == (chair, "The UN verified 136.")
    assert verdict.evidence.count() == 1


def test_a_verdict_is_rescinded_with_its_public_note(
    project, admin, reviewer, second_reviewer, moderator, client_for, choose
):
    claim = make_checked(project, admin)
    agree(claim, reviewer, second_reviewer)
    decide(client_for(moderator), choose, "publish_verdicts", claim)
    decide(client_for(moderator), choose, "rescind_verdicts", Verdict.objects.get(), "Wrong count.")
    verdict = Verdict.objects.get()
    assert (verdict.state, verdict.correction_note) == ("rescinded", "Wrong count.")
    assert now(claim).content_revision == 2
