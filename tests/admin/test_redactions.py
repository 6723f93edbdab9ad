"""Asking for a redaction and confirming it, on the desk's pages."""

import pytest
from django.urls import reverse

from annotations.claims.models import Claim
from annotations.moderation.redactions.models import Redaction
from annotations.moderation.redactions.running import redaction_look, redaction_run
from tests.admin.conftest import list_url, row_url
from tests.factories import make_member, make_project, make_user
from tests.material import make_claim

pytestmark = pytest.mark.django_db
ADD = "admin:annotations_redaction_add"


def content(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def asked(project, reviewer, admin, client_for):
    """What the admin has asked for, by the form, and the worker has found."""
    make_claim(project, reviewer, text="Quokka Wallaby did it")
    sent = {
        "project": project.pk,
        "words": "Quokka Wallaby\nQuokki Wallabi",
        "whole_words": "on",
        "ground": "court_order",
        "reference": "Court of Somewhere, 12/2026",
    }
    assert client_for(admin).post(reverse(ADD), sent).status_code == 302
    redaction = Redaction.objects.get()
    redaction_look(uid=str(redaction.uid))
    redaction.refresh_from_db()
    return redaction


def test_one_asks_another_sees_the_places_and_confirms(asked, admin, operator, client_for):
    page = content(client_for(admin).get(row_url(asked, "confirm")))
    assert "You asked for this: another person has to confirm it." in page
    assert "Confirm and overwrite" not in page
    client = client_for(operator)
    page = content(client.get(row_url(asked, "confirm")))
    for words in ("Quokki Wallabi", "Court of Somewhere", "Claim · claim", "1 time (rows: 1)"):
        assert words in page
    url = row_url(asked, "confirm")
    for stale in ("0", "", "x"):
        assert "Someone changed" in content(client.post(url, {"revision": stale}, follow=True))
    answer = client.post(url, {"revision": asked.revision}, follow=True)
    assert "Confirmed. The words are being overwritten." in content(answer)
    redaction_run(uid=str(asked.uid))
    assert Claim.objects.get().text == "[redacted] did it"
    for page in (row_url(asked), row_url(asked, "history"), list_url("redaction")):
        found = content(client.get(page))
        assert "Quokk" not in found
        assert "Court of Somewhere" in found


def test_a_form_without_its_parts_says_what_is_missing(project, admin, operator, client_for):
    for person in (admin, operator):
        answer = client_for(person).post(reverse(ADD), {"words": "Quokka", "ground": "other"})
        assert {"project", "reference"} <= set(answer.context["adminform"].form.errors)
    sent = {"project": project.pk, "words": "a", "ground": "other", "reference": "x"}
    assert "too short" in content(client_for(admin).post(reverse(ADD), sent))
    assert not Redaction.objects.exists()


def test_a_person_is_asked_for_at_their_account(project, operator, reviewer, client_for, choose):
    client = client_for(operator)
    sent = choose("pseudonymise_users", reviewer, decided="1", reason="Request of 2 May")
    client.post(list_url("user"), sent)
    redaction = Redaction.objects.get()
    assert (redaction.person, redaction.reference) == (reviewer, "Request of 2 May")
    # An admin of a project of theirs finds it, one of another does not.
    second, stranger = make_user("second admin"), make_user("admin elsewhere")
    make_member(project, second, "admin")
    make_project("Elsewhere", slug="elsewhere", admin=stranger)
    assert client_for(second).get(row_url(redaction, "confirm")).status_code == 200
    assert client_for(stranger).get(row_url(redaction, "confirm")).status_code == 404


def test_files_that_cannot_be_searched_are_ticked(asked, admin, client_for):
    client = client_for(admin)
    answer = client.post(row_url(asked, "files"), {"revision": asked.revision, "replaced": ["9"]})
    assert answer.status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.confirmed_by) == ("found", None)
