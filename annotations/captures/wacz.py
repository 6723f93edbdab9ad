"""Several captures as one WACZ archive (version 1.1.1), as replay programs read them. PURE.

https://specs.webrecorder.net/wacz/1.1.1/
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from typing import IO
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator

from annotations.captures.unpacking import pack_member
from annotations.lib.urls import DEFAULT_PORTS

VERSION = "1.1.1"
MEDIA_TYPE = "application/wacz"
_WWW = re.compile(r"^www\d*\.")


@dataclass(frozen=True, slots=True)
class PackedCapture:
    """One capture to put into an archive: its WARC file, and what its page is called."""

    name: str
    warc: bytes
    url: str
    moment: datetime
    title: str


def write_wacz(
    captures: Iterable[PackedCapture], stream: IO[bytes], *, title: str, software: str
) -> None:
    """Write an archive to a stream that can seek; one WARC file is held at a time.

    The same captures make the same bytes: it is dated by the latest of them.
    """
    latest = datetime.min.replace(tzinfo=UTC)
    resources: list[dict[str, object]] = []
    lines: list[bytes] = []
    pages: list[dict[str, object]] = []
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for capture in captures:
            file = f"{capture.name}.warc.gz"
            _add(archive, resources, f"archive/{file}", capture.warc)
            lines.extend(_index(capture.warc, file))
            pages.append(_page(capture))
            latest = max(latest, capture.moment)
        index = pack_member(b"".join(sorted(lines)))
        _add(archive, resources, "indexes/index.cdx.gz", index)
        _add(archive, resources, "indexes/index.idx", _second_index(sorted(lines), index))
        _add(archive, resources, "pages/pages.jsonl", _pages(pages, title))
        package = {
            "profile": "data-package",
            "wacz_version": VERSION,
            "title": title,
            "software": software,
            "created": _stamp(latest),
            "resources": resources,
        }
        described = json.dumps(package, indent=2, ensure_ascii=False).encode()
        _store(archive, "datapackage.json", described)
        digest = {"path": "datapackage.json", "hash": f"sha256:{sha256(described).hexdigest()}"}
        _store(archive, "datapackage-digest.json", json.dumps(digest).encode())


def sort_key(url: str) -> str:
    """Return an address in the order of indexes (SURT): `test,news)/path?query`, in lower case."""
    parts = urlsplit(url.lower())
    host = _WWW.sub("", parts.hostname or "")
    is_number = host.replace(".", "").isdigit() or ":" in host
    labels = host if is_number else ",".join(reversed(host.split(".")))
    usual = parts.port in (None, DEFAULT_PORTS.get(parts.scheme))
    port = "" if usual else f":{parts.port}"
    query = "&".join(sorted(one for one in parts.query.split("&") if one))
    return f"{labels}{port}){parts.path or '/'}" + (f"?{query}" if query else "")


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _store(archive: zipfile.ZipFile, path: str, content: bytes) -> None:
    """Put a file in under no date of its own."""
    archive.writestr(zipfile.ZipInfo(path), content)


def _add(
    archive: zipfile.ZipFile, resources: list[dict[str, object]], path: str, content: bytes
) -> None:
    """Put a file in, stored as it is: readers seek in it."""
    _store(archive, path, content)
    resources.append(
        {
            "name": path.rpartition("/")[2].lower(),
            "path": path,
            "hash": f"sha256:{sha256(content).hexdigest()}",
            "bytes": len(content),
        }
    )


def _index(warc: bytes, file: str) -> Iterator[bytes]:
    """Yield the line of each answer: where it stands in its file, and what it is."""
    reading = ArchiveIterator(BytesIO(warc))
    for record in reading:
        if record.rec_type != "response" or record.http_headers is None:
            continue
        header, http = record.rec_headers.get_header, record.http_headers
        url = (header("WARC-Target-URI") or "").strip("<>")
        moment = re.sub(r"\D", "", header("WARC-Date") or "")[:14]
        mime = (http.get_header("Content-Type") or "").partition(";")[0].strip()
        offset = reading.get_record_offset()
        reading.read_to_end(record)
        about = {
            "url": url,
            "mime": mime or "unk",
            "status": http.get_statuscode(),
            "digest": header("WARC-Payload-Digest") or "",
            "length": str(reading.get_record_length()),
            "offset": str(offset),
            "filename": file,
        }
        yield f"{sort_key(url)} {moment} {json.dumps(about)}\n".encode()


def _second_index(lines: list[bytes], index: bytes) -> bytes:
    """Return the index of the index, which is one piece."""
    meta = {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}
    head = f"!meta 0 {json.dumps(meta)}\n".encode()
    if not lines:
        return head
    about = {
        "offset": 0,
        "length": len(index),
        "digest": f"sha256:{sha256(index).hexdigest()}",
        "filename": "index.cdx.gz",
    }
    return head + b" ".join(lines[0].split(b" ")[:2]) + f" {json.dumps(about)}\n".encode()


def _page(capture: PackedCapture) -> dict[str, object]:
    return {
        "id": capture.name,
        "url": capture.url,
        "ts": _stamp(capture.moment),
        "title": capture.title,
    }


def _pages(pages: list[dict[str, object]], title: str) -> bytes:
    head = {"format": "json-pages-1.0", "id": "pages", "title": title}
    return "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in (head, *pages)).encode()
