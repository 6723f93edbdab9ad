"""A create sent twice happens once, also at the same moment on real connections."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from annotations.accounts.models import IdempotencyKey
from annotations.models import Source
from annotations.moderation.services import row_hide
from tests.material import make_article

SOURCES = "/api/v1/projects/desk/sources/"


def send(caller, name="United Nations", key="a-key"):
    return caller.post(SOURCES, {"name": name}, Idempotency_Key=key)


def test_the_same_key_with_another_body_is_422(api, project, reviewer):
    caller = api(reviewer)
    send(caller)
    answer = send(caller, name="UNHCR")
    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:factcheck:problem:key-reused"
    assert Source.objects.count() == 1


def test_another_person_and_another_route_have_keys_of_their_own(
    api, project, reviewer, second_reviewer
):
    assert send(api(reviewer)).status_code == 201
    assert send(api(second_reviewer), name="UNHCR").status_code == 201
    answer = api(reviewer).post(
        "/api/v1/projects/desk/statements/", {"channel": "Radio"}, Idempotency_Key="a-key"
    )
    assert answer.status_code == 201
    assert "Idempotency-Replayed" not in answer


def test_after_a_day_the_key_is_free_again_and_old_keys_go(api, project, reviewer):
    caller = api(reviewer)
    send(caller)
    send(caller, "UNHCR", "another")
    IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(hours=24, seconds=1))
    answer = send(caller, name="OCHA")
    assert answer.status_code == 201
    assert "Idempotency-Replayed" not in answer
    assert IdempotencyKey.objects.get().key == "a-key"


def test_a_refusal_is_not_remembered(api, project, reviewer):
    caller = api(reviewer)
    assert send(caller, name="").status_code == 400
    assert send(caller).status_code == 201


def test_who_was_put_out_gets_no_replay(api, project, reviewer):
    caller = api(reviewer)
    send(caller)
    project.memberships.filter(user=reviewer).delete()
    assert send(caller).status_code == 404


def test_what_was_hidden_since_is_not_shown_again(api, project, reviewer, moderator):
    caller = api(reviewer)
    assert send(caller).status_code == 201
    assert send(caller)["Idempotency-Replayed"] == "true"
    row_hide(actor=moderator, row=Source.objects.get(), reason="A private person")
    answer = send(caller)
    assert answer.status_code == 403
    assert "A private person" in answer.json()["detail"]
    assert "United Nations" not in answer.content.decode()
    assert Source.objects.count() == 1


def test_a_replay_names_nobody_who_was_hidden_since(api, project, reviewer, moderator):
    article = make_article(project, reviewer)
    version = article.versions.get()
    body = {
        "text": "Claim",
        "mentions": [
            {
                "version": str(version.uid),
                "ranges": [[0, 4]],
                "attributions": [{"source_name": "A witness", "quote_type": "indirect"}],
            }
        ],
    }
    caller, path = api(reviewer), "/api/v1/projects/desk/claims/"
    first = caller.post(path, body, Idempotency_Key="k")
    assert "A witness" in first.content.decode()
    row_hide(actor=moderator, row=Source.objects.get(name="A witness"), reason="A private person")
    again = caller.post(path, body, Idempotency_Key="k")
    assert (again.status_code, again["Idempotency-Replayed"]) == (201, "true")
    assert again.json()["uid"] == first.json()["uid"]
    assert "A witness" not in again.content.decode()


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 201, "schlüssel"])
def test_a_malformed_key_is_400(api, project, reviewer, key):
    assert send(api(reviewer), key=key).status_code == 400
    assert not Source.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    """Each thread has a connection of its own, and what it commits is real."""

    def test_of_many_one_makes_it_and_the_rest_wait_or_replay(self, api, project, reviewer):
        caller = api(reviewer)
        start = threading.Barrier(6)

        def one(_n):
            try:
                start.wait()
                return send(caller)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(one, range(6)))
        made = [one for one in answers if one.status_code == 201]
        assert {one.status_code for one in answers} <= {201, 409}
        assert len({one.content for one in made}) == 1
        assert sum("Idempotency-Replayed" not in one for one in made) == 1
        assert Source.objects.count() == 1

    def test_while_the_first_is_being_answered_the_second_is_409(self, api, project, reviewer):
        caller = api(reviewer)
        text = f"idempotency:{reviewer.pk}:{SOURCES}:a-key"

        def hold(held, release):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [text])
                held.set()
                release.wait(10)
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [text])
            connections.close_all()

        held, release = threading.Event(), threading.Event()
        thread = threading.Thread(target=hold, args=(held, release))
        thread.start()
        held.wait(10)
        answer = send(caller)
        release.set()
        thread.join()
        assert answer.status_code == 409
        assert answer.json()["type"] == "urn:factcheck:problem:key-in-flight"
        assert not Source.objects.exists()
        assert send(caller).status_code == 201
