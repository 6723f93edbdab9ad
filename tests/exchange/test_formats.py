"""One contract for every format of the registry, and a golden file each.

After a wanted change, `UPDATE_GOLDEN=1 pytest tests/exchange/test_formats.py` writes them anew.
"""

import io
import os
from pathlib import Path

import pytest

from annotations.exchange.formats import FORMATS, find_format
from annotations.exchange.formats.base import CutFile
from annotations.exchange.records import SECTIONS, ClaimRecord, Closing, ProjectRecord
from tests.exchange import sample

GOLDEN = Path(__file__).parent / "golden"
DOCS = Path(__file__).parents[2] / "docs" / "formats"
every_format = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)


def shown_to(form, records=None):
    """The records a format asks for: its sections, with context only where it wants that."""
    for record in records if records is not None else sample.records():
        if isinstance(record, ClaimRecord) and not form.in_context:
            for mention in record.mentions:
                mention.context = None
                for hop in mention.hops:
                    hop.source_name = ""
            record.context = None
        wanted = tuple(SECTIONS[name] for name in form.sections)
        if type(record) in (ProjectRecord, Closing, *wanted):
            yield record


def written(form, records=None) -> bytes:
    return b"".join(form.write(shown_to(form, records)))


@every_format
def test_the_file_is_the_golden_one(form):
    golden = GOLDEN / f"sample.{form.name}"
    content = written(form)
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_bytes(content)
    assert content == golden.read_bytes()


@every_format
def test_writing_twice_gives_the_same_bytes(form):
    assert written(form) == written(form)


@every_format
def test_a_whole_file_gives_its_counts(form):
    assert form.check(io.BytesIO(written(form))).counts["mentions"] == 2


@every_format
def test_a_file_cut_anywhere_is_recognised(form):
    content = written(form)
    # From a byte past the start to the last one before the final line end.
    for length in range(1, len(content.rstrip()), max(1, len(content) // 150)):
        with pytest.raises(CutFile):
            form.check(io.BytesIO(content[:length]))
    with pytest.raises(CutFile):
        form.check(io.BytesIO(content.rstrip()[:-1]))


@every_format
def test_records_that_break_off_leave_no_closing_record(form):
    content = written(form, [r for r in sample.records() if not isinstance(r, Closing)])
    with pytest.raises(CutFile):
        form.check(io.BytesIO(content))


@every_format
def test_a_file_that_lost_a_claim_in_the_middle_is_recognised(form):
    records = [r for r in sample.records() if getattr(r, "number", 0) != 2]
    with pytest.raises(CutFile):
        form.check(io.BytesIO(written(form, records)))


@every_format
def test_an_empty_project_is_a_whole_file(form):
    content = written(form, [sample.project(), Closing(counts={})])
    assert form.check(io.BytesIO(content)).counts == {}


@every_format
def test_it_is_described_with_a_table_of_what_is_lost(form):
    name = {"json": "native"}.get(form.name, form.name)
    text = (DOCS / f"{name}.md").read_text()
    assert all(word in text for word in ("Discarded", "Hidden", "Confidential", "History"))
    assert all(lost in text for lost in form.lost_fields)


@every_format
def test_words_of_every_script_survive(form):
    content = written(form).decode()
    assert "قال المتحدث 498" in content
    assert "👨‍👩‍👧" in content


def test_names_are_unique_and_found():
    assert len({form.name for form in FORMATS}) == len(FORMATS)
    assert [find_format(form.name) for form in FORMATS] == list(FORMATS)
    assert find_format("xml") is None


def test_a_long_export_comes_in_chunks():
    claim = sample.claims()[0]
    many = [sample.project(), *[claim] * 500, Closing(counts={"claims": 500, "mentions": 500})]
    for form in FORMATS:
        chunks = list(form.write(iter(many)))
        assert len(chunks) > 3, form.name
        assert max(map(len, chunks)) < 200_000


def test_lossless_formats_read_back_what_was_written():
    native, lines = find_format("json"), find_format("jsonl")
    expected = list(shown_to(native))
    document = native.read(io.BytesIO(written(native)))
    read = [document.project, *(r for name in SECTIONS for r in getattr(document, name))]
    assert [*read, document.closing] == expected
    assert list(lines.read(io.BytesIO(written(lines)))) == expected
