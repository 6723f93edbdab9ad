"""A claim that cannot be shown: the address says so, and never whether it exists."""

import pytest
from django.urls import reverse

from annotations.moderation import services as moderation
from tests.marking import make_claim, make_version

pytestmark = pytest.mark.django_db

NOT_HERE = "Claim {} is not here, or you may not see it."
HIDDEN = "A moderator has hidden claim 1, which you added."


@pytest.fixture
def version(project, reviewer):
    return make_version(reviewer, project)


@pytest.fixture
def hidden(reviewer, moderator, version):
    claim = make_claim(reviewer, version, text="Nobody is to read this.")
    moderation.row_hide(actor=moderator, row=claim, reason="Names a minor")
    return claim


def card_of(number: int, version) -> str:
    address = reverse("claim-card", kwargs={"slug": "desk", "number": number})
    return f"{address}?in={version.uid}"


def page_of(client, version, number: object) -> str:
    address = reverse("workbench", kwargs={"slug": "desk", "uid": version.article.uid})
    answer = client.get(f"{address}?claim={number}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_hidden_claim_and_one_that_never_was_look_the_same(
    client_for, reader, second_reviewer, hidden, version
):
    for person in (reader, second_reviewer):
        client = client_for(person)
        answers = [client.get(card_of(number, version)) for number in (1, 999)]
        assert [one.status_code for one in answers] == [404, 404]
        texts = [one.content.decode() for one in answers]
        assert texts[1] == texts[0].replace("Claim 1", "Claim 999").replace('"1"', '"999"')
        assert NOT_HERE.format(1) in texts[0]
        for number in (1, 999):
            page = page_of(client, version, number)
            assert NOT_HERE.format(number) in page
            assert "Nobody is to read this." not in page


def test_the_author_of_a_hidden_claim_is_told_so_and_where_it_says_why(
    client_for, reviewer, hidden, version
):
    client = client_for(reviewer)
    answer = client.get(card_of(1, version))
    assert answer.status_code == 200
    detail = reverse("claim-detail", kwargs={"slug": "desk", "number": 1})
    for shown in (answer.content.decode(), page_of(client, version, 1)):
        assert HIDDEN in shown
        assert f'href="{detail}"' in shown
        assert "Nobody is to read this." not in shown
    assert "Names a minor" in client.get(detail).content.decode()


def test_a_moderator_sees_the_claim(client_for, moderator, hidden, version):
    assert "Nobody is to read this." in page_of(client_for(moderator), version, 1)
    assert client_for(moderator).get(card_of(1, version)).status_code == 200


@pytest.mark.parametrize("number", ["", "x", "²", "99999999999999999999"])
def test_what_is_no_number_of_a_claim_opens_nothing(client_for, reviewer, version, number):
    assert "data-absent" not in page_of(client_for(reviewer), version, number)
