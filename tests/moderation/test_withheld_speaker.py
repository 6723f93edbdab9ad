"""What describes a speaker is withheld with the speaker's name, wherever a hop is shown."""

import pytest
from django.urls import reverse

from annotations.claims.chains import OF_THE_SPEAKER
from annotations.claims.hops import HopInput
from annotations.claims.models import Attribution
from annotations.claims.services import mention_update
from annotations.moderation.services import row_hide
from tests.material import make_article, make_claim

pytestmark = pytest.mark.django_db
TELLING = {
    "role_at_time": "Surgeon at the town hospital",
    "anonymity_reason": "Fears for her post",
    "basis_of_knowledge": "Counted them herself",
}


@pytest.fixture
def claim(project, reviewer):
    """A claim of a named speaker with everything that can describe her."""
    article = make_article(project, reviewer)
    hop = HopInput(
        source_name="The surgeon", source_ranges=[(0, 11)], cue_ranges=[(12, 16)], **TELLING
    )
    return make_claim(project, reviewer, article=article, hops=[hop])


@pytest.fixture
def pages(claim):
    project, mention = claim.project, claim.mentions.get()
    version = mention.version
    return {
        "claim": reverse("claim-detail", args=[project.slug, claim.number]),
        "edit": reverse("mention-edit", args=[project.slug, mention.uid]),
        "api": reverse("api-claim", args=[project.slug, claim.uid]),
        "workbench": reverse("workbench", args=[project.slug, version.article.uid]),
    }


@pytest.fixture
def hidden(claim, moderator):
    source = claim.mentions.get().attributions.get().source
    row_hide(actor=moderator, row=source, reason="A private person")
    return source


@pytest.mark.parametrize("where", ["claim", "edit", "api", "workbench"])
def test_nothing_describes_a_hidden_speaker(client_for, reviewer, pages, hidden, where):
    answer = client_for(reviewer).get(pages[where])
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert not [words for words in (hidden.name, *TELLING.values()) if words in shown]


@pytest.mark.parametrize("where", ["claim", "edit", "api"])
def test_a_speaker_who_is_shown_is_described(client_for, reviewer, pages, where):
    assert TELLING["role_at_time"] in client_for(reviewer).get(pages[where]).content.decode()


def test_moderators_read_it_all(client_for, moderator, pages, hidden):
    shown = client_for(moderator).get(pages["api"]).content.decode()
    assert all(words in shown for words in TELLING.values())


def test_the_words_that_name_a_hidden_speaker_are_not_pointed_to(
    client_for, reviewer, moderator, pages, hidden
):
    def hop(person):
        return client_for(person).get(pages["api"]).json()["mentions"][0]["attributions"][0]

    assert hop(reviewer)["source_ranges"] == []
    assert len(hop(reviewer)["cue_ranges"]) == 1
    assert len(hop(moderator)["source_ranges"]) == 1
    assert (
        'source_ranges" value="0-11"'
        not in client_for(reviewer).get(pages["edit"]).content.decode()
    )


def test_a_hop_that_was_replaced_describes_nobody_in_history(
    client_for, reviewer, moderator, claim, pages, hidden
):
    mention_update(
        actor=reviewer,
        mention=claim.mentions.get(),
        revision=claim.revision,
        hops=[HopInput(source_name="CNN", role_at_time="A broadcaster")],
    )
    shown = client_for(reviewer).get(pages["claim"]).content.decode()
    assert "A broadcaster" in shown
    assert not [words for words in (hidden.name, *TELLING.values()) if words in shown]
    assert TELLING["role_at_time"] in client_for(moderator).get(pages["claim"]).content.decode()


def test_what_was_not_shown_stays_when_the_place_is_saved(
    client_for, reviewer, claim, pages, hidden
):
    before = claim.mentions.get().attributions.get()
    stored = [before.source_span.ranges.get().exact, *TELLING.values()]
    sent = {
        "range": ["17-54"],
        "content_hash": claim.mentions.get().version.content_hash,
        "revision": claim.revision,
        "hops-TOTAL_FORMS": "1",
        "hops-INITIAL_FORMS": "1",
        "hops-0-kept": str(before.uid),
        "hops-0-quote_type": "direct",
        "hops-0-source_given": "named",
        "hops-0-ORDER": "1",
        "hops-0-role_at_time": "A guess",
    }
    assert client_for(reviewer).post(pages["edit"], sent).status_code == 302
    after = Attribution.objects.get(mention__claim=claim)
    assert (after.source, after.quote_type) == (hidden, "direct")
    assert [after.source_span.ranges.get().exact, *(getattr(after, name) for name in TELLING)] == (
        stored
    )


def test_every_field_of_the_speaker_is_a_field_of_hops():
    fields = {field.name for field in Attribution._meta.get_fields()}
    assert set(OF_THE_SPEAKER) <= fields
