"""Pages and answers of the past, and who may see what of it."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.audit.known_at import Past, PastIsReadOnly, reading
from annotations.claims.models import Claim
from annotations.claims.services import claim_update
from annotations.exchange.services import export_open
from annotations.moderation.services import row_hide, row_restore
from annotations.projects.models import Project
from annotations.statements.models import Statement
from annotations.statements.services import statement_update
from annotations.verification.services import review_discard
from annotations.web.known_at import query_of
from tests import material
from tests.api.conftest import api
from tests.exchange.conftest import make_claim, scene
from tests.known_at.changes import PLAIN

pytestmark = pytest.mark.django_db(transaction=True)

__all__ = ["api", "scene"]
ROOT = "/api/v1/projects/desk"


def at(path: str, moment: datetime) -> str:
    return f"{path}{'&' if '?' in path else '?'}{query_of(moment)}"


def uids(client, path: str, moment: datetime) -> set[str]:
    return {row["uid"] for row in told(client, path, moment)["results"]}


def told(client, path: str, moment: datetime | None = None):
    answer = client.get(path if moment is None else at(path, moment))
    assert answer.status_code == 200, answer.content
    return answer.json()


def paths(scene) -> list[str]:
    claim = f"{ROOT}/claims/{scene.claim.uid}/"
    event = f"{ROOT}/events/{scene.event.uid}/"
    lists = ["claims", "events", "evidence", "reviews", "sources", "statements"]
    return [
        claim,
        f"{claim}mentions/",
        f"{claim}evidence/",
        event,
        f"{event}assessments/",
        *[f"{ROOT}/{name}/?page_size=200" for name in lists],
    ]


@pytest.mark.parametrize("viewer", ["admin", "reviewer"])
def test_the_api_tells_what_it_told_then(scene, api, actor, viewer, reviewer, moderator):
    client = api(actor(viewer))
    then, moment = {path: told(client, path) for path in paths(scene)}, timezone.now()
    for change in PLAIN:
        change(scene, reviewer, moderator)
    for path, body in then.items():
        assert told(client, path) != body, path
        answer = client.get(at(path, moment))
        assert answer["Known-At"] == moment.isoformat()
        assert answer.json() == body, path


def test_what_is_hidden_now_was_never_there_and_what_is_restored_was(
    scene, api, reader, reviewer, moderator
):
    """Also where what hides it has a row of its own, which was not there at the moment."""
    client, claims, events = api(reader), f"{ROOT}/claims/", f"{ROOT}/events/"
    moment = timezone.now()
    row_hide(actor=moderator, row=scene.claim, reason="libel")
    row_hide(actor=moderator, row=scene.event, reason="libel")
    hidden = timezone.now()
    for instant in (moment, hidden):
        assert str(scene.claim.uid) not in uids(client, claims, instant)
        assert str(scene.event.uid) not in uids(client, events, instant)
        assert client.get(at(f"{claims}{scene.claim.uid}/", instant)).status_code == 404
    body = told(api(reviewer), f"{claims}{scene.claim.uid}/", moment)
    assert body == {"uid": str(scene.claim.uid), "hidden": {"reason": "libel"}}
    row_restore(actor=moderator, row=scene.claim, reason="no libel")
    row_restore(actor=moderator, row=scene.event, reason="no libel")
    for instant in (moment, hidden):
        assert told(client, f"{claims}{scene.claim.uid}/", instant)["hidden"] is None
        assert str(scene.event.uid) in uids(client, events, instant)


def test_what_is_confidential_or_of_a_hidden_source_now_is_withheld_from_the_past(
    scene, api, client_for, reader, reviewer, moderator
):
    moment = timezone.now()
    statement = Statement.objects.get(pk=scene.statement.pk)
    statement_update(
        actor=reviewer, statement=statement, revision=statement.revision, confidential=True
    )
    secret = Statement.objects.get(pk=scene.confidential.pk)
    statement_update(
        actor=reviewer, statement=secret, revision=secret.revision, confidential=False, channel="A"
    )
    source = scene.claim.mentions.get().attributions.get(order=0).source
    row_hide(actor=moderator, row=source, reason="source protection")
    told_of = told(api(reader), f"{ROOT}/claims/{scene.claim.uid}/", moment)
    assert "State Emergency Service" not in str(told_of)
    first = told_of["mentions"][0]["attributions"][0]
    assert (first["source"], first["withheld"], first["source_ranges"]) == (None, True, [])
    for row in (statement, secret):
        assert str(row.uid) not in uids(api(reader), f"{ROOT}/statements/", moment)
    # What was told in confidence then is not told of then, though it is public now.
    assert str(secret.uid) in uids(api(reader), f"{ROOT}/statements/", timezone.now())
    assert str(scene.confidential_event.uid) not in uids(api(reader), f"{ROOT}/events/", moment)
    made = export_open(
        actor=reader, project=scene.project, format="json", seen_by=reader, known_at=moment
    )
    assert b"SECRET" not in b"".join(made.content)
    page = client_for(reader).get(at("/p/desk/claims/1/", moment)).content.decode()
    assert "State Emergency Service" not in page
    assert "Facebook" not in page


def test_a_judgement_is_shown_as_it_stood_then_once_it_is_revealed_now(
    scene, api, client_for, reviewer, second_reviewer
):
    client, reviews = api(second_reviewer), f"{ROOT}/reviews/"
    page = at("/p/desk/claims/1/", one_in := timezone.now())
    material.make_review(scene.claim, reviewer, "supported", justification="REVIEW changed")
    mine = material.make_review(scene.claim, second_reviewer, "supported")
    review_discard(actor=second_reviewer, review=mine, reason="", revision=mine.revision)
    for moment in (one_in, mine.created_at, timezone.now()):
        assert "REVIEW" not in str(told(client, reviews, moment))
    assert "REVIEW" not in client_for(second_reviewer).get(page).content.decode()
    material.make_review(scene.claim, second_reviewer, "supported")
    (shown,) = told(client, reviews, one_in)["results"]
    assert (shown["label"], shown["justification"]) == ("refuted", "REVIEW of the first")
    assert "REVIEW of the first" in client_for(second_reviewer).get(page).content.decode()
    claim = told(client, f"{ROOT}/claims/{scene.claim.uid}/", one_in)
    assert (claim["label"], claim["stage"]) == (None, "in_review")


@pytest.mark.parametrize(
    ("given", "status", "sentence"),
    [
        ("yesterday", 400, "is not a moment"),
        ("2026-13-45", 400, "is not a moment"),
        ("0001-01-01T00:00+14:00", 400, "is not a moment"),
        ("9998-01-01", 400, "still to come"),
        ("9998-01-01T00:00Z", 400, "still to come"),
        ("2020-01-01", 404, "This was not known yet. It began on"),
        ("2020-01-01T10:00 02:00", 404, "This was not known yet. It began on"),
    ],
)
def test_what_is_no_moment_of_the_project_is_said(
    project, api, client_for, reader, given, status, sentence
):
    for path in (f"{ROOT}/claims/", f"{ROOT}/export/"):
        answer = api(reader).get(f"{path}?known_at={given}")
        assert (answer.status_code, sentence in answer.json()["detail"]) == (status, True)
    page = client_for(reader).get(f"/p/desk/claims/?known_at={given}")
    assert (page.status_code, sentence in page.content.decode()) == (status, True)


def test_what_was_not_there_yet_says_when_it_began(scene, api, client_for, reader, reviewer):
    moment = timezone.now()
    late = make_claim(scene.project, reviewer, scene.article, "498", text="Later")
    mention = late.mentions.get()
    path = f"{ROOT}/claims/{late.uid}/"
    for one in (path, f"{path}mentions/", f"{path}evidence/", f"{path}mentions/{mention.uid}/"):
        answer = api(reader).get(at(one, moment))
        assert answer.status_code == 404
        assert answer.json()["detail"].startswith("This was not known yet. It began on ")
    page = client_for(reader).get(at(f"/p/desk/claims/{late.number}/", moment))
    assert (page.status_code, b"This was not known yet" in page.content) == (404, True)
    assert b"Later" not in client_for(reader).get(at("/p/desk/claims/", moment)).content


@pytest.mark.parametrize(
    "path", ["", "articles/", "memberships/", "agreement/", "claims/{uid}/evidence/warnings/"]
)
def test_what_tells_only_the_present_refuses_to_be_asked(scene, api, admin, path):
    answer = api(admin).get(at(f"{ROOT}/{path.format(uid=scene.claim.uid)}", timezone.now()))
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "known_at")


def test_a_page_of_the_past_writes_nothing_and_its_links_stay_there(scene, client_for, reviewer):
    moment = timezone.now()
    claim = Claim.objects.get(pk=scene.claim.pk)
    claim_update(actor=reviewer, claim=claim, revision=claim.revision, text="Said anew")
    client = client_for(reviewer)
    page = client.get(at("/p/desk/claims/1/", moment)).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert 'method="post"' not in main
    assert "/edit/" not in main
    assert "/evidence/new" not in main
    assert f"/p/desk/claims/?{query_of(moment)}" in main
    title, _rest = main.split("</h1>", 1)
    assert "=2,000 killed" in title
    assert "Said anew" not in title
    since = main[main.index('id="since-title"') : main.index('id="history-title"')]
    assert "<ins>" in since
    assert "as known then" in since
    listed = client.get(at("/p/desk/claims/", moment)).content.decode()
    assert f"/p/desk/claims/1/?{query_of(moment)}" in listed
    assert "=2,000 killed" in listed
    assert "Said anew" not in listed
    now = client.get("/p/desk/claims/1/").content.decode()
    asked = re.findall(r"/p/desk/claims/1/(\?known_at=[^\"]+)", now)
    pages = [client.get(f"/p/desk/claims/1/{query}") for query in asked]
    assert {answer.status_code for answer in pages} == {200}
    heads = [re.search("<h1[^>]*>(.*?)</h1>", answer.content.decode())[1] for answer in pages]
    assert heads[0] == "Said anew"
    assert set(heads[1:]) == {"=2,000 killed"}


def test_a_bare_time_is_meant_in_the_projects_zone_and_a_day_as_it_ended(
    project, client_for, reader
):
    Project.objects.filter(pk=project.pk).update(
        time_zone="Europe/Kyiv", created_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    client = client_for(reader)
    for given, said in {
        "2026-03-03T09:00": "As known on 3 March 2026, 09:00 (Europe/Kyiv).",
        "2026-03-03T09:00Z": "As known on 3 March 2026, 11:00 (Europe/Kyiv).",
        "2026-03-03": "As known on 3 March 2026, at the end of the day (Europe/Kyiv).",
    }.items():
        assert said in client.get(f"/p/desk/claims/?known_at={given}").content.decode()


def test_the_past_of_a_list_takes_as_many_queries_for_one_claim_as_for_eleven(
    scene, client_for, reviewer
):
    counts = []
    client = client_for(reviewer)
    client.get("/p/desk/claims/")
    for more in (1, 10):
        for n in range(more):
            make_claim(scene.project, reviewer, scene.article, "498", text=f"More {more} {n}")
        with CaptureQueriesContext(connection) as queries:
            client.get(at("/p/desk/claims/?state=all", timezone.now()))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_past_cannot_be_written(scene, reviewer):
    past = Past(timezone.now(), scene.project.pk, reviewer)
    with reading(past), pytest.raises(PastIsReadOnly):
        Claim.objects.filter(pk=scene.claim.pk).update(text="Never")
