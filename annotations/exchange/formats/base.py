"""What every format is, and how one sees that a file of it was cut off."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, ClassVar, Protocol

from annotations.exchange.records import SECTIONS, Closing, ExportedRecord

# Bytes gathered before they are handed on: enough that handing on costs nothing.
CHUNK = 64 * 1024


class CutFile(ValueError):
    """The file does not end in its closing record, or holds other numbers than that says."""


class Format(Protocol):
    """One way to write an export."""

    # What requests and commands call it; what it is to people is translated at the edge.
    name: ClassVar[str]
    media_type: ClassVar[str]
    extension: ClassVar[str]
    lossless: ClassVar[bool]
    # What of the native form is not in it, in the words of docs/formats.
    lost_fields: ClassVar[tuple[str, ...]]
    # What has to be read for it, and whether claims must say in words where they stand.
    sections: ClassVar[tuple[str, ...]]
    in_context: ClassVar[bool]

    def write(self, records: Iterable[ExportedRecord]) -> Iterator[bytes]:
        """Yield the file in chunks. Without a closing record in `records`, none is written."""
        ...

    def check(self, stream: BinaryIO) -> Closing:
        """Return the closing record of a whole file; raise CutFile for any other."""
        ...


ALL_SECTIONS = tuple(SECTIONS)


def compare(closing: Closing, found: dict[str, int]) -> Closing:
    """Return `closing` if the file holds as many of each as it says; raise CutFile otherwise."""
    for entity, count in found.items():
        if closing.counts.get(entity, 0) != count:
            raise CutFile(f"{count} {entity} found, {closing.counts.get(entity, 0)} announced")
    return closing
