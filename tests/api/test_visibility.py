"""The visibility table: hidden, discarded and confidential rows, as each person finds them."""

import pytest

from annotations.claims.hops import HopInput
from annotations.moderation.services import row_hide, row_lock
from tests.material import make_article, make_claim, make_event, make_source, make_statement

REASON = "A court forbids it"
HIDEABLE = ("article", "claim", "source", "statement", "event")


def address(desk, kind):
    return desk.path(f"{kind}s/{{{kind}}}/")


def uids(answer):
    return [row["uid"] for row in answer.json()["results"]]


@pytest.mark.parametrize("kind", HIDEABLE)
class TestHidden:
    @pytest.fixture(autouse=True)
    def hidden(self, desk, moderator, kind):
        row_hide(actor=moderator, row=desk.rows[kind], reason=REASON)

    def test_members_find_nothing(self, api, desk, reader, second_reviewer, kind):
        for caller in (api(reader), api(second_reviewer)):
            assert caller.get(address(desk, kind)).status_code == 404
            assert str(desk.rows[kind].uid) not in uids(caller.get(desk.path(f"{kind}s/")))

    def test_its_author_is_told_the_reason_and_nothing_else(self, api, desk, reviewer, kind):
        answer = api(reviewer).get(address(desk, kind))
        assert answer.status_code == 200
        assert answer.json() == {"uid": str(desk.rows[kind].uid), "hidden": {"reason": REASON}}
        assert str(desk.rows[kind].uid) not in uids(api(reviewer).get(desk.path(f"{kind}s/")))

    def test_its_author_cannot_change_it(self, api, desk, reviewer, kind):
        if kind == "event":
            return
        answer = api(reviewer).patch(address(desk, kind), {}, If_Match='"x"')
        assert answer.status_code == 403
        assert REASON in answer.json()["detail"]

    def test_moderators_see_it_with_the_reason(self, api, desk, moderator, kind):
        shown = api(moderator).get(address(desk, kind)).json()
        assert shown["hidden"]["reason"] == REASON


def test_parts_of_a_hidden_row_are_gone_with_it(api, desk, moderator, second_reviewer):
    row_hide(actor=moderator, row=desk.rows["claim"], reason=REASON)
    row_hide(actor=moderator, row=desk.rows["statement"], reason=REASON)
    row_hide(actor=moderator, row=desk.rows["article"], reason=REASON)
    caller = api(second_reviewer)
    for route in (
        "claims/{claim}/mentions/",
        "claims/{claim}/mentions/{mention}/",
        "articles/{article}/versions/",
        "articles/{article}/versions/{version}/",
        "events/{event}/",
        "events/{event}/assessments/",
    ):
        assert caller.get(desk.path(route)).status_code == 404, route


def test_a_mention_in_a_hidden_article_is_left_out(api, desk, moderator, reader):
    row_hide(actor=moderator, row=desk.rows["article"], reason=REASON)
    assert api(reader).get(address(desk, "claim")).json()["mentions"] == []
    assert len(api(moderator).get(address(desk, "claim")).json()["mentions"]) == 1


def test_a_hidden_source_is_not_named_anywhere(api, desk, moderator, reader):
    mention = desk.rows["mention"]
    source = mention.attributions.get().source
    row_hide(actor=moderator, row=source, reason=REASON)
    answer = api(reader).get(address(desk, "claim"))
    hop = answer.json()["mentions"][0]["attributions"][0]
    assert (hop["source"], hop["withheld"], hop["source_given"]) == (None, True, "named")
    assert source.name not in answer.content.decode()
    found = api(reader).get(desk.path(f"claims/?source={source.uid}"))
    assert uids(found) == []


def test_a_locked_row_is_read_by_all_and_changed_by_moderators(api, desk, moderator, reviewer):
    row_lock(actor=moderator, row=desk.rows["claim"], reason="Published")
    path = address(desk, "claim")
    shown = api(reviewer).get(path)
    assert shown.json()["locked"] is True
    body = {"text": "Other words"}
    refused = api(reviewer).patch(path, body, If_Match=shown["ETag"])
    assert refused.status_code == 403
    etag = api(moderator).get(path)["ETag"]
    assert api(moderator).patch(path, body, If_Match=etag).status_code == 200


def test_a_discarded_claim_is_read_by_members_with_a_mark(api, desk, reviewer, reader):
    path = address(desk, "claim")
    api(reviewer).delete(path, If_Match=api(reviewer).get(path)["ETag"])
    shown = api(reader).get(path)
    assert shown.status_code == 200
    assert shown.json()["discarded"]["by"]["name"] == "Reviewer"
    assert uids(api(reader).get(desk.path("claims/?discarded=false"))) == []
    assert len(uids(api(reader).get(desk.path("claims/?discarded=true")))) == 1


class TestConfidential:
    @pytest.fixture
    def statement(self, project, reviewer):
        source = make_source(project, reviewer, "A whistle-blower")
        return make_statement(project, reviewer, source=source, confidential=True, channel="Signal")

    def test_readers_find_nothing_and_reviewers_read_it(
        self, api, project, statement, reader, second_reviewer
    ):
        path = f"/api/v1/projects/desk/statements/{statement.uid}/"
        assert api(reader).get(path).status_code == 404
        assert uids(api(reader).get("/api/v1/projects/desk/statements/")) == []
        assert api(second_reviewer).get(path).status_code == 200

    def test_its_events_and_marks_are_kept_from_readers(
        self, api, project, statement, reviewer, reader
    ):
        article = make_article(project, reviewer)
        hop = HopInput(source=statement.source, statement=statement)
        claim = make_claim(project, reviewer, article=article, hops=[hop])
        event = make_event(statement, reviewer)
        path = f"/api/v1/projects/desk/claims/{claim.uid}/"
        seen, kept = api(reviewer).get(path).json(), api(reader).get(path).json()
        assert [mark["event"] for mark in seen["marks"]] == [str(event.uid)]
        assert seen["mentions"][0]["attributions"][0]["statement"]["channel"] == "Signal"
        assert kept["marks"] == []
        assert kept["mentions"][0]["attributions"][0]["statement"] is None
        assert api(reader).get(f"/api/v1/projects/desk/events/{event.uid}/").status_code == 404

    def test_a_body_cannot_name_what_its_sender_may_not_see(
        self, api, project, statement, reader, reviewer, moderator
    ):
        row_hide(actor=moderator, row=statement, reason=REASON)
        body = {"text": "Resting on it", "statement": str(statement.uid)}
        answer = api(reviewer).post("/api/v1/projects/desk/claims/", body)
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["pointer"] == "#/statement"


def test_two_people_who_see_different_parts_have_different_etags(api, desk, moderator, reader):
    row_hide(actor=moderator, row=desk.rows["article"], reason=REASON)
    path = address(desk, "claim")
    assert api(moderator).get(path)["ETag"] != api(reader).get(path)["ETag"]


def test_another_projects_rows_cannot_be_named_in_a_body(api, desk, other_desk, reviewer):
    foreign = {kind: str(row.uid) for kind, row in other_desk.rows.items()}
    caller = api(reviewer)
    mention = {"version": foreign["version"], "ranges": [[17, 54]]}
    hop = {"source": foreign["source"], "quote_type": "direct"}
    own = {"version": str(desk.rows["version"].uid), "ranges": [[17, 54]], "attributions": [hop]}
    for route, body, pointer in (
        ("claims/", {"text": "x", "mentions": [mention]}, "#/mentions/0/version"),
        ("claims/", {"text": "x", "mentions": [own]}, "#/mentions/0/attributions/0/source"),
        ("claims/", {"text": "x", "statement": foreign["statement"]}, "#/statement"),
        ("claims/", {"text": "x", "translation_of": foreign["claim"]}, "#/translation_of"),
        ("reviews/", {"claim": foreign["claim"], "label": "refuted"}, "#/claim"),
        ("statements/", {"source": foreign["source"]}, "#/source"),
        ("events/", {"statement": foreign["statement"], "type": "retracted"}, "#/statement"),
    ):
        answer = caller.post(desk.path(route), body)
        assert answer.status_code == 400, route
        assert answer.json()["errors"][0]["pointer"] == pointer


def test_in_a_locked_article_only_moderators_mark(api, desk, moderator, reviewer):
    row_lock(actor=moderator, row=desk.rows["article"], reason="Going to court")
    place = {"version": str(desk.rows["version"].uid), "ranges": [[17, 54]]}
    claim = {"text": "Too late", "mentions": [place]}
    mention = desk.path("claims/{claim}/mentions/{mention}/")
    for caller, made, changed in ((api(reviewer), 403, 403), (api(moderator), 201, 200)):
        assert caller.post(desk.path("claims/"), claim).status_code == made
        assert caller.post(desk.path("claims/{claim}/mentions/"), place).status_code == made
        etag = caller.get(mention)["ETag"]
        answer = caller.patch(mention, {"ranges": [[4, 11]]}, If_Match=etag)
        assert answer.status_code == changed
        assert caller.post(mention + "restore/").status_code == changed


class TestFiltersTellNothing:
    """A filter by a row the caller may not see finds nothing, as if there were no such row."""

    @pytest.mark.parametrize(
        ("kind", "path"),
        [
            ("source", "statements/?source={source}"),
            ("claim", "events/?claim={claim}"),
            ("statement", "events/?statement={statement}"),
            ("article", "claims/?article={article}"),
        ],
    )
    def test_a_hidden_row_finds_nothing(
        self, api, project, reviewer, moderator, reader, kind, path
    ):
        source = make_source(project, reviewer, "A ministry")
        article = make_article(project, reviewer)
        statement = make_statement(project, reviewer, source=source)
        claim = make_claim(project, reviewer, article=article)
        make_event(statement, reviewer, claim=claim)
        rows = {"source": source, "article": article, "statement": statement, "claim": claim}
        uid_of = {name: row.uid for name, row in rows.items()}
        address = f"/api/v1/projects/{project.slug}/{path.format(**uid_of)}"
        assert len(uids(api(reader).get(address))) == 1
        row_hide(actor=moderator, row=rows[kind], reason=REASON)
        assert uids(api(reader).get(address)) == []
        assert len(uids(api(moderator).get(address))) == 1

    def test_a_hop_in_a_hidden_article_credits_nobody(
        self, api, project, reviewer, moderator, reader
    ):
        source = make_source(project, reviewer, "A ministry")
        statement = make_statement(project, reviewer, source=source)
        article = make_article(project, reviewer)
        hop = HopInput(source=source, statement=statement)
        make_claim(project, reviewer, article=article, hops=[hop])
        make_event(statement, reviewer)
        base = f"/api/v1/projects/{project.slug}/claims/"
        row_hide(actor=moderator, row=article, reason=REASON)
        for narrowed in (f"?source={source.uid}", f"?statement={statement.uid}"):
            assert uids(api(reader).get(base + narrowed)) == []
            assert len(uids(api(moderator).get(base + narrowed))) == 1
        assert api(reader).get(base).json()["results"][0]["marks"] == []
        assert len(api(moderator).get(base).json()["results"][0]["marks"]) == 1
