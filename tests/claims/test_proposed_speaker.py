"""The speaker a new place's form holds from the start: only one that the project knows."""

import pytest
from django.urls import reverse

from annotations.claims.suggest import names_within
from annotations.models import Source
from annotations.moderation import services as moderation
from annotations.sources.services import alias_add, source_create
from tests.marking import WORDS, make_claim, make_version, place


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("The emergency service", ["The emergency service", "emergency service"]),
        (
            "President Volodymyr Zelenskyy",
            ["President Volodymyr Zelenskyy", "Volodymyr Zelenskyy", "Zelenskyy"],
        ),
        (
            "Ukrainian leader Volodymyr Zelenskyy",
            ["Ukrainian leader Volodymyr Zelenskyy", "Volodymyr Zelenskyy", "Zelenskyy"],
        ),
        # An office is not the office of the same name elsewhere.
        (
            "the Russian defence ministry",
            ["the Russian defence ministry", "Russian defence ministry"],
        ),
        # Who speaks for someone is not that someone.
        ("a spokesman for Zelenskyy", ["a spokesman for Zelenskyy", "spokesman for Zelenskyy"]),
        ("Russia's Peskov", ["Russia's Peskov"]),
        ("Peskov", ["Peskov"]),
        ("", []),
    ],
)
def test_names_are_looked_for_in_the_words_that_name_a_speaker(words, names):
    assert names_within(words) == names


@pytest.fixture
def version(project, reviewer):
    return make_version(reviewer, project)


@pytest.fixture
def known(project, reviewer) -> Source:
    source = source_create(actor=reviewer, project=project, name="State Emergency Service")
    alias_add(actor=reviewer, source=source, name="Emergency Service")
    return source


def form(client, version, name: str = "claim-create", **query) -> str:
    start, end = place(WORDS)
    address = reverse(name, kwargs={"slug": "desk", "uid": version.uid})
    return client.get(address, {"range": f"{start}-{end}", **query}).content.decode()


def words_at(page: str, name: str) -> bool:
    start, end = place(name)
    return f'value="{start}-{end}"' in page


@pytest.mark.django_db
def test_a_known_speaker_is_filled_in_with_its_words(client_for, reviewer, version, known):
    page = form(client_for(reviewer), version)
    assert 'value="State Emergency Service"' in page
    assert "data-proposal" in page
    assert words_at(page, "The emergency service")
    assert words_at(page, "said")
    assert "data-speaker=" not in page


@pytest.mark.django_db
def test_a_further_place_proposes_its_own_speaker(client_for, reviewer, version, known):
    make_claim(reviewer, version, words="A family fled")
    page = form(client_for(reviewer), version, "mention-create", claim=1)
    assert 'value="State Emergency Service"' in page


@pytest.mark.django_db
def test_an_unknown_speaker_is_offered_and_not_filled_in(client_for, reviewer, version):
    page = form(client_for(reviewer), version)
    assert 'data-speaker="The emergency service"' in page
    assert "data-proposal" not in page


@pytest.mark.django_db
def test_a_hidden_source_is_not_proposed(client_for, reviewer, moderator, version, known):
    moderation.row_hide(actor=moderator, row=known, reason="Privacy")
    second = form(client_for(reviewer), version)
    assert "State Emergency Service" not in second
    assert "data-proposal" not in second


@pytest.mark.django_db
def test_a_source_of_another_project_is_not_proposed(
    client_for, reviewer, version, other_project, outsider
):
    source_create(actor=outsider, project=other_project, name="Emergency Service")
    assert "data-proposal" not in form(client_for(reviewer), version)
