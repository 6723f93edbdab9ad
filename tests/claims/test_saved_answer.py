"""A claim made beside its text is answered from what is in hand, as it would be read again."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.articles.services import version_add
from annotations.models import Claim
from tests.marking import TEXT, claim_fields, hop_fields, make_claim, make_version
from tests.material import make_event, make_statement

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


@pytest.fixture
def version(project, reviewer):
    return make_version(reviewer, project)


def save(client, version, fields: dict[str, object]) -> str:
    address = reverse("claim-create", kwargs={"slug": "desk", "uid": version.uid})
    answer = client.post(address, fields, headers=HTMX)
    assert answer.status_code == 200, answer.content
    return TOKEN.sub("", answer.content.decode())


@pytest.mark.parametrize(
    ("words", "more"),
    [
        (("A family fled",), {}),
        (("A family fled",), {"label": "refuted", "justification": "It did not."}),
        (("civilians", "lost count"), {"types": ["numerical", "causal"]}),
        (("Death tolls", "a spokesman"), {}),
        (("2,000 civilians",), hop_fields()),
        (("2,000 civilians",), hop_fields({"source_name": "Ann"}, {"source_name": "CNN"})),
    ],
)
def test_the_answer_is_what_a_second_sending_gets(client_for, reviewer, version, words, more):
    make_claim(reviewer, version)
    client = client_for(reviewer)
    fields = claim_fields(version, *words, **more)
    made = save(client, version, fields)
    assert 'data-saved="2"' in made
    # The key is known now: this answer is read from the database.
    assert save(client, version, fields) == made
    assert Claim.objects.count() == 2


def test_marks_of_a_statement_are_in_it(client_for, project, reviewer, version):
    statement = make_statement(project, reviewer)
    make_event(statement, reviewer)
    client = client_for(reviewer)
    hops = hop_fields({"source_name": "Ann", "statement": str(statement.uid)})
    made = save(client, version, claim_fields(version, **hops))
    assert made.count("reported by CNN") == 2
    assert save(client, version, claim_fields(version, **hops)) == made


def test_an_older_version_is_said_to_be_one(client_for, reviewer, version):
    version_add(actor=reviewer, article=version.article, text=f"{TEXT}\n\nMore.")
    client = client_for(reviewer)
    made = save(client, version, claim_fields(version))
    assert "not the current text" in made
    assert save(client, version, claim_fields(version)) == made


def test_many_claims_around_cost_no_further_queries(client_for, reviewer, version):
    client = client_for(reviewer)

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            save(client, version, {**claim_fields(version), "key": str(uuid4())})
        return len(asked)

    count()
    few = count()
    for _ in range(10):
        make_claim(reviewer, version)
    assert count() == few
    assert few <= 30
