"""The ledger as Atom, CSV and JSON: the same filters and eyes as its page."""

import base64
import csv
import io
import uuid
import xml.etree.ElementTree as ET
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from annotations.accounts.tokens import token_create
from annotations.articles.services import version_add
from annotations.lifecycle.choices import CapturePlace
from annotations.lifecycle.event_captures import capture_attach
from annotations.lifecycle.services import assessment_add, event_record
from annotations.moderation.services import row_hide
from tests.material import make_article, make_capture, make_event, make_statement
from tests.quick_client import quick_client

pytestmark = pytest.mark.django_db
PAGE, NOTICE = "https://daily.example/tolls", "https://daily.example/corrections"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def statement(project, admin):
    text = "=SUM(A1) & <b>2,000</b> were killed\x85"
    return make_statement(project, admin, text=text, source_name="State Emergency Service")


@pytest.fixture
def event(statement, reviewer):
    return make_event(statement, reviewer, happened="2022-03-02/2022-03-03", noticed="2022-03-04")


def address(name, project):
    return reverse(name, kwargs={"slug": project.slug})


@pytest.fixture
def feed(project):
    return address("api-ledger-feed", project)


def check_required(root, *, entries: int) -> None:
    """What RFC 4287 requires of a feed and of each entry (4.1.1 and 4.1.2)."""
    assert root.tag == f"{ATOM}feed"
    for part in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(part.findall(f"{ATOM}{name}")) == 1, name
        assert part.find(f"{ATOM}id").text.startswith("urn:uuid:")
        uuid.UUID(part.find(f"{ATOM}id").text.removeprefix("urn:uuid:"))
        assert part.find(f"{ATOM}title").text
        assert datetime.fromisoformat(part.find(f"{ATOM}updated").text).tzinfo is not None
        links = [(one.get("rel", "alternate"), one.get("href")) for one in part.iter(f"{ATOM}link")]
        assert all(href.startswith("http") for _rel, href in links)
    assert root.find(f"{ATOM}author/{ATOM}name").text
    rels = [one.get("rel") for one in root.findall(f"{ATOM}link")]
    assert sorted(rels) == ["alternate", "self"]
    found = root.findall(f"{ATOM}entry")
    assert len(found) == entries
    ids = [one.find(f"{ATOM}id").text for one in found]
    assert len(set(ids)) == entries
    for one in found:
        # Without content an entry needs a link to what it is about.
        assert [each.get("rel") for each in one.findall(f"{ATOM}link")] == ["alternate"]
        assert one.find(f"{ATOM}summary").get("type") in ("text", "html")


def test_the_feed_is_atom(api, reader, feed, event):
    answer = api(reader).get(f"{feed}?group=removal")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ET.fromstring(answer.content)
    check_required(root, entries=1)
    entry = root.find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}id").text == event.uid.urn
    assert [one.get("term") for one in entry.findall(f"{ATOM}category")] == [
        "removal",
        "deleted_by_author",
        "reported",
    ]
    own = next(one for one in root.findall(f"{ATOM}link") if one.get("rel") == "self")
    assert own.get("href").endswith(f"{feed}?group=removal")
    assert "&lt;b&gt;2,000" in entry.find(f"{ATOM}summary").text


def test_an_empty_feed_is_atom_too(api, reader, feed, project):
    check_required(ET.fromstring(api(reader).get(feed).content), entries=0)


def test_each_choice_of_filters_is_a_feed_of_its_own_and_entries_keep_their_id(
    api, reader, feed, event
):
    def ids(query):
        root = ET.fromstring(api(reader).get(f"{feed}{query}").content)
        return root.find(f"{ATOM}id").text, root.find(f"{ATOM}entry/{ATOM}id").text

    whole, entry = ids("")
    some, same_entry = ids("?group=removal")
    assert whole != some
    assert entry == same_entry
    assert ids("?group=removal&q=") == (some, entry)


def test_an_assessment_brings_an_old_event_to_the_top(api, reader, feed, event, statement, admin):
    make_event(statement, admin, type="retracted")
    assessment_add(actor=admin, event=event, standing="disputed", reason="It is still there.")
    entries = ET.fromstring(api(reader).get(feed).content).findall(f"{ATOM}entry")
    assert entries[0].find(f"{ATOM}id").text == event.uid.urn
    assert entries[0].find(f"{ATOM}updated").text >= entries[0].find(f"{ATOM}published").text


def test_a_reader_that_has_it_gets_nothing_until_something_is_told(api, reader, feed, event, admin):
    caller = api(reader)
    tag = caller.get(feed)["ETag"]
    again = caller.get(feed, if_none_match=tag)
    assert (again.status_code, again.content) == (304, b"")
    assessment_add(actor=admin, event=event, standing="refuted", reason="It is there.")
    assert caller.get(feed, if_none_match=tag).status_code == 200


def test_a_token_is_taken_as_the_password_of_basic(reader, feed, event):
    _token, raw = token_create(actor=reader, user=reader, name="reader", scopes=("read",))

    def status(given: str) -> int:
        sent = base64.b64encode(given.encode()).decode()
        client = quick_client(headers={"host": "localhost", "authorization": f"Basic {sent}"})
        return client.get(feed).status_code

    assert status(f"whoever:{raw}") == 200
    assert status("whoever:fc_wrong") == 401
    assert status(raw) == 401
    broken = quick_client(headers={"host": "localhost", "authorization": "Basic %%%"}).get(feed)
    assert broken.status_code == 401
    assert broken["WWW-Authenticate"].startswith("Basic ")


def test_basic_opens_nothing_but_the_ledger(reader, project):
    _token, raw = token_create(actor=reader, user=reader, name="reader", scopes=("read",))
    sent = base64.b64encode(f"x:{raw}".encode()).decode()
    client = quick_client(headers={"host": "localhost", "authorization": f"Basic {sent}"})
    assert client.get(address("api-events", project)).status_code == 401


def rows_of(answer) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode()
    assert text.count("\r\n") >= 1
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_table_holds_every_fact_and_no_formula(api, reader, project, event):
    answer = api(reader).get(address("api-ledger-table", project))
    assert answer["Content-Type"].startswith("text/csv")
    (row,) = rows_of(answer)
    assert row["words"].startswith("'=SUM(A1)")
    told = ("uid", "group", "type", "standing", "subject", "said_by", "reported_by", "happened")
    assert [row[name] for name in told] == [
        str(event.uid),
        "removal",
        "deleted_by_author",
        "reported",
        "statement",
        "State Emergency Service",
        "CNN",
        "2022-03-02/2022-03-03",
    ]
    assert row["happened_latest"] == "2022-03-04T00:00:00Z"


@pytest.fixture
def captured(project, admin, reviewer):
    """An edit of an article's page, with a capture on either side and one of its notice's page."""
    article = make_article(
        project, admin, text="One line.\nAbout 2,000 were killed.\nThe end.\n", url=PAGE
    )
    event = event_record(
        actor=reviewer, subject=article, type="edited_noted", self_observed=True, notice_url=NOTICE
    )
    version_add(
        actor=admin, article=article, origin="paste",
        text="One line.\nAbout 200 were killed.\nThe end.\n",
    )  # fmt: skip
    captures = [
        make_capture(project, admin, url=url, at=datetime(2022, 3, 1, hour, tzinfo=UTC))
        for hour, url in enumerate((PAGE, PAGE, NOTICE))
    ]
    for capture, place in zip(captures, CapturePlace.values, strict=True):
        capture_attach(actor=reviewer, event=event, capture=capture, place=place)
    return event, captures


def test_the_table_names_captures_and_the_feed_counts_those_that_are_seen(
    api, reader, moderator, project, feed, captured
):
    _event, captures = captured
    before, after, control = (str(one.uid) for one in captures)

    def named(person) -> tuple[str, str, str]:
        (row,) = rows_of(api(person).get(address("api-ledger-table", project)))
        return row["captures_before"], row["captures_after"], row["captures_control"]

    assert named(reader) == (before, after, control)
    assert "Captures from after it: 1" in api(reader).get(feed).content.decode()
    notice = make_article(project, moderator, url=NOTICE)
    row_hide(actor=moderator, row=notice, reason="Names a child.")
    assert named(reader) == (before, after, "")
    assert named(moderator) == (before, after, control)


def test_texts_are_compared_word_by_word(api, reader, project, captured):
    event, _captures = captured
    names = {"slug": project.slug, "uid": event.uid}
    answer = api(reader).get(reverse("api-event-texts", kwargs=names)).json()
    gone = [one["words"].strip() for one in answer["before"]["runs"] if one["kind"] == "delete"]
    come = [one["words"].strip() for one in answer["after"]["runs"] if one["kind"] == "insert"]
    assert (gone, come) == (["2,000"], ["200"])
    versions = [str(one.uid) for one in event.article.versions.order_by("number")]
    assert [answer[side]["version"] for side in ("before", "after")] == versions
    assert [answer[side]["missing"] for side in ("before", "after")] == ["", ""]


def test_what_is_not_known_of_texts_is_said(api, reader, project, event, admin, reviewer):
    def texts(one) -> dict:
        names = {"slug": project.slug, "uid": one.uid}
        return api(reader).get(reverse("api-event-texts", kwargs=names)).json()

    removed = texts(event)
    assert removed["before"]["runs"][0]["words"] == event.statement.text
    assert removed["after"]["runs"] == []
    assert removed["after"]["missing"].startswith("Nothing")
    unheard = make_statement(project, admin, text="", url="https://example.org/p")
    assert texts(make_event(unheard, reviewer)) == {"before": None, "after": None}


def test_the_table_is_read_a_batch_at_a_time(
    api, reader, project, statement, reviewer, monkeypatch
):
    monkeypatch.setattr("annotations.api.views.ledger.BATCH", 2)
    made = [str(make_event(statement, reviewer).uid) for _n in range(5)]
    rows = rows_of(api(reader).get(address("api-ledger-table", project)))
    assert [one["uid"] for one in rows] == made[::-1]


def test_json_takes_the_same_filters(api, reader, project, event, reviewer, admin):
    make_event(event.statement, reviewer, type="made")
    edited = event_record(
        actor=reviewer, subject=make_article(project, admin), type="corrected", self_observed=True
    )
    path = address("api-events", project)

    def uids(query: str) -> list[str]:
        return [one["uid"] for one in api(reader).get(f"{path}?{query}").json()["results"]]

    assert uids("ledger=true") == [str(edited.uid), str(event.uid)]
    assert uids("ledger=true&subject=article") == [str(edited.uid)]
    assert uids("group=removal&since=2022-03-03&until=2022-03-03") == [str(event.uid)]
    assert uids("source=state emergency service&ledger=true") == [str(event.uid)]
    assert uids("q=killed&standing=reported&ledger=true") == [str(event.uid)]


@pytest.mark.parametrize(
    "query", ["group=gone", "since=yesterday", "by=whenever", "subject=claim", "color=red"]
)
@pytest.mark.parametrize("route", ["api-ledger-feed", "api-ledger-table", "api-events"])
def test_nonsense_is_refused(api, reader, project, route, query):
    assert api(reader).get(f"{address(route, project)}?{query}").status_code == 400


def test_hidden_and_confidential_events_reach_no_reader(
    api, reader, moderator, project, feed, event, reviewer, admin
):
    hidden = make_event(make_statement(project, admin), reviewer, type="retracted")
    row_hide(actor=moderator, row=hidden, reason="Off topic.")
    event.statement.confidential = True
    event.statement.save(update_fields=["confidential"])
    check_required(ET.fromstring(api(reader).get(feed).content), entries=0)
    check_required(ET.fromstring(api(moderator).get(feed).content), entries=2)
    table = address("api-ledger-table", project)
    assert rows_of(api(reader).get(table)) == []
    assert len(rows_of(api(moderator).get(table))) == 2
