"""Who marks a text sees of the past no more than of the present."""

import pytest
from django.utils import timezone

from annotations.claims.services import claim_create, mention_add
from annotations.exchange.services import export_open
from tests import material
from tests.api.conftest import api
from tests.known_at.test_reading import ROOT, at
from tests.verification.rounds.material import CIVILIANS, make_round

pytestmark = pytest.mark.django_db(transaction=True)

__all__ = ["api"]


def test_a_claim_that_has_come_to_stand_in_the_text_since_is_not_told_of_the_past(
    project, admin, moderator, reviewer, second_reviewer, api, client_for
):
    article = material.make_article(project, admin)
    statement = material.make_statement(project, admin)
    claim = claim_create(actor=admin, project=project, text="BESIDE", statement=statement)
    moment = timezone.now()
    make_round(moderator, reviewer, second_reviewer, article=article)
    mention_add(actor=admin, claim=claim, version=article.versions.get(), ranges=[CIVILIANS])
    asked, page = f"{ROOT}/claims/{claim.uid}/", "/p/desk/claims/"
    assert api(reviewer).get(at(asked, moment)).status_code == 404
    assert b"BESIDE" not in api(reviewer).get(at(f"{ROOT}/claims/", moment)).content
    assert b"BESIDE" not in client_for(reviewer).get(at(page, moment)).content
    made = export_open(
        actor=reviewer, project=project, format="json", seen_by=reviewer, known_at=moment
    )
    assert b"BESIDE" not in b"".join(made.content)
    assert b"BESIDE" in client_for(admin).get(at(page, moment)).content
