"""The JSON Schema that ships with the program describes what the program writes."""

import json
from importlib.resources import files

import jsonschema

from annotations.exchange.formats.native import NativeFormat
from annotations.exchange.formats.schema import SCHEMA_NAME, native_schema
from tests.exchange import sample


def shipped() -> dict:
    return json.loads(files("annotations.exchange").joinpath(f"schemas/{SCHEMA_NAME}").read_text())


def validator() -> jsonschema.Draft202012Validator:
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(shipped(), format_checker=checker)


def test_the_shipped_schema_is_that_of_the_records():
    """If this fails, write native_schema() to a schema of the next version, not over this one."""
    assert shipped() == json.loads(json.dumps(native_schema()))


def test_the_shipped_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(shipped())


def test_an_export_meets_it():
    document = json.loads(b"".join(NativeFormat().write(sample.records())))
    validator().validate(document)


def test_a_cut_or_foreign_document_does_not():
    document = json.loads(b"".join(NativeFormat().write(sample.records())))
    for change in ({"version": 1}, {"format": "other"}, {"claims": [{}]}):
        assert not validator().is_valid(document | change)
    del document["closing"]
    assert not validator().is_valid(document)
