"""Asking for a bundle, getting it, and who never does."""

import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from annotations.captures.models import StoredFile
from annotations.captures.storage import file_storage
from annotations.exchange.models import BundleProblem, BundleState, ProofBundle
from annotations.exchange.proof import services
from annotations.exchange.proof.services import (
    bundle_ask,
    bundle_make,
    bundles_forget,
    bundles_forget_person,
)
from annotations.exchange.proof.verifying import Outcome, verify_bundle
from annotations.lib.errors import Refused
from annotations.lifecycle.models import EventCapture
from annotations.lifecycle.services import assessment_add
from annotations.moderation.redactions.models import Redaction
from annotations.moderation.redactions.running import redaction_look, redaction_run
from annotations.moderation.redactions.services import redaction_ask, redaction_confirm
from annotations.moderation.services import row_hide
from tests.factories import make_user
from tests.material import (
    make_bundle,
    make_capture,
    make_claim,
    make_event,
    make_evidence,
    make_statement,
)
from tests.proof.conftest import URL

pytestmark = pytest.mark.django_db


def hide_row(row, moderator):
    row_hide(actor=moderator, row=row, reason="Off topic.")


@pytest.fixture
def shown(event, captures, project, reviewer):
    """An event with its captures attached."""
    for one in captures:
        EventCapture.objects.create(
            project=project,
            event=event,
            capture=one.capture,
            place=one.place,
            created_by=reviewer,
        )
    return event


def opened(bundle):
    return zipfile.ZipFile(io.BytesIO(file_storage().read(bundle.file.sha256)))


def told(bundle, name="event.json"):
    with opened(bundle) as archive:
        return json.loads(archive.read(name))


def test_a_bundle_is_made_of_the_events_own_captures(shown, reviewer, tmp_path):
    bundle = make_bundle(shown, reviewer)
    assert (bundle.state, bundle.captures) == (BundleState.READY, 2)
    content = file_storage().read(bundle.file.sha256)
    assert bundle.sha256 == hashlib.sha256(content).hexdigest()
    assert bundle.size == len(content)
    assert [one["place"] for one in told(bundle, "captures.json")["captures"]] == [
        "before", "after",
    ]  # fmt: skip
    path = tmp_path / "b.zip"
    path.write_bytes(content)
    assert not [one for one in verify_bundle(path) if one.outcome == Outcome.FAILED]


def test_asking_twice_gives_the_one_that_waits(event, reviewer, second_reviewer):
    first, is_new = bundle_ask(actor=reviewer, event=event)
    assert is_new
    assert bundle_ask(actor=reviewer, event=event) == (first, False)
    assert bundle_ask(actor=second_reviewer, event=event)[1]
    bundle_make(bundle_uid=str(first.uid))
    assert bundle_ask(actor=reviewer, event=event)[1]
    # Repeated after a crash, the job changes nothing.
    first.refresh_from_db()
    bundle_make(bundle_uid=str(first.uid))
    again = ProofBundle.objects.get(pk=first.pk)
    assert again.made_at == first.made_at


def test_one_that_the_worker_never_came_to_makes_way(event, reviewer):
    first, _is_new = bundle_ask(actor=reviewer, event=event)
    ProofBundle.objects.update(created_at=timezone.now() - timedelta(hours=1))
    second, is_new = bundle_ask(actor=reviewer, event=event)
    first.refresh_from_db()
    assert is_new
    assert second != first
    assert (first.state, first.problem) == (BundleState.FAILED, BundleProblem.STOPPED)


def test_an_outsider_gets_none_and_a_hidden_event_neither(event, reviewer, outsider, moderator):
    with pytest.raises(Refused):
        bundle_ask(actor=outsider, event=event)
    bundle, _is_new = bundle_ask(actor=reviewer, event=event)
    hide_row(event, moderator)
    bundle_make(bundle_uid=str(bundle.uid))
    bundle.refresh_from_db()
    assert (bundle.state, bundle.problem) == (BundleState.FAILED, BundleProblem.NOT_SEEN)
    assert not ProofBundle.objects.visible_to(reviewer).exists()


def test_everybody_gets_their_own_only(event, reviewer, second_reviewer, admin):
    bundle = make_bundle(event, reviewer)
    assert list(ProofBundle.objects.visible_to(reviewer)) == [bundle]
    for other in (second_reviewer, admin):
        assert not ProofBundle.objects.visible_to(other).exists()


def test_what_may_not_be_seen_is_not_in_it(project, reviewer, reader, moderator, client_for):
    claims = [make_claim(project, reviewer, text=f"Claim {n}") for n in range(2)]
    statement = make_statement(project, reviewer, url=URL)
    for one in claims:
        type(one).objects.filter(pk=one.pk).update(statement=statement)
    event = make_event(statement, reviewer, reported_by_name="Whistle Blower")
    hide_row(claims[0], moderator)
    reporter = event.attributions.get().source
    hide_row(reporter, moderator)
    capture = make_capture(project, reviewer, url=URL)
    EventCapture.objects.create(
        project=project, event=event, capture=capture, place="before", created_by=reviewer
    )
    bundle = make_bundle(event, reader)
    with opened(bundle) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Claim 1" in everything
    assert b"Claim 0" not in everything
    assert b"Whistle Blower" not in everything
    assert told(bundle)["attributions"][0]["withheld"] is True
    seen_by_moderator = told(make_bundle(event, moderator))
    assert len(seen_by_moderator["claims"]) == 2


def test_what_was_hidden_since_is_given_to_nobody(shown, reader, moderator, client_for, statement):
    bundle = make_bundle(shown, reader)
    address = f"/p/{shown.project.slug}/bundles/{bundle.uid}/file/"
    browser = client_for(reader)
    answer = browser.get(address)
    content = b"".join(answer.streaming_content)
    assert answer.status_code == 200
    assert hashlib.sha256(content).hexdigest() == bundle.sha256
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith('attachment; filename="proof-')
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer["Cache-Control"]
    reporter = shown.attributions.get().source
    hide_row(reporter, moderator)
    assert browser.get(address).status_code == 403
    type(reporter).objects.filter(pk=reporter.pk).update(hidden_at=None)
    type(statement).objects.filter(pk=statement.pk).update(confidential=True)
    assert browser.get(address).status_code == 404


def test_a_reader_gets_no_confidential_evidence_of_an_address(
    shown, project, reviewer, reader, client_for
):
    bundle = make_bundle(shown, reader)
    assert bundle.captures == 2
    make_evidence(project, reviewer, url=URL, confidential=True)
    address = f"/p/{project.slug}/bundles/{bundle.uid}/file/"
    assert client_for(reader).get(address).status_code == 403
    assert make_bundle(shown, reader).captures == 0


def test_old_bundles_are_let_go_of_and_say_so(event, reviewer, client_for):
    bundle = make_bundle(event, reviewer)
    address = bundle.sha256
    assert bundles_forget() == 0
    ProofBundle.objects.update(made_at=timezone.now() - timedelta(days=31))
    assert bundles_forget() == 1
    bundle.refresh_from_db()
    assert (bundle.state, bundle.file) == (BundleState.GONE, None)
    page = client_for(reviewer).get(f"/p/{event.project.slug}/bundles/{bundle.uid}/")
    assert "Bundles are kept for 30 days" in page.content.decode()
    assert client_for(reviewer).get(f"{page.request['PATH_INFO']}file/").status_code == 409
    assert not StoredFile.objects.filter(sha256=address).exists()


def test_a_newer_bundle_takes_the_place_of_an_earlier_one(event, reviewer, second_reviewer):
    first, others = make_bundle(event, reviewer), make_bundle(event, second_reviewer)
    same = make_bundle(event, reviewer)
    first.refresh_from_db()
    assert (first.state, first.problem) == (BundleState.GONE, BundleProblem.NEWER)
    # The same rows make the same bytes, which are one file.
    assert same.is_there
    assert opened(same).testzip() is None
    event_note = assessment_add(actor=reviewer, event=event, standing="reported", reason="Still.")
    newer = make_bundle(event, reviewer)
    assert newer.sha256 != same.sha256
    assert str(event_note.uid) in opened(newer).read("event.json").decode()
    others.refresh_from_db()
    assert others.is_there


def test_bundles_that_name_a_person_end_with_the_name(event, reviewer, second_reviewer):
    bundle = make_bundle(event, reviewer)
    bundles_forget_person(person_uid=str(second_reviewer.uid))
    bundle.refresh_from_db()
    assert bundle.state == BundleState.READY
    bundles_forget_person(person_uid=str(reviewer.uid))
    bundle.refresh_from_db()
    assert (bundle.state, bundle.problem) == (BundleState.GONE, BundleProblem.PERSON)


def test_the_page_waits_without_a_script_then_offers_the_file(shown, reviewer, client_for):
    browser = client_for(reviewer)
    slug = shown.project.slug
    event_page = browser.get(f"/p/{slug}/events/{shown.uid}/").content.decode()
    assert f'action="/p/{slug}/events/{shown.uid}/bundles/"' in event_page
    answer = browser.post(f"/p/{slug}/events/{shown.uid}/bundles/")
    waiting = browser.get(answer["Location"])
    assert waiting["Refresh"] == "2"
    bundle = ProofBundle.objects.get()
    bundle_make(bundle_uid=str(bundle.uid))
    ready = browser.get(answer["Location"])
    assert "Refresh" not in ready
    assert f"/p/{slug}/bundles/{bundle.uid}/file/" in ready.content.decode()


def test_too_large_a_bundle_is_refused_in_words(shown, reviewer, monkeypatch, client_for):
    monkeypatch.setattr("annotations.exchange.proof.bundle.MOST_BYTES", 500)
    bundle = make_bundle(shown, reviewer)
    assert (bundle.state, bundle.problem) == (BundleState.FAILED, BundleProblem.TOO_LARGE)
    page = client_for(reviewer).get(f"/p/{shown.project.slug}/bundles/{bundle.uid}/")
    assert "200 MB" in page.content.decode()


def test_the_job_is_queued_with_the_bundle(event, reviewer, monkeypatch):
    queued = []
    monkeypatch.setattr(services.jobs, "enqueue", lambda name, **given: queued.append(name))
    bundle_ask(actor=reviewer, event=event)
    bundle_ask(actor=reviewer, event=event)
    assert queued == ["exchange.make_bundle"]
    assert ProofBundle.objects.get().file is None


def test_a_redaction_in_between_has_the_bundle_made_again(event, reviewer, admin, monkeypatch):
    bundle, _is_new = bundle_ask(actor=reviewer, event=event)
    make = services.write_bundle

    def redacted_meanwhile(*args, **names):
        written = make(*args, **names)
        operator = make_user("another_operator", is_superuser=True)
        redaction = redaction_ask(
            actor=admin, project=event.project, words="died", ground="other", reference="Order 1"
        )
        redaction_look(uid=str(redaction.uid))
        redaction.refresh_from_db()
        redaction_confirm(actor=operator, redaction=redaction, revision=redaction.revision)
        return written

    monkeypatch.setattr(services, "write_bundle", redacted_meanwhile)
    with pytest.raises(services.Disturbed):
        bundle_make(bundle_uid=str(bundle.uid))
    bundle.refresh_from_db()
    assert (bundle.state, bundle.file) == (BundleState.WAITING, None)
    monkeypatch.setattr(services, "write_bundle", make)
    redaction_run(uid=str(Redaction.objects.get().uid))
    bundle_make(bundle_uid=str(bundle.uid))
    bundle.refresh_from_db()
    with opened(bundle) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"died" not in everything
    assert b"[redacted]" in everything
