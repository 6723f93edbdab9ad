"""The spreadsheet form: what is put before dangerous words comes off again exactly."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.exchange.formats.csv import COLUMNS, NUMBERS, CsvFormat, neutralise, restore
from annotations.exchange.records import Closing
from tests.exchange import sample

FORM = CsvFormat()


def write(claims) -> bytes:
    mentions = sum(len(claim.mentions) for claim in claims)
    closing = Closing(counts={"mentions": mentions})
    return b"".join(FORM.write([sample.project(), *claims, closing]))


def read(content: bytes) -> list[dict]:
    return list(FORM.read(io.BytesIO(content)))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "'"])
def test_dangerous_words_are_disarmed(start):
    assert neutralise(f"{start}1+1") == f"'{start}1+1"
    assert restore(neutralise(f"{start}1+1")) == f"{start}1+1"


@pytest.mark.parametrize("words", ["", "2,000 killed", " =1", "a'b", "5-4"])
def test_other_words_are_left_alone(words):
    assert neutralise(words) == words


@given(st.text())
def test_undoing_is_exact(words):
    assert restore(neutralise(words)) == words


words = st.text(
    alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1
)


@given(words, st.sampled_from(["", "=", "+", "-", "@", "\t", "\r", "'", "''", '"', "\n"]))
def test_any_words_come_back_from_a_file(rest, start):
    claim = sample.claims()[0]
    claim.text = start + rest
    assert read(write([claim]))[0]["claim_text"] == start + rest


def test_one_row_for_each_mention_and_one_for_a_claim_without():
    rows = read(write(sample.claims()))
    assert [row["record"] for row in rows] == ["mention", "mention", "claim", "closing"]
    assert [row["claim_number"] for row in rows] == [1, 2, 3, ""]


def test_several_ranges_stand_in_one_row():
    row = read(write(sample.claims()))[0]
    assert row["exact"] == "The service said […] were killed"
    first, second = sample.claims()[0].mentions[0].ranges
    assert (row["start"], row["end"]) == (first.start, second.end)
    assert row["ranges"] == f"{first.start}-{first.end};{second.start}-{second.end}"
    for pair in row["ranges"].split(";"):
        start, end = map(int, pair.split("-"))
        assert sample.TEXT[start:end] in row["exact"]


def test_chain_marks_and_labels_are_said_in_words():
    row = read(write(sample.claims()))[0]
    assert row["chain"] == "State Emergency Service → [withheld]"
    assert row["original_speaker"] == "State Emergency Service"
    assert row["lifecycle"] == "deleted_by_author (reported)"
    assert (row["my_label"], row["labels"]) == ("refuted", "refuted")
    assert row["statement_channels"] == "-Facebook"


def test_numbers_stay_numbers():
    header, first, *_rest = csv.reader(io.StringIO(write(sample.claims()).decode(), newline=""))
    for name, cell in zip(header, first, strict=True):
        if name in NUMBERS:
            assert cell == str(int(cell))


def test_it_is_rfc_4180_in_utf_8_without_a_mark():
    content = write(sample.claims())
    assert content.startswith(b"record,claim_number,")
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    for row in csv.reader(io.StringIO(content.decode(), newline="")):
        assert len(row) == len(COLUMNS)


def test_no_cell_begins_like_a_formula():
    for row in csv.reader(io.StringIO(write(sample.claims()).decode(), newline="")):
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
