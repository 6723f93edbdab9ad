"""The form of an event, filled in by the pages that offer it; where an event's page belongs."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from annotations.claims.hops import HopInput
from annotations.claims.services import claim_create
from annotations.lifecycle.services import assessment_add, event_record
from annotations.lifecycle.watches.services import watch_start
from annotations.models import LifecycleEvent
from annotations.moderation.services import row_hide
from tests.material import make_article, make_capture, make_check, make_event, make_statement
from tests.placing import add_version, make_placed

pytestmark = pytest.mark.django_db
URL = "https://daily.example/tolls"
START = datetime(2026, 3, 2, 2, 17, 40, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_kyiv(project):
    project.time_zone = "Europe/Kyiv"
    project.save(update_fields=["time_zone"])


def look(project, actor, minutes, **more):
    at = START + timedelta(minutes=minutes)
    return make_capture(project, actor, url=URL, at=at, **more)


def offered(text: str, words: str) -> str:
    """Where the link of these words leads to."""
    found = re.search(rf'href="([^"]+)"[^>]*>{words}<', text)
    assert found is not None
    return html.unescape(found[1])


def initial(client, url: str) -> dict[str, object]:
    return client.get(url).context["form"].initial


def test_a_check_bounds_the_edit_by_its_two_captures(client_for, project, reviewer):
    said = make_statement(project, reviewer, url=URL)
    watch = watch_start(actor=reviewer, subject=said)[0]
    before, after = look(project, reviewer, 0), look(project, reviewer, 121, body=b"Other words.")
    make_check(watch, before=before, capture=after)
    client = client_for(reviewer)
    page = client.get(reverse("watch-detail", args=[project.slug, watch.uid])).content.decode()
    known = initial(client, offered(page, "Record the edit"))
    assert known["type"] == "edited_silent"
    assert known["noticed"] == "2026-03-02 06:18:40"
    assert known["happened"] == "2026-03-02 04:17:40/2026-03-02 06:18:40"
    assert (known["happened_basis"], known["self_observed"]) == ("observed", True)


def test_a_removal_is_bounded_by_the_first_capture_without_the_page(client_for, project, reviewer):
    said = make_statement(project, reviewer, url=URL)
    watch = watch_start(actor=reviewer, subject=said)[0]
    before = look(project, reviewer, 0)
    look(project, reviewer, 60, status=404)
    make_check(
        watch, before=before, capture=look(project, reviewer, 120, status=404),
        outcome="suspected_removal", changes={},
    )  # fmt: skip
    client = client_for(reviewer)
    page = client.get(reverse("watch-detail", args=[project.slug, watch.uid])).content.decode()
    known = initial(client, offered(page, "Record the removal"))
    assert known["type"] == "unpublished"
    assert known["happened"] == "2026-03-02 04:17:40/2026-03-02 05:17:40"


@pytest.mark.parametrize("asked", ["check=x", "shown_in=x", f"check={'0' * 32}", "type=made"])
def test_nonsense_fills_nothing_in(client_for, project, reviewer, asked):
    said = make_statement(project, reviewer)
    url = reverse("event-create", args=[project.slug, said.uid])
    known = initial(client_for(reviewer), f"{url}?{asked}")
    assert set(known) <= {"type"}


def test_an_orphan_s_form_is_recorded_as_it_is_offered_and_offered_no_more(
    client_for, project, reviewer
):
    version = make_placed(project, reviewer)
    client = client_for(reviewer)
    listed = reverse("placement-list", args=[project.slug, version.uid])
    url = offered(client.get(listed).content.decode(), "Record an edit of the article")
    known = initial(client, url)
    assert (known["self_observed"], known["happened_basis"]) == (True, "observed")
    assert known["happened"]
    answer = client.post(url, {**known, "self_observed": "on", "standing": "reported"})
    assert answer.status_code == 302
    event = LifecycleEvent.objects.get()
    assert event.self_observed
    page = client.get(listed).content.decode()
    assert "Record an edit of the article" not in page
    event_page = reverse("event-detail", args=[project.slug, event.uid])
    assert offered(page, "Recorded as: Edited silently") == event_page
    assessment_add(actor=reviewer, event=event, standing="refuted", reason="Another article")
    assert "Record an edit of the article" in client.get(listed).content.decode()


def test_the_pages_of_an_article_s_event_belong_to_the_article(client_for, project, reviewer):
    article = make_article(project, reviewer)
    edit = event_record(actor=reviewer, subject=article, type="edited_silent", self_observed=True)
    deletion = make_event(make_statement(project, reviewer), reviewer)
    client = client_for(reviewer)
    for url, section in (
        (reverse("event-detail", args=[project.slug, edit.uid]), "article-list"),
        (reverse("event-create-article", args=[project.slug, article.uid]), "article-list"),
        (reverse("event-detail", args=[project.slug, deletion.uid]), "statement-list"),
    ):
        answer = client.get(url)
        current = [one.url for one in answer.context["nav_items"] if one.current]
        assert current == [reverse(section, args=[project.slug])]
        trail = re.search(r'<nav class="breadcrumbs".*?</nav>', answer.content.decode(), re.DOTALL)
        if trail is not None:
            assert f'href="{reverse(section, args=[project.slug])}"' in trail[0]
            assert trail[0].count("<li>") == 2


def test_a_failure_and_an_unchanged_page_bound_no_removal(client_for, project, reviewer):
    said = make_statement(project, reviewer, url=URL)
    watch = watch_start(actor=reviewer, subject=said)[0]
    before = look(project, reviewer, 0)
    look(project, reviewer, 30, status=503)
    look(project, reviewer, 60, status=304)
    look(project, reviewer, 70, status=503)
    look(project, reviewer, 90, status=404)
    found = look(project, reviewer, 120, status=404)
    check = make_check(watch, before=before, capture=found, outcome="suspected_removal", changes={})
    url = reverse("event-create", args=[project.slug, said.uid])
    client = client_for(reviewer)
    known = initial(client, f"{url}?type=unpublished&check={check.uid}")
    assert known["happened"] == "2026-03-02 05:17:40/2026-03-02 05:47:40"
    known = initial(client, f"{url}?type=unavailable_unknown&check={check.uid}")
    assert known["happened"] == "2026-03-02 05:17:40/2026-03-02 05:27:40"


def test_a_return_is_bounded_by_the_last_capture_without_the_page(client_for, project, reviewer):
    said = make_statement(project, reviewer, url=URL)
    watch = watch_start(actor=reviewer, subject=said)[0]
    before = look(project, reviewer, 0)
    look(project, reviewer, 60, status=404)
    look(project, reviewer, 90, status=404)
    back = look(project, reviewer, 120)
    check = make_check(watch, before=before, capture=back, outcome="returned", changes={})
    url = reverse("event-create", args=[project.slug, said.uid])
    known = initial(client_for(reviewer), f"{url}?type=restored&check={check.uid}")
    assert known["happened"] == "2026-03-02 05:47:40/2026-03-02 06:17:40"


def test_two_looks_within_a_minute_bound_an_edit_to_the_second(client_for, project, reviewer):
    said = make_statement(project, reviewer, url=URL)
    watch = watch_start(actor=reviewer, subject=said)[0]
    before = look(project, reviewer, 0)
    look(project, reviewer, 10 / 60, body=b"Other words.")
    check = make_check(watch, before=before, capture=look(project, reviewer, 15 / 60, body=b"New."))
    url = reverse("event-create", args=[project.slug, said.uid])
    known = initial(client_for(reviewer), f"{url}?type=edited_silent&check={check.uid}")
    assert known["happened"] == "2026-03-02 04:17:40/2026-03-02 04:17:55"


GONE = "A leaflet named twelve streets."


def orphaned(project, actor, **said):
    """A version that lacks words which rest on a statement, and the statement."""
    article = make_article(project, actor, url=URL, text=f"Bridge closed\n\n{GONE}\n")
    statement = make_statement(project, actor, **said)
    claim_create(
        actor=actor, project=project, text="Twelve streets", version=article.versions.get(),
        ranges=[(15, 15 + len(GONE))],
        hops=[HopInput(statement=statement, source_given="implicit")],
    )  # fmt: skip
    return add_version(actor, article, "Bridge closed\n\nBuses ran as usual.\n"), statement


def test_of_a_statement_made_elsewhere_a_missing_place_shows_nothing(client_for, project, reviewer):
    version, _said = orphaned(project, reviewer, url="https://social.example/7", text=GONE)
    client = client_for(reviewer)
    listed = client.get(reverse("placement-list", args=[project.slug, version.uid]))
    url = offered(listed.content.decode(), "Record what became of the statement: Facebook")
    known = initial(client, url)
    assert known["type"] == "unavailable_unknown"
    assert not {"self_observed", "happened"} & set(known)
    # Nor where the address says otherwise.
    assert "self_observed" not in initial(client, f"{url}&shown_in={version.uid}")


def test_of_a_statement_made_in_the_article_our_version_shows_the_edit(
    client_for, project, reviewer
):
    version, said = orphaned(project, reviewer, url=URL, text=GONE)
    client = client_for(reviewer)
    listed = client.get(reverse("placement-list", args=[project.slug, version.uid]))
    url = offered(listed.content.decode(), "Record what became of the statement: Facebook")
    known = initial(client, url)
    assert (known["type"], known["self_observed"]) == ("edited_silent", True)
    assert known["happened_basis"] == "observed"
    answer = client.post(url, {**known, "self_observed": "on", "standing": "reported"})
    assert answer.status_code == 302
    said.refresh_from_db()
    assert (said.state, said.state_event.self_observed) == ("changed", True)


def test_a_version_of_a_hidden_article_fills_nothing_in(client_for, project, reviewer, moderator):
    version, said = orphaned(project, moderator, url=URL, text=GONE)
    row_hide(actor=moderator, row=version.article, reason="libel")
    url = reverse("event-create", args=[project.slug, said.uid])
    asked = f"{url}?type=edited_silent&shown_in={version.uid}"
    assert "self_observed" not in initial(client_for(reviewer), asked)
    assert initial(client_for(moderator), asked)["self_observed"]


def test_a_missing_place_names_no_hidden_speaker(client_for, project, reviewer, moderator):
    version, said = orphaned(project, moderator, source_name="Jane Doe", text=GONE)
    row_hide(actor=moderator, row=said.source, reason="A private person")
    listed = reverse("placement-list", args=[project.slug, version.uid])
    page = client_for(reviewer).get(listed).content.decode()
    assert "Record what became of the statement: Facebook" in page
    assert "Jane Doe" not in page
    assert "Jane Doe" in client_for(moderator).get(listed).content.decode()
