"""How the routes of captures are asked: those of articles, of statements and of events."""

from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.matrix.asks import Ask, fixed, uid_of
from tests.matrix.rows import Rows


def uploaded_capture(rows: Rows) -> dict[str, Any]:
    """A file that another program made of one answer."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nSaid elsewhere."
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://gov.example/said\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid4()}>\r\nWARC-Date: 2022-03-02T10:00:00Z\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    content = head.encode() + answer + b"\r\n\r\n"
    return {"file": SimpleUploadedFile("said.warc", content)}


def kept_capture(rows: Rows) -> dict[str, Any]:
    """A capture of the statement's address that is not among those of its event."""
    return {"capture": rows.said_capture.uid}


CAPTURES = {
    ("article-captures", "GET"): Ask("article", uid_of("article")),
    ("article-captures-state", "GET"): Ask("article", uid_of("article")),
    ("article-wacz", "GET"): Ask("article", uid_of("article")),
    ("capture-take", "POST"): Ask("article", uid_of("article"), is_traceless=True),
    ("capture-upload", "POST"): Ask("article", uid_of("article"), uploaded_capture),
    # The worker is asked, once the transaction has committed.
    ("capture-copy", "POST"): Ask(
        "article",
        uid_of("article"),
        fixed(url="https://archive.example/2022/https://daily.example/"),
        is_traceless=True,
    ),
    ("statement-captures", "GET"): Ask("statement", uid_of("statement")),
    ("statement-captures-state", "GET"): Ask("statement", uid_of("statement")),
    ("statement-wacz", "GET"): Ask("statement", uid_of("statement")),
    ("statement-capture-take", "POST"): Ask("statement", uid_of("statement"), is_traceless=True),
    ("statement-capture-upload", "POST"): Ask("statement", uid_of("statement"), uploaded_capture),
    ("statement-capture-copy", "POST"): Ask(
        "statement",
        uid_of("statement"),
        fixed(url="https://archive.example/2022/https://gov.example/"),
        is_traceless=True,
    ),
    ("event-capture-add", "POST"): Ask("event", uid_of("event"), kept_capture),
    ("api-capture-files", "POST"): Ask(body=uploaded_capture),
    ("api-captures-wacz", "GET"): Ask(),
    ("capture-detail", "GET"): Ask("capture", uid_of("capture")),
    ("capture-warc", "GET"): Ask("capture", uid_of("capture")),
}
