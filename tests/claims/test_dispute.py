"""When the places of a claim name different original speakers, the attribution is disputed."""

import pytest
from django.utils import timezone

from annotations.claims.chains import chains_of_mentions, speakers_differ
from annotations.claims.hops import HopInput
from annotations.claims.services import mention_add
from annotations.models import Source
from annotations.projects.visibility import EVERYTHING, Sight
from tests.marking import make_claim, make_version, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(project, reviewer):
    return make_version(reviewer, project)


def test_different_original_speakers_dispute_the_attribution(reviewer, version):
    claim = make_claim(reviewer, version, hops=[HopInput(source_name="Zelenskyy")])
    mention_add(
        actor=reviewer,
        claim=claim,
        version=version,
        ranges=[place("civilians")],
        hops=[HopInput(source_name="Ministry of Defence")],
    )
    mentions = claim.mentions.values_list("pk", flat=True)
    assert speakers_differ(chains_of_mentions(mentions, EVERYTHING).values())


def test_a_speaker_the_viewer_may_not_see_disputes_nothing(reviewer, version):
    claim = make_claim(reviewer, version, hops=[HopInput(source_name="Zelenskyy")])
    further = mention_add(
        actor=reviewer,
        claim=claim,
        version=version,
        ranges=[place("civilians")],
        hops=[HopInput(source_name="Ministry of Defence")],
    )
    hidden = further.attributions.get().source
    Source.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now(), hidden_reason="Private")
    mentions = list(claim.mentions.values_list("pk", flat=True))
    member = Sight(reviewer.pk, sees_hidden=False, sees_confidential=True)
    assert not speakers_differ(chains_of_mentions(mentions, member).values())
    assert speakers_differ(chains_of_mentions(mentions, EVERYTHING).values())
