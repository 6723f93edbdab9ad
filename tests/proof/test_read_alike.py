"""Archives that programs unpack differently: what is checked is what everybody unpacks."""

import io
import shutil
import struct
import subprocess
import zipfile
import zlib

import pytest

from tests.proof.packing import failures, files_of, pack, relisted, trusted

pytestmark = pytest.mark.django_db


def with_entry(files, path, name, change):
    """The files packed, with one of the entries changed before it is written."""
    with zipfile.ZipFile(path, "w") as archive:
        for one, content in files.items():
            about = zipfile.ZipInfo(one)
            if one == name:
                change(about)
            archive.writestr(about, content)
    return path


def test_a_second_name_that_others_unpack_by_is_refused(bundle, authority, tmp_path):
    def rename(about):
        other = struct.pack("<BL", 1, zlib.crc32(b"README.txt")) + b"README-2.txt"
        about.extra = struct.pack("<HH", 0x7075, len(other)) + other

    path = with_entry(files_of(bundle), tmp_path / "named.zip", "README.txt", rename)
    if shutil.which("unzip"):
        shown = subprocess.run(["unzip", "-l", path], capture_output=True, text=True, check=False)
        assert "README-2.txt" in shown.stdout
    (said,) = failures(path, trusted=trusted(authority))
    assert "README.txt has another name besides" in said


@pytest.mark.parametrize("attributes", [0o040755 << 16, 0o010644 << 16, 0x10])
def test_a_file_that_others_unpack_as_something_else_is_refused(attributes, bundle, tmp_path):
    def change(about):
        about.external_attr = attributes

    path = with_entry(files_of(bundle), tmp_path / "odd.zip", "event.json", change)
    assert failures(path) == ["archive: event.json is noted to be no file"]


def test_another_bundle_before_it_or_bytes_around_it_are_refused(
    bundle, authority, write, tmp_path
):
    lie = relisted(files_of(write(tmp_path / "plain.zip")) | {"event.json": b'{"lie": 1}'})
    other = pack(tmp_path / "lie.zip", lie)
    with zipfile.ZipFile(other) as archive:
        start = archive.start_dir
    whole, path = bundle.read_bytes(), tmp_path / "two.zip"
    with zipfile.ZipFile(bundle) as archive:
        listed = archive.start_dir
    for content in (
        other.read_bytes()[:start] + whole,
        whole + b"more",
        whole[:listed] + b"more" + whole[listed:],
    ):
        path.write_bytes(content)
        (said,) = failures(path, trusted=trusted(authority))
        assert said.startswith("archive: ")


@pytest.mark.parametrize(("at", "size"), [(14, 4), (18, 4), (22, 4), (30, 1)])
def test_a_heading_that_says_something_else_than_the_list_is_refused(at, size, bundle, tmp_path):
    content = bytearray(bundle.read_bytes())
    content[at : at + size] = bytes(size)
    path = tmp_path / "headed.zip"
    path.write_bytes(content)
    (said,) = failures(path)
    assert said.startswith("archive: not every program reads it alike: the heading of ")


def test_names_that_differ_in_capitals_alone_are_refused(write, tmp_path):
    files = files_of(write(tmp_path / "plain.zip"))
    for name in ("EVENT.json", "event.json/", "WARC/001-before.warc.gz"):
        path = pack(tmp_path / "case.zip", relisted(files) | {name: b""})
        (said,) = failures(path)
        assert " called " in said


class Pipe(io.RawIOBase):
    """Where nothing can be written over, as a program writes that packs to its output."""

    def __init__(self):
        self.content = bytearray()

    def writable(self):
        return True

    def write(self, piece):
        self.content += piece
        return len(piece)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_bundle_packed_anew_to_a_pipe_is_as_it_was_made(method, bundle, authority, tmp_path):
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", method) as archive:
        for name, content in files_of(bundle).items():
            archive.writestr(name, content)
    path = tmp_path / "piped.zip"
    path.write_bytes(pipe.content)
    assert failures(path, trusted=trusted(authority)) == []
