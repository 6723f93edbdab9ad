"""Watched pages as people meet them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from annotations.articles.services import version_add
from annotations.claims.placements.placing import mentions_place
from annotations.inbox.shown import name_targets, notifications_shown
from annotations.lifecycle.models import EventModeration
from annotations.lifecycle.watches.choices import Urgency
from annotations.lifecycle.watches.looking import check_looked_at
from annotations.lifecycle.watches.models import HostPace, Watch, WatchTurn
from annotations.lifecycle.watches.reading import check_lines, claims_touched, watches_shown
from annotations.lifecycle.watches.services import watch_start
from annotations.lifecycle.watches.turns import ENDED
from annotations.moderation.services import row_hide
from annotations.notifications.models import Notification
from annotations.notifications.services import follow_start, notify
from tests.material import TEXT, make_article, make_check, make_claim, make_event, make_statement
from tests.placing import GOES, MOVES, OLD, add_version, mark

pytestmark = pytest.mark.django_db
URL = "https://daily.example/tolls"


@pytest.fixture
def said(project, reviewer):
    return make_statement(project, reviewer, url=URL)


@pytest.fixture
def watched(said, reviewer):
    return watch_start(actor=reviewer, subject=said)[0]


def page(client, name, project, **more) -> str:
    return client.get(reverse(name, kwargs={"slug": project.slug, **more})).content.decode()


def test_a_statement_is_watched_by_a_button_on_its_page(client_for, reviewer, project, said):
    client = client_for(reviewer)
    assert "Nobody watches the page yet." in page(client, "statement-detail", project, uid=said.uid)
    address = reverse("statement-watch", kwargs={"slug": project.slug, "uid": said.uid})
    answer = client.post(address)
    watch = Watch.objects.get()
    assert answer.url == reverse("watch-detail", kwargs={"slug": project.slug, "uid": watch.uid})
    assert (watch.statement, watch.created_by, watch.turn.host) == (
        said,
        reviewer,
        "daily.example",
    )
    assert client.get(address).url == answer.url
    assert "Facebook" in page(client, "watch-list", project)


def test_a_reader_reads_and_is_offered_nothing(client_for, reader, project, watched, said):
    make_check(watched)
    text = page(client_for(reader), "watch-detail", project, uid=watched.uid)
    assert "no longer on the page" in text
    assert "Check now" not in text
    assert "Pause this watch" not in text


def test_it_is_paused_with_a_reason_and_resumed(client_for, reviewer, project, watched):
    client = client_for(reviewer)
    names = {"slug": project.slug, "uid": watched.uid}
    assert client.post(reverse("watch-pause", kwargs=names), {"reason": ""}).status_code == 400
    client.post(reverse("watch-pause", kwargs=names), {"reason": "The site asked us to."})
    assert "The site asked us to." in page(client, "watch-detail", project, uid=watched.uid)
    assert client.post(reverse("watch-check", kwargs=names)).status_code == 409
    client.post(reverse("watch-resume", kwargs=names))
    watched.refresh_from_db()
    assert watched.is_active
    assert WatchTurn.objects.get(watch=watched).next_at <= timezone.now()


def test_a_stale_pause_is_refused(client_for, reviewer, project, watched):
    names = {"slug": project.slug, "uid": watched.uid}
    sent = {"reason": "No.", "revision": watched.revision + 1}
    answer = client_for(reviewer).post(reverse("watch-pause", kwargs=names), sent)
    assert answer.status_code == 412


def test_what_needs_eyes_comes_first(project, reviewer):
    outcomes = ["unchanged", "unavailable", "changed", "suspected_removal"]
    for n, outcome in enumerate(outcomes):
        one = make_statement(project, reviewer, url=f"https://daily.example/{n}")
        make_check(watch_start(actor=reviewer, subject=one)[0], outcome=outcome)
    shown = [one.turn.outcome for one in watches_shown(project, reviewer, "")]
    assert shown == ["suspected_removal", "changed", "unavailable", "unchanged"]
    assert [one.turn.outcome for one in watches_shown(project, reviewer, "eyes")] == shown[:3]


def test_robots_says_how_to_capture_by_hand(client_for, reviewer, project):
    article = make_article(project, reviewer, url=URL)
    watch = watch_start(actor=reviewer, subject=article)[0]
    make_check(watch, outcome="unavailable", why="robots", changes={})
    text = page(client_for(reviewer), "watch-detail", project, uid=watch.uid)
    assert "The site asks programs not to fetch this page (robots.txt)." in text
    assert reverse("article-captures", args=[project.slug, article.uid]) in text


def test_the_latest_check_offers_to_record_what_it_saw(
    client_for, reviewer, reader, project, watched, said
):
    seen = make_check(watched)
    check_looked_at(actor=reviewer, watch=watched, check=seen.uid)
    gone = make_check(watched, outcome="suspected_removal", changes={})
    text = page(client_for(reviewer), "watch-detail", project, uid=watched.uid)
    noticed = gone.started_at.strftime("%Y-%m-%d %H:%M:%S")
    form = reverse("event-create", args=[project.slug, said.uid])
    offered = f"{form}?check={gone.uid}&type=unpublished"
    assert offered.replace("&", "&amp;") in text
    assert "Record the edit" not in text
    filled = client_for(reviewer).get(offered).content.decode()
    assert '<option value="unpublished" selected>' in filled
    assert f'value="{noticed}"' in filled
    assert "Record the" not in page(client_for(reader), "watch-detail", project, uid=watched.uid)


def test_the_next_look_is_not_before_the_host_may_be_asked(client_for, reviewer, project, watched):
    soon, later = (timezone.now() + timedelta(hours=n) for n in (1, 2))
    make_check(watched)
    WatchTurn.objects.update(next_at=soon)
    HostPace.objects.filter(host="daily.example").update(free_at=later)
    client = client_for(reviewer)
    for name, more in (("watch-detail", {"uid": watched.uid}), ("watch-list", {})):
        text = page(client, name, project, **more)
        assert date_format(later, "SHORT_DATETIME_FORMAT") in text
        assert date_format(soon, "SHORT_DATETIME_FORMAT") not in text


def test_a_page_that_is_being_checked_says_so_alone_and_waits_for_the_end(
    client_for, reviewer, project, watched
):
    soon = timezone.now() + timedelta(minutes=2)
    HostPace.objects.filter(host="daily.example").update(free_at=soon)
    uids = {one: uuid4() for one in ("check_uid", "capture_uid", "control_uid")}
    turns = WatchTurn.objects.filter(watch=watched)
    turns.update(**uids, urgency=Urgency.UNDER_WAY, next_at=timezone.now())
    client = client_for(reviewer)
    text = page(client, "watch-detail", project, uid=watched.uid)
    state = reverse("watch-state", args=[project.slug, watched.uid])
    assert f'data-wait="{state}' in text
    assert "being checked now" in text
    assert date_format(soon, "SHORT_DATETIME_FORMAT") not in text
    assert "data-wait-ended" not in client.get(state).content.decode()
    turns.update(**ENDED, next_at=soon)
    check = make_check(watched)
    part = client.get(state).content.decode()
    assert "data-wait-ended" in part
    assert "The check has ended: Changed." in part
    assert str(check.uid) in part
    assert "data-wait=" not in page(client, "watch-detail", project, uid=watched.uid)


def test_claims_resting_on_words_that_are_gone_are_named(
    client_for, reviewer, reader, project, watched, said, moderator
):
    seen = make_claim(project, reviewer, text="2,000 died", statement=said)
    hidden = make_claim(project, reviewer, text="Hidden words", statement=said)
    row_hide(actor=moderator, row=hidden, reason="Off topic.")
    make_check(watched)
    text = page(client_for(reader), "watch-detail", project, uid=watched.uid)
    assert f"{seen.number}. <bdi>2,000 died</bdi>" in text
    assert "Hidden words" not in text


def test_claims_that_do_not_stand_in_the_new_version_are_named(client_for, reviewer, project):
    article = make_article(project, reviewer, url=URL)
    claim = make_claim(project, reviewer, text="About the toll", article=article)
    watch = watch_start(actor=reviewer, subject=article)[0]
    version = make_version(article, reviewer)
    make_check(watch, version=version)
    text = page(client_for(reviewer), "watch-detail", project, uid=watch.uid)
    assert f"{claim.number}. <bdi>About the toll</bdi>" in text
    assert "What changed in version 2" in text


def test_only_claims_that_stood_in_the_version_before_are_touched(
    client_for, reviewer, reader, project
):
    """Gone, gone again, come back, moved, marked later: a check touches what it took away."""
    article = make_article(project, reviewer, text=OLD, title="Bridge closed", url=URL)
    watch = watch_start(actor=reviewer, subject=article)[0]
    gone, kept = mark(reviewer, article, GOES), mark(reviewer, article, MOVES)
    without = OLD.replace(f"{GOES}\n", "")
    second, third, fourth, fifth = (
        add_version(reviewer, article, text)
        for text in (without, f"{without}\nIt rained.\n", OLD, f"Late.\n\n{without}")
    )
    touched = {}
    for version in (second, third, fourth, fifth):
        make_check(watch, version=version)
    for line in check_lines(watch, watch.checks.select_related("version"), reader):
        touched[line.check.version_id] = line.touched
    assert touched[second.pk] == [gone]
    assert touched[third.pk] == []
    assert touched[fourth.pk] == []
    assert touched[fifth.pk] == [gone]
    assert kept not in touched[fifth.pk]


def test_a_claim_marked_in_a_later_version_is_touched_by_its_loss(reviewer, reader, project):
    article = make_article(project, reviewer, text=OLD, title="Bridge closed", url=URL)
    watch = watch_start(actor=reviewer, subject=article)[0]
    rain = f"{OLD}\nIt rained all day long.\n"
    add_version(reviewer, article, rain)
    claim = mark(reviewer, article, "It rained all day long.", number=2)
    third = add_version(reviewer, article, OLD)
    check = make_check(watch, version=third)
    assert claims_touched(watch, [check], reader) == {check.pk: [claim]}


def make_version(article, reviewer):
    changed = TEXT.replace("more than 2,000", "about 1,900")
    version, _added = version_add(actor=reviewer, article=article, text=changed)
    mentions_place(version_uid=str(version.uid))
    return version


def test_an_event_that_is_hidden_is_not_named(client_for, reader, reviewer, project, watched, said):
    event = make_event(said, reviewer)
    make_check(watched, event=event)
    address = reverse("event-detail", args=[project.slug, event.uid])
    client = client_for(reader)
    assert address in page(client, "watch-detail", project, uid=watched.uid)
    EventModeration.objects.create(
        project=project, event=event, hidden_at=timezone.now(), hidden_reason="Private."
    )
    assert address not in page(client, "watch-detail", project, uid=watched.uid)


def test_what_is_told_of_a_watch_goes_with_its_statement(project, reviewer, reader, watched, said):
    notify(
        project=project,
        recipients=[reader, reviewer],
        kind="watched_changed",
        actor=None,
        target=watched,
    )
    ((named),) = name_targets(notifications_shown(reader), reader).values()
    assert named.path == reverse("watch-detail", args=[project.slug, watched.uid])
    assert named.title == "Facebook"
    type(said).objects.filter(pk=said.pk).update(confidential=True)
    assert not notifications_shown(reader).exists()
    assert notifications_shown(reviewer).exists()
    assert Notification.objects.count() == 2


def test_statements_can_be_followed(client_for, reader, project, said):
    client = client_for(reader)
    sent = {"kind": "statement", "uid": said.uid}
    client.post(reverse("follow-start", kwargs={"slug": project.slug}), sent)
    assert "Stop following" in page(client, "statement-detail", project, uid=said.uid)
    assert follow_start(actor=reader, project=project, target=said)[1] is False
