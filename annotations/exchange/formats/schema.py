"""The JSON Schema of the native form, made from the records. PURE."""

from typing import Any

import msgspec

from annotations.exchange.formats.native import FORMAT_MARK, NativeDocument
from annotations.exchange.records import NATIVE_VERSION

SCHEMA_NAME = f"native-{NATIVE_VERSION}.json"


def native_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12) that every native export of this version meets."""
    (document,), parts = msgspec.json.schema_components(
        [NativeDocument], ref_template="#/$defs/{name}"
    )
    properties = parts["NativeDocument"]["properties"]
    properties["format"]["const"] = FORMAT_MARK
    properties["version"]["const"] = NATIVE_VERSION
    # History holds each row's columns as they were: any object.
    parts["HistoryRecord"]["properties"]["values"] = {"type": "object"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:factcheck:schema:native:{NATIVE_VERSION}",
        "title": "Factcheck native export",
        **document,
        "$defs": dict(sorted(parts.items())),
    }
