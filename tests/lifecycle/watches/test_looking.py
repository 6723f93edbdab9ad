"""What a check found waits until a person has looked, whatever later checks come to."""

from uuid import uuid4

import pytest
from django.urls import reverse

from annotations.captures.models import Capture
from annotations.lib.errors import Conflict
from annotations.lifecycle.models import LifecycleEvent
from annotations.lifecycle.watches.looking import check_looked_at
from annotations.lifecycle.watches.models import WatchCheck, WatchTurn
from annotations.lifecycle.watches.reading import watches_shown
from tests.captures.server import page
from tests.lifecycle.watches.conftest import WORDS
from tests.material import make_check

pytestmark = pytest.mark.django_db
OTHER = WORDS.replace("More than 2,000", "About 1,900")


def waiting(watch):
    return WatchTurn.objects.get(watch=watch).to_look


@pytest.fixture
def changed(watch_of_statement, worker, site):
    """A check that found the statement's words gone."""
    worker.check(watch_of_statement)
    assert waiting(watch_of_statement) is None
    site.shows(OTHER, headers=())
    check = worker.check(watch_of_statement)
    assert (check.outcome, waiting(watch_of_statement)) == ("changed", check)
    return check


def test_a_change_stays_until_somebody_has_looked(
    watch_of_statement, worker, changed, project, reviewer, client_for
):
    assert worker.check(watch_of_statement).outcome == "unchanged"
    assert waiting(watch_of_statement) == changed
    assert list(watches_shown(project, reviewer, "eyes")) == [watch_of_statement]
    client = client_for(reviewer)
    address = reverse("watch-detail", args=[project.slug, watch_of_statement.uid])
    listed = reverse("watch-list", args=[project.slug])
    assert "To look at (1)" in client.get(listed).content.decode()
    assert "Record the edit" in client.get(address).content.decode()
    look = reverse("watch-look", args=[project.slug, watch_of_statement.uid])
    assert client.post(look, {"check": changed.uid}).status_code == 302
    assert waiting(watch_of_statement) is None
    watch_of_statement.refresh_from_db()
    assert (watch_of_statement.looked_by, watch_of_statement.looked_check) == (
        reviewer,
        changed.uid,
    )
    shown = client.get(address).content.decode()
    assert "Record the edit" not in shown
    assert "Looked at by" in shown
    assert "To look at (" not in client.get(listed).content.decode()
    history = watch_of_statement.history.order_by("-pgh_id").first()
    assert history.pgh_context["action"] == "watch.look"


def test_a_site_out_of_reach_does_not_take_a_change_away(watch_of_statement, worker, site, changed):
    site.answers("/tolls", page(b"busy", 503))
    assert worker.check(watch_of_statement).outcome == "unavailable"
    assert waiting(watch_of_statement) == changed


def test_a_page_that_can_be_read_again_leaves_nothing_to_look_at(watch_of_statement, worker, site):
    worker.check(watch_of_statement)
    site.answers("/tolls", page(b"busy", 503))
    check = worker.check(watch_of_statement)
    assert (check.outcome, waiting(watch_of_statement)) == ("unavailable", check)
    site.shows(WORDS)
    assert worker.check(watch_of_statement).outcome == "unchanged"
    assert waiting(watch_of_statement) is None


def test_a_suspicion_that_lasts_does_not_come_up_again(watch_of_statement, worker, site, reviewer):
    worker.check(watch_of_statement)
    site.answers("/tolls", page(b"Not found", 404))
    first = worker.check(watch_of_statement)
    assert first.outcome == "suspected_removal"
    second = worker.check(watch_of_statement)
    assert waiting(watch_of_statement) == second
    check_looked_at(actor=reviewer, watch=watch_of_statement, check=second.uid)
    assert worker.check(watch_of_statement).outcome == "suspected_removal"
    assert waiting(watch_of_statement) is None
    site.shows(WORDS, headers=())
    back = worker.check(watch_of_statement)
    assert (back.outcome, waiting(watch_of_statement)) == ("returned", back)


def test_recording_an_event_from_a_check_is_looking_at_it(
    watch_of_statement, worker, changed, project, reviewer, client_for, statement
):
    client = client_for(reviewer)
    form = reverse("event-create", args=[project.slug, statement.uid])
    sent = {
        "type": "edited_silent",
        "happened_basis": "unknown",
        "reason_given": "unknown",
        "self_observed": "on",
        "standing": "reported",
    }
    for key, of, left in (("a", uuid4(), changed), ("b", "no uid", changed), ("c", None, None)):
        of = of or changed.uid
        answer = client.post(f"{form}?check={of}", {**sent, "form_key": f"{key * 32}"})
        assert answer.status_code == 302, answer.content.decode()
        assert waiting(watch_of_statement) == left
    assert LifecycleEvent.objects.count() == 3


def test_what_nobody_has_seen_yet_is_not_taken_as_looked_at(watch_of_statement, reviewer):
    first = make_check(watch_of_statement)
    second = make_check(watch_of_statement, capture=Capture.objects.get())
    with pytest.raises(Conflict):
        check_looked_at(actor=reviewer, watch=watch_of_statement, check=first.uid)
    assert waiting(watch_of_statement) == second
    assert check_looked_at(actor=reviewer, watch=watch_of_statement, check=second.uid)
    assert not check_looked_at(actor=reviewer, watch=watch_of_statement, check=second.uid)
    assert WatchCheck.objects.count() == 2


def test_programs_read_what_waits_and_say_that_it_was_looked_at(
    watch_of_statement, project, reviewer, reader, client_for
):
    check = make_check(watch_of_statement)
    client = client_for(reviewer)
    one = reverse("api-watch", args=[project.slug, watch_of_statement.uid])
    listed = reverse("api-watches", args=[project.slug])
    assert client.get(one).json()["to_look"] == str(check.uid)
    assert len(client.get(listed, {"to_look": "true"}).json()["results"]) == 1
    look = reverse("api-watch-looked-at", args=[project.slug, watch_of_statement.uid])
    ask = {"content_type": "application/json"}
    assert client_for(reader).post(look, {"check": check.uid}, **ask).status_code == 403
    assert client.post(look, {"check": uuid4()}, **ask).status_code == 400
    said = client.post(look, {"check": check.uid}, **ask).json()
    assert (said["to_look"], said["looked_check"]) == (None, str(check.uid))
    assert said["looked_by"]["uid"] == str(reviewer.uid)
    assert client.get(listed, {"to_look": "true"}).json()["results"] == []


def to_look(client, project, watch):
    """What the page of a watch shows under "To look at"."""
    shown = client.get(reverse("watch-detail", args=[project.slug, watch.uid])).content.decode()
    return shown.partition('id="to-look"')[2].partition("</section>")[0]


def test_a_change_that_nobody_has_seen_is_shown_beside_what_came_later(
    watch_of_statement, worker, site, changed, project, reviewer, client_for
):
    site.answers("/tolls", page(b"Not found", 404))
    assert worker.check(watch_of_statement).outcome == "suspected_removal"
    site.shows(OTHER, headers=())
    back = worker.check(watch_of_statement)
    assert (back.outcome, waiting(watch_of_statement)) == ("returned", back)
    client = client_for(reviewer)
    shown = to_look(client, project, watch_of_statement)
    assert "Back again" in shown
    assert f"check={changed.uid}&amp;type=edited_silent" in shown
    assert shown.count(">Looked at</button>") == 1
    check_looked_at(actor=reviewer, watch=watch_of_statement, check=back.uid)
    assert to_look(client, project, watch_of_statement) == ""
    site.shows(WORDS, headers=())
    again = worker.check(watch_of_statement)
    shown = to_look(client, project, watch_of_statement)
    assert str(again.uid) in shown
    assert str(changed.uid) not in shown


def test_of_many_changes_that_nobody_has_seen_the_latest_are_shown(
    watch_of_statement, project, reviewer, client_for, django_assert_max_num_queries
):
    capture = make_check(watch_of_statement).capture
    cosmetic = {"weighty": 0, "plain": 0, "cosmetic": 3, "kinds": []}
    for _one in range(7):
        make_check(watch_of_statement, capture=capture)
        make_check(watch_of_statement, capture=capture, changes=cosmetic)
    latest = make_check(watch_of_statement, capture=capture, outcome="failed", changes={})
    client = client_for(reviewer)
    shown = to_look(client, project, watch_of_statement)
    assert str(latest.uid) in shown
    assert shown.count("type=edited_silent") == 5
    assert "3 earlier changes" in shown
