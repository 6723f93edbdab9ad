"""Pages answer whatever stands in an address, and take a changed form for a new one."""

import pytest
from django.urls import reverse

from annotations.models import Claim, LifecycleEvent, Statement
from annotations.statements.services import statement_create
from tests.marking import make_claim, make_version
from tests.quick_client import quick_client

pytestmark = pytest.mark.django_db
NUL, SUPERSCRIPT = "%00", "%C2%B2"


@pytest.fixture
def client(reviewer):
    client = quick_client()
    client.force_login(reviewer)
    return client


@pytest.fixture
def version(project, reviewer):
    return make_version(reviewer, project)


@pytest.mark.parametrize("route", ["statement-list", "source-list", "source-suggest"])
def test_nul_is_searched_for_like_nothing(client, project, route):
    address = reverse(route, kwargs={"slug": "desk"})
    assert client.get(f"{address}?q=a{NUL}b").status_code == 200


@pytest.mark.parametrize("query", [f"q={NUL}", f"q={SUPERSCRIPT}", f"claim={SUPERSCRIPT}"])
def test_choosing_a_claim_takes_any_words(client, version, query):
    address = reverse("mention-create", kwargs={"slug": "desk", "uid": version.uid})
    assert client.get(f"{address}?range=0-5&{query}").status_code == 200


def test_the_workbench_takes_any_claim_number(client, version):
    address = reverse("workbench", kwargs={"slug": "desk", "uid": version.article.uid})
    assert client.get(f"{address}?claim={SUPERSCRIPT}").status_code == 200


def test_reasons_hold_no_nul(client, admin, project, reviewer, version):
    claim = make_claim(reviewer, version)
    address = f"/api/v1/projects/desk/claims/{claim.uid}/"
    headers = {"If-Match": client.get(address)["ETag"]}
    for reason in (NUL, "x" * 1001):
        assert client.delete(f"{address}?reason={reason}", headers=headers).status_code == 400
    assert Claim.objects.get().discarded_at is None
    client.force_login(admin)
    archive = reverse("project-archive", kwargs={"slug": "desk"})
    assert client.post(archive, {"reason": "a\0b"}).status_code == 302


def send_changed(client, address, field, **sent) -> None:
    """Send a form twice, then changed: it is asked about, then sent with the key it was given."""
    for _time in range(2):
        assert client.post(address, sent | {field: "first"}).status_code == 302
    asked = client.post(address, sent | {field: "second"})
    assert asked.status_code == 400
    assert "This form was saved before, with other words." in asked.content.decode()
    key = asked.context["form"]["form_key"].value()
    assert key != sent["form_key"]
    assert client.post(address, sent | {field: "second", "form_key": key}).status_code == 302


def test_a_form_changed_after_it_was_sent_is_asked_about(client, project, reviewer):
    address = reverse("statement-create", kwargs={"slug": "desk"})
    send_changed(client, address, "channel", form_key="one-key", source_name="Ann")
    channels = Statement.objects.order_by("id").values_list("channel", flat=True)
    assert list(channels) == ["first", "second"]


def test_an_event_changed_after_it_was_sent_is_asked_about(client, project, reviewer):
    statement = statement_create(actor=reviewer, project=project, channel="Facebook")
    address = reverse("event-create", kwargs={"slug": "desk", "uid": statement.uid})
    sent = {"type": "retracted", "standing": "reported", "reported_by_name": "CNN"}
    send_changed(client, address, "note", form_key="one-key", **sent)
    notes = LifecycleEvent.objects.order_by("id").values_list("note", flat=True)
    assert list(notes) == ["first", "second"]
