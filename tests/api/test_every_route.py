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


def is_problem(answer, status):
    assert answer.status_code == status, (answer.wsgi_request.path, answer.content)
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


class TestReading:
    """Whole tables in one test each: reading changes nothing, so one set of rows serves all."""

    ROUTES = (*READS, *LISTS)

    def test_a_member_reads_everything(self, api, desk, admin):
        caller = api(admin)
        for route in self.ROUTES:
            assert caller.get(desk.path(route)).status_code == 200, route

    def test_without_a_token_it_is_401_with_a_challenge(self, api, desk, anonymous):
        for route in self.ROUTES:
            answer = api(anonymous).get(desk.path(route))
            is_problem(answer, 401)
            assert answer["WWW-Authenticate"].startswith("Bearer")

    def test_outsiders_and_operators_find_nothing(self, api, desk, outsider, operator):
        for caller in (api(outsider), api(operator)):
            for route in self.ROUTES:
                is_problem(caller.get(desk.path(route)), 404)

    def test_a_reader_reads_all_but_the_members(self, api, desk, reader):
        caller = api(reader)
        for route in self.ROUTES:
            # In this blind project another's single review is not shown to a reader.
            expected = 404 if route == "reviews/{review}/" else 200
            assert caller.get(desk.path(route)).status_code == expected, route

    def test_a_token_without_read_is_refused(self, api, desk, admin):
        caller = api(admin, scopes=("write",))
        for route in self.ROUTES:
            assert is_problem(caller.get(desk.path(route)), 403)["type"].endswith("scope-missing")

    def test_put_is_refused_and_names_what_is_allowed(self, api, desk, admin):
        caller = api(admin)
        for route in self.ROUTES:
            answer = caller.put(desk.path(route))
            is_problem(answer, 405)
            assert "GET" in answer["Allow"]

    def test_only_what_can_change_takes_patch_and_delete(self, api, desk, admin):
        caller = api(admin)
        for route in self.ROUTES:
            if route not in CHANGES:
                is_problem(caller.patch(desk.path(route), {}), 405)
            if route not in REMOVALS:
                is_problem(caller.delete(desk.path(route)), 405)
            if route not in CREATES:
                is_problem(caller.post(desk.path(route)), 405)

    def test_a_uid_of_another_project_is_404(self, api, desk, other_desk, outsider):
        Membership.objects.create(project=desk.project, user=outsider, role=Role.ADMIN)
        caller = api(outsider)
        for route in self.ROUTES:
            if "{" in route:
                is_problem(caller.get(other_desk.path(route).replace("/elsewhere/", "/desk/")), 404)

    def test_a_bad_id_is_404(self, api, desk, admin):
        caller = api(admin)
        for route in READS[1:]:
            head = desk.path(route.rsplit("{", 1)[0])
            for uid in (NOWHERE, "1", "not-a-uid"):
                is_problem(caller.get(f"{head}{uid}/"), 404)

    def test_the_same_etag_again_is_304_without_a_body(self, api, desk, admin):
        caller = api(admin)
        for route in READS:
            answer = caller.get(desk.path(route))
            assert answer["ETag"].startswith('"'), route
            again = caller.get(desk.path(route), If_None_Match=answer["ETag"])
            assert (again.status_code, again.content) == (304, b"")
            assert again["ETag"] == answer["ETag"]
            assert caller.get(desk.path(route), If_None_Match='"x"').status_code == 200
            assert answer["Cache-Control"] == "private, no-cache"


class TestRefusedCreates:
    """Refusals leave everything as it was, so one set of rows serves all routes."""

    def refused(self, desk, caller, status, route):
        before = counts()
        body = is_problem(caller.post(desk.path(route), bodies(desk)[route]), status)
        assert counts() == before
        return body

    def test_anonymous_is_401(self, api, desk, anonymous):
        for route in CREATES:
            self.refused(desk, api(anonymous), 401, route)

    def test_a_reader_is_refused_in_words(self, api, desk, reader):
        caller = api(reader)
        for route in CREATES:
            assert self.refused(desk, caller, 403, route)["detail"].endswith(".")

    def test_an_outsider_finds_no_project(self, api, desk, outsider):
        caller = api(outsider)
        for route in CREATES:
            self.refused(desk, caller, 404, route)

    def test_a_token_that_only_reads_is_refused(self, api, desk, reviewer):
        caller = api(reviewer, scopes=("read", "export"))
        for route in CREATES:
            assert "write" in self.refused(desk, caller, 403, route)["detail"]

    def test_a_misspelt_field_is_refused_by_name(self, api, desk, reviewer):
        caller = api(reviewer)
        for route in CREATES:
            answer = caller.post(desk.path(route), {**bodies(desk)[route], "txet": 1})
            errors = is_problem(answer, 400)["errors"]
            assert errors == [{"detail": "There is no such field.", "pointer": "#/txet"}]

    def test_an_archived_project_is_read_only(self, api, desk, reviewer):
        desk.project.archived_at = desk.project.created_at
        desk.project.save(update_fields=["archived_at"])
        caller = api(reviewer)
        for route in CREATES:
            assert "archived" in self.refused(desk, caller, 403, route)["detail"]


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

    def test_the_same_key_is_done_once(self, api, desk, reviewer, route):
        caller, body = api(reviewer), bodies(desk)[route]
        first = caller.post(desk.path(route), body, Idempotency_Key="once")
        before = counts()
        again = caller.post(desk.path(route), body, Idempotency_Key="once")
        assert counts() == before
        assert again["Idempotency-Replayed"] == "true"
        assert again.content == first.content
        assert (again.status_code, again["ETag"]) == (first.status_code, first["ETag"])


class TestRefusedChanges:
    """Refusals leave everything as it was, so one set of rows serves all routes."""

    def test_without_if_match_it_is_428(self, api, desk, admin, reviewer):
        before = counts()
        for route, (body, _model) in CHANGES.items():
            caller = api(changer(route, admin, reviewer))
            is_problem(caller.patch(desk.path(route), body), 428)
            is_problem(caller.patch(desk.path(route), body, If_Match="*"), 428)
        for route in REMOVALS:
            is_problem(api(reviewer).delete(desk.path(route)), 428)
        assert counts() == before

    def test_an_etag_of_another_row_is_412(self, api, desk, admin, reviewer):
        before = counts()
        for route, (body, _model) in CHANGES.items():
            caller = api(changer(route, admin, reviewer))
            is_problem(caller.patch(desk.path(route), body, If_Match=f'"{NOWHERE}.1.0"'), 412)
        assert counts() == before

    def test_a_reader_is_refused(self, api, desk, reader, admin):
        def refusal(route: str) -> int:
            """A review of another's in a blind project is not even there."""
            return 404 if route.startswith("reviews/") else 403

        before, caller = counts(), api(reader)
        for route, (body, _model) in CHANGES.items():
            etag = api(admin).get(desk.path(route))["ETag"]
            is_problem(caller.patch(desk.path(route), body, If_Match=etag), refusal(route))
        for route in REMOVALS:
            etag = api(admin).get(desk.path(route))["ETag"]
            is_problem(caller.delete(desk.path(route), If_Match=etag), refusal(route))
        for route in RESTORES:
            is_problem(caller.post(desk.path(route)), refusal(route))
        assert counts() == before

    def test_anonymous_is_401(self, api, desk, anonymous):
        for route, (body, _model) in CHANGES.items():
            is_problem(api(anonymous).patch(desk.path(route), body), 401)
        for route in REMOVALS:
            is_problem(api(anonymous).delete(desk.path(route)), 401)
        for route in RESTORES:
            is_problem(api(anonymous).post(desk.path(route)), 401)


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

    def test_a_stale_etag_is_412_with_the_row_as_it_is_now(self, api, desk, admin, reviewer, route):
        caller, (body, _model) = api(changer(route, admin, reviewer)), CHANGES[route]
        old = caller.get(desk.path(route))["ETag"]
        caller.patch(desk.path(route), body, If_Match=old)
        answer = caller.patch(desk.path(route), body, If_Match=old)
        current = caller.get(desk.path(route))
        assert is_problem(answer, 412)["current"] == current.json()
        assert answer["ETag"] == current["ETag"]

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

    def test_a_stale_etag_is_412(self, api, desk, reviewer, route):
        row = desk.rows[route.rstrip("}/").rsplit("{", 1)[1]]
        answer = api(reviewer).delete(desk.path(route), If_Match=f'"{row.uid}.999.0"')
        assert is_problem(answer, 412)["current"]["uid"] == str(row.uid)


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
