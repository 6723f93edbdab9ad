"""What holds for every route alike: who may come in, what is refused, what history keeps."""

import pytest
from django.apps import apps

from annotations.accounts.roles import Role
from annotations.models import Membership
from tests.api.material import (
    CHANGES,
    CREATES,
    LISTS,
    READS,
    REMOVALS,
    RESTORES,
    bodies,
)

NOWHERE = "0190c3a8-0000-7000-8000-000000000000"
ADMIN_ONLY = ("memberships/", "memberships/{membership}/")


def is_problem(answer, status):
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert body["type"].startswith("urn:factcheck:problem:")
    assert body["title"]
    assert body["detail"]
    assert body["instance"].startswith("/api/")
    return body


def changer(route, admin, reviewer):
    """The project's settings are its admin's; everything else was made by the reviewer."""
    return admin if route == "" else reviewer


def history_of(name):
    return apps.get_model("annotations", f"{name}History").objects


def counts():
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_app_config("annotations").get_models()
        if not model._meta.label.endswith("ApiToken") and "ApiTokenHistory" not in model.__name__
    }


@pytest.mark.parametrize("route", [*READS, *LISTS])
class TestReading:
    def test_a_member_reads_it(self, api, desk, admin, route):
        assert api(admin).get(desk.path(route)).status_code == 200

    def test_without_a_token_it_is_401_with_a_challenge(self, api, desk, anonymous, route):
        answer = api(anonymous).get(desk.path(route))
        is_problem(answer, 401)
        assert answer["WWW-Authenticate"].startswith("Bearer")

    def test_an_outsider_and_an_operator_find_nothing(self, api, desk, outsider, operator, route):
        for caller in (outsider, operator):
            is_problem(api(caller).get(desk.path(route)), 404)

    def test_a_reader_reads_all_but_the_members(self, api, desk, reader, route):
        answer = api(reader).get(desk.path(route))
        # In this blind project another's single review is not shown to a reader.
        expected = 403 if route in ADMIN_ONLY else 404 if route == "reviews/{review}/" else 200
        assert answer.status_code == expected

    def test_a_token_without_read_is_refused(self, api, desk, admin, route):
        body = is_problem(api(admin, scopes=("write",)).get(desk.path(route)), 403)
        assert body["type"].endswith("scope-missing")

    def test_put_is_refused_and_names_what_is_allowed(self, api, desk, admin, route):
        answer = api(admin).put(desk.path(route))
        is_problem(answer, 405)
        assert "GET" in answer["Allow"]


@pytest.mark.parametrize("route", [one for one in READS if one])
class TestOneRow:
    def test_a_uid_of_another_project_is_404(self, api, desk, other_desk, admin, outsider, route):
        Membership.objects.create(project=desk.project, user=outsider, role=Role.ADMIN)
        swapped = other_desk.path(route).replace("/elsewhere/", "/desk/")
        is_problem(api(outsider).get(swapped), 404)

    @pytest.mark.parametrize("uid", [NOWHERE, "1", "not-a-uid"])
    def test_a_bad_id_is_404(self, api, desk, admin, route, uid):
        head = route.rsplit("{", 1)[0]
        is_problem(api(admin).get(desk.path(head) + uid + "/"), 404)

    def test_the_same_etag_again_is_304_without_a_body(self, api, desk, admin, route):
        answer = api(admin).get(desk.path(route))
        assert answer["ETag"].startswith('"')
        again = api(admin).get(desk.path(route), If_None_Match=answer["ETag"])
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == answer["ETag"]
        assert api(admin).get(desk.path(route), If_None_Match='"x"').status_code == 200


@pytest.mark.parametrize("route", CREATES)
class TestCreating:
    def test_it_works_and_says_where_it_is(self, api, desk, reviewer, route):
        caller = api(reviewer)
        answer = caller.post(desk.path(route), bodies(desk)[route])
        # The reviewer has judged this claim already, so that review is changed.
        assert answer.status_code == (200 if route == "reviews/" else 201), answer.content
        read = caller.get(answer["Location"].removeprefix("http://localhost"))
        assert read.status_code == 200
        if route != "articles/{article}/versions/":  # Read alone, a version has its text.
            assert (read["ETag"], read.json()) == (answer["ETag"], answer.json())

    def test_anonymous_is_401_and_nothing_is_made(self, api, desk, anonymous, route):
        before = counts()
        is_problem(api(anonymous).post(desk.path(route), bodies(desk)[route]), 401)
        assert counts() == before

    def test_a_reader_is_refused_in_words_and_nothing_is_made(self, api, desk, reader, route):
        before = counts()
        body = is_problem(api(reader).post(desk.path(route), bodies(desk)[route]), 403)
        assert body["detail"].endswith(".")
        assert counts() == before

    def test_an_outsider_finds_no_project(self, api, desk, outsider, route):
        before = counts()
        is_problem(api(outsider).post(desk.path(route), bodies(desk)[route]), 404)
        assert counts() == before

    def test_a_token_that_only_reads_is_refused(self, api, desk, reviewer, route):
        caller = api(reviewer, scopes=("read", "export"))
        body = is_problem(caller.post(desk.path(route), bodies(desk)[route]), 403)
        assert "write" in body["detail"]

    def test_a_misspelt_field_is_refused_by_name(self, api, desk, reviewer, route):
        body = {**bodies(desk)[route], "txet": 1}
        errors = is_problem(api(reviewer).post(desk.path(route), body), 400)["errors"]
        assert errors == [{"detail": "There is no such field.", "pointer": "#/txet"}]

    def test_an_archived_project_is_read_only(self, api, desk, reviewer, admin, route):
        body = bodies(desk)[route]
        desk.project.archived_at = desk.project.created_at
        desk.project.save(update_fields=["archived_at"])
        assert "archived" in is_problem(api(reviewer).post(desk.path(route), body), 403)["detail"]

    def test_the_same_key_is_done_once(self, api, desk, reviewer, route):
        caller, body = api(reviewer), bodies(desk)[route]
        first = caller.post(desk.path(route), body, Idempotency_Key="once")
        before = counts()
        again = caller.post(desk.path(route), body, Idempotency_Key="once")
        assert counts() == before
        assert again["Idempotency-Replayed"] == "true"
        assert again.content == first.content
        assert (again.status_code, again["ETag"]) == (first.status_code, first["ETag"])


@pytest.mark.parametrize("route", CHANGES)
class TestChanging:
    def test_it_works_with_the_etag_and_history_names_who(self, api, desk, admin, reviewer, route):
        actor = changer(route, admin, reviewer)
        caller, (body, model) = api(actor), CHANGES[route]
        etag = caller.get(desk.path(route))["ETag"]
        answer = caller.patch(desk.path(route), body, If_Match=etag)
        assert answer.status_code == 200, answer.content
        assert answer["ETag"] not in ("", etag)
        assert answer["ETag"] == caller.get(desk.path(route))["ETag"]
        last = history_of(model).order_by("pgh_id").last()
        assert last.pgh_label == "update"
        assert last.pgh_context["actor"] == actor.pk

    def test_without_if_match_it_is_428(self, api, desk, admin, reviewer, route):
        before = counts()
        caller, (body, _model) = api(changer(route, admin, reviewer)), CHANGES[route]
        is_problem(caller.patch(desk.path(route), body), 428)
        is_problem(caller.patch(desk.path(route), body, If_Match="*"), 428)
        assert counts() == before

    def test_a_stale_etag_is_412_with_the_row_as_it_is_now(self, api, desk, admin, reviewer, route):
        caller, (body, _model) = api(changer(route, admin, reviewer)), CHANGES[route]
        old = caller.get(desk.path(route))["ETag"]
        caller.patch(desk.path(route), body, If_Match=old)
        answer = caller.patch(desk.path(route), body, If_Match=old)
        current = caller.get(desk.path(route))
        assert is_problem(answer, 412)["current"] == current.json()
        assert answer["ETag"] == current["ETag"]

    def test_an_etag_of_another_row_is_412(self, api, desk, admin, reviewer, route):
        caller, (body, _model) = api(changer(route, admin, reviewer)), CHANGES[route]
        is_problem(caller.patch(desk.path(route), body, If_Match=f'"{NOWHERE}.1.0"'), 412)

    def test_a_reader_is_refused_and_nothing_changes(self, api, desk, reader, admin, route):
        before = counts()
        etag = api(admin).get(desk.path(route))["ETag"]
        answer = api(reader).patch(desk.path(route), CHANGES[route][0], If_Match=etag)
        is_problem(answer, 404 if route == "reviews/{review}/" else 403)
        assert counts() == before

    def test_anonymous_is_401(self, api, desk, anonymous, route):
        is_problem(api(anonymous).patch(desk.path(route), CHANGES[route][0]), 401)

    def test_what_is_so_already_changes_nothing(self, api, desk, admin, reviewer, route):
        caller, (body, _model) = api(changer(route, admin, reviewer)), CHANGES[route]
        etag = caller.get(desk.path(route))["ETag"]
        etag = caller.patch(desk.path(route), body, If_Match=etag)["ETag"]
        again = caller.patch(desk.path(route), body, If_Match=etag)
        assert (again.status_code, again["ETag"]) == (200, etag)


@pytest.mark.parametrize("route", REMOVALS)
class TestRemoving:
    def test_it_works_with_the_etag_and_history_names_who(self, api, desk, reviewer, route):
        caller = api(reviewer)
        etag = caller.get(desk.path(route))["ETag"]
        answer = caller.delete(desk.path(route), If_Match=etag)
        assert answer.status_code == (204 if "aliases" in route else 200), answer.content
        last = history_of(REMOVALS[route]).order_by("pgh_id").last()
        assert last.pgh_context["actor"] == reviewer.pk

    def test_without_if_match_it_is_428(self, api, desk, reviewer, route):
        is_problem(api(reviewer).delete(desk.path(route)), 428)

    def test_a_stale_etag_is_412(self, api, desk, reviewer, route):
        row = desk.rows[route.rstrip("}/").rsplit("{", 1)[1]]
        answer = api(reviewer).delete(desk.path(route), If_Match=f'"{row.uid}.999.0"')
        assert is_problem(answer, 412)["current"]["uid"] == str(row.uid)

    def test_a_reader_is_refused(self, api, desk, reader, route):
        etag = api(reader).get(desk.path(route))["ETag"]
        is_problem(api(reader).delete(desk.path(route), If_Match=etag), 403)


@pytest.mark.parametrize("route", RESTORES)
class TestRestoring:
    def test_what_was_discarded_stands_again(self, api, desk, reviewer, route):
        caller, row = api(reviewer), desk.path(route).removesuffix("restore/")
        caller.delete(f"{row}?reason=A+slip", If_Match=caller.get(row)["ETag"])
        discarded = caller.get(row).json()["discarded"]
        assert (discarded["reason"], discarded["by"]["name"]) == ("A slip", "Reviewer")
        answer = caller.post(desk.path(route), {"reason": "It was right"})
        assert answer.status_code == 200
        assert answer.json()["discarded"] is None

    def test_a_reader_is_refused(self, api, desk, reader, route):
        is_problem(api(reader).post(desk.path(route)), 403)
