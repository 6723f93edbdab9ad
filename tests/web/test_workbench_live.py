"""What pages of one text are told every few seconds: what changed, who is here, which blocks."""

import re
import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from annotations.accounts.roles import Role
from annotations.audit.stamps import project_stamp
from annotations.claims.services import claim_discard, claim_update
from annotations.lifecycle.services import event_record
from annotations.models import Presence
from annotations.moderation import services as moderation
from annotations.projects.visibility import sight_for_role
from annotations.statements.services import statement_create
from annotations.verification.services import review_save
from annotations.web.views.workbench_read import Reading
from annotations.web.views.workbench_touched import TouchedReading
from tests.marking import WORDS, make_claim, make_version

pytestmark = pytest.mark.django_db
LINE = re.compile(r'<div class="line .*?</div>', re.S)


@pytest.fixture
def version(project, reviewer):
    return make_version(reviewer, project)


def address(version, name: str, query: str = "") -> str:
    return reverse(name, kwargs={"slug": "desk", "uid": version.uid}) + query


def asked(client, version, etag: str = ""):
    headers = {"If-None-Match": etag} if etag else {}
    return client.get(address(version, "claim-live"), headers=headers)


def page_lines(client, version) -> list[str]:
    where = reverse("workbench", kwargs={"slug": "desk", "uid": version.article.uid})
    return LINE.findall(client.get(where).content.decode())


def test_nothing_new_is_said_with_nothing(client_for, reviewer, version):
    make_claim(reviewer, version)
    client = client_for(reviewer)
    first = asked(client, version)
    again = asked(client, version, first["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_a_new_claim_changes_the_key_of_its_block_alone(
    client_for, reviewer, second_reviewer, version
):
    client = client_for(reviewer)
    before = asked(client, version)
    make_claim(second_reviewer, version, words=WORDS)
    after = asked(client, version, before["ETag"])
    assert after.status_code == 200
    assert before.json()["blocks"] == {}
    (number,) = after.json()["blocks"]
    assert after.json()["claims"] == [1]
    fetched = client.get(address(version, "claim-blocks", f"?n={number}")).content.decode()
    assert f'data-block="{number}"' in fetched
    assert f'data-key="{after.json()["blocks"][number]}"' in fetched


@pytest.mark.parametrize("change", ["text", "discard", "hide", "event"])
def test_whatever_shows_is_told(client_for, reviewer, moderator, project, version, change):
    said = statement_create(actor=reviewer, project=project, channel="Facebook", text="2,000")
    claim = make_claim(reviewer, version)
    claim_update(actor=reviewer, claim=claim, revision=claim.revision, statement=said)
    claim.refresh_from_db()
    client = client_for(reviewer)
    before = asked(client, version)
    if change == "text":
        claim_update(actor=reviewer, claim=claim, revision=claim.revision, text="Other words")
    elif change == "discard":
        claim_discard(actor=reviewer, claim=claim)
    elif change == "hide":
        moderation.row_hide(actor=moderator, row=claim, reason="Court order")
    else:
        event_record(actor=reviewer, subject=said, type="retracted", reported_by_name="CNN")
    assert asked(client, version, before["ETag"]).status_code == 200


def test_another_s_judgement_and_what_is_hidden_change_nothing(
    client_for, reviewer, second_reviewer, moderator, version
):
    claim = make_claim(reviewer, version)
    hidden = make_claim(reviewer, version, words="A family fled")
    moderation.row_hide(actor=moderator, row=hidden, reason="Court order")
    client = client_for(reviewer)
    before = asked(client, version)
    assert before.json()["claims"] == [1]
    review_save(actor=second_reviewer, claim=claim, label="refuted")
    moderation.row_lock(actor=moderator, row=hidden, reason="Still")
    assert asked(client, version, before["ETag"]).status_code == 304


def test_who_else_is_here(client_for, reviewer, second_reviewer, version):
    mine, theirs = client_for(reviewer), client_for(second_reviewer)
    assert asked(mine, version).json()["people"] == []
    assert [one["name"] for one in asked(theirs, version).json()["people"]] == [
        reviewer.display_name
    ]
    told = asked(mine, version)
    assert [one["name"] for one in told.json()["people"]] == [second_reviewer.display_name]
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=66))
    assert asked(mine, version).json()["people"] == []


def test_a_poll_with_nothing_new_reads_no_claim(client_for, reviewer, version):
    client = client_for(reviewer)
    for _ in range(40):
        make_claim(reviewer, version)
    first = asked(client, version)
    with CaptureQueriesContext(connection) as seen:
        asked(client, version, first["ETag"])
    assert len(seen) <= 7
    assert not [one for one in seen.captured_queries if "annotations_spanrange" in one["sql"]]


def test_single_blocks_are_drawn_as_the_page_draws_them(
    client_for, reviewer, second_reviewer, project, version
):
    for words in (WORDS, "2,000 civilians", "A family fled", "We have lost count", WORDS):
        claim = make_claim(second_reviewer, version, words=words)
    review_save(actor=reviewer, claim=claim, label="refuted")
    client = client_for(reviewer)
    lines = page_lines(client, version)
    assert len(lines) > 2
    for n, line in enumerate(lines):
        fetched = client.get(address(version, "claim-blocks", f"?n={n}")).content.decode()
        assert fetched.strip() == line


def test_nobody_gets_what_was_drawn_for_another(client_for, reviewer, second_reviewer, version):
    claim = make_claim(reviewer, version)
    review_save(actor=reviewer, claim=claim, label="refuted")
    mine, theirs = client_for(reviewer), client_for(second_reviewer)
    assert any("k-refuted" in line for line in page_lines(mine, version))
    assert not any("k-refuted" in line for line in page_lines(theirs, version))


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_committed_late_still_shows(reviewer, project, version):
    """Its history row has a lower number than one already seen; the greatest would hide it."""
    early, later = make_claim(reviewer, version), make_claim(reviewer, version)
    began, finish = threading.Event(), threading.Event()

    def change_slowly() -> None:
        with transaction.atomic():
            claim_update(actor=reviewer, claim=early, revision=early.revision, text="Slow words")
            began.set()
            finish.wait(10)
        connection.close()

    thread = threading.Thread(target=change_slowly)
    thread.start()
    began.wait(10)
    claim_update(actor=reviewer, claim=later, revision=later.revision, text="Quick words")
    before = project_stamp(project.pk)
    finish.set()
    thread.join()
    assert project_stamp(project.pk) != before


class TestTheList:
    @pytest.fixture
    def many(self, reviewer, project):
        text = "\n\n".join(f"On day {n} the service counted {n} boats." for n in range(130))
        version = make_version(reviewer, project, text)
        for n in range(130):
            make_claim(reviewer, version, words=f"On day {n} the")
        return version

    def numbers(self, answer) -> list[int]:
        return [int(n) for n in re.findall(r'id="row-(\d+)"', answer.content.decode())]

    def test_shows_a_window_and_the_way_to_its_neighbours(self, client_for, reviewer, many):
        client = client_for(reviewer)
        where = reverse("workbench", kwargs={"slug": "desk", "uid": many.article.uid})
        first = client.get(where)
        assert self.numbers(first) == list(range(1, 61))
        assert "1–60 of 130" in first.content.decode()
        assert first.content.decode().count("<mark") == 130
        second = client.get(f"{where}?rows=61")
        assert self.numbers(second) == list(range(61, 121))
        assert "rows=1#" in second.content.decode()
        assert "rows=121#" in second.content.decode()
        assert self.numbers(client.get(f"{where}?rows=all")) == list(range(1, 131))
        assert 'id="row-100"' in client.get(f"{where}?claim=100").content.decode()

    def test_follows_the_text(self, client_for, reviewer, many):
        client = client_for(reviewer)
        at = many.text.index("On day 99 the")
        shown = self.numbers(client.get(address(many, "claim-rows", f"?at={at}")))
        assert 100 in shown
        assert len(shown) <= 60
        end = self.numbers(client.get(address(many, "claim-rows", "?at=9999999")))
        assert end[-1] == 130

    def test_gives_single_rows(self, client_for, reviewer, many):
        answer = client_for(reviewer).get(
            address(many, "claim-rows", "?number=100&number=3&number=999&number=x")
        )
        assert self.numbers(answer) == [100, 3]

    @pytest.mark.parametrize("query", ["?rows=0", "?rows=999", "?rows=-1", "?rows=x", "?at=x"])
    def test_odd_windows_are_windows(self, client_for, reviewer, many, query):
        answer = client_for(reviewer).get(address(many, "claim-rows", query))
        assert answer.status_code == 200
        assert self.numbers(answer)


def test_claims_of_the_same_words_are_drawn_in_one_order(reviewer, version):
    claims = [make_claim(reviewer, version) for _ in range(12)]
    sight = sight_for_role(reviewer, Role.REVIEWER)

    whole = Reading(version.article, version, reviewer, sight).pieces
    assert [number for _start, _end, number in whole] == [str(one.number) for one in claims]
    ranges = [(0, version.length)]
    assert TouchedReading(version.article, version, reviewer, sight, ranges=ranges).pieces == whole
