"""Every export format, registered by hand. PURE: records in, bytes out."""

from annotations.exchange.formats.base import CutFile, Format
from annotations.exchange.formats.csv import CsvFormat
from annotations.exchange.formats.jsonl import JsonLinesFormat
from annotations.exchange.formats.native import NativeFormat
from annotations.exchange.formats.webannotation import WebAnnotationFormat

FORMATS: tuple[Format, ...] = (
    NativeFormat(),
    JsonLinesFormat(),
    CsvFormat(),
    WebAnnotationFormat(),
)
FORMAT_NAMES: tuple[str, ...] = tuple(each.name for each in FORMATS)


def find_format(name: str) -> Format | None:
    """Return the format of this name; None when there is none."""
    return next((each for each in FORMATS if each.name == name), None)
