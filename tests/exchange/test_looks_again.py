"""A verdict to be looked at again, in the native form: open, kept, and not for everybody's eyes."""

import json

import pytest

from annotations.lifecycle.knock_on import look_again_keep
from annotations.models import LookAgain
from tests.exchange.conftest import export, native
from tests.exchange.test_schema import validator
from tests.material import make_event, make_statement
from tests.ruling import agree, make_checked, publish

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_stands_in_its_verdict(project, admin, reviewer, second_reviewer, moderator, reader):
    statement = make_statement(project, admin)
    claim = make_checked(project, admin, statement=statement)
    agree(claim, reviewer, second_reviewer)
    publish(claim, moderator)
    make_event(statement, reviewer, self_observed=True, standing="corroborated")
    (verdict,) = native(project, reader).verdicts
    assert [(one.event, one.kept) for one in verdict.looks_again] == [
        (str(LookAgain.objects.get().event.uid), None)
    ]
    look_again_keep(actor=moderator, look_again=LookAgain.objects.get(), reason="Counted.")
    document = json.loads(export(project, reader, history=True))
    validator().validate(document)
    (kept,) = document["verdicts"][0]["looks_again"]
    assert (kept["kept"]["reason"], kept["kept"]["by"]) == ("Counted.", str(moderator.uid))
    changes = [one["change"] for one in document["history"] if one["entity"] == "lookagain"]
    assert changes == ["insert", "update"]
    statement.confidential = True
    statement.save(update_fields=["confidential"])
    for viewer, seen in ((reader, []), (reviewer, [str(LookAgain.objects.get().uid)])):
        (verdict,) = native(project, viewer).verdicts
        assert [one.uid for one in verdict.looks_again] == seen
    told = export(project, reader, history=True).decode()
    assert str(LookAgain.objects.get().uid) not in told
