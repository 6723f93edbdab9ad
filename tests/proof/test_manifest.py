"""The list of a bundle's files: read as it was written, and never of a name that is not safe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.exchange.proof.manifest import BadManifest, read_manifest, write_manifest

HOSTILE_NAMES = (
    "../up.txt", "/etc/passwd", "a/../../b", "C:\\x", "a\\b", ".hidden", "-rf", "a b", "a/b/c/d",
    "a//b", "ü.txt", "a\x1b[2J", "warc/", "a" * 300,
)  # fmt: skip


@given(
    st.dictionaries(
        st.from_regex(r"[a-z][a-z0-9._-]{0,8}(/[a-z0-9]{1,4})?", fullmatch=True),
        st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    )
)
def test_a_list_is_read_as_it_was_written(digests):
    written = write_manifest(digests)
    assert read_manifest(written) == digests
    assert written == write_manifest(dict(reversed(digests.items())))


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_no_list_names_what_is_not_safe(name):
    with pytest.raises(BadManifest):
        write_manifest({name: "0" * 64})
    with pytest.raises(BadManifest):
        read_manifest(f"{'0' * 64}  {name}\n".encode())
