"""Time stamps: asked for through the one door, checked before they are kept, never changed."""

from dataclasses import replace

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.urls import reverse

from annotations import jobs
from annotations.captures import made
from annotations.captures.copies import copy_take
from annotations.captures.download import capture_warc
from annotations.captures.failures import FailureCode, FetchFailed
from annotations.captures.models import Capture, TimeStamp
from annotations.captures.stamping import capture_stamp, stamp_make, stamp_of
from annotations.captures.taking import capture_take
from annotations.captures.token_order import certificates_ordered
from annotations.captures.tokens import BadToken, check_token, question_for, question_of
from annotations.captures.uploading import captures_read, captures_upload
from factcheck.environment import read_authority
from tests.authority import Authority
from tests.captures.server import page
from tests.captures.test_warc import record
from tests.material import make_capture

pytestmark = pytest.mark.django_db


@pytest.fixture
def capture(project, reviewer):
    return make_capture(project, reviewer)


def test_a_capture_is_stamped_once_over_its_own_file(authority, capture):
    capture_stamp(capture_uid=str(capture.uid))
    capture_stamp(capture_uid=str(capture.uid))
    stamp = TimeStamp.objects.get()
    assert len(authority.asked) == 1
    assert stamp.sha256 == capture.file.sha256
    assert bytes(stamp.request) == authority.asked[0]
    assert stamp.authority_url == authority.url
    assert stamp_of(capture, capture_warc(capture)) == stamp
    assert stamp_of(capture, b"other bytes") is None


def test_the_captures_page_says_when_it_was_stamped(authority, capture, reviewer, client_for):
    address = f"/p/{capture.project.slug}/captures/{capture.uid}/"
    assert "Time stamp" not in client_for(reviewer).get(address).content.decode()
    capture_stamp(capture_uid=str(capture.uid))
    page = client_for(reviewer).get(address).content.decode()
    assert "Time stamp" in page
    assert authority.url in page


def test_the_desk_shows_when_a_capture_was_stamped_and_by_whom(
    authority, capture, moderator, client_for
):
    capture_stamp(capture_uid=str(capture.uid))
    address = reverse("admin:annotations_capture_change", args=[capture.pk])
    page = client_for(moderator).get(address).content.decode()
    assert authority.url in page
    assert TimeStamp.objects.get().sha256 in page


def test_a_stamp_never_changes(authority, capture):
    capture_stamp(capture_uid=str(capture.uid))
    for statement in ("UPDATE annotations_timestamp SET sha256 = ''",
                      "DELETE FROM annotations_timestamp"):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_whoever_sees_the_capture_sees_its_stamp(authority, capture, reviewer, outsider):
    capture_stamp(capture_uid=str(capture.uid))
    assert TimeStamp.objects.visible_to(reviewer).count() == 1
    assert TimeStamp.objects.visible_to(outsider).count() == 0


def test_keeping_a_capture_queues_a_stamp_only_where_an_authority_is_named(
    authority, project, reviewer, monkeypatch
):
    queued = []
    monkeypatch.setattr(made.jobs, "enqueue", lambda name, **given: queued.append((name, given)))
    capture = make_capture(project, reviewer)
    assert queued == [("captures.stamp", {"capture_uid": str(capture.uid)})]
    assert jobs.enqueue is made.jobs.enqueue
    django_settings.TIMESTAMP_AUTHORITY = replace(django_settings.TIMESTAMP_AUTHORITY, url="")
    make_capture(project, reviewer)
    assert len(queued) == 1


def test_a_stamp_that_was_not_queued_before_a_crash_is_queued_by_the_repetition(
    authority, project, reviewer, monkeypatch
):
    capture = make_capture(project, reviewer)
    queued = []
    monkeypatch.setattr(made.jobs, "enqueue", lambda name, **given: queued.append((name, given)))
    again = {"actor": reviewer, "project": project, "url": capture.url, "uid": capture.uid}
    assert capture_take(**again) == copy_take(**again, original=capture.url) == capture
    assert queued == 2 * [("captures.stamp", {"capture_uid": str(capture.uid)})]
    content = record(page(b"<p>A statement.</p>"))
    file = captures_upload(actor=reviewer, project=project, content=content, name="a.warc").file
    queued.clear()
    for _time in range(2):
        captures_read(file_uid=str(file.uid), actor_uid=str(reviewer.uid))
    uploaded = {"capture_uid": str(Capture.objects.get(file=file).uid)}
    assert queued == 2 * [("captures.stamp", uploaded)]
    for one in Capture.objects.all():
        capture_stamp(capture_uid=str(one.uid))
    queued.clear()
    captures_read(file_uid=str(file.uid), actor_uid=str(reviewer.uid))
    assert capture_take(**again) == capture
    assert not queued


def test_an_answer_that_is_not_right_is_not_kept(authority, capture, tmp_path):
    request = question_of(b"something else").content
    other = Authority(tmp_path / "other", name="Somebody else")
    wrong = {
        "it is over other bytes": authority.sign(request),
        "it is no time-stamp answer": b"<html>",
        "its signature": None,
    }
    for said, reply in wrong.items():
        authority.instead = (200, reply or b"")
        if reply is None:
            authority.instead = None
            django_settings.TIMESTAMP_AUTHORITY = replace(
                django_settings.TIMESTAMP_AUTHORITY, url=other.url
            )
        with pytest.raises(BadToken, match=said):
            capture_stamp(capture_uid=str(capture.uid))
    other.close()
    assert not TimeStamp.objects.exists()


def test_an_answer_to_another_question_is_refused(authority):
    content = b"the same bytes"
    first, second = question_of(content), question_of(content)
    reply = authority.sign(first.content)
    assert check_token(reply, first.digest, nonce=first.nonce)
    with pytest.raises(BadToken, match="another question"):
        check_token(reply, second.digest, nonce=second.nonce)


def test_the_question_is_told_from_the_answer(authority):
    for n in range(20):
        asked = question_of(bytes([n]))
        assert question_for(authority.sign(asked.content), asked.digest) == asked.content


def test_what_is_no_answer_of_an_authority_is_read_as_such(authority):
    good = authority.sign(question_of(b"x").content)
    for end in range(0, len(good), 37):
        with pytest.raises(BadToken):
            check_token(good[:end], question_of(b"x").digest)
        certificates_ordered(good[:end])
    for at in range(0, len(good), 7):
        certificates_ordered(good[:at] + b"\xff" + good[at + 1 :])
    assert certificates_ordered(certificates_ordered(good)) == certificates_ordered(good)
    assert sorted(certificates_ordered(good)) == sorted(good)


@pytest.mark.parametrize(
    ("instead", "code"),
    [
        ((500, b"busy"), FailureCode.PROTOCOL),
        ((302, b""), FailureCode.PROTOCOL),
        ((200, b"x" * 70_000), FailureCode.TOO_LARGE),
    ],
)
def test_what_is_no_answer_or_too_much_of_one_fails(authority, instead, code):
    authority.instead = instead
    with pytest.raises(FetchFailed) as failed:
        stamp_make(b"x")
    assert failed.value.failure.code == code


def test_the_border_holds_unless_the_operator_says_the_authority_is_inside(authority):
    named = django_settings.TIMESTAMP_AUTHORITY
    for url in (named.url, "http://10.0.0.1/", "http://[::1]/", "http://169.254.169.254/"):
        django_settings.TIMESTAMP_AUTHORITY = replace(named, url=url, is_inside=False)
        with pytest.raises(FetchFailed) as failed:
            stamp_make(b"x")
        assert failed.value.failure.code == FailureCode.ADDRESS_REFUSED
    assert authority.asked == []


def test_the_authority_is_read_from_the_environment(tmp_path):
    pem = tmp_path / "ca.pem"
    pem.write_text("")
    assert read_authority({}).url == ""
    read = read_authority({
        "TIMESTAMP_AUTHORITY_URL": "https://tsa.example/", "TIMESTAMP_AUTHORITY_INSIDE": "1",
        "TIMESTAMP_AUTHORITY_CA_FILE": str(pem),
    })  # fmt: skip
    assert (read.url, read.ca_file, read.is_inside) == ("https://tsa.example/", str(pem), True)
    for wrong in ({"TIMESTAMP_AUTHORITY_URL": "ftp://tsa.example/"},
                  {"TIMESTAMP_AUTHORITY_CA_FILE": str(tmp_path / "nowhere")}):  # fmt: skip
        with pytest.raises(ImproperlyConfigured, match=next(iter(wrong))):
            read_authority(wrong)
