"""Finding words in archives: what a redaction must not overlook."""

import gzip
import io
import json
import zipfile

from annotations.captures.reading import packed_texts
from annotations.captures.warc_reading import read_answers, record_of
from annotations.moderation.redactions.patterns import pattern_of, redact
from tests.captures.test_elsewhere import numbered

NAME = "Petrenko"
PATTERN = pattern_of([NAME], whole_words=True)


def packed(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return io.BytesIO(out.getvalue())


def finds(archive) -> bool:
    return any(redact(text, PATTERN)[1] for text in packed_texts(archive))


def test_a_name_at_the_start_of_a_line_is_found_in_json():
    said = json.dumps({"text": f"He said:\n{NAME} is dead"})
    assert finds(packed(event_json=said))
    assert finds(packed(pages__pages_jsonl=f"{{}}\n{said}\n"))
    assert not finds(packed(event_json=json.dumps({"text": f"He said:\n{NAME}s are dead"})))


def test_a_name_in_a_page_of_a_packed_archive_is_found():
    body = f"<p>Seen: {NAME}.</p>".encode()
    assert finds(packed(archive__data_warc=numbered(1, body)))
    assert not finds(packed(archive__data_warc=numbered(1, b"<p>Seen: nobody.</p>")))


def test_a_page_that_uses_an_identity_again_is_not_handed_out_with_the_first():
    first, other = numbered(1, b"<p>Ours</p>"), numbered(1, b"<p>Hidden</p>", url="http://x.test/h")
    content = first + other
    answer = next(iter(list(read_answers(content, limit=10**6))))
    plain = gzip.decompress(record_of(content, answer.record_id, limit=10**6))
    assert b"Ours" in plain
    assert b"Hidden" not in plain
