"""An event with captures around it, and a time-stamp authority of the tests' own."""

import io
from dataclasses import replace

import pytest
from django.conf import settings as django_settings

from annotations.captures.stamping import capture_stamp, stamp_make
from annotations.exchange.proof.bundle import Placed, write_bundle
from annotations.exchange.proof.documents import event_document
from tests.authority import Authority
from tests.material import make_capture, make_event, make_source, make_statement

URL = "https://gov.example/statement"


@pytest.fixture(scope="session")
def authority_of_session(tmp_path_factory):
    made = Authority(tmp_path_factory.mktemp("authority"))
    yield made
    made.close()


@pytest.fixture
def authority(authority_of_session):
    """An authority that this installation asks, in a network where no page is fetched."""
    made = authority_of_session
    made.instead = None
    made.asked.clear()
    before = django_settings.TIMESTAMP_AUTHORITY
    django_settings.TIMESTAMP_AUTHORITY = replace(
        before, url=made.url, ca_file=str(made.ca), is_inside=True
    )
    yield made
    django_settings.TIMESTAMP_AUTHORITY = before


@pytest.fixture
def statement(project, reviewer):
    return make_statement(project, reviewer, url=URL, text="More than 2,000 died.")


@pytest.fixture
def event(project, reviewer, statement):
    return make_event(
        statement,
        reviewer,
        happened="2022-03-02",
        event_actor=make_source(project, reviewer, "Emergency Service"),
    )


@pytest.fixture
def captures(project, reviewer):
    """The page as it stood, and what came of it later."""
    return [
        Placed("before", make_capture(project, reviewer, url=URL)),
        Placed("after", make_capture(project, reviewer, url=URL, status=404, body=b"Not found")),
    ]


@pytest.fixture
def write(event, captures, reviewer):
    """Write a bundle of the event to a file, and return its path."""

    def made(path, *, of=captures, viewer=reviewer, stamped=False):
        for one in of if stamped else ():
            capture_stamp(capture_uid=str(one.capture.uid))
        stream = io.BytesIO()
        written = write_bundle(
            stream,
            event=event_document(event, viewer).json,
            captures=of,
            stamping=stamp_make if stamped else None,
        )
        path.write_bytes(stream.getvalue())
        assert written.captures == len(of)
        return path

    return made


@pytest.fixture
def bundle(write, authority, tmp_path):
    return write(tmp_path / "bundle.zip", stamped=True)
