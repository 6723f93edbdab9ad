"""Times as entered are shown in words and in the project's zone, on every page that tells them."""

import pytest
from django.urls import reverse
from django.utils import translation

from tests.material import make_article, make_claim, make_event, make_evidence, make_statement

pytestmark = pytest.mark.django_db
HAPPENED = "2022-03-03T09:00Z/2022-03-03T12:00Z"


@pytest.fixture
def statement(project, admin):
    project.time_zone = "Europe/Kyiv"
    project.save(update_fields=["time_zone"])
    return make_statement(project, admin, said_on="2022-03~")


@pytest.fixture
def event(statement, reviewer):
    return make_event(statement, reviewer, happened=HAPPENED, noticed="2022-03-04?")


def shown(client_for, user, name, project, **more) -> str:
    answer = client_for(user).get(reverse(name, kwargs={"slug": project.slug, **more}))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("page", ["ledger-page", "event-detail", "statement-detail"])
def test_pages_of_events_tell_times_in_words(project, client_for, reader, statement, event, page):
    uids = {"event-detail": event.uid, "statement-detail": statement.uid}
    more = {"uid": uids[page]} if page in uids else {}
    text = shown(client_for, reader, page, project, **more)
    assert ">3 Mar 2022, 11:00 – 14:00</span>" in text
    assert ">4 Mar 2022 (uncertain)</span>" in text
    # What was entered stands in titles alone.
    assert text.count(HAPPENED) == text.count(f'title="entered as {HAPPENED} (Europe/Kyiv)"')
    assert text.count("2022-03-04?") == text.count('title="entered as 2022-03-04? (Europe/Kyiv)"')


def test_pages_tell_them_in_ukrainian(project, client_for, reader, event):
    reader.language = "uk"
    reader.save(update_fields=["language"])
    with translation.override("uk"):
        text = shown(client_for, reader, "event-detail", project, uid=event.uid)
    assert ">03.03.2022, 11:00 – 14:00</span>" in text
    assert ">04.03.2022 (непевно)</span>" in text


@pytest.mark.parametrize("page", ["statement-list", "statement-detail", "source-detail"])
def test_pages_of_statements_tell_when_it_was_said(project, client_for, reader, admin, page):
    row = make_statement(project, admin, said_on="2022-03~", source_name="The service")
    uids = {"statement-detail": row.uid, "source-detail": row.source.uid}
    text = shown(client_for, reader, page, project, **({"uid": uids[page]} if page in uids else {}))
    assert ">about March 2022</span>" in text
    # The history tells what was entered, as it was entered.
    assert ">2022-03~" not in text.replace("<ins>2022-03~</ins>", "")


def test_pages_of_evidence_and_articles_tell_theirs(project, client_for, reader, admin):
    article = make_article(project, admin, published="2022-03-03?")
    claim = make_claim(project, admin, article=article)
    evidence = make_evidence(project, admin, claim=claim, published="2022-03~", accessed="2022")
    page = shown(client_for, reader, "evidence-detail", project, uid=evidence.uid)
    assert ">about March 2022</span>" in page
    assert ">2022</time>" in page
    page = shown(client_for, reader, "claim-detail", project, number=claim.number)
    assert ">about March 2022</span>" in page
    assert ">3 Mar 2022 (uncertain)</span>" in page
    page = shown(client_for, reader, "workbench", project, uid=article.uid)
    assert ">3 Mar 2022 (uncertain)</span>" in page
